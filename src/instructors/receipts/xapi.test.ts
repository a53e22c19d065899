import { describe, expect, it } from "vitest";
import type { Receipt } from "../../learning/receipt/receipt.ts";
import type { ReceiptRow } from "./receipt-rows.ts";
import { xapiStatements } from "./xapi.ts";

const receipt: Receipt = {
  kind: "two-servers-receipt",
  format: 1,
  course: { version: "0.2.0", date: "2026-11-30", address: "https://host.example/course/" },
  name: "Ada L.",
  made: "2026-11-30T10:00:00.000Z",
  keyed: false,
  lessons: [
    {
      id: "lessons/01-a",
      title: "A & B",
      state: "done",
      quiz: { questions: 4, answered: 4, right: 3, tries: 6 },
      last: "2026-11-29T09:00:00.000Z",
    },
    { id: "lessons/02-b", title: "B", state: "begun", quiz: { questions: 3, answered: 0, right: 0, tries: 0 } },
    { id: "lessons/03-c", title: "C", state: "untouched", quiz: { questions: 3, answered: 0, right: 0, tries: 0 } },
  ],
  predictions: [],
  exercises: [],
  ticks: 0,
  sha256: "a".repeat(64),
};
const row = (marks: ReceiptRow["marks"], of = receipt): ReceiptRow => ({
  file: "a.json",
  marks,
  receipt: of,
});

describe("xAPI statements of receipts", () => {
  it("say who did which lesson, when, and with what score; what was not begun says nothing", () => {
    const [done, begun, ...more] = xapiStatements([row(["intact"])]);
    expect(more).toEqual([]);
    expect(done).toMatchObject({
      actor: { name: "Ada L.", account: { homePage: "https://host.example/course/", name: "Ada L." } },
      verb: { id: "http://adlnet.gov/expapi/verbs/completed" },
      object: { id: "https://host.example/course/lessons/01-a/", definition: { name: { en: "A & B" } } },
      result: { completion: true, score: { raw: 3, min: 0, max: 4, scaled: 0.75 } },
      timestamp: "2026-11-29T09:00:00.000Z",
    });
    expect(begun).toMatchObject({
      verb: { id: "http://adlnet.gov/expapi/verbs/attempted" },
      result: { completion: false },
      timestamp: receipt.made,
    });
    expect(begun?.result).not.toHaveProperty("score");
  });

  it("have ids of their own, and the same ones each time", () => {
    const ids = xapiStatements([row(["intact"])]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(xapiStatements([row(["intact"])]).map(({ id }) => id)).toEqual(ids);
    const other = { ...receipt, sha256: "b".repeat(64) };
    expect(xapiStatements([row(["intact"], other)]).map(({ id }) => id)).not.toEqual(ids);
  });

  it("are made of receipts that are as they were saved, and of no others", () => {
    const cut: ReceiptRow = { file: "b.json", marks: ["cut"], receipt: undefined };
    expect(xapiStatements([row(["altered"]), row(["another key"]), cut])).toEqual([]);
    expect(xapiStatements([row(["intact", "another version"])])).toHaveLength(2);
  });

  it("of a site without an address name activities that belong to no host", () => {
    const nowhere = { ...receipt, course: { ...receipt.course, address: "a folder" } };
    expect(xapiStatements([row(["intact"], nowhere)])[0]?.object.id).toBe("urn:two-servers:/lessons/01-a/");
  });
});
