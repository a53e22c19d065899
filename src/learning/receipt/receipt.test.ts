import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noProgress } from "../progress/learner-progress.ts";
import { makeReceipt, type ReceiptHead, type ReceiptLesson } from "./make-receipt.ts";
import { type Receipt, readReceipt, runsOf } from "./receipt.ts";
import { isIntact, sealReceipt } from "./seal.ts";

const lessons: readonly ReceiptLesson[] = [
  {
    id: "lessons/01",
    title: "Two servers",
    labs: ["first-load"],
    rightAnswers: { a: ["Four.", "Cuatro."], b: ["Ten."] },
    shownChoices: { c: ["Both.", "Ambos."] },
  },
];
const run = {
  plan: "slow",
  at: 1_800_000_000_000,
  development: { command: "flask run", rate: 4.1, median: 2400, failed: 0 },
  production: { command: "gunicorn app:app", rate: 0, failed: 12 },
} as const;
const memory = {
  ...noProgress,
  answers: { "lessons/01": { a: "Four.", b: "Two." } },
  tries: { "lessons/01": { a: 2, b: 1 } },
  predictions: {
    "first-load": {
      quick: { choice: "alike", shown: { outcome: "production", development: 10, production: 30 } },
      slow: { choice: "production" },
    },
    "another-lab": { quick: { choice: "alike" } },
  },
  guesses: { "lessons/01": { c: { choice: "Both.", compared: true }, d: { choice: "One." } } },
  solved: ["first-load/win-back", "another-lab/x"],
  solutions: { "first-load/win-back": { at: 1_800_000_000_000, changes: "--- app.py\n-a\n+b\n" } },
  ticks: { before: ["Debug is off"] },
  times: { "lessons/01": { first: 1_800_000_000_000, last: 1_800_000_060_000 } },
  runs: { "first-load": [run], "another-lab": [run] },
} as const;
const head: ReceiptHead = {
  name: " Ada Lovelace ",
  made: new Date(1_800_000_100_000),
  course: { version: "1.0.0", date: "2026-11-29", address: "https://host.example/course/" },
  keyed: false,
};
const made = () => makeReceipt(memory, lessons, head);

describe("makeReceipt", () => {
  it("says what was done in these lessons and their labs, and nothing of others", () => {
    expect(made()).toEqual({
      kind: "two-servers-receipt",
      format: 2,
      course: head.course,
      name: "Ada Lovelace",
      made: "2027-01-15T08:01:40.000Z",
      keyed: false,
      lessons: [
        {
          id: "lessons/01",
          title: "Two servers",
          state: "begun",
          quiz: { questions: 2, answered: 2, right: 1, tries: 3 },
          first: "2027-01-15T08:00:00.000Z",
          last: "2027-01-15T08:01:00.000Z",
        },
      ],
      predictions: [
        {
          about: "first-load/quick",
          chosen: "alike",
          shown: "production",
          measured: { development: 10, production: 30 },
          right: false,
        },
        { about: "first-load/slow", chosen: "production" },
        { about: "lessons/01/c", chosen: "Both.", shown: "Both.", right: true },
        { about: "lessons/01/d", chosen: "One." },
      ],
      exercises: [{ name: "first-load/win-back", solved: "2027-01-15T08:00:00.000Z", changes: "--- app.py\n-a\n+b\n" }],
      runs: [{ ...run, lab: "first-load", at: "2027-01-15T08:00:00.000Z" }],
      ticks: 1,
    });
  });

  it("counts what was answered in another language, and says it in that one", () => {
    const inSpanish = {
      ...memory,
      answers: { "lessons/01": { a: "Cuatro.", b: "Dos." } },
      guesses: { "lessons/01": { c: { choice: "Ambos.", compared: true } } },
    } as const;
    const { lessons: told, predictions } = makeReceipt(inSpanish, lessons, head);
    expect(told[0]?.quiz).toMatchObject({ answered: 2, right: 1 });
    expect(predictions.at(-1)).toEqual({ about: "lessons/01/c", chosen: "Ambos.", shown: "Ambos.", right: true });
  });

  it("can be read back whatever a hand wrote into the memory", () => {
    const broken = {
      ...memory,
      runs: {
        "first-load": Array.from({ length: 3000 }, () => ({
          ...run,
          plan: "p".repeat(1000),
          at: 1e300,
          development: { command: "c".repeat(1000), rate: 1, failed: -2.5, other: 1 },
        })),
      },
      times: { "lessons/01": { first: 1e300, last: -1e300 } },
      tries: { "lessons/01": { a: -3, b: 2.5 } },
    };
    const text = JSON.stringify(sealReceipt(makeReceipt(broken, lessons, head), ""));
    expect(readReceipt(text)).toMatchObject({ kind: "receipt" });
  });
});

