import assert from "node:assert/strict";
import { delimiter } from "node:path";
import { test } from "node:test";
import { findServer, type Places } from "../src/server";

const places: Places = {
  configured: "",
  extension: "/ext",
  path: ["bin", "/usr/bin", "/opt/bin"].join(delimiter),
  platform: "linux",
  home: "/home/ada",
};
const having =
  (...files: string[]) =>
  (file: string) =>
    files.includes(file);

test("a configured program comes before the bundled one", () => {
  const found = findServer({ ...places, configured: "/x/pygloss" }, having("/x/pygloss", "/ext/server/pygloss"));
  assert.deepEqual(found, { program: "/x/pygloss", from: "the setting pygloss.path" });
});

test("a tilde in the configured path is the home folder", () => {
  const found = findServer({ ...places, configured: "~/pygloss" }, having("/home/ada/pygloss"));
  assert.deepEqual(found, { program: "/home/ada/pygloss", from: "the setting pygloss.path" });
});

test("a configured program that cannot be run is not replaced by another one", () => {
  const found = findServer({ ...places, configured: "/x/nothing" }, having("/ext/server/pygloss"));
  assert.match((found as { reason: string }).reason, /pygloss\.path names "\/x\/nothing"/);
});

test("a relative path is refused: a folder could bring the program", () => {
  const found = findServer({ ...places, configured: "./pygloss" }, () => true);
  assert.match((found as { reason: string }).reason, /must be an absolute path/);
});

test("the bundled program comes before PATH", () => {
  const found = findServer(places, having("/ext/server/pygloss", "/usr/bin/pygloss"));
  assert.deepEqual(found, { program: "/ext/server/pygloss", from: "the extension" });
});

test("PATH is searched in order, without its relative entries", () => {
  const found = findServer(places, having("bin/pygloss", "/opt/bin/pygloss"));
  assert.deepEqual(found, { program: "/opt/bin/pygloss", from: "PATH" });
});

test("without any program the reason names all three places", () => {
  const { reason } = findServer(places, having()) as { reason: string };
  for (const place of [/extension has no server/, /PATH has no program "pygloss"/, /pygloss\.path is empty/]) {
    assert.match(reason, place);
  }
});

test("on Windows the program is pygloss.exe", () => {
  const found = findServer({ ...places, platform: "win32" }, having("/ext/server/pygloss.exe"));
  assert.deepEqual(found, { program: "/ext/server/pygloss.exe", from: "the extension" });
});
