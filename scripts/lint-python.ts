/**
 * Lints the project's Python files, compares their form with the formatter's, and checks their types. `--write` formats
 * them. Programs of labs are left out: they look as a reader would write them.
 *
 * Ruff and pyright both come from npm, and neither needs a Python.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";

const folders = ["src", "linux", "scripts", "bench", ":(glob)e2e/reference/*.py", "testing"];

const settings = {
  "line-length": 120,
  "target-version": "py314",
  lint: {
    select: ["E", "W", "F", "I", "B", "UP", "C4", "PIE", "RET", "SIM", "PLE", "PLW", "RUF"],
    ignore: [
      "PLW0603", // The modules of an interpreter keep their state where the C modules keep theirs.
      "RUF023", // Slots stand in the order in which they are explained.
      "SIM105", // `contextlib` is one more import of every process that starts.
      "SIM108",
      "SIM905", // A list of forty names is read more easily as a text.
      "RUF021",
      "RET503", // A function that follows C's falls off its end where C's does.
    ],
  },
};

/** What ruff says of a file, as far as it is shown. */
interface Finding {
  readonly code: string | null;
  readonly message: string;
  readonly start_location: { readonly row: number; readonly column: number };
}

function isFinding(value: unknown): value is Finding {
  const place: unknown = Reflect.get(Object(value), "start_location");
  return (
    typeof Reflect.get(Object(value), "message") === "string" && typeof Reflect.get(Object(place), "row") === "number"
  );
}

function pythonFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...folders], {
    encoding: "utf8",
  });
  // What the checklist is tried on has its faults on purpose.
  return listed.split("\n").filter((path) => path.endsWith(".py") && !path.startsWith("src/tools/audit/testing/"));
}

/** The faults of one file, a line each. */
function faultsOf(ruff: Workspace, path: string, write: boolean): string[] {
  const source = readFileSync(path, "utf8");
  const found: unknown = ruff.check(source);
  if (!Array.isArray(found)) throw new Error(`ruff answered for ${path} with no list`);
  const faults = found.filter(isFinding).map(({ code, message, start_location: { row, column } }) => {
    return `${path}:${row}:${column} ${code ?? "syntax"}: ${message}`;
  });
  // What is no Python has no form.
  if (found.some((each) => Reflect.get(Object(each), "code") === "invalid-syntax")) return faults;
  const formatted = ruff.format(source);
  if (formatted === source) return faults;
  if (write) writeFileSync(path, formatted);
  else faults.push(`${path}:${firstDifference(source, formatted)} is not as the formatter has it: npm run format`);
  return faults;
}

/** The number of the first line that differs. */
function firstDifference(source: string, formatted: string): number {
  const lines = formatted.split("\n");
  return source.split("\n").findIndex((line, index) => line !== lines[index]) + 1;
}

const write = process.argv.includes("--write");
const ruff = new Workspace(settings, PositionEncoding.Utf16);
const files = pythonFiles();
const faults = files.flatMap((path) => faultsOf(ruff, path, write));
for (const fault of faults) console.error(fault);
const types = write ? 0 : spawnSync("pyright", ["--warnings"], { stdio: "inherit" }).status;
if (faults.length > 0 || types !== 0) process.exit(1);
console.log(`Python: ${files.length} files, no faults`);
