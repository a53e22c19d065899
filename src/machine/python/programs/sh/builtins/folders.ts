import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";

/** Goes to a folder. Throws `ShellError`. */
export function enter(shell: Shell, wanted: string): void {
  const path = shell.path(wanted);
  const status = shell.system.files.status(path);
  if (status?.type !== "directory") {
    const reason = status === undefined ? "No such file or directory" : "Not a directory";
    throw new ShellError(shell.isBash ? `cd: ${wanted}: ${reason}` : `cd: can't cd to ${wanted}`, shell.isBash ? 1 : 2);
  }
  shell.variables.set("OLDPWD", shell.cwd);
  shell.cwd = path;
  shell.variables.set("PWD", path);
  if (shell.level === 0) shell.system.cwd = path;
}

const cd: Builtin = async (shell, [, ...args], io) => {
  const words = args.filter((arg) => !/^-[LPe]+$/.test(arg) && arg !== "--");
  const [wanted, more] = words;
  if (more !== undefined && shell.isBash) throw new ShellError("cd: too many arguments", 1);
  if (wanted === "-") {
    // dash stays where it is if it has been nowhere else.
    const previous = shell.variables.get("OLDPWD") ?? (shell.isBash ? undefined : shell.cwd);
    if (previous === undefined) throw new ShellError("cd: OLDPWD not set", 1);
    enter(shell, previous);
    await shell.write(io, 1, `${previous}\n`);
    return 0;
  }
  const home = shell.variables.get("HOME");
  if (wanted === undefined && !home) {
    if (shell.isBash) throw new ShellError("cd: HOME not set", 1);
    return 0;
  }
  if (wanted === "") return 0;
  await enterAlong(shell, wanted ?? home ?? "/", io);
  return 0;
};

/** By `CDPATH`, if the folder does not say where it stands. */
async function enterAlong(shell: Shell, wanted: string, io: Io): Promise<void> {
  if (!/^\.{0,2}(?:\/|$)/.test(wanted)) {
    for (const folder of shell.variables.get("CDPATH")?.split(":") ?? []) {
      const path = shell.path(`${folder || "."}/${wanted}`);
      if (!shell.system.files.isFolder(path)) continue;
      enter(shell, path);
      if (folder !== "" && folder !== ".") await shell.write(io, 1, `${path}\n`);
      return;
    }
  }
  enter(shell, wanted);
}

const pwd: Builtin = async (shell, _argv, io) => {
  await shell.write(io, 1, `${shell.cwd}\n`);
  return 0;
};

/** `cd` and `pwd`, by name. */
export const folderBuiltins: readonly (readonly [string, Builtin])[] = [
  ["cd", cd],
  ["chdir", cd],
  ["pwd", pwd],
];
