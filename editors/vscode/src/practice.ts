// Exercises: choosing one, hints, the solution, running the file. What they are, and which goals are
// open, is the server's; open goals are diagnostics.
import * as vscode from "vscode";
import { ResponseError } from "vscode-languageclient/node";
import type { Server } from "./client";
import { byTopic, commandLine, row } from "./practiceText";
import type { Exercise, Hint, OpenedExercise, ResetExercise, Solution, WhichExercise } from "./protocol";

const SCHEME = "pygloss-solution";

type Item = vscode.QuickPickItem & { exercise?: Exercise };

/** What of the Python extension's interface is used here. */
interface PythonExtension {
  environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { id: string; path: string };
    resolveEnvironment(path: { id: string; path: string }): Promise<
      { executable: { uri?: vscode.Uri } } | undefined
    >;
  };
}

export class Practice implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly solutions = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly server: Server) {}

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.solutions.get(uri.path) ?? "";
  }

  /** Lets the reader choose an exercise, and opens its file. */
  async choose(): Promise<void> {
    const exercises = await this.request<Exercise[]>("list", {});
    if (!exercises) return;
    const items = byTopic(exercises).flatMap((topic): Item[] => [
      { label: topic.title, kind: vscode.QuickPickItemKind.Separator },
      ...topic.exercises.map((exercise) => {
        const { label, description, icon } = row(exercise);
        return { label, description, iconPath: new vscode.ThemeIcon(icon), exercise };
      }),
    ]);
    const choice = await vscode.window.showQuickPick(items, {
      title: "Pygloss: practice",
      placeHolder: "Choose an exercise; its file is opened",
      matchOnDescription: true,
      // A page that is open takes the focus back when the list of commands goes.
      ignoreFocusOut: true,
    });
    if (choice?.exercise) await this.open(choice.exercise.id);
  }

  async open(exercise: string): Promise<void> {
    const opened = await this.request<OpenedExercise>("open", { exercise });
    if (!opened) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(opened.uri));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  async hint(which = here()): Promise<void> {
    const hint = which && (await this.request<Hint>("hint", which));
    if (!hint) return;
    const more = hint.given < hint.of ? ["Next Hint"] : [];
    const text = `Hint ${hint.given} of ${hint.of}: ${hint.text.replaceAll("`", "")}`;
    const choice = await vscode.window.showInformationMessage(text, ...more);
    if (choice) await this.hint(which);
  }

  /** Shows the solution; before the exercise is passed the reader is asked. */
  async solution(which = here()): Promise<void> {
    if (!which) return;
    const solution = await this.request<Solution>("solution", which, async (error) => {
      const reason = (error.data as { reason?: string } | undefined)?.reason;
      if (reason !== "notPassed") return false;
      const show = "Show the Solution";
      const choice = await vscode.window.showInformationMessage(error.message, { modal: true }, show);
      if (choice === show) await this.solution({ ...which, giveUp: true });
      return true;
    });
    if (!solution) return;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${solution.exercise.id}.md` });
    this.solutions.set(uri.path, solution.content.value);
    this.changed.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  async reset(which = here()): Promise<void> {
    if (!which) return;
    const anew = "Begin Anew";
    const question = "Begin this exercise anew?";
    const choice = await vscode.window.showInformationMessage(question, { modal: true }, anew);
    if (choice !== anew) return;
    const reset = await this.request<ResetExercise>("reset", which);
    if (reset?.kept) {
      const file = vscode.Uri.parse(reset.kept).fsPath;
      void vscode.window.showInformationMessage(`Pygloss: the old file is ${file}.`);
    }
  }

  /** Runs the file with the reader's interpreter in a terminal, after the reader has seen the command. */
  async run(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== "python" || document.uri.scheme !== "file") {
      void vscode.window.showInformationMessage("Pygloss: this is no Python file.");
      return;
    }
    if (!vscode.workspace.isTrusted) {
      const message = "Pygloss: nothing is run in a workspace that is not trusted.";
      void vscode.window.showWarningMessage(message);
      return;
    }
    const program = await interpreter(document.uri);
    const args = [document.uri.fsPath];
    const run = "Save and Run";
    const question = "Run this in the terminal? It runs your code, with your rights.";
    const detail = commandLine(program, args);
    const choice = await vscode.window.showInformationMessage(question, { modal: true, detail }, run);
    if (choice !== run || !(await document.save())) return;
    // No shell reads the command, so nothing in a path can mean anything else.
    const execution = new vscode.ProcessExecution(program, args);
    const scope = vscode.workspace.getWorkspaceFolder(document.uri) ?? vscode.TaskScope.Global;
    const task = new vscode.Task({ type: "process" }, scope, "exercise", "Pygloss", execution, []);
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: false, echo: true };
    await vscode.tasks.executeTask(task);
  }

  private async request<T>(
    what: string,
    params: object,
    failed?: (error: ResponseError<unknown>) => Promise<boolean>,
  ): Promise<T | undefined> {
    const client = await this.server.running();
    if (!client) return undefined;
    try {
      return await client.sendRequest<T>(`pygloss/practice/${what}`, params);
    } catch (error) {
      if (error instanceof ResponseError && (await failed?.(error))) return undefined;
      const message = error instanceof ResponseError ? error.message : String(error);
      void vscode.window.showInformationMessage(`Pygloss: ${message}.`);
      return undefined;
    }
  }
}

/** The exercise in the editor, as the server is asked about it. */
function here(): WhichExercise | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === "python") return { textDocument: { uri: document.uri.toString() } };
  void vscode.window.showInformationMessage("Pygloss: no exercise is open.");
  return undefined;
}

/** The interpreter that the reader chose in the Python extension, else the one on PATH. */
async function interpreter(resource: vscode.Uri): Promise<string> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  try {
    const environments = (await extension?.activate())?.environments;
    const active = environments?.getActiveEnvironmentPath(resource);
    const resolved = active && (await environments?.resolveEnvironment(active));
    if (resolved?.executable.uri) return resolved.executable.uri.fsPath;
  } catch {
    // The extension does not tell; the reader sees which program is run.
  }
  return process.platform === "win32" ? "python" : "python3";
}
