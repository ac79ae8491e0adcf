// The Markdown of the quiz page. Nothing here knows VS Code.
import type { Question, Session, Summary, Verdict } from "./protocol";

/** A label as Markdown; one that is code as a whole comes without its back-ticks. */
function label(option: Question["options"][number]): string {
  if (!option.code) return option.label;
  const longest = Math.max(0, ...(option.label.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${option.label}${pad}${fence}`;
}

export function questionText(session: Session, question: Question, hints: string[]): string {
  const options = question.options.map((option, index) => `${index + 1}. ${label(option)}`);
  const given = hints.map(
    (hint, index) => `> **Hint ${index + 1} of ${question.hints}.** ${hint.replaceAll("\n", "\n> ")}`,
  );
  return [
    `### ${question.topic.title} ${session.index}/${session.total}`,
    question.prompt,
    options.join("\n"),
    ...given,
  ].join("\n\n");
}

export function verdictText(question: Question, verdict: Verdict): string {
  return [
    `### ${verdict.headline}`,
    verdict.explanation,
    "---",
    question.prompt,
  ].join("\n\n");
}

export function summaryText(summary: Summary): string {
  const score =
    summary.asked === 0
      ? "there is nothing to ask now"
      : `${summary.right} of ${summary.asked} right`;
  if (summary.due > 0) return `${score}; ${summary.due} due.`;
  if (summary.nextDueAt === undefined) return `${score}.`;
  return `${score}; next due ${new Date(summary.nextDueAt).toLocaleString()}.`;
}

/** Markdown of one line as plain text: labels have back-ticks and nothing else. */
export function plain(text: string): string {
  return text.replaceAll("`", "");
}
