/**
 * Ten minutes of load and kills in a real browser: `node scripts/soak.ts [seconds]`. The test itself is
 * `e2e/python/soak.spec.ts`; `npm test` runs a minute of it. The site has to be built.
 */
import { spawnSync } from "node:child_process";

const [seconds = "600"] = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ["node_modules/@playwright/test/cli.js", "test", "e2e/python/soak.spec.ts"],
  {
    stdio: "inherit",
    env: { ...process.env, SOAK_SECONDS: seconds },
  },
);
process.exitCode = status ?? 1;
