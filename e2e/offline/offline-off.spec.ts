// @project beside
/**
 * A site that is built with its settings turned the other way: with `PUBLIC_OFFLINE=off` it keeps nothing in its
 * readers' browsers, and with `PUBLIC_PYPI=on` they can have packages fetched from PyPI.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { boot } from "../../testing/browser/lab.ts";
import { OwnHost } from "../../testing/browser/own-host.ts";
import { zipOf } from "../../testing/browser/own-project.ts";
import { PypiStandIn } from "../../testing/pypi/pypi-stand-in.ts";

test.use({ serviceWorkers: "allow" });

const folder = join("build", "site-without-offline");

/** Resolves with the exit code. */
function build(): Promise<number | null> {
  const command = ["--env-file=astro.env", "node_modules/astro/bin/astro.mjs", "build", "--outDir", folder];
  const env = { ...process.env, PUBLIC_OFFLINE: "off", PUBLIC_PYPI: "on" };
  const astro = spawn(process.execPath, command, { env, stdio: "ignore" });
  // Tests that measure run beside this one.
  if (astro.pid !== undefined) setPriority(astro.pid, constants.priority.PRIORITY_LOW);
  return new Promise((resolve, reject) => {
    astro.once("error", reject);
    astro.once("exit", resolve);
  });
}

let host: OwnHost;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  rmSync(folder, { recursive: true, force: true });
  expect(await build()).toBe(0);
  host = new OwnHost("site-without-offline-served", { site: folder });
  rmSync(folder, { recursive: true, force: true });
  await host.up();
});

test.afterAll(() => host.down());

const kept = (page: Page) =>
  page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
  }));

test("a site that is built without keeping registers no worker, keeps nothing, and says so", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.clock.install();
  await page.goto(`${host.address}lessons/01-two-servers/`, { waitUntil: "networkidle" });
  // Long enough for a page that would ask.
  await page.clock.runFor(20_000);
  await page.clock.resume();
  await page.waitForLoadState("networkidle");
  expect(asked.filter((path) => /offline-copy|service-worker/.test(path))).toEqual([]);
  expect(await kept(page)).toEqual({ workers: 0, caches: [] });

  await page.goto(`${host.address}privacy/`);
  await expect(page.getByText("Whoever built this copy of the site turned this off")).toBeVisible();
  await expect(page.getByRole("button", { name: /Keep the site|Turn off/ })).toHaveCount(0);
  await expect(page.getByText("their lists from pypi.org and their wheels from files.pythonhosted.org")).toBeVisible();
});

const app = `from flask import Flask
from left_pad import pad

app = Flask(__name__)


@app.get("/")
def index():
    return pad("5")
`;

// [threat: foreign-package]
test("a project gets packages from PyPI that the reader has agreed to, and runs with them on both sides", async ({
  page,
}) => {
  const pypi = new PypiStandIn([
    {
      name: "left-pad",
      version: "1.2",
      needs: ["wide-space>=1", "flask"],
      modules: { "left_pad.py": "from wide_space import SPACE\n\n\ndef pad(text):\n    return SPACE + text\n" },
    },
    { name: "wide-space", version: "1.0", modules: { "wide_space.py": 'SPACE = "_" * 4\n' } },
  ]);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(host.address) && !/^(?:data|blob):/.test(url)) elsewhere.push(url);
  });
  for (const origin of ["https://pypi.org", "https://files.pythonhosted.org"])
    await page.route(`${origin}/**`, (route) => {
      const { status, headers, body } = pypi.answer(route.request().url());
      return route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) });
    });
  await page.goto(`${host.address}your-app/`);
  const policy = await page.locator('meta[http-equiv="content-security-policy"]').getAttribute("content");
  expect(policy?.split("; ")).toContain("connect-src 'self' https://pypi.org https://files.pythonhosted.org");
  const text = (content: string) => new TextEncoder().encode(content);
  const dropped = zipOf("padded.zip", {
    "app.py": text(app),
    "requirements.txt": text("flask\nleft-pad~=1.0\nno-such-package\n"),
  });
  await page.getByLabel("Your project", { exact: true }).setInputFiles(dropped);
  const what = page.getByRole("region", { name: "What it is" });
  await expect(what).toContainText("left-pad: https://pypi.org/simple/left-pad/");
  expect(elsewhere).toEqual([]);

  await what.getByRole("button", { name: "Ask PyPI for 2 packages" }).click();
  await expect(what).toContainText("no-such-package was not added. PyPI has no package of this name.");
  await expect(what).toContainText("left-pad 1.2, 1 kB: https://files.pythonhosted.org/packages/left_pad-1.2");
  expect(elsewhere).toHaveLength(2);
  for (const next of ["left_pad-1.2", "https://pypi.org/simple/wide-space/", "wide_space-1.0"]) {
    await expect(what.locator(".project-pypi")).toContainText(next);
    await what.getByRole("button", { name: "Ask for 1 file" }).click();
  }
  await expect(what).toContainText("left-pad 1.2 and wide-space 1.0 are in the files now, in wheels/");
  await expect(what).toContainText("left-pad: 1.2, installed before the start");
  expect(elsewhere).toEqual(pypi.asked);
  expect(elsewhere).toHaveLength(5);

  await page.getByRole("button", { name: "Start both servers" }).click();
  const index = page.getByRole("list", { name: "Routes" }).getByRole("listitem").filter({ hasText: "GET /" });
  await expect(index.first()).toContainText("development 200, production 200", { timeout: boot });
  const production = page.getByRole("region", { name: "Production server", exact: true });
  await production.getByRole("button", { name: "Send one request" }).click();
  await expect(production.getByText("____5")).toBeVisible();
  expect(elsewhere).toHaveLength(5);
});
