/** `ps`: a host has one user, so all processes that it shows are that one's. */
import type { CallResult } from "../../kernel/protocol.ts";
import type { NativeProgram, System } from "../../native/system.ts";

/** A process as the kernel tells of it. */
export type ProcessRow = CallResult<"processes">[number];

const stateLetters: Readonly<Record<string, string>> = {
  starting: "R",
  running: "R",
  waiting: "S",
  stopped: "T",
  zombie: "Z",
};

interface Wanted {
  readonly all: boolean;
  readonly columns: readonly { readonly name: string; readonly title: string }[];
  readonly forest: boolean;
  readonly headed: boolean;
  readonly pids: ReadonlySet<number> | undefined;
  readonly parents: ReadonlySet<number> | undefined;
  readonly command: string | undefined;
  readonly sort: string | undefined;
}

class UnknownOption extends Error {}

/** `ps`, with the options of BSD and of Unix; 1 if it shows no process or an option is unknown. */
export const ps: NativeProgram = async (system) => {
  let wanted: Wanted;
  try {
    wanted = wantedOf(system.args);
  } catch (error) {
    if (!(error instanceof UnknownOption)) throw error;
    await system.write(2, `error: ${error.message}\n\nUsage:\n ps [options]\n`);
    return 1;
  }
  const rows = sorted(selected(await system.processes(), wanted, system), wanted);
  const shown = wanted.forest ? asForest(rows) : rows.map((row) => ({ row, indent: "" }));
  await system.print(table(shown, wanted));
  return rows.length > 0 ? 0 : 1;
};

function selected(rows: readonly ProcessRow[], wanted: Wanted, system: System): ProcessRow[] {
  return rows.filter((row) => {
    if (wanted.pids !== undefined || wanted.parents !== undefined || wanted.command !== undefined) {
      return (
        wanted.pids?.has(row.pid) === true ||
        wanted.parents?.has(row.parent) === true ||
        wanted.command?.split(",").includes(nameOf(row))
      );
    }
    return wanted.all || row.session === system.session;
  });
}

function sorted(rows: ProcessRow[], { sort }: Wanted): ProcessRow[] {
  if (sort === undefined) return rows;
  const falling = sort.startsWith("-");
  const key = sort.replace(/^[-+]/, "");
  const value = (row: ProcessRow) =>
    /^(?:rss|%mem|pmem|vsz|size)$/.test(key) ? row.memory : key === "ppid" ? row.parent : row.pid;
  return rows.sort((a, b) => (falling ? value(b) - value(a) : value(a) - value(b)));
}

/** The name of what runs, without folders: that of a script which was started as a program. */
export function nameOf({ title }: ProcessRow): string {
  const script = /^\/(?:usr\/)?bin\/(?:ba|da)?sh (?:-\S+ )?\S*\/([^/ ]+)(?: |$)/.exec(title)?.[1];
  if (script !== undefined) return script.slice(0, longestName);
  return (title.split(" ")[0] ?? "").replace(/^.*\//, "").replace(/:$/, "");
}

/** As Linux keeps it, in characters. */
const longestName = 15;

const longValues = new Set(["ppid", "pid", "format", "sort", "cols", "columns", "width"]);
const longFlags = new Set(["forest", "no-headers", "no-heading", "headers"]);

function wantedOf(args: readonly string[]): Wanted {
  const given: Given = { flags: new Set(), values: new Map(), formats: [] };
  const { flags, values, formats } = given;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg.startsWith("--")) takeLong(arg, rest, given);
    else if (/^\d[\d,]*$/.test(arg)) values.set("pid", arg);
    else takeLetters(arg, rest, given);
  }
  const numbers = (name: string) => {
    const given = values.get(name);
    return given === undefined ? undefined : new Set(given.split(/[\s,]+/).map(Number));
  };
  const columns = formats.length > 0 ? formats.flatMap(columnsOf) : defaultColumns(flags);
  for (const { name } of columns) {
    if (!Object.hasOwn(titles, name)) throw new UnknownOption(`unknown user-defined format specifier "${name}"`);
  }
  return {
    all: ["a", "e", "A", "x"].some((flag) => flags.has(flag)),
    columns,
    forest: flags.has("forest") || flags.has("H"),
    headed: !flags.has("no-headers") && columns.some(({ title }) => title !== ""),
    pids: numbers("pid"),
    parents: numbers("ppid"),
    command: values.get("command"),
    sort: values.get("sort"),
  };
}

/** Options as they are found; formats are added to each other. */
interface Given {
  readonly flags: Set<string>;
  readonly values: Map<string, string>;
  readonly formats: string[];
}

function takeLong(arg: string, rest: string[], { flags, values, formats }: Given): void {
  const [name = "", inline] = arg.slice(2).split(/=(.*)/s);
  if (longValues.has(name)) {
    const value = inline ?? rest.shift() ?? "";
    if (name === "format") formats.push(value);
    else values.set(name, value);
  } else if (longFlags.has(name)) flags.add(name === "no-heading" ? "no-headers" : name);
  else throw new UnknownOption("unknown gnu long option");
}

function takeLetters(arg: string, rest: string[], given: Given): void {
  const dashed = arg.startsWith("-");
  const letters = dashed ? arg.slice(1) : arg;
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at);
    if ("opCqU".includes(letter) || arg === "-u") {
      takeValue(letter, letters.slice(at + 1) || rest.shift() || "", given);
      return;
    }
    if (letter === "f" && !dashed) given.flags.add("forest");
    else if ("auxefAjHwlLtTrhm".includes(letter)) given.flags.add(letter === "h" ? "no-headers" : letter);
    else throw new UnknownOption(dashed ? "unsupported SysV option" : "unsupported option (BSD syntax)");
  }
}

