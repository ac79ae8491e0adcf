// The lists of the quiz. Each row has a key of its own, so that one key press is an answer.
import * as vscode from "vscode";
import type {
  Comparison,
  Confidence,
  Judgement,
  Question,
  Response,
  Session,
  Verdict,
} from "./protocol";
import { placeholder, plain } from "./quizText";

interface Row<T> extends vscode.QuickPickItem {
  key?: string;
  value?: T;
}

export type Choice =
  | { kind: "response"; response: Response }
  | { kind: "words"; text: string }
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

export async function pickOptions(
  session: Session,
  question: Question,
  hintsGiven: number,
  typed: string,
): Promise<Choice> {
  const title = `${question.topic.title} ${session.index}/${session.total}`;
  const left = question.hints - hintsGiven;
  const hint: Row<Choice>[] =
    left > 0 ? [row("h", "Hint", { kind: "hint" }, `${left} left`)] : [];
  const actions = [
    ...hint,
    row<Choice>("s", "Skip", { kind: "skip" }),
    row<Choice>("?", "Show the answer", { kind: "giveUp" }),
    row<Choice>("q", "Stop the quiz", { kind: "stop" }),
  ];
  switch (question.shape) {
    case "one":
      return pickOne(title, question, actions);
    case "several":
      return pickSeveral(title, question, actions);
    case "order":
      return pickOrder(title, question, actions);
    case "text":
    case "words":
      return typeText(title, question, actions, typed);
  }
}

function optionLabel(question: Question, index: number): string {
  const option = question.options[index];
  const label = option?.code ? option.label : plain(option?.label ?? "");
  return `${index + 1}  ${label}`;
}

async function pickOne(
  title: string,
  question: Question,
  actions: Row<Choice>[],
): Promise<Choice> {
  const options = question.options.map((option, index): Row<Choice> => ({
    label: optionLabel(question, index),
    key: String(index + 1),
    value: respond([option.key]),
  }));
  const separator = { label: "", kind: vscode.QuickPickItemKind.Separator };
  const rows = [...options, separator, ...actions];
  return (await pick<Choice>(title, placeholder(question), rows)) ?? { kind: "pause" };
}

/** A list with a box at each option: digits turn them on and off, Enter answers. */
function pickSeveral(title: string, question: Question, actions: Row<Choice>[]): Promise<Choice> {
  return new Promise((resolve) => {
    const list = vscode.window.createQuickPick<Row<string>>();
    const rows = question.options.map((option, index): Row<string> => ({
      label: optionLabel(question, index),
      key: String(index + 1),
      value: option.key,
    }));
    list.title = `${title} · ${actions.map((action) => action.label).join(" · ")}`;
    list.placeholder = placeholder(question);
    list.canSelectMany = true;
    list.ignoreFocusOut = true;
    list.items = rows;
    let choice: Choice = { kind: "pause" };
    const finish = (made: Choice): void => {
      choice = made;
      list.hide();
    };
    let before = "";
    list.onDidChangeValue((typed) => {
      // The next key may come before the box is empty again.
      const keys = typed.startsWith(before) ? typed.slice(before.length) : "";
      before = typed;
      for (const key of keys) {
        const action = actions.find((candidate) => candidate.key === key);
        if (action?.value) {
          finish(action.value);
          return;
        }
        const row = rows.find((candidate) => candidate.key === key);
        if (!row) continue;
        const chosen = list.selectedItems;
        list.selectedItems = chosen.includes(row)
          ? chosen.filter((other) => other !== row)
          : [...chosen, row];
      }
      // What is typed would filter the list.
      if (typed !== "") list.value = "";
    });
    list.onDidAccept(() => {
      const keys = list.selectedItems.map((row) => row.value).filter((key) => key !== undefined);
      if (keys.length > 0) finish(respond(keys));
    });
    list.onDidHide(() => {
      resolve(choice);
      list.dispose();
    });
    list.show();
  });
}

/** A list that is asked until one option is left; the numbers stay those of the page. */
async function pickOrder(
  title: string,
  question: Question,
  actions: Row<Choice>[],
): Promise<Choice> {
  const chosen: number[] = [];
  const all = question.options.map((_, index) => index);
  for (;;) {
    const left = all.filter((index) => !chosen.includes(index));
    if (left.length <= 1) {
      const order = [...chosen, ...left];
      return respond(order.flatMap((at) => question.options[at]?.key ?? []));
    }
    const rows: Row<Choice | number>[] = left.map((index) => ({
      label: optionLabel(question, index),
      key: String(index + 1),
      value: index,
    }));
    const back: Row<number>[] = chosen.length > 0 ? [row("b", "Take the last one back", -1)] : [];
    const soFar = chosen.map((index) => index + 1).join(", ");
    const picked = await pick<Choice | number>(
      chosen.length > 0 ? `${title} · so far: ${soFar}` : title,
      placeholder(question),
      [...rows, { label: "", kind: vscode.QuickPickItemKind.Separator }, ...back, ...actions],
    );
    if (picked === undefined) return { kind: "pause" };
    if (typeof picked !== "number") return picked;
    if (picked < 0) chosen.pop();
    else chosen.push(picked);
  }
}

/** A field to type code or sentences in; with nothing in it, Enter shows what else can be done. */
async function typeText(
  title: string,
  question: Question,
  actions: Row<Choice>[],
  typed: string,
): Promise<Choice> {
  for (;;) {
    const text = await vscode.window.showInputBox({
      title,
      prompt: `${placeholder(question)} (Enter in the empty field: hint, skip, show the answer, stop)`,
      placeHolder: question.shape === "text" ? "____" : "In your own words",
      value: typed,
      ignoreFocusOut: true,
    });
    if (text === undefined) return { kind: "pause" };
    if (text.trim() !== "") {
      return question.shape === "text"
        ? { kind: "response", response: { text } }
        : { kind: "words", text };
    }
    const action = await pick<Choice>(title, placeholder(question), actions);
    if (action) return action;
  }
}

function respond(keys: string[]): Choice {
  return { kind: "response", response: { keys } };
}

/** Asks how well the reader knew it; `write` to write it anew. */
export function pickJudgement(
  topic: string,
  comparison: Comparison,
): Promise<Judgement | "write" | undefined> {
  const found = comparison.points.filter((point) => point.found).length;
  const placeholder = `${found} of ${comparison.points.length} points found. How well did you know it?`;
  return pick<Judgement | "write">(topic, placeholder, [
    row("1", "I did not know it", "again"),
    row("2", "I knew it in part, or with effort", "hard"),
    row("3", "I knew it", "good"),
    row("w", "Write it anew", "write"),
  ]);
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
