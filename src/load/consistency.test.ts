import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Consistency, firstNumber, longestLookedAt } from "./consistency.ts";

const [ada, ben] = [{}, {}];

/** What is said of each of these answers to one reader. */
function judged(rule: "never-falls" | "never-repeats", answers: readonly string[]): readonly boolean[] {
  const consistency = new Consistency();
  return answers.map((answer) => consistency.contradicts(rule, ada, answer));
}

describe("a number that never falls", () => {
  it("may stay and rise, and contradicts what its reader has seen as soon as it is lower", () => {
    expect(judged("never-falls", ["7", "12", "12", "9", "11", "12", "13"])).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it("is each reader's own", () => {
    const consistency = new Consistency();
    const told = (reader: object, answer: string) => consistency.contradicts("never-falls", reader, answer);
    expect([told(ada, "12"), told(ben, "7"), told(ada, "11"), told(ben, "8")]).toEqual([false, false, true, false]);
  });

  it("holds for whatever readers are told: an answer is wrong if and only if a higher one came before", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (numbers) => {
        const expected = numbers.map((number, at) => numbers.slice(0, at).some((earlier) => earlier > number));
        expect(judged("never-falls", numbers.map(String))).toEqual(expected);
      }),
    );
  });
});

describe("a number that never repeats", () => {
  it("is given once, whoever asks and in whatever order", () => {
    const consistency = new Consistency();
    const told = (reader: object, answer: string) => consistency.contradicts("never-repeats", reader, answer);
    expect([told(ada, "2"), told(ben, "1"), told(ben, "2"), told(ada, "3"), told(ada, "3")]).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});

describe("the number of an answer", () => {
  it.each([
    ["40 votes, says process 7", 40n],
    ["<p>Votes: 12</p>", 12n],
    ['{"votes": 007}', 7n],
    [`${"9".repeat(40)} votes`, 10n ** 40n - 1n],
  ])("is the first whole one: %s", (text, number) => {
    expect(firstNumber(text)).toBe(number);
  });

  it.each(["", "none", "\u0000\ufffd"])("may be missing, and then contradicts nothing: %j", (text) => {
    expect(firstNumber(text)).toBeUndefined();
    expect(judged("never-falls", ["12", text, "12"])).toEqual([false, false, false]);
    expect(judged("never-repeats", [text, text])).toEqual([false, false]);
  });

  it("is not taken for another where an answer is longer than what is looked at", () => {
    const before = " ".repeat(longestLookedAt - 1);
    expect(firstNumber(`${before}7`)).toBe(7n);
    expect(firstNumber(`${before}7 votes`)).toBeUndefined();
    expect(firstNumber(`${before}74`)).toBeUndefined();
    expect(firstNumber(`${before} 74`)).toBeUndefined();
  });
});
