/** Lighthouse's marks of four pages, as on a phone on a slow network. */
import { spawnSync } from "node:child_process";
import { test } from "@playwright/test";
import { z } from "zod";
import { browserArguments, findBrowser } from "../../scripts/find-browser.ts";
import { addRow } from "../row.ts";

const pages = {
  "Landing page": "./",
  "A lesson": "./lessons/01-two-servers/",
  "A concept": "./concepts/wsgi/",
  "Instructors' page": "./instructors/",
};

/** What is measured, and the mark that it should have, of 100. */
const targets = { performance: 95, accessibility: 100, "best-practices": 100 } as const;

/** As much of the report as the table needs: marks from 0 to 1, and what took points away. */
const reportSchema = z.object({
  categories: z.record(
    z.string(),
    z.object({
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
  audits: z.record(z.string(), z.object({ score: z.number().nullable() })),
});

type Report = z.infer<typeof reportSchema>;

function lighthouse(url: string): Report {
  const flags = ["--headless=new", ...browserArguments].join(" ");
  const categories = Object.keys(targets).join(",");
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      "node_modules/lighthouse/cli/index.js",
      url,
      "--quiet",
      "--output=json",
      `--only-categories=${categories}`,
      `--chrome-flags=${flags}`,
    ],
    { encoding: "utf8", maxBuffer: 1e8, env: { ...process.env, CHROME_PATH: findBrowser() } },
  );
  if (status !== 0) throw new Error(`Lighthouse ended with ${status}: ${stderr}`);
  return reportSchema.parse(JSON.parse(stdout));
}

/** The audits of a category that keep it below 100. */
function missed({ categories, audits }: Report, category: string): readonly string[] {
  const weighed = categories[category]?.auditRefs.filter(({ weight }) => weight > 0) ?? [];
  return weighed.map(({ id }) => id).filter((id) => (audits[id]?.score ?? 1) < 0.9);
}

for (const [name, path] of Object.entries(pages)) {
  test(`Lighthouse: ${name}`, ({ baseURL }) => {
    const report = lighthouse(new URL(path, baseURL).href);
    for (const [category, target] of Object.entries(targets)) {
      const mark = Math.round((report.categories[category]?.score ?? 0) * 100);
      const below = missed(report, category).join(", ");
      addRow({
        what: `Lighthouse, ${name.toLowerCase()}: ${category}`,
        target: String(target),
        page: String(mark),
        met: mark >= target,
        ...(mark < 100 && below !== "" && { note: below }),
      });
    }
  });
}
