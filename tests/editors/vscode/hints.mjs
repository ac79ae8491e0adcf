// Inlay hints and code lenses: nothing of them unasked, each kind by its switch.
import assert from "node:assert/strict";

/** What each switch shows, as the line looks then. */
const HINTS = {
  decorators: "@log → function logged",
  lazyCalls: "found = numbers() ⇒ generator",
  exitOrder: 'with open(__file__) as source exit 2, open("copy.txt", "w") as target exit 1:',
};
const MARKS = ["→", "⇒", "exit1", "exit2"];
const LENS = ".codelens-decoration a";

/** A line without white space: editors pad hints by spaces, each in its own way. */
const squeezed = (line) => line.replaceAll(/\s/g, "");

async function lines(code) {
  const text = await code.editorText();
  return text.split("\n").map(squeezed);
}

async function open(code, settings) {
  code.setMachineSettings(settings);
  await code.openFile("hints.py");
  // The finding says that the server has read the file.
  await code.page.locator(".squiggly-warning, .squiggly-info").first().waitFor({ state: "attached" });
}

async function leave(code) {
  code.setMachineSettings({});
  await code.leave();
}

export const hintTests = {
  async "no hint and no lens is shown unasked"(code, shot) {
    await open(code, {});
    // What VS Code shows of them comes with the findings, or a moment later.
    await code.page.waitForTimeout(2000);
    const text = (await lines(code)).join("\n");
    assert.match(text, /^found=numbers\(\)$/m);
    for (const mark of MARKS) assert.ok(!text.includes(mark), `${mark} in\n${text}`);
    assert.equal(await code.page.locator(LENS).count(), 0, "no lens");
    await shot("hints-none");
    await leave(code);
  },

  async "each kind of hint is shown by its switch alone"(code, shot) {
    for (const [kind, shown] of Object.entries(HINTS)) {
      await open(code, { [`pygloss.inlayHints.${kind}`]: true });
      await code.until(shown, async () => (await lines(code)).includes(squeezed(shown)));
      const text = (await lines(code)).join("\n");
      for (const mark of MARKS.filter((mark) => !squeezed(shown).includes(mark))) {
        assert.ok(!text.includes(mark), `${mark} in\n${text}`);
      }
      assert.equal(await code.page.locator(LENS).count(), 0, "no lens");
      await shot(`hints-${kind}`);
      await leave(code);
    }
  },

  async "a click on a lens begins a quiz on the code below it"(code, shot) {
    const { page } = code;
    await open(code, { "pygloss.codeLens.quiz": true });
    const lenses = page.locator(LENS, { hasText: "Quiz me on this" });
    await lenses.first().waitFor();
    await shot("lens");
    // They are drawn anew while the others arrive.
    await code.until("the lens above the function", async () => {
      const line = await code.boxOf("def numbers", "numbers");
      for (const lens of await lenses.all()) {
        const box = await lens.boundingBox({ timeout: 1000 }).catch(() => null);
        if (box && box.y < line.y && line.y - box.y < 1.6 * line.height) {
          return lens.click({ timeout: 1000 }).then(() => true, () => false);
        }
      }
      return false;
    });
    const list = page.locator(".quick-input-widget:visible");
    await list.locator(".quick-input-title", { hasText: "1/1" }).waitFor();
    const about = /numbers of line 16/;
    await code.until("the question", async () => about.test(await code.previewText()));
    await shot("lens-quiz");
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    await code.run("Pygloss: Stop Quiz");
    await leave(code);
  },
};
