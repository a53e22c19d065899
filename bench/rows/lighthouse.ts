/** Lighthouse's marks of four pages, as on a phone on a slow network. The site is served compressed, as hosts do. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { test } from "@playwright/test";
import sirv from "sirv";
import { z } from "zod";
import { browserArguments, findBrowser } from "../../scripts/find-browser.ts";
import { addRow, median, rounds } from "../row.ts";

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

const folder = "build/compressed-site";

/** Serves a copy of the built site, with its texts compressed; the server and its address. */
async function serveCompressed(): Promise<{ readonly server: Server; readonly address: string }> {
  rmSync(folder, { recursive: true, force: true });
  cpSync("dist", folder, { recursive: true });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && /\.(?:html|css|m?js|json|svg)$/.test(path)) {
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    }
  }
  const files = sirv(folder, { gzip: true });
  const server = createServer((request, response) =>
    files(request, response, () => void response.writeHead(404).end()),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The compressed site has no port");
  return { server, address: `http://127.0.0.1:${address.port}/` };
}

async function lighthouse(url: string): Promise<Report> {
  const program = spawn(
    process.execPath,
    [
      "node_modules/lighthouse/cli/index.js",
      url,
      "--quiet",
      "--output=json",
      `--only-categories=${Object.keys(targets).join(",")}`,
      `--chrome-flags=${["--headless=new", ...browserArguments].join(" ")}`,
    ],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, CHROME_PATH: findBrowser() } },
  );
  const [report, [status]] = await Promise.all([text(program.stdout), once(program, "close")]);
  if (status !== 0) throw new Error(`Lighthouse ended with ${status}`);
  return reportSchema.parse(JSON.parse(report));
}

/** The audits of a category that keep it below 100. */
function missed({ categories, audits }: Report, category: string): readonly string[] {
  const weighed = categories[category]?.auditRefs.filter(({ weight }) => weight > 0) ?? [];
  return weighed.map(({ id }) => id).filter((id) => (audits[id]?.score ?? 1) < 0.9);
}

test("Lighthouse", async () => {
  test.setTimeout(rounds * 240_000);
  const { server, address } = await serveCompressed();
  for (const [name, path] of Object.entries(pages)) {
    const reports: Report[] = [];
    // One run says little where the computer has other work: how long scripts block is measured on it.
    for (let round = 0; round < rounds; round += 1) reports.push(await lighthouse(new URL(path, address).href));
    for (const [category, target] of Object.entries(targets)) {
      const mark = Math.round(median(reports.map(({ categories }) => (categories[category]?.score ?? 0) * 100)));
      const below = [...new Set(reports.flatMap((report) => missed(report, category)))].join(", ");
      addRow({
        what: `Lighthouse, ${name.toLowerCase()}: ${category}`,
        target: String(target),
        page: String(mark),
        met: mark >= target,
        ...(mark < 100 && below !== "" && { note: below }),
      });
    }
  }
  server.close();
});
