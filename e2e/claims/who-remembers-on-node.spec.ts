// @project node
/** What the lesson about state in workers claims of Node: one process, and a cluster of four, in WebContainer's place. */
import { expect } from "@playwright/test";
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOnNode } from "./claims-on-node.ts";

const claim = claimsOnNode("who-remembers");

/** Adds what a process says of its count to what others have said, by its pid. */
async function ask(side: LabSide, said: Map<string, number>): Promise<void> {
  const { body } = await side.ask("/");
  const [, votes, pid = ""] = /(\d+) votes, says process (\d+)/.exec(body) ?? [];
  said.set(pid, Number(votes));
}

claim("node-processes-count-apart", async (lab) => {
  const { development, production, sentence } = await lab.load("votes");
  expect(development.errors, sentence).toBe(0);
  expect(production.errors, sentence).toBeGreaterThan(0);
  const one = new Map<string, number>();
  await ask(lab.development, one);
  expect([...one.values()]).toEqual([40]);
  const four = new Map<string, number>();
  await expect
    .poll(
      async () => {
        await ask(lab.production, four);
        return four.size;
      },
      { timeout: 60_000, intervals: [0] },
    )
    .toBe(4);
  expect([...four.values()].reduce((all, each) => all + each, 0)).toBe(40);
  expect([...four.values()]).not.toContain(40);
});
