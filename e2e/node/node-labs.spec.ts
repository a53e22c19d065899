// @project node
/**
 * The other labs that have Node files, on the Node machine in the page, against the test double of WebContainer's
 * origin: both sides start and answer, and the first plan runs on both.
 */
import { readdirSync } from "node:fs";
import { onNode } from "../../src/lab-definition/on-node.ts";
import { readLab } from "../../src/lab-definition/read-lab.ts";
import { LabSide } from "../../testing/browser/lab.ts";
import { expect } from "../../testing/browser/site.ts";
import { doubleOptions, test } from "../webcontainer-double/test.ts";

test.use(doubleOptions);

const labs = readdirSync("content/labs").filter(
  (name) => name !== "first-load" && readLab(`content/labs/${name}`).definition.node !== undefined,
);
const sides = ["development", "production"] as const;
/** In their first plan a loop, or a crash, is the end of a server that is one process. */
const endedByPlan: readonly string[] = ["hanging", "four-mails"];

test("all other labs start, answer and run their first plan on Node", async ({ page }) => {
  test.setTimeout(labs.length * 90_000);
  for (const name of labs) {
    await test.step(name, async () => {
      const definition = onNode(readLab(`content/labs/${name}`).definition);
      await page.goto(`./embed/${name}/?machine=node`);
      await page.waitForFunction(() => crossOriginIsolated);
      const lab = page.getByRole("region", { name: `Lab: ${definition.title}`, exact: true });
      await lab.getByRole("button", { name: "Start both servers", exact: true }).click();
      for (const side of sides) {
        const one = new LabSide(lab.getByRole("region", { name: definition.sides[side].title, exact: true }));
        await expect(one.command).toHaveValue(definition.sides[side].command);
        await expect(one.state).toHaveText(/^Running on port \d+/, { timeout: 30_000 });
        expect((await one.ask("/")).status, `${name}: ${side}`).toContain("200");
      }
      await lab.getByRole("button", { name: "Run load test", exact: true }).click();
      const rates = lab.locator(".lab-figure", { hasText: "Requests per second" });
      const answering = endedByPlan.includes(name) ? (["production"] as const) : sides;
      for (const side of answering) {
        await expect(rates.locator(`.lab-of-${side}`).first(), `${name}: ${side}`).toHaveText(/[1-9]/, {
          timeout: 30_000,
        });
      }
      await lab.getByRole("button", { name: "Stop load test", exact: true }).click();
      await expect(lab.getByText("The run was stopped after")).toBeVisible();
    });
  }
});
