import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser, findFirefox, findWebKit } from "./scripts/find-browser.ts";
import { specsInFirefox, specsOf } from "./scripts/spec-projects.ts";
import { everythingShown } from "./testing/browser/everything-shown.ts";

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error("There is no browser yet. Run: node scripts/find-browser.ts");

// Chosen once, and inherited by the workers: so that two runs on one computer do not meet.
process.env["E2E_PORT"] ??= String(20_000 + (process.pid % 20_000));
const port = process.env["E2E_PORT"];
const base = "/some/course/";
const root = `http://127.0.0.1:${port}${base}`;

/** Starts a browser that leaves the processor to those who measure. */
const besideBrowser = fileURLToPath(new URL("testing/browser/beside-browser.sh", import.meta.url));

/** Whoever runs beside leaves the processor to those who measure: it has the smaller part of it. */
const beside = {
  launchOptions: {
    executablePath: besideBrowser,
    args: [...browserArguments],
    env: { ...process.env, BESIDE_BROWSER: executablePath },
  },
};

// Asked for its version once, and inherited by the workers. Where there is none, `scripts/find-browser.ts` has said so.
process.env["E2E_FIREFOX"] ??= findFirefox() ?? "";
const firefox = process.env["E2E_FIREFOX"];
/** Firefox, for what runs there, too. */
const inFirefox = {
  name: "firefox",
  testMatch: specsInFirefox(),
  workers: 1,
  use: {
    browserName: "firefox" as const,
    channel: "moz-firefox",
    launchOptions: {
      executablePath: besideBrowser,
      args: [],
      // BiDi of this Firefox has no word for it.
      firefoxUserPrefs: { "ui.prefersReducedMotion": 1 },
      env: {
        ...process.env,
        BESIDE_BROWSER: fileURLToPath(new URL("testing/browser/firefox.sh", import.meta.url)),
        FIREFOX: firefox,
      },
    },
  },
};

/** WebKit, for what its readers see. These tests start it themselves: Playwright does not know it. */
const inWebKit = { name: "webkit", testMatch: specsOf("webkit"), workers: 1 };

/** The built site in a real browser, on a plain static host, in a folder somewhere below its root. */
export default defineConfig({
  testDir: "e2e",
  // Pages with a machine are heavy: of those that measure one runs at a time, so that timings mean something. Beside it
  // run two of the others; the many small specs come last, so that both are at work until the end.
  workers: 3,
  projects: [
    { name: "labs", testMatch: specsOf("labs"), workers: 1 },
    { name: "waiting", testMatch: specsOf("waiting"), workers: 1, use: beside },
    ...(firefox === "" ? [] : [inFirefox]),
    ...(findWebKit() ? [inWebKit] : []),
    { name: "node", testMatch: specsOf("node"), workers: 1, use: beside },
    { name: "beside", testMatch: specsOf("beside"), workers: 2, use: beside },
  ],
  // Once more in CI, whose computer is shared: what passes only then is listed as flaky, and is a bug to be found.
  retries: process.env["CI"] === undefined ? 0 : 1,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
  // Three browsers share the processor, and those beside the labs have the smaller part of it.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: root,
    storageState: everythingShown(root),
    // To draw every frame of a lab takes a fifth of a core. What moves is drawn in the tests about it.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath, args: [...browserArguments] },
    // A trace films each page: that costs as much of the processor as the servers do. To see one: --trace on.
    screenshot: "only-on-failure",
    // A worker would answer for the host, and keep the whole site for each test. Tests about it allow it.
    serviceWorkers: "block",
  },
  webServer: {
    command: `node scripts/serve.ts --port ${port} --base ${base}`,
    url: root,
    reuseExistingServer: false,
  },
});
