import type { FileStatus } from "../../kernel/files/files.ts";
import type { System } from "../../native/system.ts";
import { shortAmount } from "../amounts-of-bytes.ts";
import { formattedDate, shownIn } from "../date.ts";
import { withOptions } from "../options.ts";
import { inColumns } from "../sh/completion.ts";
import { fitsWildcards } from "../text/wildcards.ts";
import { modeText } from "./file-kinds.ts";

interface Listed {
  readonly name: string;
  readonly status: FileStatus;
}

const known = {
  flags: "lah1AdtrFRSspigGonkLHCxXvUNBmcuQ",
  values: "ZTIE",
  long: {
    format: "Z",
    "full-time": "f",
    "numeric-uid-gid": "n",
    "quote-name": "Q",
    "time-style": "T",
    all: "a",
    "almost-all": "A",
    classify: "F",
    color: "N",
    colour: "N",
    directory: "d",
    "group-directories-first": "D",
    hide: "E",
    "human-readable": "h",
    ignore: "I",
    "ignore-backups": "B",
    inode: "i",
    literal: "N",
    recursive: "R",
    reverse: "r",
    size: "s",
  },
};

/** What `--sort` and `--format` mean, in letters. */
const sorts: Readonly<Record<string, string>> = { none: "U", size: "S", time: "t", version: "v", extension: "X" };
const formats: Readonly<Record<string, string>> = {
  long: "l",
  verbose: "l",
  commas: "m",
  across: "x",
  vertical: "C",
  "single-column": "1",
};

function renewed(args: readonly string[]): readonly string[] {
  return args.flatMap((arg) => {
    const [, name, value = ""] = /^--(sort|format)=(.*)$/.exec(arg) ?? [];
    const letter = name === undefined ? undefined : (name === "sort" ? sorts : formats)[value];
    return letter === undefined ? [arg] : [`-${letter}`];
  });
}

/** Owners as numbers, or without one of them, are long lists, too. */
function withLong(flags: ReadonlySet<string>): ReadonlySet<string> {
  return ["n", "o", "g", "f"].some((letter) => flags.has(letter)) ? new Set([...flags, "l"]) : flags;
}

/** `ls [-la1dtFRSiQmx] [PATH…]`; 2 if one of them is not there. */
export const ls = withOptions(
  known,
  async (system, { flags: given, values, operands }) => {
    const flags = withLong(given);
    const links = ["L", "H"].some((letter) => flags.has(letter)) ? "follow" : "keep";
    const times = flags.has("f") ? "full-iso" : (values.get("T") ?? "locale");
    const wanted = operands.length > 0 ? operands : ["."];
    const files: Listed[] = [];
    const folders: Listed[] = [];
    let code = 0;
    for (const name of wanted) {
      const status = system.files.status(system.path(name), links);
      if (status === undefined || name === "") {
        await system.complain(`cannot access '${name}': No such file or directory`);
        code = 2;
      } else (isOpened(system, name, status, flags) ? folders : files).push({ name, status });
    }
    if (files.length > 0) await system.print(await listing(system, ordered(files, flags), flags, times));
    const queue = ordered(folders, flags).map(({ name }) => name);
    for (let folder = queue.shift(), first = files.length === 0; folder !== undefined; folder = queue.shift()) {
      const path = system.path(folder);
      const left = leftOut(flags, values);
      const entries = contentOf(system, path, flags).filter(({ name }) => !left(name));
      const title = wanted.length > 1 || flags.has("R") ? `${first ? "" : "\n"}${folder}:\n` : "";
      const counts = flags.has("l") || flags.has("s");
      const total = counts ? `total ${entries.reduce((sum, { status }) => sum + blocks(status), 0)}\n` : "";
      await system.print(title + total + (await listing(system, entries, flags, times)));
      first = false;
      if (flags.has("R")) {
        const below = entries.filter(({ name, status }) => status.type === "directory" && !/^\.\.?$/.test(name));
        queue.unshift(...below.map(({ name }) => `${folder}/${name}`));
      }
    }
    return code;
  },
  renewed,
);

/** Whether what is in it is listed, of a folder or of a link to one. */
function isOpened(system: System, name: string, status: FileStatus, flags: ReadonlySet<string>): boolean {
  const asLink = flags.has("l") && status.type === "symlink";
  return !flags.has("d") && system.files.isFolder(system.path(name)) && !asLink;
}

/** Which names `-B`, `-I` and `--hide` leave out. */
function leftOut(flags: ReadonlySet<string>, values: ReadonlyMap<string, string>): (name: string) => boolean {
  const hidden = flags.has("a") || flags.has("A") ? undefined : values.get("E");
  const patterns = [flags.has("B") ? "*~" : undefined, values.get("I"), hidden];
  return (name) => patterns.some((pattern) => fitsWildcards(name, pattern));
}

