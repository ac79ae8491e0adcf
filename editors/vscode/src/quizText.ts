// The Markdown of the quiz page. Nothing here knows VS Code.
import type { Comparison, Level, Question, Session, Status, Summary, Verdict } from "./protocol";

/** A label as Markdown; one that is code as a whole comes without its back-ticks. */
function label(option: Question["options"][number]): string {
  if (!option.code) return option.label;
  const longest = Math.max(0, ...(option.label.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${option.label}${pad}${fence}`;
}

/**
 * Empty paragraphs as high as the part of the page that a list with so many rows hangs over: VS Code
 * shows lists at the top of its window, over the page.
 */
function room(rows: number): string {
  const height = 20 + 22 * rows;
  return Array.from({ length: Math.ceil(height / 38) }, () => "&nbsp;").join("\n\n");
}

const ACTIONS = 4;
const ROWS_AFTER_VERDICT = 3;
const ROWS_OF_JUDGEMENT = 6;

export function questionText(session: Session, question: Question, hints: string[]): string {
  const options = question.options.map((option, index) => `${index + 1}. ${label(option)}`);
  const given = hints.map(
    (hint, index) => `> **Hint ${index + 1} of ${question.hints}.** ${hint.replaceAll("\n", "\n> ")}`,
  );
  return [
    room(question.options.length + ACTIONS),
    `### ${question.topic.title} ${session.index}/${session.total}`,
    question.prompt,
    ...(options.length > 0 ? [options.join("\n")] : []),
    ...given,
  ].join("\n\n");
}

export function verdictText(question: Question, verdict: Verdict): string {
  return [
    room(ROWS_AFTER_VERDICT),
    `### ${verdict.headline}`,
    verdict.explanation,
    "---",
    question.prompt,
  ].join("\n\n");
}

/** What stands in the reader's words, above them and the question. */
export function comparisonText(question: Question, comparison: Comparison, words: string): string {
  return [
    room(ROWS_OF_JUDGEMENT),
    comparison.explanation,
    "---",
    question.prompt,
    // What is written is no Markdown.
    words.split("\n").map((line) => `    ${line}`).join("\n"),
  ].join("\n\n");
}

export function summaryText(summary: Summary): string {
  const score =
    summary.asked === 0
      ? "there is nothing to ask now"
      : `${summary.right} of ${summary.asked} right`;
  const placed = summary.byTopic
    .filter((topic) => topic.level !== undefined)
    .map((topic) => `${plain(topic.title)}: ${LEVELS[topic.level ?? "new"]}`);
  const found = placed.length > 0 ? `; ${placed.join(", ")}` : "";
  if (summary.due > 0) return `${score}${found}; ${summary.due} due.`;
  if (summary.nextDueAt === undefined) return `${score}${found}.`;
  return `${score}${found}; next due ${new Date(summary.nextDueAt).toLocaleString()}.`;
}

const LEVELS: Record<Level, string> = { known: "known", partly: "known in part", new: "new" };

/**
 * What the status bar shows, if there is anything to show. `asking`: the quiz is on the screen, and needs no
 * sign beside it.
 */
export function statusText(status: Status, asking: boolean): string | undefined {
  if (!asking && (status.session || status.waiting)) return "quiz paused";
  return status.due > 0 ? `${status.due} due` : undefined;
}

const HOW = {
  one: "",
  several: "Choose all that are right. ",
  order: "Choose one after the other. ",
  text: "Type the code for ____. ",
  words: "",
};

/** What a list says about itself, where no title is read out. */
export function placeholder(question: Question): string {
  return HOW[question.shape] + question.plain;
}

/** Markdown of one line as plain text: labels have back-ticks and nothing else. */
export function plain(text: string): string {
  return text.replaceAll("`", "");
}
