// The tests of the VS Code client: node run.mjs NAME CODE-SERVER VSIX [FILTER]
// NAME names the folder of the screenshots under tests/artifacts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cardTests } from "./cards.mjs";
import { hintTests } from "./hints.mjs";
import { runTests } from "./runner.mjs";
import { openWorkbench } from "./workbench.mjs";
import { worksheet } from "./worksheet.mjs";

const [name, codeServer, vsix, filter] = process.argv.slice(2);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const fixtures = join(root, "tests/editors/fixtures");
const artifacts = join(root, `tests/artifacts/vscode-${name}`);
mkdirSync(artifacts, { recursive: true });

const DECORATOR = "@rate_limit(max_calls_per_second=2)";
const SQUIGGLE = ".monaco-editor .squiggly-warning, .monaco-editor .squiggly-info";

/** What the example prints, and the name of its function afterwards. */
function runPython(file) {
  const code = "import runpy, sys; print(runpy.run_path(sys.argv[1])['api_call'].__name__)";
  const lines = execFileSync("python3", ["-c", code, file], { encoding: "utf8" }).trim().split("\n");
  return { name: lines.pop(), lines };
}

async function hoverCard(code) {
  const { page } = code;
  const card = page.locator(".monaco-hover:visible", { hasText: "api_call = rate_limit" });
  // The server may still be starting when the pointer first rests there.
  await code.until("the card", async () => {
    await code.hover(DECORATOR, "rate_limit");
    return card.first().waitFor({ timeout: 3000 }).then(() => true, () => false);
  });
  return (await card.first().innerText()).replaceAll("\u00a0", " ");
}

/** Begins sessions until one begins with a question of this item whose list says `wanted`. */
async function askAbout(code, item, variant, wanted) {
  code.haveAnswered(`python-interview-5/${item}`, variant);
  const list = code.page.locator(".quick-input-widget:visible");
  for (let session = 0; session < 40; session += 1) {
    await code.run("Pygloss: Quiz Me");
    await list.locator(".quick-input-title", { hasText: "1/" }).waitFor();
    if (wanted.test(await list.locator("input.input").getAttribute("placeholder"))) return list;
    await code.page.keyboard.press("q");
    await list.waitFor({ state: "hidden" });
  }
  throw new Error(`no question that says ${wanted}`);
}

