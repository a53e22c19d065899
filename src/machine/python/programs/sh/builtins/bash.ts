/** Builtins that bash has and dash has not. */
import { assign } from "../execution/assignments.ts";
import { evaluateIn } from "../expansion/expansion.ts";
import { inTableOrder } from "../expansion/table-order.ts";
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import { shellOptions } from "../state/shell-options.ts";
import { marksOf, type Variable } from "../state/variables.ts";
import { compgen } from "./compgen.ts";
import { completeBuiltin } from "./complete.ts";
import { sourceBuiltin } from "./control.ts";
import { enable } from "./enable.ts";
import { enter } from "./folders.ts";
import { disownBuiltin } from "./jobs.ts";
import { mapfile } from "./reading.ts";
import { assignmentOf } from "./variables.ts";

const letters = "aAfFgiIlnrtuxp";

const declare: Builtin = async (shell, [builtin = "declare", ...args], io) => {
  const arrays = shell.takeDeclared();
  const words = args.map((word, index) => ({ word, array: arrays[index + 1] }));
  const options = words.filter(({ word }) => /^[-+]\w+$/.test(word)).map(({ word }) => word);
  const on = options
    .filter((word) => word.startsWith("-"))
    .join("")
    .replaceAll("-", "");
  const off = options
    .filter((word) => word.startsWith("+"))
    .join("")
    .replaceAll("+", "");
  const unknown = Array.from(on + off).find((letter) => !letters.includes(letter));
  if (unknown !== undefined) throw new ShellError(`${builtin}: -${unknown}: invalid option`);
  const named = words.filter(({ word }) => !/^[-+]\w+$/.test(word));
  if (/[fF]/.test(on))
    return declareFunctions(
      shell,
      named.map(({ word }) => word),
      io,
    );
  if (on.includes("p") || named.length === 0)
    return show(
      shell,
      named.map(({ word }) => word),
      io,
    );
  for (const { word, array } of named) {
    const { name, value, append } = assignmentOf(shell, builtin, array === undefined ? word : array.name);
    if (!on.includes("g")) shell.variables.makeLocal(name);
    if (on.includes("n")) {
      shell.variables.refer(name, value ?? "");
      continue;
    }
    const variable = shell.variables.declare(name);
    mark(variable, on, off);
    if (array !== undefined) await assign(shell, array, shell.expansionContext(io));
    else if (value !== undefined) {
      const text = variable.integer ? String(evaluateIn(value, shell.expansionContext(io))) : value;
      shell.set(name, append ? (shell.variables.get(name) ?? "") + text : text);
    }
    if (on.includes("r")) variable.readOnly = true;
  }
  return 0;
};

function mark(variable: Variable, on: string, off: string): void {
  if (/[aA]/.test(on)) variable.elements ??= new Map();
  if (on.includes("A")) variable.associative = true;
  if (on.includes("i")) variable.integer = true;
  if (/[lu]/.test(on)) variable.letters = on.includes("l") ? "lower" : "upper";
  if (on.includes("x")) variable.exported = true;
  if (off.includes("i")) variable.integer = false;
  if (off.includes("x")) variable.exported = false;
}

async function declareFunctions(shell: Shell, names: readonly string[], io: Io): Promise<number> {
  const wanted = names.length === 0 ? [...shell.functions.keys()].sort() : names;
  let status = 0;
  for (const name of wanted) {
    const found = shell.functions.get(name);
    if (found === undefined) status = 1;
    else await shell.write(io, 1, `${name} () \n${found.body.source}\n`);
  }
  return status;
}

async function show(shell: Shell, names: readonly string[], io: Io): Promise<number> {
  let status = 0;
  const wanted = names.length === 0 ? shell.variables.all().map(([name]) => name) : names;
  for (const name of wanted) {
    const variable = shell.variables.itself(name);
    if (variable === undefined) {
      await shell.complain(io, `declare: ${name}: not found`);
      status = 1;
    } else await shell.write(io, 1, `${declaration(name, variable)}\n`);
  }
  return status;
}

function declaration(name: string, variable: Variable): string {
  const { elements, value, reference } = variable;
  if (reference !== undefined) return `declare -n ${name}="${reference}"`;
  const marks = marksOf(variable) || "-";
  if (elements !== undefined) {
    const all = variable.associative ? inTableOrder(elements) : [...elements];
    const shown = all.map(([key, text]) => `[${keyShown(key)}]=${doubleQuoted(text)}`).join(" ");
    return `declare -${marks} ${name}=(${shown}${variable.associative && elements.size > 0 ? " " : ""})`;
  }
  return `declare -${marks} ${name}${value === undefined ? "" : `=${doubleQuoted(value)}`}`;
}

function keyShown(key: string): string {
  return /^[\w%+,./:=@^-]+$/.test(key) ? key : doubleQuoted(key);
}

