/** Parameters that the shell itself gives values: `$?`, `$#`, `$1`, and in bash `$RANDOM` and its like. */
import type { ShellState } from "../state/shell-state.ts";

/** `$-` in bash: hashing and braces are always on, and the last letter says where its commands come from. */
function bashLetters({ options, interactive, start, sourceFile }: ShellState): string {
  const on = new Set([...options.letters, "h", "B", ...(interactive ? "imH" : "")]);
  const source = start.isLine ? "c" : sourceFile === undefined ? "s" : "";
  return (
    Array.from("abefhikmnptuvxBCEHPT")
      .filter((letter) => on.has(letter))
      .join("") + source
  );
}

/** The value of a parameter or variable; undefined if it has none. */
export function parameterOf(shell: ShellState, name: string): string | undefined {
  switch (name) {
    case "?":
      return String(shell.status);
    case "$":
      return String(shell.mainPid);
    case "!":
      return shell.lastBackground === undefined ? undefined : String(shell.lastBackground);
    case "#":
      return String(shell.positional.arguments.length);
    case "@":
    case "*":
      return shell.positional.arguments.join(" ");
    case "-":
      return shell.isBash ? bashLetters(shell) : shell.options.letters + (shell.interactive ? "im" : "");
    case "0":
      return shell.positional.name;
    case "LINENO":
      return String(shell.line);
    default:
      if (/^\d+$/.test(name)) return shell.positional.arguments[Number(name) - 1];
      return shell.variables.get(name) ?? (shell.isBash ? dynamic(shell, name) : undefined);
  }
}

/** Those of bash that are another one each time. */
function dynamic(shell: ShellState, name: string): string | undefined {
  switch (name) {
    case "RANDOM":
      return String(Math.floor(Math.random() * 32_768));
    case "SECONDS":
      return String(shell.secondsRunning);
    case "EPOCHSECONDS":
      return String(Math.floor(Date.now() / 1000));
    case "BASHPID":
      return String(shell.system.pid);
    case "UID":
    case "EUID":
      return "1000";
    case "BASH_COMMAND":
      return shell.underWay;
    case "HOSTNAME":
      return shell.system.hostName;
    case "FUNCNAME":
      return functionNames(shell)[0];
    case "BASH_SOURCE":
      return sourceFiles(shell)[0];
    case "BASH_LINENO":
      return String(callLines(shell)[0] ?? 0);
    case "BASH_SUBSHELL":
      return String(shell.level);
    case "OSTYPE":
      return "linux-gnu";
    case "HOSTTYPE":
      return "x86_64";
    case "MACHTYPE":
      return "x86_64-pc-linux-gnu";
    case "BASH_VERSINFO":
      return bashVersion[0];
    case "_":
      return shell.lastArgument;
    case "PIPESTATUS":
      return String(shell.statuses[0] ?? 0);
    default:
      return undefined;
  }
}

/** The version of bash that is followed, in its pieces. */
const bashVersion = ["5", "2", "15", "1", "release", "x86_64-pc-linux-gnu"];

/** The elements of an array, by their keys; undefined if it is none. */
export function elementsOf(shell: ShellState, name: string): ReadonlyMap<string, string> | undefined {
  if (name === "PIPESTATUS") return indexed(shell.statuses.map(String));
  if (name === "FUNCNAME") return indexed(functionNames(shell));
  if (name === "BASH_SOURCE") return indexed(sourceFiles(shell));
  if (name === "BASH_VERSINFO") return indexed(bashVersion);
  if (name === "BASH_LINENO") return indexed(callLines(shell).map(String));
  return shell.variables.elements(name);
}

/** Below what is under way stands the script itself, if it is one. */
function functionNames({ callers, isInFunction, start }: ShellState): string[] {
  if (!isInFunction) return [];
  return [...callers.map(({ name }) => name), ...(start.isScript ? ["main"] : [])];
}

function sourceFiles({ callers, sourceFile, start }: ShellState): string[] {
  const files = [sourceFile, ...callers.map(({ from }) => from)];
  // What stands in no file has a name only as far as it is a function.
  const within = start.isScript ? files : files.slice(0, callers.length);
  return within.map((file) => file ?? "environment");
}

function callLines({ callers, start }: ShellState): number[] {
  return [...callers.map(({ line }) => line), ...(start.isScript ? [0] : [])];
}

function indexed(values: readonly string[]): ReadonlyMap<string, string> {
  return new Map(values.map((value, index) => [String(index), value]));
}
