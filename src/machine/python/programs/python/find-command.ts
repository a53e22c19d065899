import { type FileTree, resolvePath } from "../../native/file-tree.ts";
import { nativeProgramNames } from "../native-program-names.ts";
import { consoleScripts } from "./console-scripts.ts";

/** What a command's name stands for. */
export type FoundCommand =
  | { readonly kind: "found"; readonly path: string; argv(given: readonly string[]): string[] }
  | { readonly kind: "missing"; readonly message: string; readonly status: number };

const interpreters = ["python", "python3", "python3.14"];

/** Where every command stands that is no file of the host's, with what such a file would hold. */
export const commandFiles: ReadonlyMap<string, string> = new Map([
  ...Array.from(consoleScripts, ([name, text]) => [`/usr/local/bin/${name}`, text] as const),
  ...interpreters.map((name) => [`/usr/local/bin/${name}`, ""] as const),
  ...[...nativeProgramNames].map((name) => [`/usr/bin/${name}`, ""] as const),
]);

/** Looks for a command as a shell does: along `PATH`, or at the path that it is. */
export function findCommand(name: string, cwd: string, searched: string, files: FileTree): FoundCommand {
  const same = (given: readonly string[]) => [...given];
  if (!name.includes("/")) {
    for (const folder of searched.split(":")) {
      const path = resolvePath(cwd, `${folder || "."}/${name}`);
      if (name === "" || files.status(path)?.type !== "file") continue;
      if (commandFiles.has(path)) return { kind: "found", path, argv: same };
      if (isInterpreter(path, files)) return { kind: "found", path, argv: ([, ...args]) => [path, ...args] };
      const status = files.status(path);
      if (status !== undefined && (status.mode & 0o111) !== 0)
        return runnable(path, `${folder || "."}/${name}`, files, ([, ...args]) => [path, ...args]);
    }
    return { kind: "missing", message: "not found", status: 127 };
  }
  const path = resolvePath(cwd, name);
  const status = files.status(path);
  if (status === undefined) return { kind: "missing", message: "not found", status: 127 };
  if (status.type === "directory") return { kind: "missing", message: "Permission denied", status: 126 };
  if (commandFiles.has(path) || isInterpreter(path, files)) return { kind: "found", path, argv: same };
  if ((status.mode & 0o111) === 0) return { kind: "missing", message: "Permission denied", status: 126 };
  return runnable(path, name, files, same);
}

/** Whether a path leads to an interpreter, as that of a virtual environment does by a link. */
function isInterpreter(path: string, files: FileTree): boolean {
  const inode = files.status(path)?.inode;
  return interpreters.some((name) => files.status(`/usr/local/bin/${name}`)?.inode === inode);
}

/** A script is given to what its first line names. */
function runnable(
  path: string,
  shown: string,
  files: FileTree,
  same: (given: readonly string[]) => string[],
): FoundCommand {
  const [firstLine = ""] = new TextDecoder().decode(files.read(path).subarray(0, 200)).split("\n");
  if (/^#!.*\bpython[0-9.]*(?:\s+-\S+)*\s*$/.test(firstLine)) return { kind: "found", path, argv: same };
  if (firstLine.startsWith("#!") && !/\b(?:ba|da)?sh\b/.test(firstLine)) {
    return { kind: "missing", message: "not found", status: 127 };
  }
  return { kind: "found", path, argv: ([, ...args]) => ["sh", shown, ...args] };
}
