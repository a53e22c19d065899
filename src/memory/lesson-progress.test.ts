import { describe, expect, it } from "vitest";
import { noMemory } from "./learner-memory.ts";
import { stateOf, withAnswer, withDone } from "./lesson-progress.ts";

const lesson = { id: "lessons/01", labs: ["lab"] };
const questions = ["a", "b"];

describe("stateOf", () => {
  it("is begun with the first answer or prediction, and done with the last answer or on the reader's word", () => {
    expect(stateOf(noMemory, lesson)).toBe("untouched");
    expect(stateOf({ ...noMemory, predictions: { lab: { quick: {} } } }, lesson)).toBe("begun");
    expect(stateOf({ ...noMemory, predictions: { other: { quick: {} } } }, lesson)).toBe("untouched");
    const one = withAnswer(noMemory, lesson.id, questions, "a", "Four.");
    expect(stateOf(one, lesson)).toBe("begun");
    const both = withAnswer(one, lesson.id, questions, "b", "Ten.");
    expect(stateOf(both, lesson)).toBe("done");
    expect(stateOf(withDone(both, lesson.id, false), lesson)).toBe("begun");
    expect(stateOf(withDone(noMemory, lesson.id, true), lesson)).toBe("done");
  });

  it("leaves nothing of an answer that is taken back", () => {
    const one = withAnswer(noMemory, lesson.id, questions, "a", "Four.");
    expect(withAnswer(one, lesson.id, questions, "a", undefined)).toEqual(noMemory);
  });
});
