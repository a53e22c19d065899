import validate from "@learninglocker/xapi-validation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Receipt } from "../../learning/receipt/receipt.ts";
import type { ReceiptRow } from "./receipt-rows.ts";
import { type XapiStatement, xapiStatements } from "./xapi.ts";

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
      first: "2026-11-29T08:58:30.500Z",
      last: "2026-11-29T09:00:00.000Z",
    },
    { id: "lessons/02-b", title: "B", state: "begun", quiz: { questions: 3, answered: 0, right: 0, tries: 0 } },
    { id: "lessons/03-c", title: "C", state: "untouched", quiz: { questions: 3, answered: 0, right: 0, tries: 0 } },
    { id: "lessons/04-d", title: "D", state: "done", quiz: { questions: 2, answered: 2, right: 2, tries: 2 } },
  ],
  predictions: [
    { about: "first-load/quick", chosen: "alike", shown: "production", right: false },
    { about: "first-load/slow", shown: "production" },
  ],
  exercises: [{ name: "first-load/win-back", solved: "2026-11-29T08:59:00.000Z", changes: "--- app.py\n-a\n+b\n" }],
  ticks: 0,
  sha256: "a".repeat(64),
};
const row = (marks: ReceiptRow["marks"], of: Receipt = receipt): ReceiptRow => ({
  file: "a.json",
  marks,
  receipt: of,
});
const of = (lesson: string) =>
  xapiStatements([row(["intact"])]).filter(({ object }) => object.id === `https://host.example/course/${lesson}/`);
