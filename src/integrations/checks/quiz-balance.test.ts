/**
 * Holds that the course's answer keys do not give themselves away: neither by where the right choice stands nor by its
 * length.
 */
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { filesBelow } from "./content-file.ts";

/** The part of a lesson's frontmatter that this looks at; `src/schemas/page.ts` checks the rest. */
const frontmatter = z.object({
  quiz: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      choices: z.array(z.object({ text: z.string(), right: z.boolean().optional() })),
    }),
  ),
});

/**
 * Where the right choice of a question is among its choices, and how it compares with the longest and the shortest of
 * the others.
 */
interface Key {
  readonly lesson: string;
  readonly id: string;
  readonly question: string;
  readonly position: number;
  readonly longest: boolean;
  readonly shortest: boolean;
}

const keys: readonly Key[] = filesBelow(process.cwd(), "content/lessons", ".mdx").flatMap(({ path, source }) => {
  const [, yaml = ""] = /^---\n([\s\S]*?)\n---\n/.exec(source) ?? [];
  return frontmatter.parse(parse(yaml)).quiz.map(({ id, question, choices }) => {
    const position = choices.findIndex(({ right }) => right);
    // Marks of code take no room on the screen. Choices of the same length give nothing away, but count here: it is the
    // stricter reading.
    const lengths = choices.map(({ text }) => text.replaceAll("`", "").length);
    const right = lengths[position] ?? 0;
    return {
      lesson: path,
      id,
      question,
      position,
      longest: right === Math.max(...lengths),
      shortest: right === Math.min(...lengths),
    };
  });
});

/** The share of the questions for which this holds. */
const share = (holds: (key: Key) => boolean) => keys.filter(holds).length / keys.length;

describe("the questions of the course", () => {
  it("have one right choice each", () => {
    expect(keys.length).toBeGreaterThanOrEqual(3 * 17);
    expect(keys.filter(({ position }) => position === -1)).toEqual([]);
  });

  it.each([0, 1, 2])("have the right choice at position %i in at most 45 of 100 cases", (position) => {
    expect(share((key) => key.position === position)).toBeLessThanOrEqual(0.45);
  });

  it("have the longest choice as the right one in at most 40 of 100 cases, and the shortest in no more", () => {
    expect(share(({ longest }) => longest)).toBeLessThanOrEqual(0.4);
    expect(share(({ shortest }) => shortest)).toBeLessThanOrEqual(0.4);
  });

  it("ask in each lesson what lines of a terminal mean, or which ones come", () => {
    // What was typed or printed stands in code, after a word that says so.
    const line =
      /\b(?:says?|prints?|shows|fills with|full of lines such as|You type|It prints:)\b[^`]*[`*]{1,2} ?[^`*]{6,}/;
    const lessons = Map.groupBy(keys, ({ lesson }) => lesson);
    const without = [...lessons].filter(([, of]) => !of.some(({ question }) => line.test(question)));
    expect(without.map(([lesson]) => lesson)).toEqual([]);
  });

  it("do not have the right choice at the same position throughout a lesson", () => {
    const positions = Map.groupBy(keys, ({ lesson }) => lesson);
    const alike = [...positions].filter(([, of]) => new Set(of.map(({ position }) => position)).size === 1);
    expect(alike.map(([lesson]) => lesson)).toEqual([]);
  });
});
