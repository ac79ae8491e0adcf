// The quiz. The course of a session is the server's; this only draws what it says.
import * as vscode from "vscode";
import { LSPErrorCodes, type LanguageClient, ResponseError } from "vscode-languageclient/node";
import { isServed, type Server } from "./client";
import { pickAfterVerdict, pickConfidence, pickJudgement, pickOptions } from "./picker";
import type {
  Comparison,
  Hint,
  Question,
  Session,
  StartParams,
  Step,
  Summary,
  Undone,
  Verdict,
} from "./protocol";
import { comparisonText, questionText, summaryText, verdictText } from "./quizText";
import { QuizPage } from "./quizPage";

interface Open {
  readonly client: LanguageClient;
  session: Session;
  question?: Question | undefined;
  hints: string[];
}

export class Quiz implements vscode.Disposable {
  private open: Open | undefined;
  private readonly page = new QuizPage();
  /** A question or a verdict is on the screen and waits for a key. */
  asking = false;
  /** Called when something may be due, or waits, that did not before. */
  onChange: () => void = () => undefined;

  constructor(private readonly server: Server) {}

  dispose(): void {
    this.page.dispose();
  }

  /** Goes on with the quiz that waits, else starts one with what is due. */
  async startOrResume(): Promise<void> {
    const open = this.open;
    if (open) {
      const step = await this.request<Step>(open, "resume", { sessionId: open.session.id });
      if (step) return this.step(open, step);
      if (this.open) return;
    }
    if (await this.resume()) return;
    const document = vscode.window.activeTextEditor?.document;
    const textDocument = isServed(document) ? { uri: document.uri.toString() } : undefined;
    await this.start({ mode: "review", ...(textDocument && { textDocument }) });
  }

  /** Goes on with a quiz that a server before this one left; false when there is none. */
  private async resume(): Promise<boolean> {
    const client = await this.server.running();
    if (!client) return false;
    const none = { client, session: { id: "", index: 0, total: 0 }, hints: [] };
    const step = await this.request<Step>(none, "resume", {});
    if (!step) return false;
    this.open = { client, session: step.session, hints: [] };
    await this.step(this.open, step);
    return true;
  }

