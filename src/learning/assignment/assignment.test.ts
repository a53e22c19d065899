import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packText } from "../../lab/share/packed-text.ts";
import { noProgress } from "../progress/learner-progress.ts";
import { type Assignment, readAssignment, writeAssignment } from "./assignment.ts";
import { assignedState, shareOf } from "./assignment-progress.ts";

const asked: Assignment = {
  title: "Week 3: “workers”",
  text: "Read, predict, run.",
  due: "2026-12-24",
  classKey: "autumn",
  hides: true,
  lessons: [
    { id: "lessons/01-two-servers", quiz: true, exercises: ["first-load/win-back"] },
    { id: "lessons/06-how-many-workers" },
  ],
};

describe("an assignment's link", () => {
  it("is read as it was written", () => {
    expect(readAssignment(writeAssignment(asked))).toEqual({ kind: "assignment", assignment: asked });
  });
  it("says only what a site of version 1 can read where no lab is asked", () => {
    expect(writeAssignment(asked)).toMatch(/^#a=1\./);
    const [first, second] = asked.lessons;
    if (first === undefined || second === undefined) throw new Error("two lessons are asked");
    const withLab = { ...asked, lessons: [{ ...first, labs: ["first-load"] }, second] };
    expect(writeAssignment(withLab)).toMatch(/^#a=2\./);
    expect(readAssignment(writeAssignment(withLab))).toEqual({ kind: "assignment", assignment: withLab });
  });
  it("is refused when it is cut, changed, of a later version, or none", () => {
    const link = writeAssignment(asked);
    for (let end = 3; end < link.length; end++) expect(readAssignment(link.slice(0, end)).kind).toBe("damaged");
    expect(readAssignment(link.replace("#a=1", "#a=3")).kind).toBe("newer");
    expect(readAssignment("").kind).toBe("no link");
    expect(readAssignment("#lab-first-load=1.eNpT").kind).toBe("damaged");
    for (const wrong of [{}, { ...asked, lessons: [] }, { ...asked, due: "soon" }, { ...asked, more: 1 }]) {
      expect(readAssignment(`#a=1.${packText(JSON.stringify(wrong))}`).kind).toBe("damaged");
    }
    expect(readAssignment(`#a=1.${packText("x".repeat(10_000_000))}`).kind).toBe("damaged");
  });
  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(packText)), (text) =>
        ["damaged", "newer"].includes(readAssignment(`#a=1.${text}`).kind),
      ),
    );
  });
});

describe("assignedState", () => {
  const lesson = {
    id: "lessons/01",
    title: "Two servers",
    labs: ["first-load"],
    rightAnswers: { a: ["Four.", "Cuatro."], b: ["Ten."] },
    shownChoices: {},
  };
  it("takes a right answer in any language of the lesson", () => {
    const inSpanish = { ...noProgress, answers: { "lessons/01": { a: "Cuatro.", b: "Ten." } } };
    const { complete, quiz } = assignedState(inSpanish, { id: "lessons/01", quiz: true }, lesson);
    expect([complete, quiz?.right]).toEqual([true, 2]);
  });
  it("asks for a run of a lab, which counts like an exercise", () => {
    const ran = { ...noProgress, runs: { "first-load": [] } };
    const wanted = { id: "lessons/01", labs: ["first-load"] };
    const open = assignedState({ ...noProgress, done: ["lessons/01"] }, wanted, lesson);
    expect([open.complete, open.labs, shareOf([open])]).toEqual([false, { run: 0, all: 1 }, 0]);
    const done = assignedState(ran, wanted, lesson);
    expect([done.complete, shareOf([done, open])]).toEqual([true, 0.5]);
  });
  it("is complete when quiz and exercises are, whichever are asked", () => {
    const quizRight = { ...noProgress, answers: { "lessons/01": { a: "Four.", b: "Ten." } } };
    const solved = { ...quizRight, solved: ["first-load/win-back"] };
    const both = { id: "lessons/01", quiz: true, exercises: ["first-load/win-back"] } as const;
    expect(assignedState(quizRight, { ...both, exercises: [...both.exercises] }, lesson)).toEqual({
      state: "begun",
      quiz: { right: 2, questions: 2 },
      exercises: { solved: 0, all: 1 },
      labs: { run: 0, all: 0 },
      complete: false,
    });
    expect(assignedState(solved, { ...both, exercises: [...both.exercises] }, lesson).complete).toBe(true);
    expect(assignedState(quizRight, { id: "lessons/01", quiz: true }, lesson).complete).toBe(true);
    expect(assignedState(quizRight, { id: "lessons/01" }, lesson).complete).toBe(false);
    expect(assignedState({ ...noProgress, done: ["lessons/01"] }, { id: "lessons/01" }, lesson).complete).toBe(true);
  });
});
