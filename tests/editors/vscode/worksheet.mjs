// What the tests do in a worksheet.

/** What is done in a worksheet that is open. */
export function worksheet(code) {
  const { page } = code;
  const shows = (text, timeout) =>
    code.until(text, async () => (await code.editorText()).includes(text), timeout);
  const showsAtEnd = (text, timeout) =>
    code.until(text, async () => {
      await page.keyboard.press("Control+End");
      return (await code.editorText()).includes(text);
    }, timeout);
  /**
   * Takes an entry of the list of code actions, until `done` says that it is taken. The list closes
   * when an answer of the server to the last edit comes, at any step: then all is done again.
   */
  const choose = async (title, done) => {
    const row = page.locator(".action-widget .monaco-list-row", { hasText: title });
    await code.again(title, async (timeout) => {
      if (await done(0).then(() => true, () => false)) return;
      await page.keyboard.press("Control+.");
      await row.first().waitFor({ timeout });
      const entries = await page.locator(".action-widget .monaco-list-row").count();
      const focused = page.locator(".action-widget .monaco-list-row.focused");
      await focused.first().waitFor({ timeout });
      for (let down = 0; down < entries; down += 1) {
        if ((await focused.innerText({ timeout })).includes(title)) break;
        await page.keyboard.press("ArrowDown");
      }
      await focused.filter({ hasText: title }).waitFor({ timeout });
      await page.keyboard.press("Enter");
      await done(5 * timeout);
    });
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
