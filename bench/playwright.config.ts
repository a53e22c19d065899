import { fileURLToPath } from "node:url";
import base from "../playwright.config.ts";

/** Commands of the tests' own settings are meant for the project's folder. */
const cwd = fileURLToPath(new URL("..", import.meta.url));

/** The built site as the tests see it; what is run measures and does not judge. */
export default {
  ...base,
  webServer: [base.webServer ?? []].flat().map((server) => ({ ...server, cwd })),
  testDir: "rows",
  testMatch: "**/*.ts",
  outputDir: "../test-results",
  timeout: 300_000,
  use: { ...base.use, trace: "off" as const },
};