function doubleQuoted(text: string): string {
  return `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}

const letBuiltin: Builtin = async (shell, [, ...expressions], io) => {
  if (expressions.length === 0) throw new ShellError("let: expression expected", 1);
  let value = 0n;
  for (const expression of expressions) value = evaluateIn(expression, shell.expansionContext(io));
  return value === 0n ? 1 : 0;
};

const shopt: Builtin = async (shell, [, ...args], io) => {
  const option = args.filter((arg) => arg.startsWith("-")).join("");
  const names = args.filter((arg) => !arg.startsWith("-"));
  if (option.includes("o")) return shoptOfSet(shell, option, names, io);
  const isOn = (name: string) =>
    shell.shopt.has(name) || (shellOptions.get(name) === true && !shell.shopt.has(`-${name}`));
  const show = async (name: string) => {
    const shown = option.includes("p")
      ? `shopt -${isOn(name) ? "s" : "u"} ${name}`
      : `${name.padEnd(15)}\t${isOn(name) ? "on" : "off"}`;
    if (!option.includes("q")) await shell.write(io, 1, `${shown}\n`);
  };
  if (names.length === 0) {
    const isWanted = (name: string) => !/[su]/.test(option) || isOn(name) === option.includes("s");
    for (const name of shellOptions.keys()) if (isWanted(name)) await show(name);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (!shellOptions.has(name)) {
      await shell.complain(io, `shopt: ${name}: invalid shell option name`);
      status = 1;
    } else if (option.includes("s")) {
      shell.shopt.add(name);
      shell.shopt.delete(`-${name}`);
    } else if (option.includes("u")) {
      shell.shopt.delete(name);
      shell.shopt.add(`-${name}`);
    } else {
      await show(name);
      if (!isOn(name)) status = 1;
    }
  }
  return status;
};

/** `shopt -o`: the options of `set`. */
async function shoptOfSet(shell: Shell, option: string, names: readonly string[], io: Io): Promise<number> {
  let status = 0;
  for (const name of names) {
    if (/[su]/.test(option)) {
      shell.options.switchName(name, option.includes("s"), true);
      continue;
    }
    const on = shell.options.hasName(name);
    if (!on) status = 1;
    const shown = option.includes("p") ? `set ${on ? "-" : "+"}o ${name}` : `${name.padEnd(15)}\t${on ? "on" : "off"}`;
    if (!option.includes("q")) await shell.write(io, 1, `${shown}\n`);
  }
  return status;
}

const builtin: Builtin = async (shell, [, name, ...args], io) => {
  if (name === undefined) return 0;
  const found = shell.builtins.get(name);
  if (found === undefined) throw new ShellError(`builtin: ${name}: not a shell builtin`, 1);
  return found(shell, [name, ...args], io);
};

function foldersShown(shell: Shell): string[] {
  const home = shell.variables.get("HOME");
  const brief = (path: string) =>
    home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
  return [shell.cwd, ...shell.folders].map(brief);
}

async function showFolders(shell: Shell, io: Io): Promise<void> {
  await shell.write(io, 1, `${foldersShown(shell).join(" ")}\n`);
}

const pushd: Builtin = async (shell, [, folder], io) => {
  const { cwd } = shell;
  const [top] = shell.folders;
  if (folder === undefined && top === undefined) throw new ShellError("pushd: no other directory", 1);
  enter(shell, folder ?? top ?? ".");
  if (folder === undefined) shell.folders.shift();
  shell.folders.unshift(cwd);
  await showFolders(shell, io);
  return 0;
};

const popd: Builtin = async (shell, _argv, io) => {
  const folder = shell.folders.shift();
  if (folder === undefined) throw new ShellError("popd: directory stack empty", 1);
  enter(shell, folder);
  await showFolders(shell, io);
  return 0;
};

const dirs: Builtin = async (shell, [, option], io) => {
  if (option === "-c") shell.folders.length = 0;
  else if (option === "-v" || option === "-p") {
    const lines = foldersShown(shell).map((path, index) =>
      option === "-v" ? `${String(index).padStart(2)}  ${path}` : path,
    );
    await shell.write(io, 1, `${lines.join("\n")}\n`);
  } else await showFolders(shell, io);
  return 0;
};

/** `caller`: the line and file of a call; `caller 0`: with the name of who called. */
const caller: Builtin = async (shell, [, level], io) => {
  const call = shell.callers[Number(level ?? 0)];
  if (call === undefined && level === undefined && shell.start.isScript) {
    await shell.write(io, 1, "0 NULL\n");
    return 0;
  }
  if (call === undefined) return 1;
  const from = call.from ?? (shell.start.isScript ? "main" : "NULL");
  const who = shell.callers[Number(level ?? 0) + 1]?.name ?? "main";
  await shell.write(io, 1, level === undefined ? `${call.line} ${from}\n` : `${call.line} ${who} ${from}\n`);
  return 0;
};

/** What bash has and this shell does not: it says so. */
const unknown: Builtin = async (_shell, [name]) => {
  throw new ShellError(`${name}: a builtin of bash that this shell does not have`, 1);
};

const logout: Builtin = async () => {
  throw new ShellError("logout: not login shell: use `exit'", 1);
};

const suspend: Builtin = async (shell) => {
  if (!shell.interactive) throw new ShellError("suspend: cannot suspend: no job control", 1);
  throw new ShellError("suspend: a builtin of bash that this shell does not have", 1);
};

export const bashBuiltins: readonly (readonly [string, Builtin])[] = [
  ["source", sourceBuiltin],
  ["declare", declare],
  ["typeset", declare],
  ["let", letBuiltin],
  ["shopt", shopt],
  ["mapfile", mapfile],
  ["readarray", mapfile],
  ["builtin", builtin],
  ["compgen", compgen],
  ["pushd", pushd],
  ["popd", popd],
  ["dirs", dirs],
  ["caller", caller],
  ["disown", disownBuiltin],
  ["enable", enable],
  ["complete", completeBuiltin],
  ["logout", logout],
  ["suspend", suspend],
  ...["bind", "compopt", "fc"].map((name) => [name, unknown] as const),
];