const tests = {
  // These first, while nothing else is due.
  async "what is found in words of one's own is shown, and judged"(code, shot) {
    const list = await askAbout(code, "collections/named-tuples", "equality", /In your own words/);
    await code.page.keyboard.type("Its fields have names, and it is a tuple all the same.");
    await code.page.keyboard.press("Enter");
    await list.locator(".monaco-list-row", { hasText: "Write it anew" }).waitFor();
    await code.until("the words", async () => /a tuple all the same/.test(await code.previewText()));
    await shot("quiz-own-words");
    await code.press("3", list.locator(".monaco-list-row", { hasText: "Stop the quiz" }));
    await code.press("q", code.page.locator(".notification-toast", { hasText: "1 of 1 right" }));
    await code.run("Notifications: Clear All Notifications");
    await code.leave();
  },

  async "several right options are marked by digits"(code, shot) {
    const { page } = code;
    const list = await askAbout(code, "context-managers/when-exit-runs", "order", /Choose all that are right/);
    const marked = list.locator('.monaco-list-row[aria-checked="true"]');
    for (const [digit, marks] of [["1", 1], ["3", 2], ["1", 1], ["2", 2]]) {
      await page.keyboard.press(digit);
      await code.until(`${marks} marks`, async () => (await marked.count()) === marks);
    }
    await shot("quiz-several");
    await page.keyboard.press("Enter");
    await list.locator(".monaco-list-row", { hasText: "Stop the quiz" }).waitFor();
    const judged = /Correct\.|Not quite\.|These are right:/;
    await code.until("the verdict", async () => judged.test(await code.previewText()));
    await page.keyboard.press("q");
    await list.waitFor({ state: "hidden" });
    await code.leave();
  },

  async "an order is chosen step by step"(code, shot) {
    const { page } = code;
    const list = await askAbout(code, "context-managers/purpose-of-with", "mcq", /Choose one after the other/);
    const title = list.locator(".quick-input-title");
    await page.keyboard.type("2");
    await title.filter({ hasText: "so far: 2" }).waitFor();
    await page.keyboard.type("b");
    await title.filter({ hasNotText: "so far" }).waitFor();
    for (const [index, digit] of ["5", "1", "2", "3"].entries()) {
      await page.keyboard.type(digit);
      // The last one is not asked for.
      if (index < 3) await title.filter({ hasText: new RegExp(`so far: .*${digit}$`) }).waitFor();
      if (index === 1) await shot("quiz-order");
    }
    await list.locator(".monaco-list-row", { hasText: "Stop the quiz" }).waitFor();
    const judged = /Correct\.|Not quite\./;
    await code.until("the verdict", async () => judged.test(await code.previewText()));
    await page.keyboard.press("q");
    await list.waitFor({ state: "hidden" });
    await code.leave();
  },

  async "hover on the decorator shows its card"(code, shot) {
    const text = await hoverCard(code);
    assert.match(text, /api_call = rate_limit\(max_calls_per_second=2\)\(api_call\)/);
    assert.match(text, /'wrapper'/);
    await shot("hover");
    await code.page.keyboard.press("Escape");
  },

  async "the wrapper without wraps is underlined"(code, shot) {
    const { page } = code;
    const mark = page.locator(SQUIGGLE).first();
    await mark.waitFor({ state: "attached" });
    const squiggle = await mark.boundingBox();
    const wrapper = await code.boxOf("def wrapper", "wrapper");
    assert.ok(Math.abs(squiggle.x - wrapper.x) < 3, "the squiggle begins at the name");
    assert.ok(Math.abs(squiggle.width - wrapper.width) < 4, "the squiggle is as long as the name");
    await code.hover("def wrapper", "wrapper");
    const hover = page.locator(".monaco-hover:visible", { hasText: "decorator-missing-wraps" });
    await hover.first().waitFor();
    await shot("finding");
    await page.keyboard.press("Escape");
  },

  async "the quick fix adds wraps, and the program runs as before"(code, shot) {
    const { page } = code;
    const file = join(code.folder, "rate_limit.py");
    const before = runPython(file);
    assert.equal(before.name, "wrapper");
    await code.click("def wrapper", "wrapper");
    await page.keyboard.press("Control+.");
    const action = page.locator(".action-widget .monaco-list-row", { hasText: "functools.wraps" });
    await action.first().waitFor();
    await shot("fix-menu");
    await page.keyboard.press("Enter");
    await code.until("the fix", async () => (await code.editorText()).includes("@functools.wraps(func)"));
    await page.keyboard.press("Control+S");
    await code.until("the file", () => readFileSync(file, "utf8").includes("functools"));
    const text = readFileSync(file, "utf8");
    assert.match(text, /^import functools$/m);
    assert.match(text, /^ {8}@functools\.wraps\(func\)\n {8}def wrapper\(\*args/m);
    assert.deepEqual(runPython(file), { name: "api_call", lines: before.lines });
    await code.until("the squiggle to go", async () => (await page.locator(SQUIGGLE).count()) === 0);
    const card = await hoverCard(code);
    assert.match(card, /'api_call'/);
    await shot("after-fix");
    await page.keyboard.press("Escape");
  },

  async "the page of the code at the cursor leads through the chapter"(code, shot) {
    const { page } = code;
    await code.click("def api_call", "api_call");
    await code.run("Pygloss: Open Page of the Code at the Cursor");
    const shows = (text) =>
      code.until(text, async () => ((await code.previewText()) ?? "").includes(text));
    await shows("A decorator is a callable");
    await shot("page");
    await code.run("Pygloss: Next Page");
    await shows("An iterator");
    await page.locator(".editor-actions .codicon-arrow-left").click();
    await shows("A decorator is a callable");
    const title = "Function in a loop that sees the last value only";
    await code.choose(title, "loop-closure", () => code.run("Pygloss: Open Page…"));
    await shows("loop-closure");
    await shot("rule-page");
    await code.leave();
    await hoverCard(code);
    await page.locator(".monaco-hover:visible a", { hasText: "Read on: Decorators" }).click();
    await shows("A decorator is a callable");
    await code.leave();
  },

  async "the quiz asks, judges and ends"(code, shot) {
    const { page } = code;
    await code.click("def api_call", "api_call");
    await code.run("Pygloss: Quiz Me on the Code at the Cursor");
    const widget = page.locator(".quick-input-widget:visible");
    await widget.locator(".monaco-list-row", { hasText: "Show the answer" }).waitFor();
    const options = (await code.rows()).filter((row) => /^\d {2}/.test(row));
    assert.ok(options.length >= 2, `options: ${options.join(" | ")}`);
    // The page still shows the last verdict until it is loaded.
    const question = await code.until("the question in the preview", async () => {
      const text = await code.previewText();
      return !/Correct\.|Not quite\./.test(text) && text;
    });
    await shot("quiz-question");
    await code.press("1", widget.locator(".monaco-list-row", { hasText: "Stop the quiz" }));
    const verdict = await code.until("the verdict", async () => {
      const text = await code.previewText();
      return /Correct\.|Not quite\./.test(text) && text;
    });
    assert.ok(verdict.length > question.length, "the verdict gives reasons");
    await shot("quiz-verdict");
    await page.keyboard.press("q");
    await page.locator(".notification-toast", { hasText: /\d of 1 right/ }).waitFor();
    await shot("quiz-result");
  },

  async "the quiz pauses on Escape and goes on"(code) {
    const { page } = code;
    const widget = page.locator(".quick-input-widget:visible");
    const asked = () => widget.locator(".quick-input-title", { hasText: /\d\/\d/ }).waitFor();
    await code.run("Pygloss: Quiz Me");
    await asked();
    await page.keyboard.press("Escape");
    await widget.waitFor({ state: "hidden" });
    await page.locator(".statusbar-item", { hasText: "quiz paused" }).waitFor();
    await code.run("Pygloss: Quiz Me");
    await asked();
    await code.press("s", widget.locator(".quick-input-title", { hasText: "2/" }));
    await asked();
    await code.press("?", widget.locator(".monaco-list-row", { hasText: "Read the reasons" }));
    await page.keyboard.press("r");
    await code.run("Pygloss: Stop Quiz");
  },

  async "a mock interview is answered in a file"(code, shot) {
    const { page } = code;
    const { shows, showsAtEnd, choose } = worksheet(code);
    await code.run("Pygloss: Mock Interview");
    await shows("# ---- 1/5");
    await code.click('r"""', 'r"""');
    await page.keyboard.press("ArrowDown");
    await page.keyboard.type("I loop over the pages with httpx, without a rate limit.");
    const compared = "# => Found in your text: a loop over the pages; an HTTP client.";
    await choose("Compare with the points", (timeout) => shows(compared, timeout));
    await page.locator(".monaco-editor .squiggly-info").first().waitFor({ state: "attached" });
    await shot("interview-compared");
    const followUp = "# The API allows 5 requests per second.";
    await choose("My answer was good in part", (timeout) => showsAtEnd(followUp, timeout));
    await choose("Next question", (timeout) => showsAtEnd("# ---- 2/5", timeout));
    await shot("interview-next");
    await page.keyboard.press("Control+S");
    await code.leave();
  },

  async "an interview about the code at the cursor, by keyboard alone"(code, shot) {
    const { page } = code;
    const { shows, showsAtEnd, choose, write } = worksheet(code);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Control+F");
    await page.keyboard.type("def rate_limit(");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await code.run("Pygloss: Interview Me on the Code at the Cursor");
    await shows("# Walk me through rate_limit: what does it take");
    await write("It is a factory: it returns a decorator.");
    const compared = "# => Found in your text: that it makes a decorator.";
    await choose("Compare with the points", (timeout) => shows(compared, timeout));
    await shot("interview-own-code");
    await choose("My answer was good in part", (timeout) => showsAtEnd("# ---- 1/2", timeout));
    await choose("Next question", (timeout) => showsAtEnd("# ---- 2/2", timeout));
    const thanks = "# => Thank you. That shows how you go about it.";
    await choose("Next question", (timeout) => showsAtEnd(thanks, timeout));
    await page.keyboard.press("Control+S");
    await code.leave();
  },

  async "five questions are answered by keyboard alone"(code, shot) {
    const { page } = code;
    const list = page.locator(".quick-input-widget:visible");
    const title = list.locator(".quick-input-title");
    const row = (text) => list.locator(".monaco-list-row", { hasText: text });
    await code.run("Pygloss: Quiz Me");
    await title.filter({ hasText: "1/5" }).waitFor();
    let asked = 0;
    // What was missed comes again.
    for (let done = false; !done && asked < 60; asked += 1) {
      const input = list.locator("input.input");
      await code.until("a question", async () => {
        const said = await input.getAttribute("placeholder").catch(() => null);
        return said && (await row("Read the reasons").count()) === 0;
      });
      const said = await input.getAttribute("placeholder");
      if (said === "____" || said === "In your own words") {
        await page.keyboard.press("Enter");
        await row("Show the answer").waitFor();
        await page.keyboard.press("?");
      } else if (/all that are right/.test(said)) {
        await page.keyboard.press("1");
        await page.keyboard.press("Enter");
      } else if (/one after the other/.test(said)) {
        await page.keyboard.press("?");
      } else {
        await page.keyboard.press("1");
      }
      await row("Read the reasons").waitFor();
      done = (await row("Result").count()) > 0;
      await page.keyboard.press("n");
      await row("Read the reasons").waitFor({ state: "hidden" });
    }
    await page.locator(".notification-toast", { hasText: `of ${asked} right` }).waitFor();
    await shot("quiz-five");
    await code.run("Notifications: Clear All Notifications");
    await code.leave();
  },

  async "progress is a page, and the last answer is taken back"(code, shot) {
    const { page } = code;
    const shows = (text) =>
      code.until(text, async () => ((await code.previewText()) ?? "").includes(text));
    await code.run("Pygloss: Open Progress");
    await shows("Mastery is the share");
    await shot("progress");
    await code.run("Pygloss: Take Back the Last Answer");
    await page.locator(".notification-toast", { hasText: "Taken back: the answer to" }).waitFor();
    await code.leave();
  },

  async "the log says which server runs"(code, shot) {
    const { page } = code;
    await code.run("Pygloss: Restart Server");
    await code.run("Pygloss: Show Log");
    await page.locator(".panel .view-line", { hasText: "from the extension" }).first().waitFor();
    await shot("log");
    await page.keyboard.press("Control+J");
    await page.locator(".part.panel").waitFor({ state: "hidden" });
  },

  async "a server that cannot be run is named, and the next one is started"(code, shot) {
    const toast = code.page.locator(".notification-toast", { hasText: "/nonexistent/pygloss" });
    code.setMachineSettings({ "pygloss.path": "/nonexistent/pygloss" });
    await toast.first().waitFor();
    await shot("no-server");
    const errors = await code.page.locator(".notification-toast .codicon-error").count();
    assert.equal(errors, 1, "one message, no more");
    await code.page.keyboard.press("Escape");
    code.setMachineSettings({});
    await code.openFile("rate_limit.py");
    await hoverCard(code);
  },

  ...hintTests,
  ...cardTests,

  async "an exercise is chosen, its goals are marked, and it runs after a question"(code, shot) {
    const { page } = code;
    const title = "The most frequent words";
    await code.choose(title, "frequent words", () => code.run("Pygloss: Practice…"));
    await page.locator(".tab.active", { hasText: "most-frequent-words.py" }).waitFor();
    const marks = page.locator(".squiggly-info");
    await marks.first().waitFor({ state: "attached" });
    await shot("practice");
    await code.run("Pygloss: Hint for the Exercise");
    await page.locator(".notification-toast", { hasText: "Hint 1 of 3" }).waitFor();
    await code.run("Pygloss: Show the Solution of the Exercise");
    const dialog = page.locator(".monaco-dialog-box");
    await dialog.filter({ hasText: "counts as given up" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await code.run("Pygloss: Run the Exercise in the Terminal");
    await dialog.filter({ hasText: /python3? .*most-frequent-words\.py/ }).waitFor();
    await shot("practice-run");
    await dialog.getByRole("button", { name: "Save and Run" }).click();
    // What the terminal shows is drawn, not text; its tab says that the program ended well.
    const tab = page.locator(".panel .single-terminal-tab", { hasText: "exercise" });
    await tab.locator(".codicon-check").waitFor();
    await shot("practice-terminal");
    await code.closeEditors();
    await code.run("View: Toggle Terminal");
    await code.openFile("rate_limit.py");
  },
};

const code = await openWorkbench({ codeServer, vsix, files: fixtures });
const shot = (what) => code.page.screenshot({ path: join(artifacts, `${what}.png`) });
let good;
try {
  await code.openFile("rate_limit.py");
  good = await runTests(tests, { code, shot, filter });
} finally {
  await code.close();
}
process.exit(good ? 0 : 1);
