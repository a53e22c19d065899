/** `tar`: archives of the ustar format, also compressed by gzip. */
import { gunzipSync, gzipSync } from "fflate";
import { joinBytes } from "../../kernel/bytes.ts";
import { SyscallError } from "../../kernel/errno.ts";
import { descriptorOfPath } from "../../native/descriptor-paths.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { rights } from "../files/rights.ts";
import { UsageError } from "../options.ts";
import { contentOfInput } from "./each-input.ts";
import { wildcardSource } from "./wildcards.ts";

const block = 512;

interface Wanted {
  readonly action: "c" | "x" | "t" | "r" | "u";
  readonly compressed: boolean;
  readonly verbose: boolean;
  readonly archive: string;
  readonly folder: string;
  readonly strip: number;
  readonly excluded: readonly string[];
  /** Files come on standard output. */
  readonly prints: boolean;
  readonly names: readonly string[];
  /** Files with further names, a line each (`-T`). */
  readonly lists: readonly string[];
  /** Names are patterns of what is in the archive (`--wildcards`). */
  readonly wildcards: boolean;
  /** Names are meant as they are written, whatever characters they have. */
  readonly literal: boolean;
}

const long: Readonly<Record<string, string>> = {
  create: "c",
  extract: "x",
  get: "x",
  list: "t",
  append: "r",
  update: "u",
  "files-from": "T",
  wildcards: "W",
  "no-wildcards": "N",
  gzip: "z",
  verbose: "v",
  file: "f",
  directory: "C",
  "to-stdout": "O",
  "preserve-permissions": "p",
  "auto-compress": "a",
};

/** What the arguments ask for. Throws `UsageError`. */
function wantedOf(args: readonly string[]): Wanted {
  const { flags, values, names, excluded, lists } = given(args);
  const actions = (["c", "x", "t", "r", "u"] as const).filter((letter) => flags.has(letter));
  const [action, ...more] = actions;
  if (action === undefined) {
    throw new UsageError("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
  }
  if (more.length > 0) {
    throw new UsageError("You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option");
  }
  if (action === "c" && names.length === 0 && lists.length === 0)
    throw new UsageError("Cowardly refusing to create an empty archive");
  return {
    action,
    compressed: flags.has("z") || (flags.has("a") && /z$/.test(values.get("f") ?? "")),
    verbose: flags.has("v"),
    archive: values.get("f") ?? "-",
    folder: values.get("C") ?? ".",
    strip: Number(values.get("S") ?? 0),
    excluded,
    prints: flags.has("O"),
    names,
    lists,
    wildcards: flags.has("W"),
    literal: flags.has("N"),
  };
}

interface Given {
  readonly flags: Set<string>;
  readonly values: Map<string, string>;
  readonly names: string[];
  readonly excluded: string[];
  readonly lists: string[];
}

/** Arguments told apart: in tar the values of letters stand behind their word, one after the other. */
function given(args: readonly string[]): Given {
  const found: Given = { flags: new Set(), values: new Map(), names: [], excluded: [], lists: [] };
  const rest = [...args];
  // The old form, `tar czf archive`.
  if (rest[0] !== undefined && !rest[0].startsWith("-")) rest[0] = `-${rest[0]}`;
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg.startsWith("--")) takeLong(arg, rest, found);
    else if (/^-./.test(arg)) takeLetters(arg, rest, found);
    else found.names.push(arg);
  }
  return found;
}

function takeLong(arg: string, rest: string[], { flags, values, excluded, lists }: Given): void {
  const [name = "", value] = arg.slice(2).split(/=(.*)/s);
  if (name === "exclude") {
    excluded.push(value ?? rest.shift() ?? "");
    return;
  }
  if (name === "exclude-vcs") {
    excluded.push(".git", ".gitignore", ".svn", ".hg");
    return;
  }
  const letter = name === "strip-components" ? "S" : Object.hasOwn(long, name) ? long[name] : undefined;
  if (letter === undefined) throw new UsageError(`unrecognized option '--${name}'`);
  if (letter === "T") lists.push(value ?? rest.shift() ?? "");
  else if ("fCS".includes(letter)) values.set(letter, value ?? rest.shift() ?? "");
  else flags.add(letter);
}

