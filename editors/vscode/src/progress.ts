// What the reader knows by now: a page in VS Code's own Markdown preview, and what is due in the status bar.
// Both are the server's.
import * as vscode from "vscode";
import type { Server } from "./client";
import type { ProgressPage, Status } from "./protocol";
import type { Quiz } from "./quiz";
import { statusText } from "./quizText";

const SCHEME = "pygloss-progress";
const PAGE = vscode.Uri.from({ scheme: SCHEME, path: "/Progress.md" });

/** How often the status is asked for while nothing happens here, in milliseconds. */
const EVERY = 10 * 60 * 1000;

/** How long to wait for more to happen, in milliseconds. */
const SOON = 200;

export class Progress implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly item: vscode.StatusBarItem;
  private readonly disposables: { dispose(): unknown }[];
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly quiz: Quiz,
  ) {
    this.item = vscode.window.createStatusBarItem("pygloss.due", vscode.StatusBarAlignment.Right);
    this.item.name = "Pygloss Quiz";
    this.item.command = "pygloss.quizMe";
    const timer = setInterval(() => {
      this.refresh();
    }, EVERY);
    this.disposables = [
      this.item,
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.refresh();
      }),
      new vscode.Disposable(() => {
        clearInterval(timer);
        clearTimeout(this.waiting);
      }),
    ];
    quiz.onChange = () => {
      this.refresh();
    };
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Opens the page, or brings it up to date. */
  async open(): Promise<void> {
    this.changed.fire(PAGE);
    await vscode.commands.executeCommand("markdown.showPreview", PAGE);
  }

  async provideTextDocumentContent(): Promise<string> {
    const client = await this.server.running();
    if (!client) return "";
    const page = await client.sendRequest<ProgressPage>("pygloss/progress", {});
    return page.content.value;
  }

  /** Asks for the status, in the background. */
  refresh(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.ask(), SOON);
  }

  private async ask(): Promise<void> {
    // Not `running()`: a status is no reason to start a server.
    const status = await this.server.current()?.sendRequest<Status>("pygloss/status", {}).catch(() => undefined);
    const text = status && statusText(status, this.quiz.asking);
    if (!text) {
      this.item.hide();
      return;
    }
    this.item.text = `$(mortar-board) ${text}`;
    this.item.tooltip = `Pygloss: ${text}. Click to be quizzed.`;
    this.item.accessibilityInformation = { label: `Pygloss: ${text}`, role: "button" };
    this.item.show();
  }
}