function takeValue(letter: string, value: string, { flags, values, formats }: Given): void {
  if (letter === "o") formats.push(value);
  else if (letter === "C") values.set("command", value);
  // All processes are of one user.
  else if (letter === "U" || letter === "u") flags.add("x");
  else values.set("pid", value);
}

function columnsOf(format: string): { name: string; title: string }[] {
  const named = format.split(/[\s,]+/).filter((each) => each !== "");
  return named.map((each) => {
    const [name = "", title] = each.split("=");
    return { name, title: title ?? titles[name] ?? "" };
  });
}

function defaultColumns(flags: ReadonlySet<string>): { name: string; title: string }[] {
  if (flags.has("u")) return columnsOf("user,pid,%cpu,%mem,vsz,rss,tty,stat,start,time,command");
  if (flags.has("f")) return columnsOf("uid,pid,ppid,c,stime,tty,time,cmd");
  if (flags.has("l")) return columnsOf("stat,uid,pid,ppid,tty,time,cmd");
  return ["a", "x"].some((flag) => flags.has(flag))
    ? columnsOf("pid,tty,stat,time,command")
    : columnsOf("pid,ppid,stat,cmd");
}

const titles: Readonly<Record<string, string>> = {
  user: "USER",
  uid: "UID",
  ruser: "RUSER",
  pid: "PID",
  ppid: "PPID",
  pgid: "PGID",
  pgrp: "PGRP",
  sid: "SID",
  sess: "SESS",
  stat: "STAT",
  state: "S",
  s: "S",
  start: "START",
  stime: "STIME",
  lstart: "STARTED",
  etime: "ELAPSED",
  etimes: "ELAPSED",
  time: "TIME",
  tty: "TTY",
  tt: "TT",
  c: "C",
  "%cpu": "%CPU",
  pcpu: "%CPU",
  "%mem": "%MEM",
  pmem: "%MEM",
  vsz: "VSZ",
  rss: "RSS",
  rsz: "RSZ",
  ni: "NI",
  nlwp: "NLWP",
  cmd: "CMD",
  args: "COMMAND",
  command: "COMMAND",
  comm: "COMMAND",
  ucmd: "CMD",
};

const right = new Set([
  "pid",
  "ppid",
  "pgid",
  "pgrp",
  "sid",
  "sess",
  "c",
  "%cpu",
  "pcpu",
  "%mem",
  "pmem",
  "vsz",
  "rss",
  "rsz",
  "ni",
  "etime",
  "etimes",
  "nlwp",
]);

function table(shown: readonly { row: ProcessRow; indent: string }[], { columns, headed }: Wanted): string {
  const cells = shown.map(({ row, indent }) => columns.map(({ name }) => cell(row, name, indent)));
  const head = columns.map(({ title }) => title);
  const widths = columns.map((_, index) =>
    Math.max(...[...(headed ? [head] : []), ...cells].map((row) => row[index]?.length ?? 0)),
  );
  return [...(headed ? [head] : []), ...cells]
    .map((row) => {
      const padded = row.map((text, index) => {
        const width = widths[index] ?? 0;
        return right.has(columns[index]?.name ?? "") ? text.padStart(width) : text.padEnd(width);
      });
      return `${padded.join(" ").trimEnd()}\n`;
    })
    .join("");
}

/** What is not known here is shown as nothing: how long a processor was busy, and what of all memory is taken. */
function cell(row: ProcessRow, column: string, indent: string): string {
  switch (column) {
    case "user":
    case "uid":
    case "ruser":
      return "student";
    case "pid":
      return String(row.pid);
    case "ppid":
      return String(row.parent);
    case "pgid":
    case "pgrp":
      return String(row.group);
    case "sid":
    case "sess":
      return String(row.session);
    case "stat":
      return `${stateLetters[row.state] ?? "?"}${row.session === row.pid ? "s" : ""}`;
    case "state":
    case "s":
      return stateLetters[row.state] ?? "?";
    case "start":
    case "stime":
      return new Date(row.started).toTimeString().slice(0, column === "start" ? 8 : 5);
    case "lstart":
      return new Date(row.started).toString().slice(0, 24);
    case "etime":
    case "etimes":
      return elapsed(Date.now() - row.started, column === "etimes");
    case "rss":
    case "rsz":
    case "vsz":
      return String(Math.round(row.memory / 1024));
    case "tty":
    case "tt":
      return "pts/0";
    case "nlwp":
      return "1";
    case "time":
    case "c":
    case "%cpu":
    case "pcpu":
    case "%mem":
    case "pmem":
    case "ni":
      return "-";
    case "comm":
    case "ucmd":
      return nameOf(row);
    default:
      return indent + (row.state === "zombie" ? `[${nameOf(row)}] <defunct>` : row.title);
  }
}

function elapsed(milliseconds: number, plain: boolean): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (plain) return String(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${two(hours)}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Children below their parents. */
function asForest(rows: readonly ProcessRow[]): { row: ProcessRow; indent: string }[] {
  const known = new Set(rows.map(({ pid }) => pid));
  const shown: { row: ProcessRow; indent: string }[] = [];
  const add = (row: ProcessRow, indent: string): void => {
    shown.push({ row, indent });
    for (const child of rows) {
      if (child.parent === row.pid && child !== row) add(child, indent === "" ? " \\_ " : `    ${indent}`);
    }
  };
  for (const row of rows) if (!known.has(row.parent) || row.parent === row.pid) add(row, "");
  return shown;
}
