/** Programs that change files and folders, in GNU's words. */
import { SyscallError } from "../../kernel/errno.ts";
import type { System } from "../../native/system.ts";
import { withOptions } from "../options.ts";

/** Does something with each operand; the exit code says whether all went well. */
async function each(
  system: System,
  operands: readonly string[],
  act: (name: string, path: string) => void,
  failed: (name: string) => string,
): Promise<number> {
  if (operands.length === 0) {
    await system.complain("missing operand");
    return 1;
  }
  let code = 0;
  for (const name of operands) {
    try {
      act(name, system.path(name));
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      await system.complain(`${failed(name)}: ${error.message}`);
      code = 1;
    }
  }
  system.flush();
  return code;
}

/** `mkdir [-p] FOLDER…`. */
export const mkdir = withOptions({ flags: "pv", values: "m", long: { parents: "p" } }, (system, { flags, operands }) =>
  each(
    system,
    operands,
    (_name, path) => {
      if (!flags.has("p")) {
        system.files.create(path, "directory", 0o777 & ~system.umask);
        return;
      }
      const parts = path.split("/");
      for (let length = 2; length <= parts.length; length += 1) {
        const above = parts.slice(0, length).join("/");
        if (!system.files.isFolder(above)) system.files.create(above, "directory", 0o755);
      }
    },
    (name) => `cannot create directory '${name}'`,
  ),
);

/** `rmdir FOLDER…`, which have to be empty. */
export const rmdir = withOptions({ flags: "pv" }, (system, { operands }) =>
  each(
    system,
    operands,
    (_name, path) => {
      if (system.files.status(path) !== undefined && !system.files.isFolder(path)) throw new SyscallError("ENOTDIR");
      system.files.unlink(path);
    },
    (name) => `failed to remove '${name}'`,
  ),
);

/** `rm [-rf] PATH…`. */
export const rm = withOptions(
  { flags: "rRfivd", long: { recursive: "r", force: "f" } },
  async (system, { flags, operands }) => {
    if (operands.length === 0 && flags.has("f")) return 0;
    return each(
      system,
      operands.filter((name) => !flags.has("f") || system.files.status(system.path(name), "keep") !== undefined),
      (_name, path) => {
        if (system.files.status(path, "keep")?.type !== "directory") system.files.unlink(path);
        else if (flags.has("r") || flags.has("R")) removeFolder(system, path);
        else throw new SyscallError("EISDIR");
      },
      (name) => `cannot remove '${name}'`,
    );
  },
);

function removeFolder(system: System, path: string): void {
  for (const name of system.files.names(path)) {
    const below = `${path}/${name}`;
    if (system.files.status(below, "keep")?.type === "directory") removeFolder(system, below);
    else system.files.unlink(below);
  }
  system.files.unlink(path);
}

/** `touch [-c] FILE…`: makes files, or gives them the time. */
export const touch = withOptions({ flags: "acm" }, (system, { flags, operands }) =>
  each(
    system,
    operands,
    (_name, path) => {
      const status = system.files.status(path);
      if (status !== undefined) system.files.touch(status.inode);
      else if (!flags.has("c")) system.files.create(path, "file", 0o666 & ~system.umask);
    },
    (name) => `cannot touch '${name}'`,
  ),
);

/** `chmod [-R] MODE FILE…`, with a mode in octal digits or in letters. */
export const chmod = withOptions({ flags: "Rv" }, async (system, { operands: [mode = "", ...names] }) => {
  return each(
    system,
    names,
    (_name, path) => {
      const status = system.files.status(path);
      if (status === undefined) throw new SyscallError("ENOENT");
      system.files.setMode(status.inode, changedMode(status.mode, mode));
    },
    (name) => `cannot access '${name}'`,
  );
});

/** `755`, `+x`, `u+x,go-w`. Throws EINVAL. */
function changedMode(mode: number, change: string): number {
  if (/^[0-7]{1,4}$/.test(change)) return Number.parseInt(change, 8) & 0o777;
  let changed = mode;
  for (const clause of change.split(",")) {
    const [whole, who = "", operator, letters = ""] = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(clause) ?? [];
    if (whole === undefined) throw new SyscallError("EINVAL");
    const rights = (letters.includes("r") ? 4 : 0) | (letters.includes("w") ? 2 : 0) | (/[xX]/.test(letters) ? 1 : 0);
    const everybody = who === "" || who.includes("a");
    let bits = 0;
    for (const [index, letter] of ["u", "g", "o"].entries()) {
      if (everybody || who.includes(letter)) bits |= rights << (6 - index * 3);
    }
    changed = operator === "-" ? changed & ~bits : changed | bits;
  }
  return changed;
}

/** `cp [-r] FROM… TO`. */
export const cp = withOptions({ flags: "rRafvp", long: { recursive: "r" } }, async (system, { flags, operands }) => {
  const recursive = flags.has("r") || flags.has("R") || flags.has("a");
  return intoTarget(system, operands, (from, to) => copy(system, from, to, recursive));
});

function copy(system: System, from: string, to: string, recursive: boolean): void {
  const { files } = system;
  if (!files.isFolder(from)) {
    const bytes = files.read(from);
    const inode = files.fileForWriting(to);
    files.truncate(inode);
    files.write(inode, 0, bytes);
    files.setMode(inode, files.status(from)?.mode ?? 0o644);
    return;
  }
  if (!recursive) throw new SyscallError("EISDIR");
  if (`${to}/`.startsWith(`${from}/`)) throw new SyscallError("EINVAL");
  if (!files.isFolder(to)) files.create(to, "directory", 0o755);
  for (const name of files.names(from)) copy(system, `${from}/${name}`, `${to}/${name}`, recursive);
}

/** `mv FROM… TO`. */
export const mv = withOptions({ flags: "fivn" }, async (system, { operands }) =>
  intoTarget(system, operands, (from, to) => system.files.rename(from, to)),
);

/** The last operand is where the others go. */
async function intoTarget(
  system: System,
  operands: readonly string[],
  act: (from: string, to: string) => void,
): Promise<number> {
  const target = operands.at(-1);
  const sources = operands.slice(0, -1);
  if (target === undefined || sources.length === 0) {
    await system.complain(
      target === undefined ? "missing file operand" : `missing destination file operand after '${target}'`,
    );
    return 1;
  }
  const into = system.files.isFolder(system.path(target));
  if (sources.length > 1 && !into) {
    await system.complain(`target '${target}': No such file or directory`);
    return 1;
  }
  return each(
    system,
    sources,
    (_name, from) => {
      if (system.files.status(from, "keep") === undefined) throw new SyscallError("ENOENT");
      act(from, into ? `${system.path(target)}/${from.slice(from.lastIndexOf("/") + 1)}` : system.path(target));
    },
    (name) => `cannot stat '${name}'`,
  );
}
