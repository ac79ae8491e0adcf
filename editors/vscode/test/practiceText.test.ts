import assert from "node:assert/strict";
import { test } from "node:test";
import { byTopic, commandLine, row } from "../src/practiceText";
import type { Exercise } from "../src/protocol";

function exercise(topic: string, title: string, state: Exercise["state"]): Exercise {
  return {
    id: `pack/${topic}/${title}`,
    title,
    level: "fill",
    topic: { id: `pack/${topic}`, name: topic, title: topic.toUpperCase() },
    state,
    hints: { given: 0, of: 2 },
  };
}

test("a row says in words how far an exercise is", () => {
  const shown = (state: Exercise["state"]) => row(exercise("a", "one", state)).description;
  assert.equal(shown("new"), "fill");
  assert.equal(shown("started"), "fill, begun");
  assert.equal(shown("passed"), "fill, passed");
  assert.equal(shown("gaveUp"), "fill, given up");
});

test("exercises stand below their topic, in the order of the server", () => {
  const list = [exercise("b", "one", "new"), exercise("b", "two", "new"), exercise("a", "three", "new")];
  const shown = byTopic(list).map((topic) => [topic.title, topic.exercises.map((it) => it.title)]);
  assert.deepEqual(shown, [
    ["B", ["one", "two"]],
    ["A", ["three"]],
  ]);
});

test("a command is shown such that its parts are told apart", () => {
  assert.equal(commandLine("/usr/bin/python3", ["/home/a/x.py"]), "/usr/bin/python3 /home/a/x.py");
  assert.equal(commandLine("python3", ["/a b/$(x).py"]), 'python3 "/a b/$(x).py"');
});
