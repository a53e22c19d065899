import type { Program } from "./command-line.ts";

/** Options without an argument that change nothing a program here could notice. */
const accepted = new Set("bBdEiIOPqsSuvx".split(""));
/** Options that take an argument. */
const withArgument = new Set(["W", "X"]);

const usage =
  "usage: python [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.";

/** Parses the interpreter's own arguments: `python --help`, "Command line and environment" in CPython's documentation. */
export function pythonCommandLine(args: readonly string[]): Program {
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (arg === "-") return run("stdin", "", ["-", ...args.slice(index + 1)]);
    if (arg === "--version") return run("version", false, []);
    if (!arg.startsWith("-")) return run("file", arg, args.slice(index));
    if (arg.startsWith("--")) return refuse(`unknown option ${arg}`);
    for (let at = 1; at < arg.length; at += 1) {
      const option = arg[at] ?? "";
      if (option === "c" || option === "m") {
        const inline = arg.slice(at + 1);
        const value = inline || args[index + 1];
        if (value === undefined) return refuse(`Argument expected for the -${option} option`);
        const rest = args.slice(index + (inline ? 1 : 2));
        return run(option === "c" ? "command" : "module", value, [`-${option}`, ...rest]);
      }
      if (option === "V") return run("version", arg.includes("VV"), []);
      if (withArgument.has(option)) {
        if (at === arg.length - 1) index += 1;
        break;
      }
      if (!accepted.has(option)) return refuse(`Unknown option: -${option}`);
    }
  }
  return run("stdin", "", [""]);
}

function run(
  kind: "file" | "command" | "module" | "stdin" | "version",
  target: string | boolean,
  argv: readonly string[],
): Program {
  return { kind: "python", argv: [...argv], run: { kind, target } };
}

function refuse(message: string): Program {
  return { kind: "unknown", message: `${message}\n${usage}`, exitCode: 2 };
}
