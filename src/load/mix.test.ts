import fc from "fast-check";
import { expect, it } from "vitest";
import { onceRequests, weightedMix } from "./mix.ts";
import { randomStream } from "./random.ts";

it("a mix follows its weights", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(weights, fc.nat(), (shares, seed) => {
      const total = shares.reduce((sum, share) => sum + share, 0);
      fc.pre(total > 0);
      const requests = shares.map((weight, index) => ({ path: `/${index}`, weight }));
      const pick = weightedMix(requests, randomStream(seed, "mix"));
      const picked = Array.from({ length: 4000 }, pick);
      shares.forEach((share, index) => {
        const actual = picked.filter((request) => request === requests[index]).length / picked.length;
        expect(Math.abs(actual - share / total)).toBeLessThan(0.045);
        if (share === 0) expect(actual).toBe(0);
      });
    }),
    { numRuns: 50 },
  );
});

it("requests that are sent once are no part of the mix", () => {
  const requests = [{ path: "/a" }, { path: "/b", once: 2, weight: 100 }, { path: "/c", once: 0 }];
  const pick = weightedMix(requests, randomStream(1, "mix"));
  expect(Array.from({ length: 50 }, pick).every((request) => request === requests[0])).toBe(true);
  expect(onceRequests(requests)).toEqual([requests[1], requests[1]]);
  expect(weightedMix([{ path: "/", once: 1 }], randomStream(1, "mix"))()).toBeUndefined();
});
