/** Programs that change files and folders, in GNU's words. */
import { SyscallError } from "../../kernel/errno.ts";
import type { FileStatus } from "../../kernel/files/files.ts";
import { devicePaths } from "../../kernel/protocol.ts";
import { descriptorOfPath } from "../../native/descriptor-paths.ts";
import type { System } from "../../native/system.ts";
import { timeOf } from "../date.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { contentOfInput } from "../text/each-input.ts";
import { kindName } from "./file-kinds.ts";
import { rights } from "./rights.ts";

/** What a program does not do, in its own words. */
class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Does something with each operand, and prints what that says; the exit code says whether all went well. */
async function each(
  system: System,
  operands: readonly string[],
  act: (name: string, path: string) => string | undefined | Promise<string | undefined>,
  failed: (name: string) => string,
): Promise<number> {
  if (operands.length === 0) throw new UsageError(system.name === "touch" ? "missing file operand" : "missing operand");
  let code = 0;
  for (const name of operands) {
    try {
      const said = await act(name, system.path(name));
      if (said !== undefined) await system.print(said);
    } catch (error) {
      if (!(error instanceof SyscallError || error instanceof Refusal)) throw error;
      await system.complain(error instanceof Refusal ? error.message : `${failed(name)}: ${error.message}`);
      code = 1;
    }
  }
  system.flush();
  return code;
}

/** Asks, and reads a line; whether that means yes. */
async function agrees(system: System, question: string): Promise<boolean> {
  await system.write(2, `${system.name}: ${question}? `);
  const bytes: number[] = [];
  for (let chunk = await system.read(0); chunk !== null; chunk = await system.read(0)) {
    const end = chunk.indexOf(0x0a);
    bytes.push(...(end === -1 ? chunk : chunk.subarray(0, end)));
    if (end === -1) continue;
    system.descriptors.unread(0, chunk.slice(end + 1));
    break;
  }
  return /^[yY]/.test(new TextDecoder().decode(Uint8Array.from(bytes)));
}

/** `mkdir [-p] [-v] [-m MODE] FOLDER…`. */
export const mkdir = withOptions(
  { flags: "pv", values: "m", long: { parents: "p", verbose: "v", mode: "m" } },
  (system, { flags, values, operands }) =>
    each(
      system,
      operands,
      (name, path) => {
        const made: string[] = [];
        const given = values.get("m");
        const mode = given === undefined ? 0o777 & ~system.umask : changedMode(0o777, given);
        if (flags.has("p")) makeAbove(system, path, name, made);
        if (!flags.has("p") || !system.files.isFolder(path)) {
          system.files.create(path, "directory", mode);
          made.push(name);
        }
        return flags.has("v") ? made.map((each) => `mkdir: created directory '${each}'\n`).join("") : undefined;
      },
      (name) => `cannot create directory ‘${name}’`,
    ),
);

/** `mkfifo [-m MODE] NAME…`. */
export const mkfifo = withOptions({ flags: "", values: "m", long: { mode: "m" } }, (system, { values, operands }) =>
  each(
    system,
    operands,
    async (_name, path) => {
      const given = values.get("m");
      const mode = given === undefined ? 0o666 & ~system.umask : changedMode(0o666, given);
      await system.call("makeFifo", { path, mode });
      return undefined;
    },
    (name) => `cannot create fifo '${name}'`,
  ),
);

/** Makes the folders that a path goes through. What was made is noted as it was written. */
function makeAbove(system: System, path: string, name: string, made: string[]): void {
  const parts = path.split("/");
  const written = name.replace(/\/+$/, "").split("/");
  for (let length = 2; length < parts.length; length += 1) {
    const above = parts.slice(0, length).join("/");
    if (system.files.isFolder(above)) continue;
    system.files.create(above, "directory", 0o777 & ~system.umask);
    made.push(written.slice(0, written.length - (parts.length - length)).join("/"));
  }
}

