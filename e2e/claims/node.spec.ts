// @project node
/**
 * What the page about Node claims, on the first lab's Node variant: real Node processes on this computer, in
 * WebContainer's place.
 */
import { readFileSync } from "node:fs";
import { expect as usualExpect } from "@playwright/test";
import { claimsOnNode } from "./claims-on-node.ts";

const claim = claimsOnNode("first-load");
const expect = usualExpect.configure({ timeout: 30_000 });

const hello = "Hello from Node";

claim("node-waits-in-one-process", async (lab) => {
  const { development, production, ratio, sentence } = await lab.load("slow");
  // A tenth of a second each: one at a time would be ten a second.
  for (const { rate } of [development, production]) expect(rate, sentence).toBeGreaterThan(40);
  expect(ratio("rate"), sentence).toBeGreaterThan(0.8);
  expect([development.errors, production.errors], sentence).toEqual([0, 0]);
});

claim("node-loop-holds-the-process", async (lab) => {
  const { ratio, sentence } = await lab.load("hang");
  expect(ratio("rate"), sentence).toBeLessThan(0.5);
});

claim(["node-watch-replaces-nobody", "node-watch-serves-a-change"], async ({ development, production }) => {
  const text = readFileSync("content/labs/first-load/node/server.js", "utf8");
  const [ofFour = 0] = await production.pids();
  await production.region.getByRole("button", { name: `Kill worker ${ofFour}` }).press("Enter");
  await expect.poll(() => production.pids()).not.toContain(ofFour);
  await expect(production.state).toHaveText(/^Running on port 8000 with 4 workers\./);

  const [only = 0] = await development.pids();
  await development.region.getByRole("button", { name: `Kill worker ${only}` }).press("Enter");
  await development.shows("Waiting for file changes before restarting");
  await expect(development.state).toHaveText("Running, but nothing listens on a port.");

  await development.write("server.js", text.replace(hello, "Hello again"));
  await expect(development.state).toHaveText(/^Running on port 3000/);
  expect((await development.ask("/")).body).toContain("Hello again");
  expect((await production.ask("/")).body).toContain(hello);
});
