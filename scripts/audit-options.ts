/**
 * Writes `src/tools/audit/options/*.json`: the options of gunicorn, waitress and `flask run`, as the parsers of the
 * pinned packages name them. The audit has no Python to ask when it reads a command line. To be run again after an
 * update of `python/requirements.txt`; `src/tools/audit/options.test.ts` says so.
 *
 *     npm run audit:options
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { nativePython } from "./native-python.ts";

const { bin, env } = nativePython();
const { status, stdout, stderr } = spawnSync(`${bin}/python`, ["scripts/audit-options.py"], {
  encoding: "utf8",
  env: { ...process.env, ...env },
});
if (status !== 0) throw new Error(`The packages could not be asked for their options.\n${stderr}`);
const tables: Record<string, unknown> = JSON.parse(stdout);
for (const [name, table] of Object.entries(tables)) {
  const path = `src/tools/audit/options/${name}.json`;
  writeFileSync(path, `${JSON.stringify(table, null, 2)}\n`);
  console.log(`Written: ${path}`);
}
spawnSync("npx", ["biome", "format", "--write", "src/tools/audit/options"], { stdio: "inherit" });
