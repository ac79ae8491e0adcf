// Serves a real VS Code to a headless browser on the loopback interface, and works it as a person
// does: by mouse and keyboard, reading what the page shows.
import { spawn, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { chromium } = require(need("PLAYWRIGHT_CORE"));

export const TIMEOUT = 60_000;

/** The row that is wanted is one of the first that match. */
const MAX_ROWS = 10;

function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run tests/setup/get-editors.sh`);
  return value;
}

/** Settings of a reader whom nothing but the code should distract. */
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "editor.minimap.enabled": false,
  "editor.hover.delay": 100,
  "files.autoSave": "off",
};

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Opens a copy of the folder `files`. */
export async function openWorkbench({ codeServer, vsix, files }) {
  const home = mkdtempSync(join(tmpdir(), "pygloss-vscode-"));
  const at = (...names) => join(home, ...names);
  const folder = at("project");
  cpSync(files, folder, { recursive: true });
  mkdirSync(at("data", "User"), { recursive: true });
  writeFileSync(at("data", "User", "settings.json"), JSON.stringify(SETTINGS));

  const env = {
    ...process.env,
    HOME: home,
    XDG_DATA_HOME: at("share"),
    XDG_CONFIG_HOME: at("config"),
    XDG_STATE_HOME: at("state"),
    CODE_SERVER_CONFIG: at("config.yaml"),
  };
  const folders = ["--user-data-dir", at("data"), "--extensions-dir", at("extensions")];
  execFileSync(codeServer, [...folders, "--install-extension", vsix], { env, stdio: "pipe" });

  const port = await freePort();
  const server = spawn(
    codeServer,
    [...folders, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry",
      "--disable-update-check", "--disable-workspace-trust", folder],
    { env, stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  let log = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (data) => {
      log += data;
    });
  }
  const browser = await chromium.launch({
    executablePath: need("CHROMIUM"),
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const close = async () => {
    await browser.close().catch(() => undefined);
    try {
      process.kill(-server.pid, "SIGTERM");
    } catch {
      // It has ended already.
    }
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    const deadline = Date.now() + TIMEOUT;
    while (!log.includes("HTTP server listening")) {
      if (Date.now() > deadline || server.exitCode !== null) {
        throw new Error(`code-server does not start:\n${log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(TIMEOUT);
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    await page.waitForSelector(".monaco-workbench .part.editor");
    return new Workbench(page, folder, at("data", "Machine"), env, close);
  } catch (error) {
    await close();
    throw error;
  }
}

export class Workbench {
  constructor(page, folder, machine, env, close) {
    this.page = page;
    this.folder = folder;
    this.machine = machine;
    this.env = env;
    this.close = close;
  }

  /**
   * Opens the box of files or, for a text that begins with `>`, of commands, and takes the row that
   * is named `row`.
   */
  async quickOpen(text, row) {
    await this.choose(row, text, () =>
      this.page.keyboard.press(text.startsWith(">") ? "F1" : "Control+P"),
    );
  }

