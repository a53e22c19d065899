import { describe, expect, it } from "vitest";
import type { Receipt, ReceiptContent } from "../../learning/receipt/receipt.ts";
import { sealReceipt } from "../../learning/receipt/seal.ts";
import { writeCsv } from "./csv.ts";
import { figuresOf, type ReceiptFile, receiptRows } from "./receipt-rows.ts";

const content: ReceiptContent = {
  kind: "two-servers-receipt",
  format: 2,
  course: { version: "1.0.0", date: "2026-11-29", address: "https://host.example/" },
  name: "Ada",
  made: "2026-11-29T10:00:00.000Z",
  keyed: false,
  lessons: [
    { id: "a", title: "A", state: "done", quiz: { questions: 3, answered: 3, right: 3, tries: 4 } },
    { id: "b", title: "B", state: "begun", quiz: { questions: 4, answered: 1, right: 0, tries: 1 } },
  ],
  predictions: [
    { about: "x/y", chosen: "alike", shown: "alike", right: true },
    { about: "x/z", chosen: "alike" },
  ],
  exercises: [{ name: "x/y", changes: "" }],
  runs: [
    {
      lab: "x",
      plan: "y",
      at: "2026-11-29T09:30:00.000Z",
      development: { command: "flask run", rate: 4, median: 200, failed: 0 },
      production: { command: "gunicorn app:app", rate: 16, median: 50, failed: 0 },
    },
  ],
  ticks: 0,
};
const named = (name: string, more: Partial<ReceiptContent> = {}, key = "") =>
  sealReceipt({ ...content, name, ...more }, key);
const file = (name: string, receipt: Receipt): ReceiptFile => ({ file: name, reading: { kind: "receipt", receipt } });
const marksOf = (files: readonly ReceiptFile[], classKey = "") =>
  receiptRows(files, { classKey, version: "1.0.0" }).map(({ file, marks }) => [file, ...marks]);

describe("receiptRows", () => {
  it("tells intact, altered, copied, doubled and other versions apart, in the order of names", () => {
    const eve = named("Eve");
    const files = [
      file("z.json", named("Bob")),
      file("e.json", { ...eve, lessons: [] }),
      file("c1.json", named("Carol")),
      file("c2.json", named(" carol ", { ticks: 3 })),
      file("a.json", named("Ada", { course: { ...content.course, version: "0.9.0" } })),
      { file: "cut.json", reading: { kind: "cut" } } as const,
      { file: "letter.txt", reading: { kind: "none" } } as const,
    ];
    expect(marksOf(files)).toEqual([
      ["a.json", "intact", "another version"],
      ["z.json", "intact"],
      ["c1.json", "intact", "doubled"],
      ["c2.json", "intact", "doubled"],
      ["e.json", "altered"],
      ["cut.json", "cut"],
      ["letter.txt", "none"],
    ]);
  });

  it("marks a receipt that was handed in under two names", () => {
    const ada = named("Ada");
    expect(marksOf([file("1", ada), file("2", { ...ada, name: "Bob" })])).toEqual([
      ["1", "intact", "doubled"],
      ["2", "altered", "doubled"],
    ]);
  });

  it("wants the class key where there is one", () => {
    const files = [
      file("1", named("Ada", { keyed: true }, "autumn")),
      file("2", named("Bob")),
      file("3", named("Carol", { keyed: true }, "spring")),
    ];
    expect(marksOf(files, "autumn")).toEqual([
      ["1", "intact"],
      ["2", "no key"],
      ["3", "another key"],
    ]);
    expect(marksOf(files).map(([, mark]) => mark)).toEqual(["another key", "intact", "another key"]);
  });

  it("judges a thousand at once", () => {
    const files = Array.from({ length: 1000 }, (_, index) => file(`${index}`, named(`Student ${index}`)));
    expect(marksOf(files).filter(([, ...marks]) => marks.join() === "intact")).toHaveLength(1000);
  });
});

describe("figuresOf", () => {
  it("sums over the lessons", () => {
    expect(figuresOf(named("Ada"))).toEqual({
      lessonsDone: 1,
      lessons: 2,
      questionsRight: 3,
      questions: 7,
      tries: 5,
      predictionsRight: 1,
      predictionsShown: 1,
      exercises: 1,
      runs: 1,
    });
  });
});

describe("writeCsv", () => {
  it("quotes what needs it, and lets no text become a formula", () => {
    expect(
      writeCsv([
        ["Name", "Done"],
        ['Ada "Countess", L.', 3],
        ["=HYPERLINK(1)", -1],
        ["two\nlines", 0],
      ]),
    ).toBe('\ufeffName,Done\r\n"Ada ""Countess"", L.",3\r\n\'=HYPERLINK(1),-1\r\n"two\nlines",0\r\n');
  });
});
