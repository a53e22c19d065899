/**
 * Runs a lab's plans in the built site, in a real browser, and writes down what came of them, for `<Recorded>` in
 * texts. Let the computer do nothing else meanwhile.
 *
 *     npm run record -- first-load quick slow
 *     npm run record -- first-load              all plans of its own
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import type { SideName } from "../src/lab-definition/schema.ts";
import { type RecordedRun, recordedRunSchema } from "../src/schemas/recorded-run.ts";
import { LabUnderTest } from "../testing/browser/lab.ts";
import { browserArguments, findBrowser } from "./find-browser.ts";

const folder = "content/runs";

/** Serves the built site; its address, and how to end it. */
async function serve(): Promise<{ readonly address: string; readonly stop: () => void }> {
  const server = spawn(process.execPath, ["scripts/serve.ts"], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => server.kill();
  for await (const line of createInterface(server.stdout)) {
    const [address] = /http:\S+/.exec(line) ?? [];
    if (address !== undefined) return { address, stop };
  }
  throw new Error("The site cannot be served. Build it with: npm run build");
}

/** Runs a plan on servers that have just been started. */
async function record(lab: LabUnderTest, name: string, plan: string, browser: string): Promise<RecordedRun> {
  await lab.running();
  const outcome = await lab.load(plan);
  const side = async (of: SideName) => {
    const { command, region } = lab.side(of);
    const line = await command.inputValue();
    // A server of the lab's own has no name and version.
    const truth = region.locator(".lab-truth");
    const server = (await truth.count()) === 0 ? line : ((await truth.textContent()) ?? "").replace(/\s*\S+$/, "");
    const beside = region.getByRole("textbox", { name: /^Command of / });
    const second = (await beside.count()) > 0 && { beside: { command: await beside.inputValue() } };
    return { command: line, server, ...outcome[of], ...second };
  };
  const saving = lab.page.waitForEvent("download");
  await lab.region.getByText(/^Keep and compare/).click();
  const newest = lab.region.getByRole("list", { name: "Kept runs" }).getByRole("listitem").first();
  await newest.getByText("Save", { exact: true }).click();
  await newest.getByRole("button", { name: /^Whole run/ }).click();
  const course: unknown = JSON.parse(readFileSync(await (await saving).path(), "utf8"));
  return recordedRunSchema.parse({
    version: 2,
    lab: name,
    plan,
    label: lab.definition.plans.find((each) => each.name === plan)?.label,
    date: new Date().toISOString().slice(0, 10),
    machine: { processor: cpus()[0]?.model.trim() ?? "unknown", cores: cpus().length, browser },
    sides: { development: await side("development"), production: await side("production") },
    course,
  });
}

const [name, ...wanted] = process.argv.slice(2);
if (name === undefined) throw new Error("Which lab? Write e.g.: npm run record -- first-load quick slow");
const executablePath = findBrowser();
if (executablePath === undefined) throw new Error("There is no browser yet. Run: node scripts/find-browser.ts");

const site = await serve();
const browser = await chromium.launch({ executablePath, args: [...browserArguments] });
try {
  const lab = await LabUnderTest.open(browser, site.address, name);
  const plans =
    wanted.length > 0 ? wanted : lab.definition.plans.filter(({ use }) => use === undefined).map((plan) => plan.name);
  mkdirSync(folder, { recursive: true });
  for (const plan of plans) {
    const run = await record(lab, name, plan, `Chromium ${browser.version()}`);
    const file = `${folder}/${name}-${plan}.json`;
    writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`);
    const { development, production } = run.sides;
    console.log(`${file}: ${development.rate} and ${production.rate} requests a second`);
  }
} finally {
  const closed = browser.close();
  site.stop();
  await closed;
}
