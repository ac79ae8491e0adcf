import { homedir } from "node:os";
import * as vscode from "vscode";
import { Pages } from "./pages";
import { Practice } from "./practice";
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
  const practice = new Practice(running);
  running.practice = practice;

  const command = (name: string, run: () => unknown) =>
    vscode.commands.registerCommand(`pygloss.${name}`, run);
  context.subscriptions.push(
    log,
    running,
    quiz,
    pages,
    practice,
    command("quizMe", () => quiz.startOrResume()),
    command("quizAtCursor", () => quiz.startAtCursor()),
    command("quizOnMistakes", () => quiz.startOnMistakes()),
    command("stopQuiz", () => quiz.stop()),
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
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
  );
  void running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
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