  /**
   * Opens a list by `open`, types `text`, and takes the row that is named `row`. A web view that is
   * still loading takes the focus, which closes the list: then it is opened again, as a person would.
   */
  async choose(row, text, open) {
    const widget = this.page.locator(".quick-input-widget");
    // What matches is a part of its own in a label, so the label as a whole is compared.
    const whole = new RegExp(`^${row.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
    const name = this.page.locator(".label-name", { hasText: whole });
    await this.again(`the row "${row}"`, async (timeout) => {
      await open();
      const input = widget.locator("input");
      await input.fill(text, { timeout });
      const found = widget.locator(".monaco-list-row").filter({ has: name }).first();
      await found.waitFor({ timeout });
      // Rows move while one types, so a click would meet another one, or none.
      const marked = widget.locator(".monaco-list-row.focused").filter({ has: name }).first();
      for (let row = 0; row < MAX_ROWS && !(await marked.isVisible()); row += 1) {
        await input.press("ArrowDown", { timeout });
      }
      await marked.waitFor({ timeout });
      await input.press("Enter", { timeout });
      await found.waitFor({ state: "hidden", timeout: TIMEOUT / 4 });
    });
  }

  /** Tries until it works, each time with more patience, from a state without an open list. */
  async again(what, act) {
    const deadline = Date.now() + 2 * TIMEOUT;
    for (let timeout = 4_000; ; timeout *= 2) {
      try {
        return await act(timeout);
      } catch (error) {
        if (Date.now() > deadline) throw new Error(`no sign of ${what}`, { cause: error });
        console.log(`  once more: ${what} (${error.message.split("\n")[0]})`);
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /**
   * Presses a key in the open list, until it shows what `sign` locates. The page beside it takes the
   * focus when it is loaded late; a person would click on the list, too.
   */
  async press(key, sign) {
    const input = this.page.locator(".quick-input-widget:visible input.input");
    for (let timeout = TIMEOUT / 8; ; timeout *= 2) {
      await input.focus();
      // In an empty field to write in, Enter shows the list.
      if (/^____$|own words/.test(await input.getAttribute("placeholder"))) {
        await this.page.keyboard.press("Enter");
        await this.page.locator(".monaco-list-row", { hasText: "Show the answer" }).waitFor();
      }
      await this.page.keyboard.press(key);
      const shown = await sign.first().waitFor({ timeout }).then(() => true, () => false);
      if (shown) return;
      if (timeout > TIMEOUT) throw new Error(`no sign of ${sign} after ${key}`);
    }
  }

  /** A click into a list that is just being drawn anew opens nothing: then again. */
  async openFile(name) {
    const tab = this.page.locator(".tab.active", { hasText: name });
    const lines = this.page.locator(".part.editor .monaco-editor .view-line:visible");
    await this.again(`the file ${name}`, async (timeout) => {
      await this.quickOpen(name, name);
      await tab.first().waitFor({ timeout });
      await lines.first().waitFor({ timeout });
    });
  }

  /** What is opened before all are closed would be closed with them. */
  async closeEditors() {
    const tab = this.page.locator(".part.editor .tab");
    await this.again("editors being closed", async (timeout) => {
      if ((await tab.count()) === 0) return;
      await this.run("View: Close All Editors");
      await this.until("no editor", async () => (await tab.count()) === 0, timeout);
    });
  }

  /** Goes to where each test begins: the example, and nothing else, is open. */
  async leave() {
    await this.closeEditors();
    await this.openFile("rate_limit.py");
  }

  /** Ends the quiz, if one is open: else there is no such command, and another one might be taken for it. */
  async stopQuiz() {
    const title = "Pygloss: Stop Quiz";
    const widget = this.page.locator(".quick-input-widget");
    await this.page.keyboard.press("F1");
    await widget.locator("input").fill(`>${title}`, { timeout: TIMEOUT / 8 });
    const row = widget.locator(".monaco-list-row.focused", { hasText: title });
    const isOpen = await row.waitFor({ timeout: TIMEOUT / 30 }).then(() => true, () => false);
    await this.page.keyboard.press(isOpen ? "Enter" : "Escape");
  }

  run(title) {
    return this.quickOpen(`>${title}`, title);
  }

  /** What a file of the folder holds. */
  textOf(name) {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Writes the settings of this machine, as opposed to those of the reader or the folder. */
  setMachineSettings(settings) {
    mkdirSync(this.machine, { recursive: true });
    writeFileSync(join(this.machine, "settings.json"), JSON.stringify(settings));
  }

  /** Lets the reader have answered a variant of a question once, long ago: it is due, in another. */
  haveAnswered(card, variant) {
    const answer = {
      id: createHash("md5").update(card).digest("hex"), session: "before", at: 1, card, variant,
      seed: 1, source: "pack", outcome: "right", grade: 3, confidence: null, hints: 0, ms: null,
    };
    const file = join(this.folder, "..", "answers.jsonl");
    writeFileSync(file, JSON.stringify(answer));
    execFileSync(need("PYGLOSS_SERVER"), ["progress", "import", file], { env: this.env });
  }

  /** The part of the editor's text that is `text` on the line that contains `line`. */
  async boxOf(line, text) {
    const box = await this.page.evaluate(
      ([wantedLine, wanted]) => {
        const plain = (value) => value.replaceAll("\u00a0", " ");
        for (const row of document.querySelectorAll(".monaco-editor .view-line")) {
          if (!plain(row.textContent).includes(wantedLine)) continue;
          const start = plain(row.textContent).indexOf(wanted);
          if (start < 0) continue;
          const range = document.createRange();
          const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
          let offset = 0;
          let begun = false;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const end = offset + node.data.length;
            if (!begun && start < end) {
              range.setStart(node, start - offset);
              begun = true;
            }
            if (begun && start + wanted.length <= end) {
              range.setEnd(node, start + wanted.length - offset);
              const { x, y, width, height } = range.getBoundingClientRect();
              return { x, y, width, height };
            }
            offset = end;
          }
        }
        return null;
      },
      [line, text],
    );
    if (!box) throw new Error(`the editor does not show "${text}" in "${line}"`);
    return box;
  }

  async hover(line, text) {
    const { x, y, width, height } = await this.boxOf(line, text);
    await this.page.mouse.move(x + width / 2, y - 4 * height, { steps: 3 });
    await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  }

  async click(line, text) {
    const { x, y, width, height } = await this.boxOf(line, text);
    await this.page.mouse.click(x + width / 2, y + height / 2);
  }

  /** The lines that the editor shows, without what the renderer adds. */
  async editorText() {
    const rows = await this.page.locator(".monaco-editor .view-line").evaluateAll((lines) =>
      lines
        .map((line) => ({ top: parseFloat(line.style.top), text: line.textContent }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll("\u00a0", " ")),
    );
    return rows.join("\n");
  }

  /** The rows of the open list, top to bottom. */
  async rows() {
    const texts = await this.page
      .locator(".quick-input-list .monaco-list-row")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? row.textContent));
    return texts.map((text) => text.replaceAll("\u00a0", " "));
  }

  /** Waits for something that only looking again tells. */
  async until(what, check, timeout = TIMEOUT) {
    const deadline = Date.now() + timeout;
    for (;;) {
      const value = await check();
      if (value) return value;
      if (Date.now() > deadline) throw new Error(`no sign of ${what}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** The text of the Markdown preview, which is a page in a page in a page. */
  async previewText() {
    for (const frame of this.page.frames()) {
      const body = await frame
        .evaluate(() => document.querySelector(".markdown-body")?.innerText ?? "")
        .catch(() => "");
      if (body) return body;
    }
    return "";
  }
}
