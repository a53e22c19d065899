/**
 * Finds the browsers that the tests run in: Chromium, on the PATH or as Playwright installed it, and Firefox on the
 * PATH. As a script, it installs them where it can.
 *
 *     node scripts/find-browser.ts
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const names = ["chromium", "chromium-browser", "google-chrome"];
const firefoxNames = ["firefox-esr", "firefox"];
/** The first Firefox whose WebAssembly can wait. */
const firstFirefox = 153;

const isRoot = process.getuid?.() === 0;

/** How the browser is started: quietly, and without what a test machine lacks. */
export const browserArguments: readonly string[] = [
  // Chromium's own sandbox refuses to start as root. The pages under test are ours.
  ...(isRoot ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of the first of these commands that is there. */
function onPathOf(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Path of Chromium, `undefined` if there is none yet. */
export function findBrowser(): string | undefined {
  const onPath = onPathOf(names);
  if (onPath !== undefined) return onPath;
  const installed = chromium.executablePath();
  return existsSync(installed) ? installed : undefined;
}

/** Path of a Firefox that can run labs, `undefined` if there is none. */
export function findFirefox(): string | undefined {
  const path = onPathOf(firefoxNames);
  if (path === undefined) return undefined;
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  const [, version] = /Firefox (\d+)/.exec(stdout) ?? [];
  return Number(version) >= firstFirefox ? path : undefined;
}

/** Whether Debian's own packages can be installed. */
const hasPackages = isRoot && existsSync("/etc/debian_version");

/** Installs a package of Debian. */
function installPackage(name: string): void {
  // Waits for whoever else installs something.
  const waiting = ["--option", "DPkg::Lock::Timeout=300"];
  run("apt-get", [...waiting, "update"]);
  run("apt-get", [...waiting, "install", "--yes", "--no-install-recommends", name]);
}

function run(command: string, rest: readonly string[]): void {
  spawnSync(command, rest, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}

if (import.meta.main) {
  if (findBrowser() === undefined) {
    console.log("No browser for the tests yet: installing Chromium.");
    if (hasPackages) installPackage("chromium");
    else run("npx", ["playwright", "install", "chromium"]);
  }
  const browser = findBrowser();
  if (browser === undefined) {
    console.error(
      `The browser tests need Chromium. Install it, so that one of these is on the PATH: ${names.join(", ")}.`,
    );
    process.exit(1);
  }
  console.log(`Browser: ${browser}`);
  if (findFirefox() === undefined && hasPackages) installPackage("firefox-esr");
  const firefox = findFirefox();
  const without = `none from version ${firstFirefox} on, so the tests in it are left out. Put firefox on the PATH.`;
  console.log(`Firefox: ${firefox ?? without}`);
}
