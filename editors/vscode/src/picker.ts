// The lists of the quiz. Each row has a key of its own, so that one key press is an answer.
import * as vscode from "vscode";
import type { Confidence, Question, Session, Verdict } from "./protocol";
import { plain } from "./quizText";

interface Row<T> extends vscode.QuickPickItem {
  key?: string;
  value?: T;
}

export type Choice =
  | { kind: "option"; key: string }
  | { kind: "hint" | "skip" | "giveUp" | "stop" | "pause" };

/** Shows rows until one is chosen; undefined when the list is left. */
function pick<T>(title: string, placeholder: string, rows: Row<T>[]): Promise<T | undefined> {
  return new Promise((resolve) => {
    const list = vscode.window.createQuickPick<Row<T>>();
    list.title = title;
    // Screen readers read the placeholder, not the title.
    list.placeholder = placeholder;
    list.items = rows;
    list.ignoreFocusOut = true;
    let chosen: T | undefined;
    list.onDidChangeValue((typed) => {
      const row = rows.find((candidate) => candidate.key === typed);
      if (row) {
        chosen = row.value;
        list.hide();
      }
    });
    list.onDidAccept(() => {
      chosen = list.selectedItems[0]?.value;
      list.hide();
    });
    list.onDidHide(() => {
      resolve(chosen);
      list.dispose();
    });
    list.show();
  });
}

export async function pickOption(
  session: Session,
  question: Question,
  hintsGiven: number,
): Promise<Choice> {
  const options = question.options.map((option, index): Row<Choice> => ({
    label: `${index + 1}  ${option.code ? option.label : plain(option.label)}`,
    key: String(index + 1),
    value: { kind: "option", key: option.key },
  }));
  const left = question.hints - hintsGiven;
  const hint: Row<Choice>[] =
    left > 0 ? [row("h", "Hint", { kind: "hint" }, `${left} left`)] : [];
  const title = `${question.topic.title} ${session.index}/${session.total}`;
  const choice = await pick<Choice>(title, question.plain, [
    ...options,
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    ...hint,
    row("s", "Skip", { kind: "skip" }),
    row("?", "Show the answer", { kind: "giveUp" }),
    row("q", "Stop the quiz", { kind: "stop" }),
  ]);
  return choice ?? { kind: "pause" };
}

/** Asks how sure the reader is, where the reader wants to be asked. */
export function pickConfidence(): Promise<Confidence | undefined> {
  if (!vscode.workspace.getConfiguration("pygloss").get<boolean>("quiz.confidence", false)) {
    return Promise.resolve(undefined);
  }
  return pick<Confidence>("How sure are you?", "How sure are you?", [
    row("1", "Sure", "sure"),
    row("2", "Unsure", "unsure"),
    row("3", "Guessed", "guess"),
  ]);
}

export async function pickAfterVerdict(
  topic: string,
  verdict: Verdict,
): Promise<"next" | "read" | "stop"> {
  const title = `${topic} ${verdict.session.index}/${verdict.session.total}`;
  const go = verdict.next === "question" ? "Next question" : "Result";
  const choice = await pick<"next" | "read" | "stop">(title, verdict.headline, [
    row("n", go, "next"),
    row("r", "Read the reasons, go on later", "read"),
    row("q", "Stop the quiz", "stop"),
  ]);
  return choice ?? "read";
}

function row<T>(key: string, label: string, value: T, description?: string): Row<T> {
  return { label: `${key}  ${label}`, key, value, ...(description && { description }) };
}
