import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClassAnswers, madeUpName, mergedAnswers, readAnswers, tallyOf, writeAnswers } from "./class-answers.ts";

const answers: fc.Arbitrary<ClassAnswers> = fc.record({
  lesson: fc.stringMatching(/^\d{2}-[a-z]{1,10}(-[a-z0-9]{1,10})?$/),
  who: fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => madeUpName(() => bytes)),
  choices: fc.array(fc.option(fc.nat({ max: 4 }), { nil: undefined }), { minLength: 1, maxLength: 12 }),
});

describe("answers of a class", () => {
  it("are read as they were written, whatever stands between them", () => {
    fc.assert(
      fc.property(
        fc.array(answers, { maxLength: 8 }),
        fc.constantFrom(" ", "\n", ", ", ". ", "\nAda: "),
        (each, between) => {
          const text = each.map((one) => `https://a.example/instructors/class/${writeAnswers(one)}`).join(between);
          expect(readAnswers(text)).toEqual({ answers: each, newer: 0 });
        },
      ),
    );
  });

  it("are none where a text has none, however it looks", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readAnswers(text.replaceAll("#c=", "#")).answers).toEqual([]);
      }),
    );
    const spoilt = [
      "#c=1.01-two-servers.short.012",
      "#c=1.two-servers.abcdefgh.012",
      "#c=1.01-two-servers.abcdefgh.",
      "#c=1.01-two-servers.abcdefgh.012x",
      "#c=1.01-two-servers.abcdefgh.012.3",
      `#c=1.01-two-servers.abcdefgh.${"0".repeat(21)}`,
    ];
    for (const text of spoilt) expect(readAnswers(text).answers, text).toEqual([]);
    expect(readAnswers("#c=2.01-two-servers.abcdefgh.0")).toEqual({ answers: [], newer: 1 });
  });

  it("count each student once, with what came last", () => {
    const of = (who: string, ...choices: readonly (number | undefined)[]) => ({ lesson: "01-a", who, choices });
    const merged = mergedAnswers([of("a", 0, 1), of("b", 1)], [of("a", 2, undefined), of("c", 1, 1)]);
    expect(merged).toHaveLength(3);
    expect(tallyOf(merged, [{ choices: [1, 2, 3] }, { choices: [1, 2] }])).toEqual([
      [0, 2, 1],
      [0, 1],
    ]);
  });

  it("count nowhere if a question does not have their choice", () => {
    expect(tallyOf([{ lesson: "01-a", who: "a", choices: [7] }], [{ choices: ["x", "y"] }])).toEqual([[0, 0]]);
  });

  it("are read from a huge text in no time", () => {
    const started = performance.now();
    readAnswers("#c=1.01-".repeat(500_000));
    readAnswers(`#c=1.01-${"a".repeat(2_000_000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