function takeLetters(arg: string, rest: string[], { flags, values, lists }: Given): void {
  for (const letter of arg.slice(1)) {
    if ("fC".includes(letter)) values.set(letter, rest.shift() ?? "");
    else if (letter === "T") lists.push(rest.shift() ?? "");
    else if ("cxtruzvpOkma".includes(letter)) flags.add(letter);
    else throw new UsageError(`invalid option -- '${letter}'`);
  }
}

export const tar: NativeProgram = async (system) => {
  let wanted: Wanted;
  try {
    wanted = wantedOf(system.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await system.complain(error.message);
    await system.write(2, "Try 'tar --help' or 'tar --usage' for more information.\n");
    return 2;
  }
  try {
    const missing = missingPath(system, wanted);
    if (missing !== undefined) {
      await system.complain(`${missing}: No such file or directory`);
      await system.complain("Error is not recoverable: exiting now");
      return 2;
    }
    const listed = await Promise.all(wanted.lists.map((list) => contentOfInput(system, list)));
    const more = listed.flatMap((bytes) => new TextDecoder().decode(bytes).split("\n")).filter((name) => name !== "");
    const asked = { ...wanted, names: [...wanted.names, ...more] };
    if (asked.action === "r" || asked.action === "u") return await append(system, asked);
    return asked.action === "c" ? await create(system, asked) : await unpack(system, asked);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    await system.complain(`${wanted.archive}: Cannot open: ${error.message}`);
    await system.complain("Error is not recoverable: exiting now");
    return 2;
  }
};

/** What an option names and what is not there, with what cannot be done to it. */
function missingPath(system: System, { folder, lists }: Wanted): string | undefined {
  const isThere = (path: string) => path === "-" || system.files.status(system.path(path)) !== undefined;
  const list = lists.find((each) => !isThere(each) && descriptorOfPath(system.path(each)) === undefined);
  if (list !== undefined) return `${list}: Cannot stat`;
  return isThere(folder) ? undefined : `${folder}: Cannot open`;
}

/** What is put into an archive, and how that went. */
interface Packed {
  readonly pieces: readonly Uint8Array[];
  readonly listed: readonly string[];
  readonly status: number;
}

/** `isNewer`: whether a file is to be packed, or is there already. */
async function packed(
  system: System,
  { folder, names, excluded }: Wanted,
  isNewer: (shown: string, mtime: number) => boolean = () => true,
): Promise<Packed> {
  const pieces: Uint8Array[] = [];
  const listed: string[] = [];
  let status = 0;
  const add = (name: string): void => {
    if (isExcluded(name, excluded)) return;
    const path = system.path(`${folder}/${name}`);
    const found = system.files.status(path, "keep");
    if (found === undefined) throw new SyscallError("ENOENT");
    const isFolder = found.type === "directory";
    const shown = (isFolder ? `${name.replace(/\/+$/, "")}/` : name).replace(/^\/+/, "");
    if (isNewer(shown, found.mtime)) {
      listed.push(shown);
      const content = found.type === "file" ? system.files.read(path) : new Uint8Array();
      pieces.push(header(shown, { ...found, size: content.length }), padded(content));
    }
    if (isFolder) for (const each of system.files.names(path)) add(`${name.replace(/\/+$/, "")}/${each}`);
  };
  for (const name of names) {
    try {
      add(name);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      await system.complain(`${name}: Cannot stat: ${error.message}`);
      status = 2;
    }
  }
  return { pieces, listed, status };
}

async function create(system: System, wanted: Wanted): Promise<number> {
  const made = await packed(system, wanted);
  const whole = joinBytes([...made.pieces, new Uint8Array(2 * block)]);
  await writeArchive(system, wanted, wanted.compressed ? gzipSync(whole) : whole);
  return told(system, wanted, made);
}

/** `-r` puts files behind those that are there, `-u` only those that are newer. */
async function append(system: System, wanted: Wanted): Promise<number> {
  const { archive, compressed, action } = wanted;
  const isThere = archive !== "-" && system.files.status(system.path(archive)) !== undefined;
  const before = isThere ? system.files.read(system.path(archive)) : new Uint8Array();
  if (compressed || isGzip(before)) {
    await system.complain("Cannot update compressed archives");
    if (compressed) await system.write(2, "Try 'tar --help' or 'tar --usage' for more information.\n");
    else await system.complain("Error is not recoverable: exiting now");
    return 2;
  }
  const members = membersOf(before) ?? [];
  const times = new Map(members.map(({ name, mtime }) => [name, mtime]));
  const second = (time: number) => Math.floor(time / 1000);
  const made = await packed(
    system,
    wanted,
    action === "r" ? undefined : (shown, mtime) => second(mtime) > second(times.get(shown) ?? 0),
  );
  const kept = before.subarray(0, endOfMembers(before));
  await writeArchive(system, wanted, joinBytes([kept, ...made.pieces, new Uint8Array(2 * block)]));
  return told(system, wanted, made);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Where the last member ends, in bytes. */
function endOfMembers(bytes: Uint8Array): number {
  let at = 0;
  while (at + block <= bytes.length && bytes[at] !== 0) {
    const size = Number.parseInt(new TextDecoder().decode(bytes.subarray(at + 124, at + 136)), 8) || 0;
    at += block + Math.ceil(size / block) * block;
  }
  return at;
}

async function writeArchive(system: System, { archive }: Wanted, bytes: Uint8Array): Promise<void> {
  if (archive === "-") {
    await system.write(1, bytes);
    return;
  }
  const inode = system.files.fileForWriting(system.path(archive), 0o666 & ~system.umask);
  system.files.truncate(inode);
  system.files.write(inode, 0, bytes);
}

async function told(system: System, { archive, verbose }: Wanted, { listed, status }: Packed): Promise<number> {
  if (verbose) await system.write(archive === "-" ? 2 : 1, listed.map((name) => `${name}\n`).join(""));
  if (status !== 0) await system.complain("Exiting with failure status due to previous errors");
  return status;
}

/** `*` of `--exclude` goes over slashes; a pattern fits a whole name, or what stands behind a slash. */
function isExcluded(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    new RegExp(`(?:^|/)${wildcardSource(pattern.replace(/\/$/, ""))}$`).test(name.replace(/\/$/, "")),
  );
}

interface Member {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly mtime: number;
  readonly target: string;
  readonly content: Uint8Array;
}

async function contentOf(system: System, archive: string): Promise<Uint8Array> {
  if (archive === "/dev/null") return new Uint8Array();
  return archive === "-" ? system.readAll(0) : system.files.read(system.path(archive));
}

async function unpack(system: System, wanted: Wanted): Promise<number> {
  const { archive, names, verbose, action, folder, strip, excluded, prints } = wanted;
  const given = await contentOf(system, archive);
  let bytes = given;
  if (isGzip(given)) bytes = gunzipSync(given);
  const members = membersOf(bytes);
  if (members === undefined) {
    await system.complain("This does not look like a tar archive");
    await system.complain("Exiting with failure status due to previous errors");
    return 2;
  }
  const patterns = wanted.wildcards ? names.map((each) => new RegExp(`^(?:${wildcardSource(each)})(?:/|$)`)) : [];
  const fits = (name: string, each: string, at: number) =>
    patterns[at]?.test(name) ?? (name === each || name.startsWith(`${each.replace(/\/$/, "")}/`));
  const isWanted = (name: string) => names.length === 0 || names.some((each, at) => fits(name, each, at));
  const inExcluded = (name: string) =>
    name.split("/").some((_, at, parts) => isExcluded(parts.slice(0, at + 1).join("/"), excluded));
  for (const member of members.filter(({ name }) => isWanted(name) && !inExcluded(name))) {
    if (action === "t") await system.print(`${verbose ? described(member) : member.name}\n`);
    else if (prints) await system.write(1, member.content);
    else {
      extract(system, member, folder, strip);
      if (verbose) await system.print(`${member.name}\n`);
    }
  }
  system.flush();
  const missing = names.filter(
    (each, at) =>
      !members.some(({ name }) => name.replace(/\/$/, "") === each.replace(/\/$/, "") || fits(name, each, at)),
  );
  if (!wanted.wildcards && !wanted.literal && missing.some((name) => /[*?[]/.test(name))) {
    await system.complain("Pattern matching characters used in file names");
    await system.complain("Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning");
  }
  for (const name of missing) await system.complain(`${name}: Not found in archive`);
  if (missing.length > 0) await system.complain("Exiting with failure status due to previous errors");
  return missing.length > 0 ? 2 : 0;
}

function extract(
  system: System,
  { name, type, mode, mtime, target, content }: Member,
  folder: string,
  strip: number,
): void {
  const parts = name
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .slice(strip);
  if (parts.length === 0) return;
  const { files } = system;
  const base = system.path(folder);
  const above = type === "5" ? parts : parts.slice(0, -1);
  for (let length = 1; length <= above.length; length += 1) {
    const path = system.path(`${base}/${above.slice(0, length).join("/")}`);
    if (!files.isFolder(path)) files.create(path, "directory", 0o755);
  }
  if (type === "5") return;
  const path = system.path(`${base}/${parts.join("/")}`);
  if (type === "2") {
    if (files.status(path, "keep") !== undefined) files.unlink(path);
    files.link(path, target);
    return;
  }
  const inode = files.fileForWriting(path, mode);
  files.truncate(inode);
  files.write(inode, 0, content);
  files.setMode(inode, mode);
  files.touch(inode, mtime);
}

function described({ name, type, mode, mtime, content }: Member): string {
  const when = new Date(mtime).toISOString().slice(0, 16).replace("T", " ");
  return `${type === "5" ? "d" : "-"}${rights(mode)} student/student ${String(content.length).padStart(9)} ${when} ${name}`;
}

const encoder = new TextEncoder();

function header(
  name: string,
  {
    type,
    mode,
    mtime,
    size,
    target = "",
  }: { type: string; mode: number; mtime: number; size: number; target?: string },
): Uint8Array {
  const bytes = new Uint8Array(block);
  const put = (text: string, at: number, length: number) => bytes.set(encoder.encode(text).subarray(0, length), at);
  const slash = name.length > 100 ? name.lastIndexOf("/", 154) : -1;
  put(slash === -1 ? name : name.slice(slash + 1), 0, 100);
  put(`${(mode & 0o7777).toString(8).padStart(7, "0")}\0`, 100, 8);
  put("0001750\0", 108, 8);
  put("0001750\0", 116, 8);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124, 12);
  put(
    `${Math.floor(mtime / 1000)
      .toString(8)
      .padStart(11, "0")}\0`,
    136,
    12,
  );
  put("        ", 148, 8);
  put(type === "directory" ? "5" : type === "symlink" ? "2" : "0", 156, 1);
  put(target, 157, 100);
  put("ustar\x0000student", 257, 32);
  put("student", 297, 32);
  if (slash !== -1) put(name.slice(0, slash), 345, 155);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148, 8);
  return bytes;
}

/** Undefined for what is no archive. */
function membersOf(bytes: Uint8Array): Member[] | undefined {
  const members: Member[] = [];
  const text = (at: number, length: number) =>
    new TextDecoder().decode(bytes.subarray(at, at + length)).replace(/\0.*$/s, "");
  let at = 0;
  while (at + block <= bytes.length && bytes[at] !== 0) {
    if (text(at + 257, 5) !== "ustar") return undefined;
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const prefix = text(at + 345, 155);
    members.push({
      name: prefix === "" ? text(at, 100) : `${prefix}/${text(at, 100)}`,
      type: text(at + 156, 1) || "0",
      mode: Number.parseInt(text(at + 100, 8), 8) & 0o7777,
      mtime: (Number.parseInt(text(at + 136, 12), 8) || 0) * 1000,
      target: text(at + 157, 100),
      content: bytes.slice(at + block, at + block + size),
    });
    at += block + Math.ceil(size / block) * block;
  }
  return bytes.length === 0 || (at === 0 && bytes[0] !== 0) ? undefined : members;
}

function padded(content: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(content.length / block) * block);
  whole.set(content);
  return whole;
}
