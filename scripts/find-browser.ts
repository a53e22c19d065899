/**
 * Finds the browser that the tests run in: one on the PATH, else the one that Playwright installed. As a script, it
 * installs one where it can.
 *
 *     node scripts/find-browser.ts
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const names = ["chromium", "chromium-browser", "google-chrome"];

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

/** Path of the browser, `undefined` if there is none yet. */
export function findBrowser(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (onPath !== undefined) return onPath;
  const installed = chromium.executablePath();
  return existsSync(installed) ? installed : undefined;
}

/** Debian's own package where that is possible, else Playwright's download. */
function installBrowser(): void {
  const attempts =
    isRoot && existsSync("/etc/debian_version")
      ? [
          // Waits for whoever else installs something.
          ["apt-get", "--option", "DPkg::Lock::Timeout=300", "update"],
          ["apt-get", "--option", "DPkg::Lock::Timeout=300", "install", "--yes", "--no-install-recommends", "chromium"],
        ]
      : [["npx", "playwright", "install", "chromium"]];
  for (const [command = "", ...rest] of attempts) {
    spawnSync(command, rest, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  }
}

if (import.meta.main) {
  if (findBrowser() === undefined) {
    console.log("No browser for the tests yet: installing Chromium.");
    installBrowser();
  }
  const browser = findBrowser();
  if (browser === undefined) {
    console.error(
      `The browser tests need Chromium. Install it, so that one of these is on the PATH: ${names.join(", ")}.`,
    );
    process.exit(1);
  }
  console.log(`Browser: ${browser}`);
}
