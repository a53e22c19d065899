import { expect, it } from "vitest";
import { lessonMinutes } from "./lesson-minutes.ts";

it.each(lessonMinutes().map((lesson) => [lesson.path, lesson] as const))(
  "%s states what the count comes to",
  (_, lesson) => {
    expect(lesson.stated).toBe(lesson.counted);
  },
);
