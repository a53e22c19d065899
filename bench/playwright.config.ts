import { fileURLToPath } from "node:url";
import base from "../playwright.config.ts";

/** Commands of the tests' own settings are meant for the project's folder. */
const cwd = fileURLToPath(new URL("..", import.meta.url));

// Projects sort the browser tests, and would find none of these files.
const { projects: _projects, ...settings } = base;

/** The built site as the tests see it; what is run measures and does not judge. */
export default {
  ...settings,
  webServer: [settings.webServer ?? []].flat().map((server) => ({ ...server, cwd })),
  testDir: "rows",
  testMatch: "**/*.ts",
  workers: 1,
  outputDir: "../test-results",
  timeout: 300_000,
  // As most readers have it, what moves is drawn.
  use: { ...settings.use, contextOptions: { reducedMotion: "no-preference" as const }, trace: "off" as const },
};
