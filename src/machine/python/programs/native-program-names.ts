import { absentPrograms } from "./absent-programs.ts";
import { textProgramNames } from "./text/text-program-names.ts";

/** The programs that run without CPython, each in a worker of its own. */
export const nativeProgramNames: ReadonlySet<string> = new Set([
  ...absentPrograms.keys(),
  ...textProgramNames,
  "ab",
  "basename",
  "hey",
  "wrk",
  "watch",
  "uptime",
  "top",
  "timeout",
  "ss",
  "pidof",
  "nproc",
  "nohup",
  "nice",
  "netstat",
  "lsof",
  "killall",
  "id",
  "fuser",
  "free",
  "df",
  "bash",
  "cat",
  "chmod",
  "clear",
  "cp",
  "curl",
  "date",
  "dirname",
  "echo",
  "env",
  "false",
  "grep",
  "head",
  "hostname",
  "kill",
  "ls",
  "man",
  "mkdir",
  "mv",
  "nano",
  "pgrep",
  "pkill",
  "printenv",
  "printf",
  "ps",
  "pwd",
  "rm",
  "rmdir",
  "seq",
  "sh",
  "sleep",
  "tail",
  "tee",
  "touch",
  "true",
  "uname",
  "wc",
  "which",
  "whoami",
  "xargs",
  "yes",
]);

const folders = new Set(["", "/bin/", "/usr/bin/", "/usr/local/bin/"]);

/** The native program that a command stands for; undefined if it stands for another one. */
export function nativeProgramName(command: string): string | undefined {
  const name = command.slice(command.lastIndexOf("/") + 1);
  const folder = command.slice(0, command.length - name.length);
  return folders.has(folder) && nativeProgramNames.has(name) ? name : undefined;
}
