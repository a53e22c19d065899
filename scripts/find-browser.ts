/**
 * Finds the browsers that the tests run in: Chromium, on the PATH or as Playwright installed it, and Firefox and
 * WebKit's driver on the PATH. As a script, it installs them where it can, and says what to do where it cannot.
 *
 *     node scripts/find-browser.ts
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { type PackagedBrowser, packagedBrowsers, testsLeftOut, withoutChromium } from "./missing-browsers.ts";

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
  const onPath = onPathOf(packagedBrowsers.chromium.commands);
  if (onPath !== undefined) return onPath;
  const installed = chromium.executablePath();
  return existsSync(installed) ? installed : undefined;
}

/** Path of a Firefox that can run labs, `undefined` if there is none. */
export function findFirefox(): string | undefined {
  const path = onPathOf(packagedBrowsers.firefox.commands);
  if (path === undefined) return undefined;
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  const [, version] = /Firefox (\d+)/.exec(stdout) ?? [];
  return Number(version) >= packagedBrowsers.firefox.from ? path : undefined;
}

/** Paths of WebKit's driver, which brings the browser, and of a screen for it; `undefined` if one of them is missing. */
export function findWebKit(): { readonly driver: string; readonly screen: string } | undefined {
  const [driver, screen] = packagedBrowsers.webkit.commands.map((command) => onPathOf([command]));
  return driver === undefined || screen === undefined ? undefined : { driver, screen };
}

/** Where Debian's packages are used, or those of a system made from it. */
const hasApt = existsSync("/etc/debian_version");

/** Installs packages of Debian. What goes wrong, `apt-get` says itself. */
function installPackages({ name, packages }: PackagedBrowser): void {
  console.log(`No ${name} for the tests yet: installing ${packages.join(" and ")}.`);
  // Waits for whoever else installs something.
  const waiting = ["--option", "DPkg::Lock::Timeout=300"];
  run("apt-get", [...waiting, "update"]);
  run("apt-get", [...waiting, "install", "--yes", "--no-install-recommends", ...packages]);
}

function run(command: string, rest: readonly string[]): void {
  spawnSync(command, rest, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}

/** The three, and the path of each that is there. */
const searches: readonly (readonly [browser: PackagedBrowser, find: () => string | undefined])[] = [
  [packagedBrowsers.chromium, findBrowser],
  [packagedBrowsers.firefox, findFirefox],
  [packagedBrowsers.webkit, () => findWebKit()?.driver],
];

if (import.meta.main) {
  for (const [browser, find] of searches) if (find() === undefined && isRoot && hasApt) installPackages(browser);
  if (findBrowser() === undefined) {
    console.log("No Chromium for the tests yet: Playwright is asked for one.");
    run("npx", ["playwright", "install", "chromium"]);
  }
  const missing = searches.flatMap(([browser, find]) => (find() === undefined ? browser : []));
  if (missing.includes(packagedBrowsers.chromium)) {
    console.error(withoutChromium(missing, { hasApt, isRoot }));
    process.exit(1);
  }
  for (const [browser, find] of searches)
    console.log(`${browser.name}: ${find() ?? testsLeftOut(browser, { hasApt, isRoot })}`);
}