const verbOf = ({ verb }: XapiStatement) => verb.id.replace(/^.*\//, "");
const isCmi5 = ({ context }: XapiStatement) =>
  context.contextActivities.category?.some(({ id }) => id === "https://w3id.org/xapi/cmi5/context/categories/cmi5");
const isMoveOn = ({ context }: XapiStatement) =>
  context.contextActivities.category?.some(({ id }) => id === "https://w3id.org/xapi/cmi5/context/categories/moveon");

/** Receipts as they can be: whatever is kept can be broken by hand before it is sealed. */
const anyMoment = fc.option(
  fc.oneof(
    fc
      .date({ noInvalidDate: true, min: new Date("1980-01-01"), max: new Date("2100-01-01") })
      .map((each) => each.toISOString()),
    fc.string({ maxLength: 40 }),
  ),
  { nil: undefined },
);
/** Also what no address can hold, and what is no Unicode. */
const anyName = fc.oneof(
  fc.stringMatching(/^lessons\/[0-9]{2}-[a-z-]{1,9}$/),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
);
const anyCount = fc.integer({ min: 0, max: 9 });
const anyReceipt = fc
  .record({
    name: fc.string(),
    lessons: fc.uniqueArray(
      fc.record({
        id: anyName,
        title: fc.string(),
        state: fc.constantFrom("done" as const, "begun" as const, "untouched" as const),
        quiz: fc.record({ questions: anyCount, answered: anyCount, right: anyCount, tries: anyCount }),
        first: anyMoment,
        last: anyMoment,
      }),
      { selector: ({ id }) => id, maxLength: 6 },
    ),
    exercises: fc.array(fc.record({ name: anyName, changes: fc.string(), solved: anyMoment }), { maxLength: 3 }),
    predictions: fc.array(fc.record({ about: anyName, chosen: fc.string(), right: fc.boolean() }), {
      maxLength: 3,
    }),
    address: fc.constantFrom("https://host.example/course/", "file:///tmp/site/", "a folder"),
    made: fc.string(),
    sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  })
  .map(
    ({ address, lessons, exercises, ...more }): Receipt => ({
      ...receipt,
      ...more,
      lessons: lessons.map(({ first, last, ...lesson }) => ({
        ...lesson,
        ...(first !== undefined && { first }),
        ...(last !== undefined && { last }),
      })),
      exercises: exercises.map(({ solved, ...rest }) => ({ ...rest, ...(solved !== undefined && { solved }) })),
      course: { ...receipt.course, address },
    }),
  );

describe("xAPI statements of receipts", () => {
  it("tell a session of each lesson, as cmi5 has it; what was not begun says nothing", () => {
    const statements = of("lessons/01-a");
    expect(statements.map(verbOf)).toEqual(["initialized", "completed", "progressed", "terminated"]);
    const [initialized, completed, progressed, terminated] = statements;
    expect(completed).toMatchObject({
      actor: { name: "Ada L.", account: { homePage: "https://host.example/course/", name: "Ada L." } },
      verb: { id: "http://adlnet.gov/expapi/verbs/completed" },
      object: { id: "https://host.example/course/lessons/01-a/", definition: { name: { en: "A & B" } } },
      result: { completion: true, duration: "PT89.5S" },
      timestamp: "2026-11-29T09:00:00.000Z",
    });
    expect(initialized).toMatchObject({ timestamp: "2026-11-29T08:58:30.500Z" });
    expect(progressed).toMatchObject({ result: { score: { raw: 3, min: 0, max: 4, scaled: 0.75 } } });
    expect(terminated).toMatchObject({ result: { duration: "PT89.5S" }, timestamp: "2026-11-29T09:00:00.000Z" });
    expect(of("lessons/02-b").map((each) => [verbOf(each), each.timestamp])).toEqual([
      ["initialized", receipt.made],
      ["terminated", receipt.made],
    ]);
    expect(of("lessons/03-c")).toEqual([]);
    expect(of("lessons/04-d").map(verbOf)).toEqual(["initialized", "completed", "passed", "terminated"]);
  });

  it("tell exercises with what was changed, and predictions with what came of them", () => {
    const others = xapiStatements([row(["intact"])]).filter(({ object }) => object.id.includes("#"));
    expect(others).toMatchObject([
      {
        object: { id: "https://host.example/course/#exercise/first-load/win-back" },
        timestamp: "2026-11-29T08:59:00.000Z",
      },
      { object: { id: "https://host.example/course/#prediction/first-load/quick" }, timestamp: receipt.made },
    ]);
    expect(others.map(({ result }) => result)).toEqual([
      { completion: true, success: true, response: "--- app.py\n-a\n+b\n" },
      { response: "alike", success: false },
    ]);
  });

  it("are what xAPI allows, whatever the receipt says", () => {
    fc.assert(
      fc.property(anyReceipt, (any) => {
        for (const statement of xapiStatements([row(["intact"], any)])) {
          // As a store gets it.
          expect(validate(JSON.parse(JSON.stringify(statement)))).toEqual([]);
        }
      }),
    );
  });

  it("obey the rules that cmi5 has for its own statements", () => {
    fc.assert(
      fc.property(anyReceipt, (any) => {
        const statements = xapiStatements([row(["intact"], any)]);
        expect(new Set(statements.map(({ context }) => context.registration)).size).toBeLessThan(2);
        const sessions = Map.groupBy(
          statements.filter(({ context }) => context.extensions !== undefined),
          ({ context }) => context.extensions?.["https://w3id.org/xapi/cmi5/context/extensions/sessionid"],
        );
        for (const [session, all] of sessions) {
          expect(session).toMatch(/^[0-9a-f-]{36}$/);
          expect(new Set(all.map(({ object }) => object.id)).size).toBe(1);
          const verbs = all.map(verbOf);
          // 9.3: the first and the last, none twice; in the order of their times.
          expect([verbs[0], verbs.at(-1)]).toEqual(["initialized", "terminated"]);
          expect(new Set(verbs).size).toBe(verbs.length);
          expect(all.map(({ timestamp }) => timestamp).toSorted()).toEqual(all.map(({ timestamp }) => timestamp));
          for (const each of all) cmi5Rules(each);
        }
        expect(statements.filter((each) => isCmi5(each) && each.context.extensions === undefined)).toEqual([]);
      }),
    );
  });

  it("are refused by the same validator where they are none", () => {
    const [statement] = xapiStatements([row(["intact"])]);
    expect(validate({ ...statement, id: "8" })).not.toEqual([]);
    expect(validate({ ...statement, actor: { name: "Ada" } })).not.toEqual([]);
    expect(validate({ ...statement, result: { duration: "a minute" } })).not.toEqual([]);
  });

  it("have ids of their own, and the same ones each time", () => {
    const ids = xapiStatements([row(["intact"])]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4 + 2 + 4 + 2);
    // Version 5 of RFC 4122: xAPI names that document, and some stores take none of the later versions.
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(xapiStatements([row(["intact"])]).map(({ id }) => id)).toEqual(ids);
    const other = { ...receipt, sha256: "b".repeat(64) };
    expect(xapiStatements([row(["intact"], other)]).filter(({ id }) => ids.includes(id))).toEqual([]);
  });

  it("are there once of a receipt that was handed in twice: a store refuses a list with the same id twice", () => {
    expect(xapiStatements([row(["intact", "doubled"]), row(["intact", "doubled"])])).toEqual(
      xapiStatements([row(["intact"])]),
    );
  });

  it("are made of receipts that are as they were saved, and of no others", () => {
    const cut: ReceiptRow = { file: "b.json", marks: ["cut"], receipt: undefined };
    expect(xapiStatements([row(["altered"]), row(["another key"]), cut])).toEqual([]);
    expect(xapiStatements([row(["intact", "another version"])])).toHaveLength(12);
  });

  it("of a site without an address name activities that belong to no host", () => {
    const nowhere = { ...receipt, course: { ...receipt.course, address: "a folder" } };
    expect(xapiStatements([row(["intact"], nowhere)])[0]?.object.id).toBe("urn:two-servers:/lessons/01-a/");
  });

  it("keep their order where a clock was set back", () => {
    const [lesson] = receipt.lessons;
    if (lesson === undefined) throw new Error("no lesson");
    const back = { ...receipt, lessons: [{ ...lesson, first: "2026-11-29T10:00:00Z", last: "2026-11-29T09:59:00Z" }] };
    const [initialized, completed] = xapiStatements([row(["intact"], back)]);
    expect([initialized?.timestamp, completed?.timestamp]).toEqual([
      "2026-11-29T09:59:00.000Z",
      "2026-11-29T10:00:00.000Z",
    ]);
    expect(completed?.result?.duration).toBe("PT60S");
  });
});

/** What sections 9.1 to 9.7 of the cmi5 specification demand of a statement; others may stand beside them. */
function cmi5Rules(statement: XapiStatement): void {
  const { actor, context, object, result, timestamp } = statement;
  const verb = verbOf(statement);
  expect(actor.objectType).toBe("Agent");
  expect(actor.account.homePage).toBeTruthy();
  expect(timestamp).toMatch(/Z$/);
  expect(isCmi5(statement) ?? false).toBe(
    ["initialized", "completed", "passed", "failed", "terminated"].includes(verb),
  );
  if (!isCmi5(statement)) return;
  // The publisher's id is another one than that of the activity (9.4, 9.6.2.3).
  const [publisher] = context.contextActivities.grouping ?? [];
  expect(publisher?.id).toBeTruthy();
  expect(publisher?.id).not.toBe(object.id);
  expect(isMoveOn(statement) ?? false).toBe(result?.success !== undefined || result?.completion !== undefined);
  expect(result?.completion).toBe(verb === "completed" ? true : undefined);
  expect(result?.success).toBe(verb === "passed" ? true : verb === "failed" ? false : undefined);
  if (result?.score !== undefined) expect(["passed", "failed"]).toContain(verb);
  if (verb !== "initialized") expect(result?.duration).toMatch(/^PT\d+(\.\d{1,2})?S$/);
}
