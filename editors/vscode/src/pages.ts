// Pages: a topic or a rule as a whole, in VS Code's own Markdown preview. What they say and where one
// reads on is the server's.
import * as vscode from "vscode";
import { ResponseError } from "vscode-languageclient/node";
import type { Server } from "./client";
import type { Page, PageParams, Topic } from "./protocol";

const SCHEME = "pygloss-page";

export class Pages implements vscode.Disposable, vscode.TextDocumentContentProvider {
  /** The page that was opened last. */
  private current: Page | undefined;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly server: Server) {}

  dispose(): void {
    this.registration.dispose();
  }

  /** The text of a page, also where a link of another one leads. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const topic = uri.path.replace(/^\//, "").replace(/\.md$/, "");
    const page = await this.request<Page>("pygloss/page", { topic });
    if (!page) return "";
    this.take(page);
    return `${page.content.value.trimEnd()}\n\n---\n\n${page.ways}\n`;
  }

  /** Opens the page of a topic, else that of the code at a place. */
  async open(params: PageParams): Promise<void> {
    const page = await this.request<Page>("pygloss/page", params);
    if (page) await this.show(page);
  }

  /** The page of a topic that is chosen from a list. */
  async choose(): Promise<void> {
    const topics = await this.request<Topic[]>("pygloss/topics", {});
    if (!topics) return;
    const items = topics.map((topic) => ({
      label: topic.title,
      description: topic.name,
      iconPath: new vscode.ThemeIcon(topic.kind === "concept" ? "book" : "lightbulb"),
      topic: topic.id,
    }));
    const choice = await vscode.window.showQuickPick(items, {
      title: "Pygloss: open a page",
      matchOnDescription: true,
      // The preview that is open takes the focus back when the list of commands goes.
      ignoreFocusOut: true,
    });
    if (choice) await this.open({ topic: choice.topic });
  }

  async atCursor(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== "python") return this.choose();
    const { line, character } = editor.selection.active;
    await this.open({
      textDocument: { uri: editor.document.uri.toString() },
      position: { line, character },
    });
  }

  /** The page after or before the one that was opened last. */
  async go(way: "next" | "previous"): Promise<void> {
    const topic = this.current?.[way];
    if (topic) await this.open({ topic: topic.id });
  }

  private async show(page: Page): Promise<void> {
    this.take(page);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${page.topic.id}.md` });
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  }

  private take(page: Page): void {
    this.current = page;
    const set = (key: string, value: boolean) =>
      void vscode.commands.executeCommand("setContext", `pygloss.${key}`, value);
    set("hasNextPage", page.next !== undefined);
    set("hasPreviousPage", page.previous !== undefined);
  }

  private async request<T>(method: string, params: object): Promise<T | undefined> {
    const client = await this.server.running();
    if (!client) return undefined;
    try {
      return await client.sendRequest<T>(method, params);
    } catch (error) {
      const message = error instanceof ResponseError ? error.message : String(error);
      void vscode.window.showInformationMessage(`Pygloss: ${message}.`);
      return undefined;
    }
  }
}
