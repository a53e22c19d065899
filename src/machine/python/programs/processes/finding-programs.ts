/** Programs that find processes by their names: `pgrep`, `pkill`, `pidof`, `killall`. */
import type { NativeProgram, System } from "../../native/system.ts";
import { type Options, parseOptions, UsageError } from "../options.ts";
import { signalNumber } from "./kill.ts";
import { nameOf, type ProcessRow } from "./ps.ts";

const known = {
  flags: "faxlcnoviuw",
  values: "PgstdF",
  long: {
    full: "f",
    exact: "x",
    count: "c",
    newest: "n",
    oldest: "o",
    parent: "P",
    signal: "s",
    "list-full": "a",
    "list-name": "l",
    "ignore-case": "i",
    inverse: "v",
  },
};

/** `-HUP` and `-9`, as the option that they stand for. */
function withSignal(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    const name = /^-(?:SIG)?([A-Z][A-Z0-9]+|\d+)$/.exec(arg)?.[1];
    return name !== undefined && signalNumber(name) !== undefined ? ["-s", name] : [arg];
  });
}

async function matching(system: System, { flags, values, operands: [pattern] }: Options): Promise<ProcessRow[]> {
  const parents = values.get("P")?.split(",").map(Number);
  if (pattern === undefined && parents === undefined) throw new UsageError("no matching criteria specified");
  let expression: RegExp;
  try {
    expression = new RegExp(flags.has("x") ? `^(?:${pattern ?? ""})$` : (pattern ?? ""), flags.has("i") ? "i" : "");
  } catch {
    throw new UsageError(`invalid pattern: ${pattern}`);
  }
  const found = (await system.processes()).filter((row) => {
    if (row.pid === system.pid || row.state === "zombie") return false;
    const named =
      expression.test(flags.has("f") ? row.title : nameOf(row)) &&
      (parents === undefined || parents.includes(row.parent));
    return named !== flags.has("v");
  });
  const byAge = [...found].sort((a, b) => a.started - b.started || a.pid - b.pid);
  if (flags.has("o")) return byAge.slice(0, 1);
  return flags.has("n") ? byAge.slice(-1) : found;
}

function finding(
  run: (system: System, options: Options, found: readonly ProcessRow[]) => Promise<void>,
): NativeProgram {
  return async (system) => {
    try {
      const options = parseOptions(withSignal(system.args), known);
      const found = await matching(system, options);
      await run(system, options, found);
      return found.length > 0 ? 0 : 1;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await system.complain(error.message);
      await system.write(2, `Try \`${system.name} --help' for more information.\n`);
      return 2;
    }
  };
}

/** `pgrep PATTERN`: the pids of processes whose names match; 1 if there are none. */
export const pgrep = finding(async (system, { flags, values }, found) => {
  if (flags.has("c")) {
    await system.print(`${found.length}\n`);
    return;
  }
  const shown = (row: ProcessRow) =>
    flags.has("a") ? `${row.pid} ${row.title}` : flags.has("l") ? `${row.pid} ${nameOf(row)}` : String(row.pid);
  const text = found.map(shown).join(values.get("d") ?? "\n");
  if (text !== "") await system.print(`${text}\n`);
});

/** `pkill [-SIGNAL] PATTERN`: sends a signal to processes whose names match. */
export const pkill = finding(async (system, { values }, found) => {
  const signal = signalNumber(values.get("s") ?? "TERM");
  if (signal === undefined) throw new UsageError(`unknown signal: ${values.get("s")}`);
  for (const { pid } of found) await system.kill(pid, signal);
});

/** `pidof NAME…`: the pids of programs of exactly these names, on one line. */
export const pidof: NativeProgram = async (system) => {
  const names = system.args.filter((arg) => !arg.startsWith("-"));
  const rows = await system.processes();
  const found = rows.filter(
    (row) => row.state !== "zombie" && names.some((name) => name === nameOf(row) || row.title.split(" ")[0] === name),
  );
  if (found.length === 0) return 1;
  const pids = found.map(({ pid }) => pid).reverse();
  await system.print(`${(system.args.includes("-s") ? pids.slice(0, 1) : pids).join(" ")}\n`);
  return 0;
};

/** `killall [-SIGNAL] NAME…`: sends a signal to programs of exactly these names. */
export const killall: NativeProgram = async (system) => {
  let signal = 15;
  const names: string[] = [];
  const args = withSignal(system.args);
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "-s") {
      at += 1;
      signal = signalNumber(args[at] ?? "") ?? 15;
    } else if (/^-[eqvw]+$/.test(arg)) continue;
    else if (arg.startsWith("-")) {
      await system.complain(`unknown option: ${arg}`);
      return 1;
    } else names.push(arg);
  }
  const rows = await system.processes();
  let status = names.length > 0 ? 0 : 1;
  for (const name of names) {
    const found = rows.filter((row) => nameOf(row) === name && row.state !== "zombie");
    if (found.length === 0) {
      await system.write(2, `${name}: no process found\n`);
      status = 1;
    }
    for (const { pid } of found) await system.kill(pid, signal);
  }
  return status;
};
