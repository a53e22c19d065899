import { expect, test } from "vitest";
import { FileLock } from "./file-lock.ts";

test("those who wait get the lock in order, all that fit at once", () => {
  const lock = new FileLock();
  const order: string[] = [];
  const [holder, one, two, three] = [{}, {}, {}, {}];
  expect(lock.tryLock(holder, "exclusive")).toBe(true);
  lock.wait(one, "shared", () => order.push("one"));
  lock.wait(two, "shared", () => order.push("two"));
  lock.wait(three, "exclusive", () => order.push("three"));
  lock.unlock(holder);
  expect(order).toEqual(["one", "two"]);
  lock.unlock(one);
  expect(order).toEqual(["one", "two"]);
  lock.unlock(two);
  expect(order).toEqual(["one", "two", "three"]);
});

test("a lock that cannot be changed is lost, as on Linux", () => {
  const lock = new FileLock();
  const [one, other] = [{}, {}];
  let granted = false;
  lock.tryLock(one, "shared");
  lock.tryLock(other, "shared");
  lock.wait(other, "exclusive", () => {
    granted = true;
  });
  expect(lock.tryLock(one, "exclusive")).toBe(false);
  expect(granted).toBe(true);
});
