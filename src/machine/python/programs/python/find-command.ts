import { type FileTree, resolvePath } from "../../native/file-tree.ts";
import { nativeProgramName, nativeProgramNames } from "../native-program-names.ts";
import { consoleScripts } from "./console-scripts.ts";

/** What a command's name stands for. */
export type FoundCommand =
  | {
      readonly kind: "found";
      readonly path: string;
      /** `shell`: what runs a script that names no interpreter; left out: `sh`. */
      argv(given: readonly string[], shell?: "sh" | "bash"): string[];
    }
  | {
      readonly kind: "missing";
      readonly message: string;
      readonly status: number;
      /** What the first line of the script wants to be run by, if that is what is missing. */
      readonly interpreter?: string;
    };

const interpreters = ["python", "python3", "python3.14"];

/** Where every command stands that is no file of the host's, with what such a file would hold. */
export const commandFiles: ReadonlyMap<string, string> = new Map([
  ...Array.from(consoleScripts, ([name, text]) => [`/usr/local/bin/${name}`, text] as const),
  ...interpreters.map((name) => [`/usr/local/bin/${name}`, ""] as const),
  ...[...nativeProgramNames].map((name) => [`/usr/bin/${name}`, ""] as const),
]);

/** Whether a command stands at this path. `/bin` is a link to `/usr/bin`. */
function isCommand(path: string): boolean {
  return commandFiles.has(path.startsWith("/bin/") ? `/usr${path}` : path);
}

/** Looks for a command as a shell does: along `PATH`, or at the path that it is. */
export function findCommand(name: string, cwd: string, searched: string, files: FileTree): FoundCommand {
  const same = (given: readonly string[]) => [...given];
  if (!name.includes("/")) {
    for (const folder of searched.split(":")) {
      const path = resolvePath(cwd, `${folder || "."}/${name}`);
      if (name === "" || files.status(path)?.type !== "file") continue;
      if (isCommand(path)) return { kind: "found", path, argv: same };
      if (isInterpreter(path, files)) return { kind: "found", path, argv: ([, ...args]) => [path, ...args] };
      const status = files.status(path);
      if (status !== undefined && (status.mode & 0o111) !== 0)
        return script(path, `${folder || "."}/${name}`, searched, files);
    }
    return { kind: "missing", message: "not found", status: 127 };
  }
  const path = resolvePath(cwd, name);
  const status = files.status(path);
  if (status === undefined) return { kind: "missing", message: "not found", status: 127 };
  if (status.type === "directory") return { kind: "missing", message: "Permission denied", status: 126 };
  if (isCommand(path) || isInterpreter(path, files)) return { kind: "found", path, argv: same };
  if ((status.mode & 0o111) === 0) return { kind: "missing", message: "Permission denied", status: 126 };
  return script(path, name, searched, files);
}

/** Whether a path leads to an interpreter, as that of a virtual environment does by a link. */
function isInterpreter(path: string, files: FileTree): boolean {
  const inode = files.status(path)?.inode;
  return interpreters.some((name) => files.status(`/usr/local/bin/${name}`)?.inode === inode);
}

/** A script is given to what its first line names, with its path as it was written. */
function script(path: string, shown: string, searched: string, files: FileTree): FoundCommand {
  const head = new TextDecoder().decode(files.read(path).subarray(0, 256));
  const found = (...before: string[]): FoundCommand => ({
    kind: "found",
    path,
    argv: ([, ...args]) => [...before, shown, ...args],
  });
  const [, line] = /^#!([^\n]*)/.exec(head) ?? [];
  if (line === undefined) {
    return { kind: "found", path, argv: ([, ...args], shell = "sh") => [shell, shown, ...args] };
  }
  const [, interpreter = "", argument = ""] = /^[ \t]*([^ \t]*)[ \t]*(.*?)[ \t]*$/s.exec(line) ?? [];
  const words = argument === "" ? [] : [argument];
  if (nativeProgramName(interpreter) === "env") {
    const [name = "", ...more] = argument.replace(/^-S[ \t]*/, "").split(/[ \t]+/);
    const named = name.includes("/") ? undefined : findCommand(name, "/", searched, files);
    // What env does not find it says itself.
    if (named?.kind !== "found") return found(interpreter, ...words);
    return isPython(name) ? found() : found(name, ...more);
  }
  // The process that is started for a script of Python finds its interpreter itself.
  if (isPython(interpreter)) return found();
  if (nativeProgramName(interpreter) === undefined && files.status(interpreter)?.type !== "file") {
    return { kind: "missing", message: "not found", status: 127, interpreter };
  }
  return found(interpreter, ...words);
}

function isPython(interpreter: string): boolean {
  return /(?:^|\/)python[0-9.]*$/.test(interpreter);
}