/** As the options want it; by name where they want nothing else. */
function ordered(entries: readonly Listed[], flags: ReadonlySet<string>): Listed[] {
  const sorted = [...entries];
  if (flags.has("U")) return sorted;
  sorted.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (flags.has("t")) sorted.sort((a, b) => b.status.mtime - a.status.mtime);
  if (flags.has("S")) sorted.sort((a, b) => b.status.size - a.status.size);
  if (flags.has("X")) sorted.sort((a, b) => (suffixOf(a.name) < suffixOf(b.name) ? -1 : 1));
  if (flags.has("r")) sorted.reverse();
  const isFolder = ({ status }: Listed) => (status.type === "directory" ? 0 : 1);
  return flags.has("D") ? sorted.sort((a, b) => isFolder(a) - isFolder(b)) : sorted;
}

function suffixOf(name: string): string {
  return /(?<=.)\.[^.]*$/.exec(name)?.[0] ?? "";
}

function contentOf(system: System, path: string, flags: ReadonlySet<string>): Listed[] {
  const hidden = flags.has("a") || flags.has("A");
  const names = system.files.names(path).filter((name) => hidden || !name.startsWith("."));
  const listed: Listed[] = [];
  for (const name of [...(flags.has("a") ? [".", ".."] : []), ...names]) {
    const status = system.files.status(name === ".." ? system.path(`${path}/..`) : `${path}/${name}`, "keep");
    if (status !== undefined) listed.push({ name, status });
  }
  return ordered(listed, flags);
}

async function listing(
  system: System,
  entries: readonly Listed[],
  flags: ReadonlySet<string>,
  times: string,
): Promise<string> {
  const zone = system.env["TZ"];
  const terminal = system.descriptors.isTerminal(1);
  const shown = ({ name, status }: Listed) => {
    const inode = flags.has("i") ? `${status.inode} ` : "";
    const size = flags.has("s") && !flags.has("l") ? `${blocks(status)} ` : "";
    return `${inode}${size}${flags.has("Q") ? `"${name.replace(/["\\]/g, "\\$&")}"` : name}${mark(status, flags)}`;
  };
  if (!flags.has("l")) {
    if (flags.has("m")) return entries.length === 0 ? "" : `${entries.map(shown).join(", ")}\n`;
    const columns = flags.has("C") || flags.has("x");
    if (!(terminal || columns) || flags.has("1")) return entries.map((entry) => `${shown(entry)}\n`).join("");
    return inColumns(entries.map(shown), terminal ? (await system.terminal(1)).columns : 80);
  }
  const sizes = entries.map(({ status }) => (flags.has("h") ? shortAmount(status.size) : String(status.size)));
  const widest = Math.max(0, ...sizes.map(({ length }) => length));
  return entries
    .map((entry, index) => {
      const { status } = entry;
      const size = (sizes[index] ?? "").padStart(widest);
      const target = status.target === undefined ? "" : ` -> ${status.target}`;
      const user = flags.has("n") ? "1000" : "student";
      const owners = [...(flags.has("g") ? [] : [user]), ...(flags.has("o") || flags.has("G") ? [] : [user])];
      const who = owners.map((name) => `${name} `).join("");
      return `${modeText(status)} ${status.links} ${who}${size} ${dateText(status.mtime, times, zone)} ${shown(entry)}${target}\n`;
    })
    .join("");
}

/** What tells of a kind, behind the name. */
function mark({ type, mode }: FileStatus, flags: ReadonlySet<string>): string {
  if (type === "directory") return flags.has("F") || flags.has("p") ? "/" : "";
  if (!flags.has("F")) return "";
  // A long line shows where a link leads.
  if (type === "symlink") return flags.has("l") ? "" : "@";
  if (type === "fifo") return "|";
  return type === "socket" ? "=" : (mode & 0o111) !== 0 ? "*" : "";
}

function blocks({ type, size }: FileStatus): number {
  if (type === "symlink") return 0;
  return type === "directory" ? 4 : Math.ceil(size / 4096) * 4;
}

/** Of what is older, or later, the year is shown. */
const halfAYear = (365.2425 / 2) * 24 * 3_600_000;

/** Formats of `date`, by their names in `--time-style`. */
const timeStyles: Readonly<Record<string, string>> = {
  "full-iso": "%Y-%m-%d %H:%M:%S.%N %z",
  "long-iso": "%Y-%m-%d %H:%M",
  iso: "%m-%d %H:%M",
};

function dateText(time: number, style: string, zone: string | undefined): string {
  const format = Object.hasOwn(timeStyles, style) ? timeStyles[style] : undefined;
  const recent = Math.abs(Date.now() - time) < halfAYear;
  const usual = recent ? "%b %e %H:%M" : "%b %e  %Y";
  return formattedDate(format ?? (style.startsWith("+") ? style.slice(1) : usual), shownIn(zone, time));
}
