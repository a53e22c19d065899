/**
 * Whether a reader's first run says what later ones say: each plan of the course that computes, on servers just
 * started.
 */
import { readdirSync } from "node:fs";
import { test } from "@playwright/test";
import { readLab } from "../../src/lab-definition/read-lab.ts";
import type { PlanDefinition } from "../../src/lab-definition/schema.ts";
import { LabUnderTest } from "../../testing/browser/lab.ts";
import { addRow } from "../row.ts";

const labs = readdirSync("content/labs");

for (const name of labs) {
  const { definition } = readLab(`content/labs/${name}`);
  // The emulated PC has a row file of its own, and needs its image.
  if (definition.machine !== "python") continue;
  // What hangs hangs on: each run of such a plan finds one more of it than the run before.
  const hangs = ({ requests }: PlanDefinition) => requests.some(({ path }) => path === definition.paths.hang);
  const computing = definition.plans.filter((plan) => plan.use === undefined && !plan.waitsOnly && !hangs(plan));
  for (const plan of computing) {
    test(`${name}, ${plan.name}`, async ({ browser }, { project }) => {
      const lab = await LabUnderTest.open(browser, project.use.baseURL, name);
      try {
        await lab.start();
        const figure = plan.predict?.measure === "median" ? "median" : "rate";
        const ratios: number[] = [];
        const rates: string[] = [];
        for (let run = 0; run < 3; run += 1) {
          const outcome = await lab.load(plan.name);
          const { development, production } = outcome;
          rates.push(`${development[figure]}/${production[figure]}`);
          ratios.push((production[figure] ?? Number.NaN) / (development[figure] ?? Number.NaN));
        }
        const [first = Number.NaN, , third = Number.NaN] = ratios;
        addRow({
          what: `${name}, ${plan.label}: ${figure} of production by development, first run by third`,
          target: "0.85 to 1.15",
          page: ratios.map((ratio) => ratio.toFixed(2)).join(", "),
          ratio: first / third,
          met: Math.abs(first / third - 1) <= 0.15,
          note: rates.join(", "),
        });
      } finally {
        await lab.close();
      }
    });
  }
}
