import type { FileEntry } from "../../kernel/protocol.ts";
import { resolvePath } from "../../native/file-tree.ts";
import { consoleScripts } from "./console-scripts.ts";
import { pythonCommandLine } from "./python.ts";
import type { StartedProgram } from "./python-run.ts";

const pythonName = /^python(3(\.14)?)?$/;

/** Finds out what a command line starts, as a shell would: by `PATH`, by the file's first line. */
export function commandLine(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  files: readonly FileEntry[],
): StartedProgram {
  const [command = "", ...args] = argv;
  const name = command.slice(command.lastIndexOf("/") + 1);
  const folder = command.slice(0, command.length - name.length);
  const inBin = folder === "" || folder === "/usr/local/bin/" || folder === "/usr/bin/";
  if (inBin && pythonName.test(name)) return pythonCommandLine(args);
  if (inBin && consoleScripts.has(name)) {
    const path = `/usr/local/bin/${name}`;
    return { kind: "python", argv: [path, ...args], run: { kind: "file", target: path } };
  }
  const path = folder === "" ? undefined : resolvePath(env.PWD ?? "/", command);
  const file = path === undefined ? undefined : files.find((entry) => entry.path === path && entry.type === "file");
  if (!path || !file) {
    return {
      kind: "unknown",
      message: folder === "" ? `${command}: command not found` : `${command}: No such file or directory`,
      exitCode: 127,
    };
  }
  const firstLine = new TextDecoder().decode(file.content?.subarray(0, 80)).split("\n")[0] ?? "";
  if (!/^#!.*\bpython[0-9.]*\s*$/.test(firstLine)) {
    return { kind: "unknown", message: `${command}: only Python scripts can be executed here`, exitCode: 126 };
  }
  return { kind: "python", argv: [command, ...args], run: { kind: "file", target: path } };
}