/** `rmdir [-p] FOLDER…`, which have to be empty. */
export const rmdir = withOptions({ flags: "pv", long: { parents: "p", verbose: "v" } }, (system, { flags, operands }) =>
  each(
    system,
    operands.flatMap((name) => (flags.has("p") ? withParents(name) : [name])),
    (name, path) => {
      if (system.files.status(path) !== undefined && !system.files.isFolder(path)) throw new SyscallError("ENOTDIR");
      system.files.unlink(path);
      return flags.has("v") ? `rmdir: removing directory, '${name}'\n` : undefined;
    },
    (name) => (operands.includes(name) ? `failed to remove '${name}'` : `failed to remove directory '${name}'`),
  ),
);

function withParents(name: string): string[] {
  const parts = name.replace(/\/+$/, "").split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/")).filter((each) => each !== "");
}

/** `rm [-rf] [-i] [-I] [-v] PATH…`. */
export const rm = withOptions(
  { flags: "rRfivdI", long: { recursive: "r", force: "f", verbose: "v", dir: "d" } },
  async (system, { flags, operands }) => {
    const isThere = (name: string) => system.files.status(system.path(name), "keep") !== undefined;
    const named = flags.has("f") ? operands.filter(isThere) : operands;
    if (named.length === 0 && flags.has("f")) return 0;
    // Of -f and -i the last counts.
    const letters = system.args.filter((arg) => /^-\w/.test(arg)).join("");
    const asks = letters.lastIndexOf("i") > letters.lastIndexOf("f");
    const isRecursive = flags.has("r") || flags.has("R");
    const many = flags.has("I") && !flags.has("f") && (named.length > 3 || isRecursive);
    const what = `${named.length} argument${named.length === 1 ? "" : "s"}${isRecursive ? " recursively" : ""}`;
    if (many && !(await agrees(system, `remove ${what}`))) return 0;
    return each(
      system,
      named,
      async (name, path) => {
        const said: string[] = [];
        const status = system.files.status(path, "keep");
        if (asks && status !== undefined && !(await agrees(system, `remove ${kindName(status)} '${name}'`)))
          return undefined;
        if (isRecursive && /(?:^|\/)\.\.?\/*$/.test(name)) {
          throw new Refusal(`refusing to remove '.' or '..' directory: skipping '${name}'`);
        }
        if (status?.type !== "directory") {
          system.files.unlink(path);
          said.push(`removed '${name}'\n`);
        } else if (isRecursive) removeFolder(system, path, name, said);
        else if (flags.has("d")) system.files.unlink(path);
        else throw new SyscallError("EISDIR");
        return flags.has("v") ? said.join("") : undefined;
      },
      (name) => `cannot remove '${name}'`,
    );
  },
);

function removeFolder(system: System, path: string, name: string, said: string[]): void {
  for (const each of system.files.names(path)) {
    const below = `${path}/${each}`;
    if (system.files.status(below, "keep")?.type === "directory") removeFolder(system, below, `${name}/${each}`, said);
    else {
      system.files.unlink(below);
      said.push(`removed '${name}/${each}'\n`);
    }
  }
  system.files.unlink(path);
  said.push(`removed directory '${name}'\n`);
}

/** `touch [-c] [-d WORDS | -r FILE] FILE…`: makes files, or gives them a time. */
export const touch = withOptions(
  { flags: "acmh", values: "drt", long: { "no-create": "c", date: "d", reference: "r" } },
  (system, { flags, values, operands }) => {
    const time = timeGiven(system, values);
    return each(
      system,
      operands,
      (_name, path) => {
        const status = system.files.status(path);
        if (status === undefined && flags.has("c")) return undefined;
        const inode = status?.inode ?? system.files.create(path, "file", 0o666 & ~system.umask);
        if (status !== undefined || time !== undefined) system.files.touch(inode, time);
        return undefined;
      },
      (name) => `cannot touch '${name}'`,
    );
  },
);

/** In milliseconds of the epoch; undefined for now. Throws `UsageError`. */
function timeGiven(system: System, values: ReadonlyMap<string, string>): number | undefined {
  const [words, file, stamp] = [values.get("d"), values.get("r"), values.get("t")];
  if (words !== undefined) return timeOf(words, system.env["TZ"], Date.now());
  if (file !== undefined) {
    const status = system.files.status(system.path(file));
    if (status === undefined) throw new UsageError(`failed to get attributes of '${file}': No such file or directory`);
    return status.mtime;
  }
  if (stamp === undefined) return undefined;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(stamp) ?? [];
  if (month === undefined) throw new UsageError(`invalid date format ‘${stamp}’`);
  const date = `${year ?? new Date().getFullYear()}-${month}-${day} ${hour}:${minute}:${second ?? "00"}`;
  return timeOf(date, system.env["TZ"], Date.now());
}

/** `chmod [-R] [-v] MODE FILE…`, with a mode in octal digits or in letters. */
export const chmod = withOptions(
  { flags: "Rvcf", long: { recursive: "R", verbose: "v", changes: "c" } },
  async (system, { flags, operands: [mode, ...names] }) => {
    if (mode === undefined) throw new UsageError("missing operand");
    if (names.length === 0) throw new UsageError(`missing operand after ‘${mode}’`);
    const text = (bits: number) => `${bits.toString(8).padStart(4, "0")} (${rights(bits)})`;
    const change = (name: string, path: string): string => {
      const status = system.files.status(path);
      if (status === undefined) throw new SyscallError("ENOENT");
      const changed = changedMode(status.mode, mode, status.type === "directory");
      const before = status.mode & 0o7777;
      system.files.setMode(status.inode, changed);
      const below = flags.has("R") && status.type === "directory" ? system.files.names(path) : [];
      const said =
        changed === before
          ? `mode of '${name}' retained as ${text(before)}\n`
          : `mode of '${name}' changed from ${text(before)} to ${text(changed)}\n`;
      return said + below.map((each) => change(`${name}/${each}`, `${path}/${each}`)).join("");
    };
    return each(
      system,
      names,
      (name, path) => {
        const said = change(name, path);
        return flags.has("v") ? said : undefined;
      },
      (name) => `cannot access '${name}'`,
    );
  },
  // A mode such as -x is no option.
  (args) => args.flatMap((arg) => (/^-[rwxXst]+$/.test(arg) ? [`a${arg}`] : [arg])),
);

/** What `rwx`, `X` or another class's letter come to, as three bits. */
function rightsOf(letters: string, mode: number, isFolder: boolean): number {
  const copied = ["u", "g", "o"].indexOf(letters);
  if (copied !== -1) return (mode >> (6 - copied * 3)) & 7;
  const executes = letters.includes("x") || (letters.includes("X") && (isFolder || (mode & 0o111) !== 0));
  return (letters.includes("r") ? 4 : 0) | (letters.includes("w") ? 2 : 0) | (executes ? 1 : 0);
}

/** What `s` and `t` come to. */
function specialOf(who: string, letters: string): number {
  const all = who === "" || who.includes("a");
  const set = letters.includes("s");
  const user = set && (all || who.includes("u")) ? 0o4000 : 0;
  const group = set && (all || who.includes("g")) ? 0o2000 : 0;
  return user | group | (letters.includes("t") && (all || who.includes("o")) ? 0o1000 : 0);
}

/** `755`, `+x`, `u+x,go-w`, `u+s`, `+t`. Throws `UsageError`. */
function changedMode(mode: number, change: string, isFolder = false): number {
  // A folder keeps what digits do not name.
  const kept = isFolder && change.length < 4 ? mode & 0o6000 : 0;
  if (/^[0-7]{1,4}$/.test(change)) return Number.parseInt(change, 8) | kept;
  let changed = mode & 0o7777;
  for (const clause of change.split(",")) {
    const [whole, who = "", operator, letters = ""] = /^([ugoa]*)([-+=])([rwxXst]*|[ugo])$/.exec(clause) ?? [];
    if (whole === undefined) throw new UsageError(`invalid mode: ‘${change}’`);
    const bits = specialOf(who, letters);
    changed = operator === "-" ? changed & ~bits : changed | bits;
    const given = rightsOf(letters, mode, isFolder);
    const everybody = who === "" || who.includes("a");
    const places = ["u", "g", "o"].map((letter, index) => (everybody || who.includes(letter) ? 6 - index * 3 : -1));
    for (const place of places.filter((each) => each !== -1)) {
      if (operator === "=") changed = (changed & ~(7 << place)) | (given << place);
      else changed = operator === "-" ? changed & ~(given << place) : changed | (given << place);
    }
  }
  return changed;
}

const intoOptions = {
  flags: "rRafvpnuLPdTiblsxHV",
  values: "tS",
  long: {
    recursive: "r",
    archive: "a",
    force: "f",
    verbose: "v",
    "no-clobber": "n",
    update: "u",
    "target-directory": "t",
    "no-target-directory": "T",
    preserve: "p",
    interactive: "i",
    backup: "b",
    suffix: "S",
    link: "l",
    "symbolic-link": "s",
    "no-dereference": "P",
    dereference: "L",
    "one-file-system": "x",
    parents: "V",
  },
};

/** `cp [-r] [-v] [-n] [-u] [-b] [-l | -s] [--parents] FROM… TO`. */
export const cp = withOptions(intoOptions, async (system, options) => {
  const { flags, operands } = options;
  const [from = "", to = "", ...more] = operands;
  if (more.length === 0 && to !== "" && (isOpenAlready(system, from) || isOpenAlready(system, to))) {
    return copyOpened(system, from, to);
  }
  const recursive = flags.has("r") || flags.has("R") || flags.has("a");
  return intoTarget(
    system,
    options,
    ({ from, to, shown }) => {
      const said: string[] = [];
      if (system.files.isFolder(from) && !recursive)
        throw new Refusal(`-r not specified; omitting directory '${shown.from}'`);
      if (flags.has("l") || flags.has("s")) {
        const isSame = system.files.status(from)?.inode === system.files.status(to)?.inode;
        if (flags.has("l") && isSame) return "";
        if (system.files.status(to, "keep") !== undefined && flags.has("f")) system.files.unlink(to);
        if (flags.has("l")) system.files.addName(from, to);
        else system.files.link(to, shown.from);
        return `'${shown.from}' -> '${shown.to}'\n`;
      }
      copy(system, { from, to, shown }, { keepsTime: flags.has("p") || flags.has("a") }, said);
      return said.join("");
    },
    ({ from }) => `cannot stat '${from}'`,
  );
});

/** Whether a path names a descriptor or a device: what it leads to is read and written, and no file. */
function isOpenAlready(system: System, path: string): boolean {
  const absolute = system.path(path);
  return descriptorOfPath(absolute) !== undefined || devicePaths.has(absolute);
}

/** `cp /dev/stdin FILE`, `cp FILE /dev/stdout`. */
async function copyOpened(system: System, from: string, to: string): Promise<number> {
  let bytes: Uint8Array;
  try {
    bytes = system.path(from) === "/dev/null" ? new Uint8Array() : await contentOfInput(system, from);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    await system.complain(`cannot stat '${from}': ${error.message}`);
    return 1;
  }
  const own = descriptorOfPath(system.path(to));
  const path = system.files.isFolder(system.path(to)) ? `${to}/${from.replace(/^.*\//, "")}` : to;
  const fd = own ?? system.descriptors.open(system.path(path), "write", 3, 0o666 & ~system.umask);
  await system.write(fd, bytes);
  return 0;
}

interface Move {
  readonly from: string;
  readonly to: string;
  /** As they were written. */
  readonly shown: { readonly from: string; readonly to: string };
}

function copy(system: System, { from, to, shown }: Move, how: { readonly keepsTime: boolean }, said: string[]): void {
  const { files } = system;
  said.push(`'${shown.from}' -> '${shown.to}'\n`);
  if (!files.isFolder(from)) {
    const bytes = files.read(from);
    const before = files.status(to);
    const status = files.status(from);
    const inode = files.fileForWriting(to);
    files.truncate(inode);
    files.write(inode, 0, bytes);
    // A file that was there keeps its rights.
    if (before === undefined) files.setMode(inode, status?.mode ?? 0o644);
    if (how.keepsTime && status !== undefined) files.touch(inode, status.mtime);
    return;
  }
  if (`${to}/`.startsWith(`${from}/`)) {
    throw new Refusal(`cannot copy a directory, '${shown.from}', into itself, '${shown.to}'`);
  }
  if (!files.isFolder(to)) files.create(to, "directory", files.status(from)?.mode ?? 0o755);
  for (const name of files.names(from)) {
    const below = { from: `${shown.from}/${name}`, to: `${shown.to}/${name}` };
    copy(system, { from: `${from}/${name}`, to: `${to}/${name}`, shown: below }, how, said);
  }
}

/** `mv [-v] [-n] [-b] FROM… TO`. */
export const mv = withOptions(intoOptions, async (system, options) =>
  intoTarget(
    system,
    options,
    ({ from, to, shown }) => {
      if (`${to}/`.startsWith(`${from}/`)) {
        throw new Refusal(`cannot move '${shown.from}' to a subdirectory of itself, '${shown.to}'`);
      }
      system.files.rename(from, to);
      return `renamed '${shown.from}' -> '${shown.to}'\n`;
    },
    (shown) => `cannot move '${shown.from}' to '${shown.to}'`,
  ),
);

/** Whether what is there is not to be replaced. */
function isLeft(flags: ReadonlySet<string>, source: FileStatus, there: FileStatus): boolean {
  return flags.has("n") || (flags.has("u") && there.mtime >= source.mtime);
}

/** Makes the folders that `--parents` wants, and gives what is about to be replaced the name that `-b` wants. */
function makeReady(system: System, { to, shown }: Move, { flags, values }: Pick<Options, "flags" | "values">): void {
  if (flags.has("V")) makeAbove(system, to, shown.to, []);
  const isBackedUp = flags.has("b") && system.files.status(to)?.type === "file";
  if (isBackedUp) system.files.rename(to, `${to}${values.get("S") ?? "~"}`);
}

/** The last operand is where the others go, unless `-t` says it. */
async function intoTarget(
  system: System,
  { flags, values, operands }: Options,
  act: (move: Move) => string,
  failed: (shown: Move["shown"]) => string,
): Promise<number> {
  const given = values.get("t");
  const target = given ?? operands.at(-1);
  const sources = given === undefined ? operands.slice(0, -1) : operands;
  if (target === undefined) throw new UsageError("missing file operand");
  if (sources.length === 0) throw new UsageError(`missing destination file operand after '${target}'`);
  const into = system.files.isFolder(system.path(target)) && !flags.has("T");
  if (!into && (sources.length > 1 || given !== undefined || target.endsWith("/"))) {
    const there = system.files.status(system.path(target)) !== undefined;
    const cannot = system.name === "mv" ? "stat" : "create regular file";
    const isOneFile = sources.length === 1 && given === undefined;
    if (!isOneFile || there || !system.files.isFolder(system.path(sources[0] ?? ""))) {
      const why = there ? "Not a directory" : "No such file or directory";
      const what = given === undefined ? "target" : "target directory";
      await system.complain(
        isOneFile ? `cannot ${cannot} '${target}': Not a directory` : `${what} '${target}': ${why}`,
      );
      return 1;
    }
  }
  const moveOf = (name: string, from: string): Move => {
    const last = flags.has("V") ? name.replace(/^\/+/, "") : from.slice(from.lastIndexOf("/") + 1);
    const to = into ? `${system.path(target)}/${last}` : system.path(target);
    return { from, to, shown: { from: name, to: into ? `${target.replace(/\/$/, "")}/${last}` : target } };
  };
  return each(
    system,
    sources,
    async (name, from) => {
      const move = moveOf(name, from);
      const [source, there] = [system.files.status(from, "keep"), system.files.status(move.to)];
      if (source === undefined) throw new Refusal(`cannot stat '${name}': No such file or directory`);
      if (there !== undefined && isLeft(flags, source, there)) return undefined;
      const asks = flags.has("i") && !flags.has("f") && there !== undefined && from !== move.to;
      if (asks && !(await agrees(system, `overwrite '${move.shown.to}'`))) return undefined;
      if (from === move.to) throw new Refusal(`'${move.shown.from}' and '${move.shown.to}' are the same file`);
      if (there?.type === "directory" && source.type === "file") {
        throw new Refusal(`cannot overwrite directory '${move.shown.to}' with non-directory`);
      }
      try {
        makeReady(system, move, { flags, values });
        const said = act(move);
        return flags.has("v") ? said : undefined;
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error;
        throw new Refusal(`${failed(move.shown)}: ${error.message}`);
      }
    },
    (name) => `cannot stat '${name}'`,
  );
}
