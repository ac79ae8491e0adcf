// A card of each topic in a narrow window: the fact first, and nothing cut off.
import assert from "node:assert/strict";

/** By topic: a line of the file, what of it the pointer rests on, and how the card begins. */
const CARDS = {
  decorators: ["@log", "log", "area = log(area)"],
  generators: ["def squares(limit)", "squares", "A call of squares runs none of its body"],
  "context-managers": ["with Timer()", "with", "Entered in the order Timer(), open(__file__)"],
  concurrency: ["asyncio.gather(", "gather", "Runs fetch(1), fetch(2) as tasks in turns"],
  "type-hints": ["def greet", "Optional", "Optional[str] means str or None."],
  collections: ["words.most_common", "most_common", "words.most_common(3) costs O(n log k)"],
  "virtual-environments": ["sys.path.insert", "insert", 'From here on "lib" is searched first'],
  metaclasses: ["class Model", "metaclass", "Meta makes Model"],
  robustness: ["def last", "[]", "Every call of last that leaves items out"],
};

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 760, height: 800 };

async function show(code, topic, shot) {
  const { page } = code;
  const [line, word, fact] = CARDS[topic];
  const lines = code.textOf("topics.py").split("\n");
  await page.keyboard.press("Control+G");
  await page.keyboard.type(`${lines.findIndex((text) => text.includes(line)) + 1}`);
  await page.keyboard.press("Enter");
  const card = page.locator(".monaco-hover:visible", { hasText: fact.slice(0, 20) }).first();
  await code.until(`the card of ${topic}`, async () => {
    await code.hover(line, word);
    return card.waitFor({ timeout: 3000 }).then(() => true, () => false);
  });
  // It fades in.
  await page.waitForTimeout(500);
  await shot(`card-${topic}`);
  // Above the card stands what was found there.
  const row = card.locator(".hover-row", { hasText: fact.slice(0, 20) });
  const text = (await row.last().innerText()).replaceAll("\u00a0", " ").trim();
  assert.equal(text.slice(0, fact.length), fact, "the fact comes first");
  const box = await card.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= NARROW.width, JSON.stringify(box));
  // Rows that are too long are wrapped; only downwards there may be more.
  const cut = await card.evaluate((hover) =>
    [hover, ...hover.querySelectorAll(".hover-contents, .rendered-markdown, p, li, pre, code")]
      .filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
      .map((part) => `${part.className || part.tagName}: ${part.textContent.slice(0, 60)}`),
  );
  assert.deepEqual(cut, [], `cut off in the card of ${topic}`);
  await page.keyboard.press("Escape");
  await page.mouse.move(5, 5);
  await card.waitFor({ state: "hidden" });
}

export const cardTests = {
  async "a card of each topic is whole in a narrow window"(code, shot) {
    await code.openFile("topics.py");
    await code.page.setViewportSize(NARROW);
    try {
      for (const topic of Object.keys(CARDS)) await show(code, topic, shot);
    } finally {
      await code.page.setViewportSize(WIDE);
    }
    await code.leave();
  },
};
