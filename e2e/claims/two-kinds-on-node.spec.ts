// @project node
/** What the lesson about threads and async claims of Node: one process, and a cluster of four, in WebContainer's place. */
import { expect } from "@playwright/test";
import { claimsOnNode } from "./claims-on-node.ts";

const claim = claimsOnNode("two-kinds");

claim(["node-process-waits-for-all", "node-block-stops-its-process", "node-four-reports-take-turns"], async (lab) => {
  const waiting = await lab.load("waiting");
  // Eight threads would be sixteen a second.
  expect(waiting.development.rate, waiting.sentence).toBeGreaterThan(5 * 16);
  expect(waiting.ratio("rate"), waiting.sentence).toBeGreaterThan(1 / 1.5);
  const one = await lab.load("one-report");
  expect(one.ratio("rate"), one.sentence).toBeLessThan(0.5);
  const four = await lab.load("blocking");
  expect(four.ratio("rate"), four.sentence).toBeLessThan(1 / 3);
  for (const { development, production, sentence } of [waiting, one, four])
    expect([development.errors, production.errors], sentence).toEqual([0, 0]);
});
