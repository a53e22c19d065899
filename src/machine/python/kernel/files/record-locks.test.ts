import { expect, test } from "vitest";
import { RecordLocks } from "./record-locks.ts";

const [one, other, third] = [1, 2, 3];

function locks() {
  const all = new RecordLocks();
  const take = (owner: number, start: number, end: number, kind: "shared" | "exclusive" = "exclusive") =>
    all.tryLock({ owner, kind, start, end });
  return { all, take };
}

test("parts that do not overlap are nobody else's business", () => {
  const { take } = locks();
  expect(take(one, 0, 10)).toBe(true);
  expect(take(other, 10, 20)).toBe(true);
  expect(take(other, 5, 6)).toBe(false);
  expect(take(other, 0, 20)).toBe(false);
  expect(take(one, 9, 11)).toBe(false);
});

test("an owner is never in its own way, and changes what it holds", () => {
  const { all, take } = locks();
  take(one, 0, 30);
  expect(take(one, 10, 20, "shared")).toBe(true);
  expect(take(other, 12, 15, "shared")).toBe(true);
  expect(take(other, 5, 12, "shared")).toBe(false);
  all.unlock(one, { start: 0, end: 10 });
  expect(take(other, 0, 10)).toBe(true);
  expect(take(other, 20, 21)).toBe(false);
  all.release(one);
  expect(take(other, 0, 30)).toBe(true);
});

test("tells who is in the way, and waits for its end", () => {
  const { all, take } = locks();
  take(one, 5, 8, "shared");
  expect(all.conflict({ owner: other, kind: "exclusive", start: 0, end: 6 })).toEqual({
    owner: one,
    kind: "shared",
    start: 5,
    end: 8,
  });
  const got: string[] = [];
  all.wait({ owner: other, kind: "exclusive", start: 0, end: 6 }, () => got.push("other"));
  const giveUp = all.wait({ owner: third, kind: "exclusive", start: 7, end: 9 }, () => got.push("third"));
  giveUp();
  all.unlock(one, { start: 5, end: 6 });
  expect(got).toEqual(["other"]);
  all.release(one);
  expect(got).toEqual(["other"]);
});
