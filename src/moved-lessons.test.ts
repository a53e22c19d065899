import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { currentLesson, movedLessons } from "./moved-lessons.ts";

it.each([...movedLessons])("%s is now %s", (old, now) => {
  expect(existsSync(`content/lessons/${now}.mdx`)).toBe(true);
  expect(existsSync(`content/lessons/${old}.mdx`)).toBe(false);
  expect(now.replace(/^\d+-/, "")).toBe(old.replace(/^\d+-/, ""));
  expect(currentLesson(`lessons/${old}`)).toBe(`lessons/${now}`);
  expect(currentLesson(`lessons/${now}`)).toBe(`lessons/${now}`);
});
