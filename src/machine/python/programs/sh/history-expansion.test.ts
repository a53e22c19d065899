import { expect, test } from "vitest";
import { expandHistory } from "./history-expansion.ts";

const history = ["cd /tmp", "flask --app app run", "curl -s localhost:5000/a b"];

test.each([
  ["sudo !!", "sudo curl -s localhost:5000/a b"],
  ["echo !$ !^ !*", "echo b -s -s localhost:5000/a b"],
  ["!fl", "flask --app app run"],
  ["!1", "cd /tmp"],
  ["!-2 --debug", "flask --app app run --debug"],
  ["!?app?", "flask --app app run"],
  ["cat !!:1", "cat -s"],
  ['echo "again: !!"', 'echo "again: curl -s localhost:5000/a b"'],
  ["^a b^c", "curl -s localhost:5000/c"],
])("%s is %s", (typed, run) => {
  expect(expandHistory(typed, history)).toEqual({ text: run, changed: true });
});

test.each([
  "! false",
  "[ ! -f x ]",
  "echo 'wow !!'",
  'echo "Hello!"',
  "echo \\!!",
  "test $! = 1",
  "a != b",
  "echo hi!",
])("%s stays as it is", (typed) => {
  expect(expandHistory(typed, history)).toEqual({ text: typed, changed: false });
});

test("what was never typed is an error in bash's words", () => {
  expect(() => expandHistory("!nothing", history)).toThrow("!nothing: event not found");
  expect(() => expandHistory("!9", history)).toThrow("!9: event not found");
  expect(() => expandHistory("^nope^x", history)).toThrow(":s^nope^x: substitution failed");
});
