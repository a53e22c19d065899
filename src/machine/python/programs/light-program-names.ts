/** The programs that run without CPython, each in a worker of its own. */
export const lightProgramNames: ReadonlySet<string> = new Set([
  "cat",
  "chmod",
  "clear",
  "cp",
  "curl",
  "date",
  "echo",
  "env",
  "false",
  "grep",
  "head",
  "kill",
  "ls",
  "mkdir",
  "mv",
  "nginx",
  "pgrep",
  "pip",
  "pip3",
  "pkill",
  "printenv",
  "ps",
  "pwd",
  "rm",
  "rmdir",
  "seq",
  "sh",
  "sleep",
  "sort",
  "systemctl",
  "tail",
  "tee",
  "touch",
  "true",
  "uname",
  "uniq",
  "uwsgi",
  "wc",
  "which",
  "whoami",
  "xargs",
]);

const folders = new Set(["", "/bin/", "/usr/bin/", "/usr/local/bin/"]);

/** The light program that a command stands for; undefined if it stands for another one. */
export function lightProgramName(command: string): string | undefined {
  const name = command.slice(command.lastIndexOf("/") + 1);
  const folder = command.slice(0, command.length - name.length);
  return folders.has(folder) && lightProgramNames.has(name) ? name : undefined;
}