  async startAtCursor(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !isServed(editor.document)) {
      void vscode.window.showInformationMessage(
        "Pygloss: put the cursor into Python code, a list of requirements or a pyproject.toml first.",
      );
      return;
    }
    const { line, character } = editor.selection.active;
    await this.start({
      mode: "cursor",
      textDocument: { uri: editor.document.uri.toString() },
      position: { line, character },
    });
  }

  async startOnMistakes(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!isServed(document)) {
      void vscode.window.showInformationMessage("Pygloss: open a file of a Python project first.");
      return;
    }
    await this.start({ mode: "mistakes", textDocument: { uri: document.uri.toString() } });
  }

  /** A few questions on each topic, to find out which the reader knows. */
  async startPlacement(): Promise<void> {
    await this.start({ mode: "placement" });
  }

  /** Takes back the last answer, in whichever program it was given. */
  async undo(): Promise<void> {
    const client = await this.server.running();
    if (!client) return;
    const none = { client, session: { id: "", index: 0, total: 0 }, hints: [] };
    const undone = await this.request<Undone>(none, "undo", {});
    if (undone) void vscode.window.showInformationMessage(`Pygloss: ${undone.message}`);
    this.onChange();
  }

  async start(params: StartParams): Promise<void> {
    const client = await this.server.running();
    if (!client) return;
    const limit = vscode.workspace.getConfiguration("pygloss").get("quiz.limit", 5);
    const starting = { client, session: { id: "", index: 0, total: 0 }, hints: [] };
    const step = await this.request<Step>(starting, "start", { limit, ...params, ui: "rich" });
    if (!step) return;
    this.open = { client, session: step.session, hints: [] };
    await this.step(this.open, step);
  }

  async stop(): Promise<void> {
    const open = this.open;
    if (!open) return;
    const summary = await this.request<Summary>(open, "stop", { sessionId: open.session.id });
    if (summary) await this.finish(summary);
  }

  /** The server took a question back since its code changed. */
  withdrawn(params: { presentationId: string; reason: string }): void {
    if (this.open?.question?.presentationId !== params.presentationId) return;
    this.open.question = undefined;
    void vscode.window.showInformationMessage(`Pygloss: ${params.reason}`);
    void this.next(this.open);
  }

  /** The process that held the session is gone. */
  serverStopped(): void {
    void this.close();
  }

  private async step(open: Open, step: Step): Promise<void> {
    if (step.done) return this.finish(step.done);
    open.session = step.session;
    open.question = step.question;
    open.hints = [];
    await vscode.commands.executeCommand("setContext", "pygloss.quizIsOpen", true);
    await this.ask(open);
  }

  private async ask(open: Open, typed = ""): Promise<void> {
    const question = open.question;
    if (!question) return;
    await this.page.show(questionText(open.session, question, open.hints), question.subject);
    const shown = Date.now();
    this.show(true);
    const choice = await pickOptions(open.session, question, open.hints.length, typed);
    this.show(false);
    if (this.open !== open || open.question !== question) return;
    const presentation = { sessionId: open.session.id, presentationId: question.presentationId };
    switch (choice.kind) {
      case "response": {
        const { response } = choice;
        const ms = Date.now() - shown;
        const confidence = await pickConfidence();
        const params = { ...presentation, response, confidence, ms };
        const verdict = await this.request<Verdict>(open, "answer", params);
        // What is no Python counts for nothing, and the question is still open.
        if (!verdict && "text" in response && open.question === question && this.open === open) {
          return this.ask(open, response.text);
        }
        return this.verdict(open, verdict);
      }
      case "words":
        return this.judge(open, choice.text, shown);
      case "hint": {
        const hint = await this.request<Hint>(open, "hint", presentation);
        if (hint) open.hints.push(hint.text);
        return this.ask(open);
      }
      case "skip": {
        const step = await this.request<Step>(open, "skip", presentation);
        if (step) await this.step(open, step);
        return;
      }
      case "giveUp": {
        const params = { ...presentation, giveUp: true };
        return this.verdict(open, await this.request<Verdict>(open, "skip", params));
      }
      case "stop":
        return this.stop();
      case "pause":
        return this.pause();
    }
  }

  private async pause(): Promise<void> {
    await this.page.hide();
    vscode.window.setStatusBarMessage("Pygloss: the quiz waits; run “Quiz Me” to go on", 8000);
  }

  /** Shows what stands in the reader's words, and lets the reader judge them. */
  private async judge(open: Open, text: string, shown: number): Promise<void> {
    const question = open.question;
    if (!question) return;
    const ms = Date.now() - shown;
    const presentation = { sessionId: open.session.id, presentationId: question.presentationId };
    const comparison = await this.request<Comparison>(open, "compare", { ...presentation, text });
    if (this.open !== open || open.question !== question) return;
    if (!comparison) return this.ask(open, text);
    await this.page.show(comparisonText(question, comparison, text), undefined);
    this.show(true);
    const judgement = await pickJudgement(question.topic.title, comparison);
    this.show(false);
    if (this.open !== open || open.question !== question) return;
    if (judgement === undefined) return this.pause();
    if (judgement === "write") return this.ask(open, text);
    const params = { ...presentation, response: { judgement }, ms };
    return this.verdict(open, await this.request<Verdict>(open, "answer", params));
  }

  private async verdict(open: Open, verdict: Verdict | undefined): Promise<void> {
    const question = open.question;
    if (!verdict || !question) return;
    open.session = verdict.session;
    open.question = undefined;
    await this.page.show(verdictText(question, verdict), verdict.evidence?.[0]);
    this.show(true);
    const after = await pickAfterVerdict(question.topic.title, verdict);
    this.show(false);
    switch (after) {
      case "next":
        return this.next(open);
      case "stop":
        return this.stop();
      case "read":
        // The reasons stay on the screen; the quiz goes on by “Quiz Me”.
        return;
    }
  }

  private async next(open: Open): Promise<void> {
    const step = await this.request<Step>(open, "next", { sessionId: open.session.id });
    if (step) await this.step(open, step);
  }

  private async finish(summary: Summary): Promise<void> {
    await this.close();
    void vscode.window.showInformationMessage(`Pygloss: ${summaryText(summary)}`);
  }

  private show(asking: boolean): void {
    this.asking = asking;
    this.onChange();
  }

  private async close(): Promise<void> {
    this.open = undefined;
    this.show(false);
    await vscode.commands.executeCommand("setContext", "pygloss.quizIsOpen", false);
    await this.page.hide();
  }

  /** Sends a request of the quiz; tells the reader when it fails. */
  private async request<T>(open: Open, method: string, params: object): Promise<T | undefined> {
    try {
      return await open.client.sendRequest<T>(`pygloss/quiz/${method}`, params);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const reason = error instanceof ResponseError ? reasonOf(error.data) : undefined;
      if (error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified) {
        void vscode.window.showInformationMessage(`Pygloss: ${message}`);
        open.question = undefined;
        void this.next(open);
      } else if (reason === "noSession") {
        await this.close();
      } else if (reason === "notPython" || reason === "unforeseen") {
        void vscode.window.showInformationMessage(`Pygloss: ${message}`);
      } else {
        void vscode.window.showErrorMessage(`Pygloss: ${message}`);
      }
      return undefined;
    }
  }
}

function reasonOf(data: unknown): unknown {
  return typeof data === "object" && data !== null && "reason" in data ? data.reason : undefined;
}
