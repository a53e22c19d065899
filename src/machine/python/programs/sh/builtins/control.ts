import { ShellSyntaxError } from "../../../../../shell/syntax.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import { descriptorOfPath } from "../../../native/descriptor-paths.ts";
import { ControlFlow } from "../control-flow.ts";
import { exec as execProgram } from "../execution/programs.ts";
import { testExpression } from "../execution/test-expression.ts";
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import { numberOf } from "./numbers.ts";

/** bash leaves all the same with what is no number. */
async function leave(shell: Shell, name: "exit" | "return", code: string | undefined, io: Io): Promise<void> {
  if (code === undefined) return;
  if (!shell.isBash || /^[-+]?\d+$/.test(code)) {
    shell.status = Number(shell.isBash ? code : numberOf(name, code)) & 0xff;
    return;
  }
  await shell.complain(io, `${name}: ${code}: numeric argument required`);
  shell.status = 2;
}

const exit: Builtin = async (shell, [, code], io) => {
  await leave(shell, "exit", code, io);
  throw new ControlFlow("exit");
};

const returnFromFunction: Builtin = async (shell, [, code], io) => {
  if (shell.isBash && shell.callers.length === 0) {
    throw new ShellError("return: can only `return' from a function or sourced script");
  }
  await leave(shell, "return", code, io);
  throw new ControlFlow("return");
};

const leaveLoop =
  (what: "break" | "continue"): Builtin =>
  async (shell, [, levels = "1"]) => {
    const number = numberOf(what, levels);
    if (number < 1) throw new ShellError(`${what}: Illegal number: ${levels}`, 2, true);
    if (shell.loops === 0 && shell.isBash) {
      throw new ShellError(`${what}: only meaningful in a \`for', \`while', or \`until' loop`, 0);
    }
    if (shell.loops === 0) return 0;
    shell.status = 0;
    throw new ControlFlow(what, Math.min(number, shell.loops));
  };

const shift: Builtin = async (shell, [, count = "1"]) => {
  const number = numberOf("shift", count);
  if (number > shell.positional.arguments.length) {
    if (shell.isBash) return 1;
    throw new ShellError("shift: can't shift that many", 2, true);
  }
  shell.positional.arguments = shell.positional.arguments.slice(number);
  return 0;
};

const evaluate: Builtin = async (shell, [, ...words], io) => {
  const { line } = shell;
  shell.traceDepth += 1;
  try {
    await shell.session.within("eval", () => shell.runText(words.join(" "), io, line));
  } catch (error) {
    if (!(error instanceof ShellSyntaxError) || shell.isBash) throw error;
    throw new ShellError(`eval: ${error.message}`, 2, true);
  } finally {
    shell.traceDepth -= 1;
  }
  return shell.status;
};

const source: Builtin = async (shell, [name = ".", file, ...args], io) => {
  if (file === undefined) {
    if (shell.isBash) throw new ShellError(`${name}: filename argument required`);
    return 2;
  }
  const text = await read(shell, name, file, io);
  const { positional, line, sourceFile } = shell;
  shell.callers.unshift({ name: "source", isFunction: false, line, from: sourceFile });
  shell.sourceFile = file;
  shell.traceDepth += 1;
  if (args.length > 0) shell.positional = { name: positional.name, arguments: args };
  try {
    await shell.session.within("file", () => shell.runText(text, io));
  } catch (error) {
    if (!(error instanceof ControlFlow) || error.what !== "return") throw error;
  } finally {
    if (args.length > 0) shell.positional = positional;
    shell.line = line;
    shell.sourceFile = sourceFile;
    shell.callers.shift();
    shell.traceDepth -= 1;
  }
  return shell.status;
};

async function read(shell: Shell, name: string, file: string, io: Io): Promise<string> {
  const { files } = shell.system;
  const folders = file.includes("/") ? [""] : (shell.variables.get("PATH") ?? "").split(":");
  const searched = shell.isBash && !file.includes("/") ? [...folders, "."] : folders;
  for (const folder of searched) {
    const path = shell.path(folder === "" ? file : `${folder}/${file}`);
    if (path === "/dev/null") return "";
    const own = descriptorOfPath(path);
    const fd = own === undefined ? undefined : io.get(own);
    if (fd !== undefined) return new TextDecoder().decode(await shell.system.readAll(fd));
    if (files.status(path)?.type !== "file") continue;
    try {
      return new TextDecoder().decode(files.read(path));
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
    }
  }
  if (shell.isBash) throw new ShellError(`${file}: No such file or directory`, 1);
  const missing = file.includes("/") ? `cannot open ${file}: No such file` : `${file}: not found`;
  throw new ShellError(`${name}: ${missing}`, 2, true);
}

const exec: Builtin = async (shell, [, ...words], io) =>
  execProgram(shell, words[0] === "--" ? words.slice(1) : words, io);

const test: Builtin = async (shell, argv, io) => {
  const [name = "test"] = argv;
  if (name === "[" && argv.at(-1) !== "]") throw new ShellError(shell.isBash ? "[: missing `]'" : "[: missing ]");
  const words = name === "[" ? argv.slice(1, -1) : argv.slice(1);
  try {
    return testExpression(words, shell, io) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    throw new ShellError(`${name}: ${error.message}`, error.status);
  }
};

/**
 * Builtins that lead elsewhere, such as `exit`, `break`, `eval` and `exec`, and those that only have a status, by name.
 */
export const controlBuiltins: readonly (readonly [string, Builtin])[] = [
  [":", async () => 0],
  ["true", async () => 0],
  ["false", async () => 1],
  ["exit", exit],
  ["return", returnFromFunction],
  ["break", leaveLoop("break")],
  ["continue", leaveLoop("continue")],
  ["shift", shift],
  ["eval", evaluate],
  [".", source],
  ["exec", exec],
  ["test", test],
  ["[", test],
];

/** bash's name for `.`. */
export const sourceBuiltin = source;
