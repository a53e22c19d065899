/** What the Linux machine costs and does. Its lab is the one of nginx, whose situation is the largest. */
import { existsSync, readFileSync } from "node:fs";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { injectContract } from "../../e2e/machine-contract/contract.ts";
import type { LinuxManifest } from "../../src/machine/linux/image.ts";
import { LabUnderTest } from "../../testing/browser/lab.ts";
import { linuxMissing } from "../../testing/browser/linux.ts";
import { rendererMemory } from "../../testing/browser/memory.ts";
import { app } from "../app.ts";
import { addRow, inMs, median } from "../row.ts";

const manifestFile = "dist/machine/linux/manifest.json";
const megabyte = 1_000_000;

test.skip(!existsSync(manifestFile), "no Linux image");

test("sizes of the situations", () => {
  const manifest: LinuxManifest = JSON.parse(readFileSync(manifestFile, "utf8"));
  const shared = Object.values(manifest.parts).reduce((sum, { size }) => sum + size, 0);
  for (const [name, { snapshot, touched }] of Object.entries(manifest.situations)) {
    const disc = touched.reduce((sum, index) => sum + (manifest.disc.parts[index]?.size ?? 0), 0);
    const total = (shared + snapshot.size + disc) / megabyte;
    addRow({
      what: `Linux machine: download of the situation ${name}`,
      target: "35 MB",
      page: `${total.toFixed(1)} MB`,
      met: total <= 35,
      note: `snapshot ${(snapshot.size / megabyte).toFixed(1)}, disc ${(disc / megabyte).toFixed(1)}`,
    });
  }
});

test("nginx and gunicorn: first answer, memory, idle", async ({ browser, baseURL }) => {
  test.skip(linuxMissing("nginx") !== undefined, linuxMissing("nginx") ?? "");
  const lab = await LabUnderTest.open(browser, baseURL, "nginx-in-front");
  const took: Start[] = [];
  // The first one fetches the files.
  for (let round = 0; round < 4; round += 1) {
    const answered = lab.page.evaluate(firstAnswer);
    await lab.button("Start both servers").click();
    took.push(await answered);
    if (round < 3) {
      await lab.button("Stop both servers").click();
      await expect(lab.production.state).toHaveText("Stopped.");
    }
  }
  const cached = took.slice(1);
  const answer = median(cached.map(({ answered }) => answered));
  addRow({
    what: "Linux machine: first answer through nginx and gunicorn, after the click, files cached",
    target: "2 000 ms",
    page: inMs(answer),
    met: answer <= 2000,
    note: `both servers run after ${inMs(median(cached.map(({ running }) => running)))}`,
  });
  const memory = async () => (await rendererMemory(browser)) / megabyte;
  const atOnce = { memory: await memory(), share: await shareOfACore(browser, lab.page) };
  // By then the browser has compiled what the start made hot, and collected what it left behind.
  await lab.page.waitForTimeout(10_000);
  const atRest = { memory: await memory(), share: await shareOfACore(browser, lab.page) };
  addRow({
    what: "Linux machine: memory of the renderers",
    target: "700 MB",
    page: `${atRest.memory.toFixed(0)} MB`,
    met: atRest.memory < 700,
    note: `right after the fourth start in a row ${atOnce.memory.toFixed(0)} MB`,
  });
  addRow({
    what: "Linux machine: a core's share while nothing is asked",
    target: "10 %",
    page: `${(atRest.share * 100).toFixed(1)} %`,
    met: atRest.share < 0.1,
    note: `in the first ten seconds ${(atOnce.share * 100).toFixed(1)} %`,
  });
  await lab.beginLoad("Steady users");
  const frames = await lab.page.evaluate(framesPerSecond);
  addRow({
    what: "Linux machine: frames a second under load",
    target: "60",
    page: frames.toFixed(0),
    met: frames >= 58,
  });
  await lab.close();
});

test("four workers on a page that waits", async ({ page, baseURL }) => {
  await page.goto("./embed/first-load/");
  await injectContract(page);
  const rates = await page.evaluate(
    async ({ root, text }) => {
      const machine = await contractPage.open("linux", root);
      const rate = async (name: string, workers: number) => {
        const host = await machine.host(name);
        await host.writeFile("/home/student/app.py", text);
        await host.spawn(["gunicorn", "-w", String(workers), "app:app"]);
        for (let answered = 0; answered < 20; ) {
          const answer = await host.request(8000, { path: "/" }).catch(() => undefined);
          if (answer?.status === 200) answered += 1;
          else await new Promise((resolve) => setTimeout(resolve, 500));
        }
        const { report } = host.load(8000, {
          name: "wait",
          model: { kind: "closed", users: 8 },
          requests: [{ path: "/io" }],
          duration: 10_000,
          timeout: 10_000,
          seed: 1,
        });
        const { done } = await report;
        await host.stop();
        return done / 10;
      };
      const one = await rate("development", 1);
      const four = await rate("production", 4);
      machine.dispose();
      return { one, four };
    },
    { root: baseURL ?? "", text: app },
  );
  const ratio = rates.four / rates.one;
  addRow({
    what: "Linux machine: 4 gunicorn workers on a wait of 100 ms, by one",
    target: "3.4 times",
    page: `${ratio.toFixed(2)} times`,
    met: ratio >= 3.4,
    note: `${rates.four.toFixed(1)} and ${rates.one.toFixed(1)} requests a second`,
  });
});

/** Milliseconds from the click on. */
interface Start {
  /** Until both sides say that they run. */
  readonly running: number;
  /** Until the production side shows the answer to a request that was sent by hand right then. */
  readonly answered: number;
}

/** In the page, which a driver outside would find busy. */
async function firstAnswer(): Promise<Start> {
  const began = performance.now();
  const until = async <Found>(found: () => Found | undefined | null | false): Promise<Found> => {
    for (;;) {
      const what = found();
      if (what) return what;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const named = (selector: string, name: string) =>
    [...document.querySelectorAll<HTMLElement>(`.lab-of-production ${selector}`)].find(
      (each) => each.textContent?.trim() === name,
    );
  await until(() => {
    const states = [...document.querySelectorAll(".lab-state")].map((element) => element.textContent ?? "");
    return states.length === 2 && states.every((state) => state.startsWith("Running on port"));
  });
  const running = performance.now() - began;
  (await until(() => named("[role=tab]", "Response"))).click();
  const send = await until(() => named("button", "Send one request"));
  send.click();
  // The answer of the round before goes first.
  await until(() => document.querySelector(".lab-answer-status") === null);
  await until(() => document.querySelector(".lab-answer-status"));
  return { running, answered: performance.now() - began };
}

/** In the page: over three seconds. */
async function framesPerSecond(): Promise<number> {
  let frames = 0;
  const began = performance.now();
  while (performance.now() - began < 3000) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    frames += 1;
  }
  return (frames * 1000) / (performance.now() - began);
}

/** Over ten seconds. */
async function shareOfACore(browser: Browser, page: Page): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const taken = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const [before, at] = [await taken(), performance.now()];
  await page.waitForTimeout(10_000);
  const share = (await taken()) - before;
  const seconds = (performance.now() - at) / 1000;
  await session.detach();
  return share / seconds;
}
