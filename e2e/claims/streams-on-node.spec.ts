// @project node
/** What the lesson about streams claims of Node: one process, and a cluster of two, in WebContainer's place. */
import { expect } from "@playwright/test";
import { claimsOnNode } from "./claims-on-node.ts";

const claim = claimsOnNode("streams");

claim(
  ["node-process-holds-ten-listeners", "node-computing-stops-its-process", "node-timeout-sees-work-alone"],
  async (lab) => {
    const { development, production } = lab;
    await lab.beginLoad("Ten listeners");
    await expect(development.region.getByText("sends 10 streams")).toBeVisible();
    await lab.endOfLoad();
    const ten = await lab.outcome();
    // Four users with a pause of 0.2 s: at most twenty a second.
    expect(ten.development.rate, ten.sentence).toBeGreaterThan(10);
    expect(ten.ratio("rate"), ten.sentence).toBeGreaterThan(0.8);
    expect([ten.development.errors, ten.production.errors], ten.sentence).toEqual([0, 0]);
    const drawing = await lab.load("drawing");
    // The one process may have answered nobody before the end of the run.
    expect(2 * (drawing.development.rate ?? 0), drawing.sentence).toBeLessThan(drawing.production.rate ?? 0);
    expect([drawing.development.errors, drawing.production.errors], drawing.sentence).toEqual([0, 0]);

    await production.serve(
      "node cluster.js --port 8000 --workers 2 --timeout 2",
      "Running on port 8000 with 2 workers.",
    );
    const { status, body } = await production.ask("/listen");
    expect(status).toContain("200");
    expect(body).toContain("event 9");
    expect(await production.terminal()).not.toContain("silent");
    await production.send("/drawing");
    await production.showed(/hasbeensilentfor2s:endingit/);
  },
);
