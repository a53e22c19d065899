import { describe, expect, it } from "vitest";
import { planSchema } from "../../lab-definition/plan-schema.ts";
import { planInWords } from "./plan-words.ts";

/** A plan as a lab.yaml has it. */
const planOf = (written: object) => planSchema.parse({ name: "p", label: "P", seconds: 8, ...written });
const home = [{ path: "/" }];

describe("planInWords", () => {
  it.each([
    [{ users: 1, requests: home }, "1 user, 8 s: /"],
    [{ users: 10, thinkTime: 0.5, requests: home }, "10 users who pause for 0.5 s after each answer, 8 s: /"],
    [{ users: 10, requests: [{ path: "/hang", once: 2 }, { path: "/" }] }, "10 users, 8 s: /hang 2 times, /"],
    [
      { users: 2, keepAlive: true, warmup: 1, timeout: 4, requests: home },
      "2 users on connections that they keep, 8 s, the first 1 s not counted, giving up after 4 s: /",
    ],
    [{ arrivals: { kind: "constant", rate: 20 }, requests: home }, "20 users a second, 8 s: /"],
    [
      { arrivals: { kind: "steps", rates: [5, 20, 5] }, patience: 1, requests: home },
      "5, then 20, then 5 users a second who give up after 1 s on average, 8 s: /",
    ],
    [
      {
        arrivals: { kind: "burst", rate: 5, size: 40, every: 4 },
        requests: [
          { path: "/", weight: 3 },
          { path: "/form", method: "POST", body: "name=Ada" },
        ],
      },
      "5 users a second and 40 more at once every 4 s, 8 s: / (75%), POST /form with 8 characters (25%)",
    ],
    [
      {
        users: 2,
        requests: [
          { path: "/order", method: "POST", once: 3, number: "never-repeats" },
          { path: "/", number: "never-falls" },
        ],
      },
      "2 users, 8 s: POST /order 3 times (its number must not repeat), / (its number must not fall)",
    ],
  ])("says %j", (written, expected) => {
    expect(planInWords(planOf(written)).replaceAll("\u00a0", " ")).toBe(expected);
  });
});
