import type { PythonProgram, UnknownProgram } from "./python-run.ts";

/** Options without an argument. What they change is `posix/options.py`'s. */
const accepted = new Set("bBdEiIOPqsSuvx".split(""));
/** Options that take an argument. */
const withArgument = new Set(["W", "X"]);

const usage =
  "usage: python [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.";

/**
 * Parses the interpreter's own arguments: `python --help`, "Command line and environment" in CPython's documentation.
 */
export function pythonCommandLine(args: readonly string[]): PythonProgram | UnknownProgram {
  return parse(args, []);
}

/** The interpreter's own options, each by its letter and behind it what it was given: `["u", "Werror"]`. */
export function interpreterOptions(args: readonly string[]): string[] {
  const options: string[] = [];
  parse(args, options);
  return options;
}

/** `options`: where those that were found are put. */
function parse(args: readonly string[], options: string[]): PythonProgram | UnknownProgram {
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (arg === "-") return run("stdin", "", ["-", ...args.slice(index + 1)]);
    if (arg === "--version") return run("version", false, []);
    if (!arg.startsWith("-")) return run("file", arg, args.slice(index));
    if (arg.startsWith("--")) return refuse(`unknown option ${arg}`);
    const found = readOptions(arg.slice(1), args.slice(index + 1), options);
    if (found === "takes the next") index += 1;
    else if (found !== "goes on") return found;
  }
  return run("stdin", "", [""]);
}

/**
 * Reads the letters of one argument, as getopt(3) does. `rest`: the arguments behind it. Answers what it starts, or
 * whether to go on with the next argument or the one after that.
 */
function readOptions(
  letters: string,
  rest: readonly string[],
  options: string[],
): PythonProgram | UnknownProgram | "goes on" | "takes the next" {
  for (const [at, option] of Array.from(letters).entries()) {
    const inline = letters.slice(at + 1);
    if (option === "c" || option === "m") return runInline(option, inline, rest);
    if (option === "V") return run("version", letters.includes("VV"), []);
    if (withArgument.has(option)) {
      options.push(`${option}${inline || (rest[0] ?? "")}`);
      return inline === "" ? "takes the next" : "goes on";
    }
    if (!accepted.has(option)) return refuse(`Unknown option: -${option}`);
    options.push(option);
  }
  return "goes on";
}

/** `-c` and `-m` take what stands behind the letter, or else the next argument; all that follows is the program's. */
function runInline(option: "c" | "m", inline: string, rest: readonly string[]): PythonProgram | UnknownProgram {
  const value = inline || rest[0];
  if (value === undefined) return refuse(`Argument expected for the -${option} option`);
  return run(option === "c" ? "command" : "module", value, [`-${option}`, ...(inline ? rest : rest.slice(1))]);
}

function run(
  kind: "file" | "command" | "module" | "stdin" | "version",
  target: string | boolean,
  argv: readonly string[],
): PythonProgram {
  return { kind: "python", argv: [...argv], run: { kind, target } };
}

function refuse(message: string): UnknownProgram {
  return { kind: "unknown", message: `${message}\n${usage}`, exitCode: 2 };
}
