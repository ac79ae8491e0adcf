import assert from "node:assert/strict";
import { test } from "node:test";
import type { Question, Summary } from "../src/protocol";
import {
  comparisonText,
  placeholder,
  plain,
  questionText,
  statusText,
  summaryText,
} from "../src/quizText";

const question: Question = {
  presentationId: "p",
  shape: "one",
  topic: { id: "pack/decorators", title: "Decorators" },
  prompt: "What is `f.__name__`?",
  plain: "What is f.__name__?",
  options: [
    { key: "a", label: "'`f`'", code: true },
    { key: "b", label: "the name of `wrapper`" },
  ],
  hints: 2,
};

test("a question shows its number, its options as they are ordered and its hints", () => {
  const text = questionText({ id: "s", index: 2, total: 5 }, question, ["Look at\nline 3."]);
  assert.equal(
    text.replace(/^(&nbsp;\n\n)+/, ""),
    [
      "### Decorators 2/5",
      "What is `f.__name__`?",
      "1. `` '`f`' ``\n2. the name of `wrapper`",
      "> **Hint 1 of 2.** Look at\n> line 3.",
    ].join("\n\n"),
  );
});

test("a list says how many options it wants", () => {
  assert.equal(placeholder(question), "What is f.__name__?");
  assert.match(placeholder({ ...question, shape: "several" }), /^Choose all .*What is f/);
  assert.match(placeholder({ ...question, shape: "text" }), /^Type the code.*What is f/);
  assert.match(placeholder({ ...question, shape: "order" }), /one after the other.*What is f/);
});

test("a question that is typed has no list", () => {
  const text = questionText(
    { id: "s", index: 1, total: 1 },
    { ...question, shape: "text", options: [] },
    [],
  );
  assert.match(text, /### Decorators 1\/1\n\nWhat is `f.__name__`\?$/);
});

test("what stands in the reader's words is shown above them, and they are no Markdown", () => {
  const asked: Question = { ...question, shape: "words", options: [] };
  const comparison = { points: [], explanation: "- Found in your text: **x**" };
  const text = comparisonText(asked, comparison, "It is *mine*\n<b>");
  assert.equal(
    text.replace(/^(&nbsp;\n\n)+/, ""),
    [
      "- Found in your text: **x**",
      "---",
      "What is `f.__name__`?",
      "    It is *mine*\n    <b>",
    ].join("\n\n"),
  );
  assert.equal(placeholder(asked), "What is f.__name__?");
});

test("a label in a list has no marks", () => {
  assert.equal(plain("the name of `wrapper`"), "the name of wrapper");
});

test("a summary says the score and what comes next", () => {
  const summary: Summary = { asked: 3, right: 2, byTopic: [], due: 0 };
  assert.equal(summaryText(summary), "2 of 3 right.");
  assert.equal(summaryText({ ...summary, due: 4 }), "2 of 3 right; 4 due.");
  assert.equal(summaryText({ ...summary, asked: 0 }), "there is nothing to ask now.");
  assert.match(summaryText({ ...summary, nextDueAt: 0 }), /^2 of 3 right; next due .*19(70|69)/);
});

test("a summary of a placement test says what is known", () => {
  const topic = { id: "p/a", title: "The `a`", right: 2, of: 2 };
  const summary: Summary = {
    asked: 5,
    right: 3,
    byTopic: [
      { ...topic, level: "known" },
      { ...topic, title: "B", level: "partly" },
      { ...topic, title: "C" },
    ],
    due: 0,
  };
  assert.equal(summaryText(summary), "3 of 5 right; The a: known, B: known in part.");
});

test("the status bar says what is due or waits, and else nothing", () => {
  const session = { id: "s", index: 1, total: 5 };
  assert.equal(statusText({ due: 0, waiting: false }, false), undefined);
  assert.equal(statusText({ due: 3, waiting: false }, false), "3 due");
  assert.equal(statusText({ due: 3, waiting: true }, false), "quiz paused");
  assert.equal(statusText({ due: 3, waiting: false, session }, false), "quiz paused");
  assert.equal(statusText({ due: 3, waiting: false, session }, true), "3 due");
});
