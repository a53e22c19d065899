import { describe, expect, it } from "vitest";
import { pageSchema } from "./page.ts";

const question = (id: string) => ({
  id,
  question: "How many?",
  choices: [
    { text: "Four.", right: true, why: "Each takes one." },
    { text: "Ten.", why: "There are four." },
  ],
});

const lesson = {
  kind: "lesson",
  objectives: ["start a server"],
  minutes: 10,
  difficulty: "easy",
  prerequisites: [],
  tags: [],
  sources: [{ title: "PEP 3333", url: "https://peps.python.org/pep-3333/" }],
  date: "2026-11-22",
  review: "2027-05-22",
  keyPoints: ["One.", "Two.", "Three."],
  quiz: [question("a"), question("b-2"), question("c")],
  instructors: {
    misconceptions: [{ says: "It is slow.", really: "It is not." }],
    ask: ["Why?"],
    // biome-ignore lint/suspicious/noThenProperty: a field of the frontmatter
    goesWrong: [{ what: "No answer.", then: "Start it again." }],
  },
};

function problems(changed: object): readonly string[] {
  const parsed = pageSchema.safeParse({ ...lesson, ...changed });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("the frontmatter of a lesson", () => {
  it("takes what is right", () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    [
      "an unexplained choice",
      { quiz: [{ ...question("a"), choices: [{ text: "A" }, { text: "B", why: "b" }] }] },
      "quiz.0.choices.0.why: is missing. Write e.g.: why: ",
    ],
    [
      "no right choice",
      {
        quiz: [
          {
            ...question("a"),
            choices: [
              { text: "A", why: "a" },
              { text: "B", why: "b" },
            ],
          },
        ],
      },
      "quiz.0.choices: must have one choice that is right, and only one. Write e.g.: choices: ",
    ],
    [
      "a choice twice",
      {
        quiz: [
          {
            ...question("a"),
            choices: [
              { text: "A", why: "a", right: true },
              { text: "A", why: "b" },
            ],
          },
        ],
      },
      "quiz.0.choices: must not offer a text twice. Write e.g.: choices: ",
    ],
    [
      "a question twice",
      { quiz: [question("a"), question("a"), question("b")] },
      "quiz: must not use an id twice. Write e.g.: quiz: ",
    ],
    [
      "an id that is no slug",
      { quiz: [question("A b")] },
      "quiz.0.id: must be small letters and digits, joined by hyphens. Write e.g.: id: four-workers",
    ],
    ["too few questions", { quiz: [question("a")] }, "quiz: must have at least 3 entries. Write e.g.: quiz: "],
    [
      "a field that is none",
      { quiz: [{ ...question("a"), hint: "no" }] },
      "quiz.0: has no field hint. Write e.g.: - { id: ",
    ],
    [
      "too many key points",
      { keyPoints: Array.from({ length: 7 }, String) },
      "keyPoints: must have at most 6 entries. Write e.g.: keyPoints: ",
    ],
    ["a text for a list", { keyPoints: "One." }, "keyPoints: must be a list. Write e.g.: keyPoints: "],
    [
      "nothing to ask",
      { instructors: { ...lesson.instructors, ask: [] } },
      "instructors.ask: is empty. Write e.g.: ask: ",
    ],
  ])("shows the corrected line of %s", (_, changed, message) => {
    expect(problems(changed).find((problem) => problem.startsWith(message))).toBeDefined();
  });
});
