import * as vscode from "vscode";
import {
  LanguageClient,
  type ClientCapabilities,
  type LanguageClientOptions,
  type StaticFeature,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import type { Pages } from "./pages";
import type { Practice } from "./practice";
import type { Progress } from "./progress";
import {
  PROTOCOL_VERSION,
  SHAPES,
  type PageParams,
  type StartParams,
  type WhichExercise,
} from "./protocol";
import type { Quiz } from "./quiz";
import type { Found } from "./server";

/** The commands that a card may link to. */
const LINKED_COMMANDS = ["pygloss.quizMe", "pygloss.quizAtCursor", "pygloss.quiz.start", "pygloss.page.open"];

const RUFF = "charliermarsh.ruff";

/** Python, and the files that say what a Python project needs, whatever their language is called. */
const DOCUMENTS: { language?: string; scheme: string; pattern?: string }[] = [
  { language: "python", scheme: "file" },
  { language: "python", scheme: "untitled" },
  { scheme: "file", pattern: "**/pyproject.toml" },
  { scheme: "file", pattern: "**/*{requirements,constraints}*.{txt,in}" },
  { scheme: "file", pattern: "**/requirements/*.{txt,in}" },
  { scheme: "file", pattern: "**/.gitignore" },
];

/** Whether the server is for the document. */
export function isServed(document: vscode.TextDocument | undefined): document is vscode.TextDocument {
  return document !== undefined && vscode.languages.match(DOCUMENTS, document) > 0;
}

/** The extensions that are on and show some of what the server finds, for it to leave that to them. */
function peers(): string[] {
  const ruff = vscode.workspace.getConfiguration("ruff");
  const isOn = ruff.get<boolean>("enable", true) && ruff.get<boolean>("lint.enable", true);
  return isOn && vscode.extensions.getExtension(RUFF) ? [RUFF] : [];
}

/** The server as a process that is started, watched and started again. */
export class Server implements vscode.Disposable {
  quiz: Quiz | undefined;
  pages: Pages | undefined;
  progress: Progress | undefined;
  practice: Practice | undefined;
  private client: LanguageClient | undefined;
  private program: string | undefined;
  /** What is being done; the next act waits for it. */
  private busy: Promise<void> = Promise.resolve();
  private told = false;
  private readonly status: vscode.LanguageStatusItem;

  constructor(
    private readonly locate: () => Found,
    private readonly log: vscode.LogOutputChannel,
    private readonly version: string,
  ) {
    this.status = vscode.languages.createLanguageStatusItem("pygloss.server", DOCUMENTS);
    this.status.name = "Pygloss";
    this.status.command = { command: "pygloss.showLog", title: "Show Log" };
    this.show("not started", vscode.LanguageStatusSeverity.Information);
  }

  start(): Promise<void> {
    return this.inTurn(() => this.startNow());
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.stopNow();
      this.told = false;
      await this.startNow();
    });
  }

  async restartIfChanged(): Promise<void> {
    if (this.isOutdated()) await this.restart();
  }

  /** Whether another program, or none, is to be the server by now. */
  private isOutdated(): boolean {
    const found = this.locate();
    return !("program" in found) || found.program !== this.program;
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.stopNow());
  }

  dispose(): void {
    this.status.dispose();
    void this.stop();
  }

  /** Tells the server which other extensions run. */
  peersChanged(): void {
    // One that does not answer has nothing to tell.
    this.current()?.sendRequest("pygloss/peers", { peers: peers() }).catch(() => undefined);
  }

  /** The running client, if there is one. */
  current(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** The running client, started if need be; undefined, with a message, when there is none. */
  async running(): Promise<LanguageClient | undefined> {
    await this.busy;
    if (this.client?.state !== State.Running) {
      this.told = false;
      await this.start();
    }
    return this.client?.state === State.Running ? this.client : undefined;
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    this.busy = this.busy.then(act).catch((error: unknown) => {
      this.log.error(String(error));
    });
    return this.busy;
  }

  private async startNow(): Promise<void> {
    if (this.client?.state === State.Running) return;
    const found = this.locate();
    if ("reason" in found) {
      this.program = undefined;
      this.fail(`There is no server: ${found.reason}.`);
      return;
    }
    this.program = found.program;
    this.log.info(`server: ${found.program} (from ${found.from})`);
    this.status.busy = true;
    const client = new LanguageClient(
      "pygloss",
      "Pygloss",
      // For this transport `--stdio` is added to the arguments.
      { command: found.program, args: ["serve"], transport: TransportKind.stdio },
      this.options(),
    );
    client.registerFeature(new Handshake());
    client.onNotification(
      "pygloss/quiz/withdrawn",
      (params: { presentationId: string; reason: string }) => this.quiz?.withdrawn(params),
    );
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && this.client === client) {
        this.show("stopped", vscode.LanguageStatusSeverity.Error);
      } else if (newState === State.Running) {
        this.showRunning(client);
        this.progress?.refresh();
      }
    });
    this.client = client;
    try {
      await client.start();
      this.showRunning(client);
    } catch (error) {
      this.fail(`The server ${found.program} does not start: ${String(error)}.`);
    } finally {
      this.status.busy = false;
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.quiz?.serverStopped();
    if (client) await client.dispose().catch(() => undefined);
    this.show("stopped", vscode.LanguageStatusSeverity.Information);
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      traceOutputChannel: this.log,
      initializationOptions: {
        commandLinks: true,
        workspaceTrusted: vscode.workspace.isTrusted,
        peers: peers(),
      },
      markdown: { isTrusted: { enabledCommands: LINKED_COMMANDS }, supportHtml: false },
      middleware: {
        // Code actions and cards start a quiz by the server's command; it is drawn here unless the
        // reader wants the prompts or the worksheets of the server.
        executeCommand: async (name, args, next) => {
          const ui = vscode.workspace.getConfiguration("pygloss").get<string>("quiz.ui", "auto");
          const drawsHere = ui !== "prompt" && ui !== "worksheet";
          if (name === "pygloss.quiz.start" && drawsHere && this.quiz) {
            await this.quiz.start((args as StartParams[])[0] ?? {});
            return null;
          }
          if (name === "pygloss.progress.open" && this.progress) {
            await this.progress.open();
            return null;
          }
          if (name === "pygloss.page.open" && this.pages) {
            await this.pages.open((args as PageParams[])[0] ?? {});
            return null;
          }
          const which = (args as WhichExercise[])[0];
          if (name === "pygloss.practice.hint" && this.practice) {
            await this.practice.hint(which);
            return null;
          }
          if (name === "pygloss.practice.solution" && this.practice) {
            await this.practice.solution(which);
            return null;
          }
          if (name === "pygloss.practice.reset" && this.practice) {
            await this.practice.reset(which);
            return null;
          }
          return (await next(name, args)) as unknown;
        },
        workspace: {
          // A server that is about to be replaced needs no new settings, and is gone when they come.
          didChangeConfiguration: async (sections, next) => {
            if (!this.isOutdated()) await next(sections);
          },
        },
      },
    };
  }

  private showRunning(client: LanguageClient): void {
    const server = client.initializeResult?.serverInfo?.version ?? "of unknown version";
    const same = server === this.version;
    this.status.text = `Pygloss ${server}`;
    this.status.detail = same ? "running" : `running; the extension is ${this.version}`;
    this.status.severity = same
      ? vscode.LanguageStatusSeverity.Information
      : vscode.LanguageStatusSeverity.Warning;
  }

  private show(detail: string, severity: vscode.LanguageStatusSeverity): void {
    this.status.text = "Pygloss";
    this.status.detail = detail;
    this.status.severity = severity;
  }

  private fail(message: string): void {
    this.log.error(message);
    this.show(message, vscode.LanguageStatusSeverity.Error);
    if (this.told) return;
    this.told = true;
    const settings = "Open Setting";
    const log = "Show Log";
    void vscode.window.showErrorMessage(`Pygloss: ${message}`, settings, log).then((choice) => {
      if (choice === settings) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "pygloss.path");
      } else if (choice === log) {
        this.log.show();
      }
    });
  }
}

/** Tells the server that quizzes are drawn here. */
class Handshake implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const others = capabilities.experimental as object | undefined;
    capabilities.experimental = {
      ...others,
      pygloss: { protocol: PROTOCOL_VERSION, shapes: SHAPES },
    };
  }
  getState() {
    return { kind: "static" } as const;
  }
  initialize(): void {
    // Nothing to set up: the requests are sent by the quiz.
  }
  clear(): void {
    // Nothing is kept.
  }
}
