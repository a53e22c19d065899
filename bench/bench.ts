/**
 * Measures the page beside the native servers and prints a table. Never fails: figures are for reading.
 *
 *     npm run bench                   everything, from the built site, which it builds first
 *     npm run bench -- visit boot     only the files of `rows/` with these names
 *
 * `BENCH_ROUNDS` is how often each figure is taken (default 5); the table shows medians.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { findBrowser } from "../scripts/find-browser.ts";
import { nativePython } from "../scripts/native-python.ts";
import { printTable } from "./print-table.ts";
import { type Row, rowsFile } from "./row.ts";

function measure(): void {
  if (findBrowser() === undefined) spawnSync(process.execPath, ["scripts/find-browser.ts"], { stdio: "inherit" });
  mkdirSync("build", { recursive: true });
  rmSync(rowsFile, { force: true });
  const names = process.argv.slice(2).map((name) => `bench/rows/${name}.ts`);
  const cli = "node_modules/@playwright/test/cli.js";
  const config = ["--config", "bench/playwright.config.ts"];
  spawnSync(process.execPath, [cli, "test", ...config, ...names], { stdio: "inherit" });
}

function rows(): readonly Row[] {
  if (!existsSync(rowsFile)) return [];
  const lines = readFileSync(rowsFile, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

function pythonLine(): string {
  try {
    const { version } = nativePython();
    const same = version.startsWith("3.14.") ? "the page's version" : "the page runs 3.14";
    return `native CPython ${version} (${same}) with the packages of python/requirements.txt`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

measure();
console.log(`\n${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, ${pythonLine()}\n`);
printTable(rows());
