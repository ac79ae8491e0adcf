// What the tests do in a worksheet.

/** What is done in a worksheet that is open. */
export function worksheet(code) {
  const { page } = code;
  const shows = (text) => code.until(text, async () => (await code.editorText()).includes(text));
  const showsAtEnd = (text) =>
    code.until(text, async () => {
      await page.keyboard.press("Control+End");
      return (await code.editorText()).includes(text);
    });
  const choose = async (title, downs) => {
    const menu = page.locator(".action-widget .monaco-list-row", { hasText: title });
    // The list closes when the server's answer to the last edit comes.
    await code.again(title, async (timeout) => {
      await page.keyboard.press("Control+.");
      await menu.first().waitFor({ timeout });
    });
    for (let down = 0; down < downs; down += 1) await page.keyboard.press("ArrowDown");
    await page.locator(".action-widget .monaco-list-row.focused", { hasText: title }).waitFor();
    await page.keyboard.press("Enter");
  };
  /** Types an answer into the one question that there is. */
  const write = async (words) => {
    await page.keyboard.press("Control+End");
    // From the last line up to the empty one between the quotes.
    for (let up = 0; up < 3; up += 1) await page.keyboard.press("ArrowUp");
    await page.keyboard.type(words);
  };
  return { shows, showsAtEnd, choose, write };
}
