import { expect, it } from "vitest";
import { isUntouched } from "./exercise-start.ts";

const original = [
  { path: "app.py", text: "whole" },
  { path: "other.py", text: "other" },
];
const start = { version: 1, files: { "app.py": "broken" } } as const;
const withApp = (text: string) => [{ path: "app.py", text }, ...original.slice(1)];

it.each([
  ["begins with what stands there", undefined, original, false],
  ["begins with commands only", { version: 1, commands: { production: "flask run" } } as const, original, false],
  ["has not begun", start, original, true],
  ["has its starting files in the lab", start, withApp("broken"), false],
  ["has been worked on", start, withApp("mended in another way"), false],
])("an exercise that %s", (_what, begin, files, untouched) => {
  expect(isUntouched(begin, original, files)).toBe(untouched);
});
