import { homedir } from "node:os";
import * as vscode from "vscode";
import { ExecuteCommandRequest, ResponseError } from "vscode-languageclient/node";
import { Pages } from "./pages";
import { Practice } from "./practice";
import { Progress } from "./progress";
import { Quiz } from "./quiz";
import { findServer, type Found } from "./server";
import { Server } from "./client";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Pygloss", { log: true });
  const version = (context.extension.packageJSON as { version: string }).version;
  const running = new Server(() => locate(context), log, version);
  server = running;
  const quiz = new Quiz(running);
  running.quiz = quiz;
  const pages = new Pages(running);
  running.pages = pages;
  const progress = new Progress(running, quiz);
  running.progress = progress;
  const practice = new Practice(running);
  running.practice = practice;

  const command = (name: string, run: () => unknown) =>
    vscode.commands.registerCommand(`pygloss.${name}`, run);
  context.subscriptions.push(
    log,
    running,
    quiz,
    pages,
    progress,
    practice,
    command("quizMe", () => quiz.startOrResume()),
    command("quizAtCursor", () => quiz.startAtCursor()),
    command("quizOnMistakes", () => quiz.startOnMistakes()),
    command("placement", () => quiz.startPlacement()),
    command("undo", () => quiz.undo()),
    command("stopQuiz", () => quiz.stop()),
    command("mockInterview", () => startInterview(running)),
    command("interviewAtCursor", () => interviewAtCursor(running)),
    command("openProgress", () => progress.open()),
    command("explainAtCursor", () =>
      vscode.commands.executeCommand("editor.action.showHover", { focus: "autoFocusImmediately" }),
    ),
    command("openPage", () => pages.choose()),
    command("openPageAtCursor", () => pages.atCursor()),
    command("nextPage", () => pages.go("next")),
    command("previousPage", () => pages.go("previous")),
    command("practice", () => practice.choose()),
    command("practiceHint", () => practice.hint()),
    command("practiceSolution", () => practice.solution()),
    command("practiceRun", () => practice.run()),
    command("practiceReset", () => practice.reset()),
    command("restartServer", () => running.restart()),
    command("showLog", () => {
      log.show();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("pygloss.path")) void running.restartIfChanged();
      if (change.affectsConfiguration("ruff")) running.peersChanged();
    }),
    vscode.extensions.onDidChange(() => {
      running.peersChanged();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
  );
  void running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** The server opens a worksheet; what is done in it are code actions. */
async function startInterview(running: Server, place?: object): Promise<void> {
  const client = await running.running();
  const asked = { command: "pygloss.interview.start", ...(place && { arguments: [place] }) };
  try {
    await client?.sendRequest(ExecuteCommandRequest.type, asked);
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    void vscode.window.showInformationMessage(`Pygloss: ${error.message}`);
  }
}

async function interviewAtCursor(running: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "python") {
    void vscode.window.showInformationMessage("Pygloss: put the cursor into Python code first.");
    return;
  }
  const { line, character } = editor.selection.active;
  const textDocument = { uri: editor.document.uri.toString() };
  await startInterview(running, { textDocument, position: { line, character } });
}

function locate(context: vscode.ExtensionContext): Found {
  return findServer({
    // Of machine scope and restricted: a folder cannot say what is run.
    configured: vscode.workspace.getConfiguration("pygloss").get("path", ""),
    extension: context.extensionPath,
    path: process.env.PATH ?? "",
    platform: process.platform,
    home: homedir(),
  });
}
