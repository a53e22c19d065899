import { expect, test } from "vitest";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { Pace } from "./pace.ts";

test("a pace lets a few through at once, and then one in each interval", async () => {
  const clock = new VirtualClock(100);
  const pace = new Pace(clock, 3, 10);
  expect([pace.take(), pace.take(), pace.take(), pace.take()]).toEqual([undefined, undefined, undefined, 10]);
  await clock.pass(4);
  expect(pace.take()).toBe(6);
  await clock.pass(6);
  expect([pace.take(), pace.take()]).toEqual([undefined, 10]);
  await clock.pass(1000);
  expect([pace.take(), pace.take(), pace.take(), pace.take()]).toEqual([undefined, undefined, undefined, 10]);
});
