import { describe, expect, it } from "vitest";
import { noProgress } from "./learner-progress.ts";
import { lessonStateOf, withAnswer, withDone, withMissed } from "./lesson-progress.ts";

const lesson = { id: "lessons/01", labs: ["lab"] };
const questions = [
  { id: "a", right: "Four." },
  { id: "b", right: "Ten." },
];

describe("stateOf", () => {
  it("is begun with the first answer or prediction, and done with the last right answer or on the reader's word", () => {
    expect(lessonStateOf(noProgress, lesson)).toBe("untouched");
    expect(lessonStateOf({ ...noProgress, predictions: { lab: { quick: {} } } }, lesson)).toBe("begun");
    expect(lessonStateOf({ ...noProgress, predictions: { other: { quick: {} } } }, lesson)).toBe("untouched");
    const one = withAnswer(noProgress, lesson.id, questions, "a", "Four.");
    expect(lessonStateOf(one, lesson)).toBe("begun");
    const both = withAnswer(one, lesson.id, questions, "b", "Ten.");
    expect(lessonStateOf(both, lesson)).toBe("done");
    expect(lessonStateOf(withDone(both, lesson.id, false), lesson)).toBe("begun");
    expect(lessonStateOf(withDone(noProgress, lesson.id, true), lesson)).toBe("done");
  });

  it("is not done by wrong answers, however many, until they are put right", () => {
    const wrong = withAnswer(noProgress, lesson.id, questions, "a", "Five.");
    const both = withAnswer(wrong, lesson.id, questions, "b", "Ten.");
    expect(lessonStateOf(both, lesson)).toBe("begun");
    expect(lessonStateOf(withAnswer(both, lesson.id, questions, "a", "Four."), lesson)).toBe("done");
  });

  it("leaves nothing of an answer that is taken back", () => {
    const one = withAnswer(noProgress, lesson.id, questions, "a", "Four.");
    expect(withAnswer(one, lesson.id, questions, "a", undefined)).toEqual(noProgress);
  });
});

describe("withMissed", () => {
  it("asks again from now on, and keeps what was learnt of the question and of others", () => {
    const one = withMissed(noProgress, lesson.id, "a", 5);
    expect(one.reviews).toEqual({ [lesson.id]: { a: { due: 5 } } });
    const known = { ...one, reviews: { [lesson.id]: { a: { due: 9, reps: 2 }, b: { due: 7 } } } };
    expect(withMissed(known, lesson.id, "a", 6).reviews).toEqual({
      [lesson.id]: { a: { due: 6, reps: 2 }, b: { due: 7 } },
    });
  });
});
