// @project node
/** What the lesson about a scheduler in the app claims of Node: who sends, and how often, in WebContainer's place. */
import { expect } from "@playwright/test";
import { claimsOnNode } from "./claims-on-node.ts";

const claim = claimsOnNode("four-mails");

claim(["node-four-processes-four-mails", "node-watch-one-mail"], async ({ development, production }) => {
  // Each timer rings a second after its process has loaded the app, and the cluster's load it last.
  await expect
    .poll(async () => (await production.ask("/sent")).body, { timeout: 30_000, intervals: [100] })
    .toBe("4 sent today\n");
  expect((await development.ask("/sent")).body).toBe("1 sent today\n");
});
