/** Programs about processes. */
import type { CallResult } from "../../kernel/protocol.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { parseOptions, UsageError, withOptions } from "../options.ts";
import { signalNumber } from "./kill.ts";

type ProcessRow = CallResult<"processes">[number];

const stateLetters: Readonly<Record<string, string>> = {
  starting: "R",
  running: "R",
  waiting: "S",
  stopped: "T",
  zombie: "Z",
};

/** `ps`, `ps aux`, `ps -ef`, `ps -o pid,ppid,stat,cmd`: a host has one user, so all processes that it shows are that one's. */
export const ps: NativeProgram = async (system) => {
  const args = system.args.map((arg, index) => (index === 0 && /^[a-z]+$/.test(arg) ? `-${arg}` : arg));
  try {
    const { flags, values } = parseOptions(args, { flags: "auxefAjHw", values: "op" });
    const all = flags.has("a") || flags.has("e") || flags.has("A") || flags.has("x");
    const rows = (await system.processes()).filter(({ pid, session }) => {
      const wanted = values.get("p")?.split(",").map(Number);
      if (wanted !== undefined) return wanted.includes(pid);
      return all || session === system.session;
    });
    const columns = values.get("o")?.split(",") ?? defaultColumns(flags);
    await system.print(table(rows, columns));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await system.write(2, `error: ${error.message}\n\nUsage:\n ps [options]\n`);
    return 1;
  }
};

function defaultColumns(flags: ReadonlySet<string>): string[] {
  if (flags.has("u")) return ["user", "pid", "stat", "start", "cmd"];
  if (flags.has("f")) return ["user", "pid", "ppid", "start", "cmd"];
  return ["pid", "ppid", "stat", "cmd"];
}

const titles: Readonly<Record<string, string>> = {
  user: "USER",
  pid: "PID",
  ppid: "PPID",
  pgid: "PGID",
  sid: "SID",
  stat: "STAT",
  state: "S",
  start: "START",
  cmd: "CMD",
  args: "COMMAND",
  command: "COMMAND",
  comm: "COMMAND",
};

function table(rows: readonly ProcessRow[], columns: readonly string[]): string {
  for (const column of columns) {
    if (titles[column] === undefined) throw new UsageError(`unknown user-defined format specifier "${column}"`);
  }
  const cells = [
    columns.map((column) => titles[column] ?? ""),
    ...rows.map((row) => columns.map((column) => cell(row, column))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  const right = new Set(["pid", "ppid", "pgid", "sid"]);
  return cells
    .map((row) => {
      const padded = row.map((text, index) => {
        const width = widths[index] ?? 0;
        return right.has(columns[index] ?? "") ? text.padStart(width) : text.padEnd(width);
      });
      return `${padded.join(" ").trimEnd()}\n`;
    })
    .join("");
}

function cell(row: ProcessRow, column: string): string {
  switch (column) {
    case "user":
      return "student";
    case "pid":
      return String(row.pid);
    case "ppid":
      return String(row.parent);
    case "pgid":
      return String(row.group);
    case "sid":
      return String(row.session);
    case "stat":
      return `${stateLetters[row.state] ?? "?"}${row.session === row.pid ? "s" : ""}`;
    case "state":
      return stateLetters[row.state] ?? "?";
    case "start":
      return new Date(performance.timeOrigin + row.started).toTimeString().slice(0, 8);
    case "comm":
      return (row.title.split(" ")[0] ?? "").replace(/^.*\//, "");
    default:
      return row.state === "zombie" ? `[${row.title.split(" ")[0]}] <defunct>` : row.title;
  }
}

async function matching(system: System, pattern: string, whole: boolean, exact: boolean): Promise<ProcessRow[]> {
  const expression = new RegExp(exact ? `^(?:${pattern})$` : pattern);
  return (await system.processes()).filter(({ pid, title, state }) => {
    // A server that renames itself, as gunicorn would with setproctitle, is found by what it calls itself.
    const name = (title.split(" ")[0] ?? "").replace(/^.*\//, "").replace(/:$/, "");
    return pid !== system.pid && state !== "zombie" && expression.test(whole ? title : name);
  });
}

export const pgrep = withOptions({ flags: "flaxn" }, async (system, { flags, operands: [pattern] }) => {
  if (pattern === undefined) {
    await system.complain("no matching criteria specified");
    return 2;
  }
  const found = await matching(system, pattern, flags.has("f"), flags.has("x"));
  const shown = ({ pid, title }: ProcessRow) => (flags.has("a") || flags.has("l") ? `${pid} ${title}\n` : `${pid}\n`);
  await system.print(found.map(shown).join(""));
  return found.length > 0 ? 0 : 1;
});

export const pkill: NativeProgram = async (system) => {
  const [first, ...rest] = system.args;
  const signal = first?.startsWith("-") ? signalNumber(first.slice(1)) : undefined;
  const args = signal === undefined ? system.args : rest;
  const pattern = args.find((arg) => !arg.startsWith("-"));
  if (pattern === undefined) {
    await system.complain("no matching criteria specified");
    return 2;
  }
  const found = await matching(system, pattern, args.includes("-f"), args.includes("-x"));
  for (const { pid } of found) await system.kill(pid, signal ?? signalNumber("TERM") ?? 15);
  return found.length > 0 ? 0 : 1;
};

const units: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

export const sleep: NativeProgram = async (system) => {
  if (system.args.length === 0) {
    await system.complain("missing operand");
    return 1;
  }
  let seconds = 0;
  for (const arg of system.args) {
    const [whole, number, unit = ""] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(arg) ?? [];
    if (whole === undefined) {
      await system.complain(`invalid time interval '${arg}'`);
      return 1;
    }
    seconds += Number(number) * (units[unit] ?? 1);
  }
  await system.sleep(Math.min(seconds * 1000, 2 ** 31 - 1));
  return 0;
};

/** `xargs kill`: its input as arguments of a command. */
export const xargs: NativeProgram = async (system) => {
  const argv = system.args.length > 0 && !system.args[0]?.startsWith("-") ? system.args : ["echo"];
  const input = new TextDecoder().decode(await system.readAll(0));
  const words = input.split(/\s+/).filter((word) => word !== "");
  const fds = [0, 1, 2].map((fd) => ({ child: fd, parent: fd }));
  const pid = await system.spawn({ argv: [...argv, ...words], env: system.env, cwd: system.cwd, fds });
  const told = await system.waitpid(pid, { noHang: false, untraced: false });
  return told === null ? 1 : told.status >> 8;
};
