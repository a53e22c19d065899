/**
 * Finds the browsers that the tests run in: those on the PATH, else those that Playwright installed. As a script, it
 * installs them where it can. Without Chromium there are no browser tests; without Firefox its part is left out, and
 * that is said.
 *
 *     node scripts/find-browser.ts
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, firefox } from "@playwright/test";

const chromiumNames = ["chromium", "chromium-browser", "google-chrome"];
const firefoxNames = ["firefox-esr", "firefox"];

/** The first Firefox whose WebAssembly can wait (JSPI). */
const firstFirefox = 153;

const isRoot = process.getuid?.() === 0;

/** How Chromium is started: quietly, and without what a test machine lacks. */
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

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Path of Chromium, `undefined` if there is none yet. */
export function findBrowser(): string | undefined {
  const found = onPath(chromiumNames);
  if (found !== undefined) return found;
  const installed = chromium.executablePath();
  return existsSync(installed) ? installed : undefined;
}

/** A Firefox that can run labs. */
export interface FoundFirefox {
  readonly path: string;
  /** Whether it is Playwright's own build: an ordinary one is driven by WebDriver BiDi. */
  readonly isPlaywrights: boolean;
}

/** `undefined` if there is none yet, or only one that is too old. */
export function findFirefox(): FoundFirefox | undefined {
  const found = onPath(firefoxNames);
  if (found !== undefined && versionOf(found) >= firstFirefox) return { path: found, isPlaywrights: false };
  const installed = firefox.executablePath();
  return existsSync(installed) && versionOf(installed) >= firstFirefox
    ? { path: installed, isPlaywrights: true }
    : undefined;
}

function versionOf(path: string): number {
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return Number(/Firefox (\d+)/.exec(stdout ?? "")?.[1] ?? 0);
}

/** Debian's own package where that is possible, else Playwright's download. */
function install(debianPackage: string, playwrights: string): void {
  // Waits for whoever else installs something.
  const apt = ["apt-get", "--option", "DPkg::Lock::Timeout=300"];
  const attempts =
    isRoot && existsSync("/etc/debian_version")
      ? [
          [...apt, "update"],
          [...apt, "install", "--yes", "--no-install-recommends", debianPackage],
        ]
      : [["npx", "playwright", "install", playwrights]];
  for (const [command = "", ...rest] of attempts) {
    spawnSync(command, rest, {
      stdio: "inherit",
      shell: process.platform === "win32",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
}

if (import.meta.main) {
  if (findBrowser() === undefined) {
    console.log("No browser for the tests yet: installing Chromium.");
    install("chromium", "chromium");
  }
  if (findFirefox() === undefined) {
    console.log("No Firefox for the tests yet: installing it.");
    install("firefox-esr", "firefox");
  }
  const browser = findBrowser();
  if (browser === undefined) {
    console.error(
      `The browser tests need Chromium. Install it, so that one of these is on the PATH: ${chromiumNames.join(", ")}.`,
    );
    process.exit(1);
  }
  console.log(`Browser: ${browser}`);
  console.log(
    `Firefox: ${findFirefox()?.path ?? `left out, for there is none of version ${firstFirefox} or newer on the PATH.`}`,
  );
}
