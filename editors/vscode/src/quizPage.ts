// Where questions and reasons are read: VS Code's own Markdown preview, beside the reader's code,
// with the code that is meant marked.
import * as vscode from "vscode";

const SCHEME = "pygloss-quiz";
const PAGE = vscode.Uri.from({ scheme: SCHEME, path: "/Quiz.md" });

/** How long a preview may take to load, in milliseconds. What changes meanwhile it can miss. */
const LOADING = 15_000;

/** How long a change takes to reach the preview, in milliseconds. */
const SOON = 1000;

export class QuizPage implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private text = "";
  private opened = 0;
  private again: NodeJS.Timeout | undefined;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private readonly mark = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.wordHighlightStrongBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.wordHighlightStrongForeground"),
  });

  provideTextDocumentContent(): string {
    return this.text;
  }

  async show(
    text: string,
    code: { uri: string; range: { start: Place; end: Place } } | undefined,
  ): Promise<void> {
    this.text = text;
    this.changed.fire(PAGE);
    this.unmark();
    if (code) this.markCode(code);
    clearTimeout(this.again);
    if (!this.tab()) {
      this.opened = Date.now();
      await vscode.commands.executeCommand("markdown.showLockedPreviewToSide", PAGE);
    } else if (Date.now() - this.opened < LOADING) {
      this.again = setTimeout(() => void vscode.commands.executeCommand("markdown.preview.refresh"), SOON);
    }
  }

  async hide(): Promise<void> {
    clearTimeout(this.again);
    this.unmark();
    const tab = this.tab();
    if (tab) await vscode.window.tabGroups.close(tab);
  }

  dispose(): void {
    clearTimeout(this.again);
    this.registration.dispose();
    this.mark.dispose();
    this.changed.dispose();
  }

  private tab(): vscode.Tab | undefined {
    return vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .find(
        ({ input, label }) =>
          input instanceof vscode.TabInputWebview &&
          input.viewType.endsWith("markdown.preview") &&
          label.includes("Quiz.md"),
      );
  }

  private markCode(code: { uri: string; range: { start: Place; end: Place } }): void {
    const { start, end } = code.range;
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() !== vscode.Uri.parse(code.uri).toString()) continue;
      editor.setDecorations(this.mark, [range]);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  private unmark(): void {
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.mark, []);
  }
}

interface Place {
  line: number;
  character: number;
}