describe("the sum", () => {
  it("is SHA-256 of the JSON with its names in order, and HMAC with a class key", () => {
    const content = { ...made(), lessons: [], predictions: [], exercises: [], runs: [] };
    const json =
      '{"course":{"address":"https://host.example/course/","date":"2026-11-29","version":"1.0.0"},"exercises":[],"format":2,"keyed":false,"kind":"two-servers-receipt","lessons":[],"made":"2027-01-15T08:01:40.000Z","name":"Ada Lovelace","predictions":[],"runs":[],"ticks":1}';
    expect(sealReceipt(content, "").sha256).toBe(createHash("sha256").update(json).digest("hex"));
    expect(sealReceipt(content, " Autumn ").sha256).toBe(createHmac("sha256", "autumn").update(json).digest("hex"));
  });

  it("holds for what was saved, however it is written, and for no other key", () => {
    const receipt = sealReceipt({ ...made(), keyed: true }, "autumn");
    const again = readReceipt(JSON.stringify(Object.fromEntries(Object.entries(receipt).reverse()), null, 4));
    if (again.kind !== "receipt") throw new Error(again.kind);
    expect(isIntact(again.receipt, "AUTUMN")).toBe(true);
    expect(isIntact(again.receipt, "spring")).toBe(false);
    expect(isIntact(again.receipt, "")).toBe(false);
    // A key changes nothing where none went in.
    expect(isIntact(sealReceipt(made(), ""), "autumn")).toBe(true);
  });

  it("does not hold once any figure, text or mark was changed", () => {
    const receipt = sealReceipt(made(), "");
    const leaves = leavesOf(receipt).filter((path) => path[0] !== "sha256");
    fc.assert(
      fc.property(fc.constantFrom(...leaves), (path) => {
        const reading = readReceipt(JSON.stringify(withChanged(receipt, path)));
        expect(reading.kind === "receipt" && isIntact(reading.receipt, "")).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe("readReceipt", () => {
  const whole = JSON.stringify(sealReceipt(made(), ""));
  it("tells a file that was cut, one of a later site, and one that is no receipt apart", () => {
    expect(readReceipt(whole.slice(0, -40)).kind).toBe("cut");
    expect(readReceipt(whole.replace('"format":2', '"format":3')).kind).toBe("newer");
    expect(readReceipt("{}").kind).toBe("none");
    expect(readReceipt("Dear teacher").kind).toBe("none");
    expect(readReceipt(whole.replace('"ticks":1', '"ticks":"many"')).kind).toBe("cut");
  });
  it("reads what an older site saved, and shows that it was changed", () => {
    const { runs: _, ...rest } = made();
    const content = { ...rest, format: 1, lessons: [], predictions: [], exercises: [] };
    const json =
      '{"course":{"address":"https://host.example/course/","date":"2026-11-29","version":"1.0.0"},"exercises":[],"format":1,"keyed":false,"kind":"two-servers-receipt","lessons":[],"made":"2027-01-15T08:01:40.000Z","name":"Ada Lovelace","predictions":[],"ticks":1}';
    const saved = { ...content, sha256: createHash("sha256").update(json).digest("hex") };
    const intact = (receipt: unknown) => {
      const reading = readReceipt(JSON.stringify(receipt));
      if (reading.kind !== "receipt") return reading.kind;
      expect(runsOf(reading.receipt)).toEqual([]);
      return isIntact(reading.receipt, "");
    };
    expect(intact(saved)).toBe(true);
    expect(intact({ ...saved, ticks: 2 })).toBe(false);
    expect(intact({ ...saved, runs: made().runs })).toBe("cut");
    expect(intact({ ...saved, format: 2 })).toBe("cut");
  });
  it("never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readReceipt(text).kind !== "receipt"));
  });
});

type Path = readonly (string | number)[];

function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, part]) =>
    leavesOf(part, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

function withChanged(receipt: Receipt, path: Path): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(receipt));
  const change = (value: unknown, [name, ...rest]: Path): unknown => {
    if (name === undefined)
      return typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : `${value}x`;
    if (Array.isArray(value)) return value.map((part, index) => (index === name ? change(part, rest) : part));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([each, part]) => [each, each === name ? change(part, rest) : part]),
    );
  };
  return change(copy, path);
}
