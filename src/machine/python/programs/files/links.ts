/** Programs about links: `ln`, `link`, `unlink`, `readlink`. Their words are GNU's. */
import { SyscallError } from "../../kernel/errno.ts";
import type { System } from "../../native/system.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { pathFollowed } from "./followed-path.ts";

/** The path from a folder to a path, as `ln -r` writes it. Both are absolute. */
function relative(folder: string, path: string): string {
  const [from, to] = [folder, path].map((each) => each.split("/").filter((part) => part !== ""));
  if (from === undefined || to === undefined) return path;
  const common = from.findIndex((part, at) => part !== to[at]);
  const shared = common === -1 ? from.length : common;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/") || ".";
}

/** What one call of `ln` has to make. */
interface NewLink {
  readonly target: string;
  /** As it was written, or follows from what was. */
  readonly name: string;
}

/** Throws `UsageError`. */
function linksOf(system: System, { flags, values, operands }: Options): readonly NewLink[] {
  const given = values.get("t");
  const [first, second] = operands;
  if (first === undefined) throw new UsageError("missing file operand");
  const last = given ?? operands.at(-1) ?? "";
  const known = system.files.status(system.path(last), flags.has("n") ? "keep" : "follow");
  const isFolder = known?.type === "directory" && !flags.has("T");
  if (flags.has("T") && operands.length > 2) throw new UsageError(`extra operand '${operands[2]}'`);
  const targets = given === undefined && second !== undefined ? operands.slice(0, -1) : operands;
  const folder = given === undefined && second === undefined ? "." : last;
  if (folder === "." || isFolder) {
    return targets.map((target) => ({ target, name: `${folder.replace(/\/+$/, "")}/${lastPart(target)}` }));
  }
  if (given !== undefined || targets.length > 1) {
    const why = system.files.status(system.path(last)) === undefined ? "No such file or directory" : "Not a directory";
    throw new UsageError(given === undefined ? `target '${last}': ${why}` : `target directory '${last}': ${why}`);
  }
  return [{ target: first, name: last }];
}

function lastPart(path: string): string {
  return path.replace(/\/+$/, "").replace(/^.*\//s, "");
}

/** Why a link cannot be made; undefined if it was. */
function make(system: System, { target, name }: NewLink, flags: ReadonlySet<string>): string | undefined {
  const { files } = system;
  const path = system.path(name);
  const source = system.path(target);
  const symbolic = flags.has("s");
  if (!symbolic) {
    const status = files.status(source, "keep");
    if (status === undefined) return `failed to access '${target}': No such file or directory`;
    if (status.type === "directory") return `${target}: hard link not allowed for directory`;
  }
  const kind = symbolic ? "symbolic" : "hard";
  try {
    const there = files.status(path, "keep");
    if (there !== undefined && flags.has("f")) {
      if (there.type === "directory") return `${name}: cannot overwrite directory`;
      if (!symbolic && there.inode === files.status(source)?.inode) {
        return `'${target}' and '${name}' are the same file`;
      }
      files.unlink(path);
    }
    if (symbolic) {
      const above = path.slice(0, path.lastIndexOf("/")) || "/";
      files.link(path, flags.has("r") ? relative(above, source) : target);
    } else files.addName(source, path);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    const arrow = error.errno === "EEXIST" || symbolic ? "" : ` => '${target}'`;
    return `failed to create ${kind} link '${name}'${arrow}: ${error.message}`;
  }
}

/** `ln [-s] [-f] [-n] [-r] [-v] [-T] [-t FOLDER] TARGET… [NAME]`. */
export const ln = withOptions(
  {
    flags: "sfnrvTiLP",
    values: "t",
    long: {
      symbolic: "s",
      force: "f",
      "no-dereference": "n",
      relative: "r",
      verbose: "v",
      "no-target-directory": "T",
      "target-directory": "t",
    },
  },
  async (system, options) => {
    const { flags } = options;
    let code = 0;
    for (const link of linksOf(system, options)) {
      const mistake = make(system, link, flags);
      if (mistake !== undefined) {
        await system.complain(mistake);
        code = 1;
      } else if (flags.has("v")) {
        await system.print(`'${link.name}' ${flags.has("s") ? "->" : "=>"} '${link.target}'\n`);
      }
    }
    system.flush();
    return code;
  },
);

/** `link FILE NAME`: one more name for a file. */
export const link = withOptions({}, async (system, { operands: [file, name, more] }) => {
  if (file === undefined) throw new UsageError("missing operand");
  if (name === undefined) throw new UsageError(`missing operand after ‘${file}’`);
  if (more !== undefined) throw new UsageError(`extra operand ‘${more}’`);
  try {
    system.files.addName(system.path(file), system.path(name));
    system.flush();
    return 0;
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    throw new UsageError(`cannot create link '${name}' to '${file}': ${error.message}`);
  }
});

/** `unlink FILE`. */
export const unlink = withOptions({}, async (system, { operands: [name, more] }) => {
  if (name === undefined) throw new UsageError("missing operand");
  if (more !== undefined) throw new UsageError(`extra operand ‘${more}’`);
  try {
    if (system.files.status(system.path(name), "keep")?.type === "directory") throw new SyscallError("EISDIR");
    system.files.unlink(system.path(name));
    system.flush();
    return 0;
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    throw new UsageError(`cannot unlink '${name}': ${error.message}`);
  }
});

/** What `readlink` prints of a name; undefined if it prints nothing. */
function led(system: System, name: string, flags: ReadonlySet<string>): string | undefined {
  const path = system.path(name);
  if (!["f", "e", "m"].some((letter) => flags.has(letter))) return system.files.status(path, "keep")?.target;
  const found = pathFollowed(system, path);
  if (flags.has("m")) return found ?? path;
  return flags.has("e") && found !== undefined && system.files.status(found) === undefined ? undefined : found;
}

/** `readlink [-f | -e | -m] [-n] LINK…` */
export const readlink = withOptions(
  {
    flags: "femnqsvz",
    long: {
      canonicalize: "f",
      "canonicalize-existing": "e",
      "canonicalize-missing": "m",
      "no-newline": "n",
      quiet: "q",
      silent: "q",
      verbose: "v",
      zero: "z",
    },
  },
  async (system, { flags, operands }) => {
    if (operands.length === 0) throw new UsageError("missing operand");
    const end = flags.has("z") ? "\0" : flags.has("n") && operands.length === 1 ? "" : "\n";
    let code = 0;
    for (const name of operands) {
      const target = name === "" ? undefined : led(system, name, flags);
      if (target !== undefined) {
        await system.print(target + end);
        continue;
      }
      code = 1;
      const there = system.files.status(system.path(name), "keep") !== undefined;
      if (flags.has("v")) await system.complain(`${name}: ${there ? "Invalid argument" : "No such file or directory"}`);
    }
    return code;
  },
);
