import { assign } from "../execution/assignments.ts";
import { traceAssignment } from "../execution/trace.ts";
import { quotedForShell } from "../expansion/value-changes.ts";
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";

const nameOfVariable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `NAME` or `NAME=value`. Throws `ShellError`. */
export function assignmentOf(
  shell: Shell,
  builtin: string,
  word: string,
): { name: string; value: string | undefined; append: boolean } {
  const [, given = word, plus = "", value] = /^([^=+]*)(\+?)=(.*)$/s.exec(word) ?? [];
  if (!nameOfVariable.test(given)) {
    throw new ShellError(
      shell.isBash ? `${builtin}: \`${word}': not a valid identifier` : `${builtin}: ${given}: bad variable name`,
      shell.isBash ? 1 : 2,
      !shell.isBash,
    );
  }
  return { name: given, value, append: plus === "+" };
}

async function showMarked(
  shell: Shell,
  builtin: "export" | "readonly",
  mark: "exported" | "readOnly",
  io: Io,
): Promise<number> {
  const lines = shell.variables.all().flatMap(([name, variable]) => {
    if (!variable[mark]) return [];
    const shown =
      variable.value === undefined
        ? ""
        : `=${shell.isBash ? JSON.stringify(variable.value) : quotedForShell(variable.value)}`;
    return [`${shell.isBash ? `declare -${mark === "exported" ? "x" : "r"}` : builtin} ${name}${shown}\n`];
  });
  await shell.write(io, 1, lines.join(""));
  return 0;
}

const marking =
  (builtin: "export" | "readonly", mark: "exported" | "readOnly"): Builtin =>
  async (shell, [, ...args], io) => {
    if (shell.isBash && mark === "exported" && /^-\w*f/.test(args[0] ?? "")) return exportFunctions(shell, args, io);
    const arrays = shell.takeDeclared();
    const removes = args[0] === "-n";
    const words = args
      .map((word, index) => ({ word, array: arrays[index + 1] }))
      .filter(({ word }) => !/^-[pnf]$|^--$/.test(word));
    if (words.length === 0) return showMarked(shell, builtin, mark, io);
    for (const { word, array } of words) {
      const name = await markedName(shell, builtin, word, array, io);
      shell.variables.declare(name)[mark] = !removes;
    }
    return 0;
  };

/** What stands behind `export` or `readonly`: its name, once it has its value. */
async function markedName(
  shell: Shell,
  builtin: string,
  word: string,
  array: ReturnType<Shell["takeDeclared"]>[number] | undefined,
  io: Io,
): Promise<string> {
  if (array !== undefined) await assign(shell, array, shell.expansionContext(io));
  const { name, value, append } = assignmentOf(shell, builtin, array === undefined ? word : array.name);
  if (value === undefined) return name;
  shell.set(name, append ? (shell.variables.get(name) ?? "") + value : value);
  if (shell.isBash) await traceAssignment(shell, name, io);
  return name;
}

/** `export -f NAME…`; with `-n` they stay here. */
async function exportFunctions(shell: Shell, [options = "", ...names]: readonly string[], io: Io): Promise<number> {
  let status = 0;
  for (const name of names) {
    const found = shell.functions.get(name);
    if (found !== undefined) shell.functions.set(name, { ...found, exported: !options.includes("n") });
    else {
      await shell.complain(io, `export: ${name}: not a function`);
      status = 1;
    }
  }
  return status;
}

const unset: Builtin = async (shell, [, ...args]) => {
  const functions = args[0] === "-f";
  for (const name of /^-[fvn]$/.test(args[0] ?? "") ? args.slice(1) : args) {
    if (functions) shell.functions.delete(name);
    else if (args[0] === "-n") shell.variables.unsetReference(name);
    else unsetVariable(shell, name);
  }
  return 0;
};

/** `NAME`, or in bash `NAME[KEY]`; what is no variable there may be a function. */
function unsetVariable(shell: Shell, name: string): void {
  const { isBash, variables } = shell;
  const [, array, key] = (isBash && /^(\w+)\[(.*)\]$/.exec(name)) || [];
  if (array !== undefined && key !== undefined) {
    variables.unsetElement(array, key);
    return;
  }
  assignmentOf(shell, "unset", name);
  const variable = variables.find(name);
  if (isBash && variable === undefined) shell.functions.delete(name);
  if (variable?.readOnly) {
    throw isBash
      ? new ShellError(`unset: ${name}: cannot unset: readonly variable`, 1)
      : new ShellError(`unset: ${name}: is read only`, 2, true);
  }
  variables.unset(name);
}

const local: Builtin = async (shell, [, ...args], io) => {
  const arrays = shell.takeDeclared();
  if (args.length > 0 && !shell.variables.inFunction) {
    throw new ShellError(
      shell.isBash ? "local: can only be used in a function" : "local: not in a function",
      shell.isBash ? 1 : 2,
      !shell.isBash,
    );
  }
  const words = args.map((word, index) => ({ word, array: arrays[index + 1] }));
  const options = words
    .filter(({ word }) => /^-[A-Za-z]+$/.test(word))
    .map(({ word }) => word)
    .join("");
  for (const { word, array } of words) {
    if (/^-[A-Za-z]+$/.test(word)) continue;
    await makeLocal(shell, word, array, options, io);
  }
  return 0;
};

async function makeLocal(
  shell: Shell,
  word: string,
  array: ReturnType<Shell["takeDeclared"]>[number] | undefined,
  options: string,
  io: Io,
): Promise<void> {
  const { name, value, append } = assignmentOf(shell, "local", array === undefined ? word : array.name);
  shell.variables.makeLocal(name);
  if (shell.isBash && options.includes("n")) {
    shell.variables.refer(name, value ?? "");
    return;
  }
  // Whatever the caller's variable of this name stands for, this one is another.
  if (shell.variables.itself(name)?.reference !== undefined) shell.variables.unsetReference(name);
  const variable = shell.variables.declare(name);
  if (shell.isBash && value === undefined && !append) {
    variable.value = undefined;
    variable.elements = options.includes("a") || options.includes("A") ? new Map() : undefined;
  }
  if (options.includes("A")) variable.associative = true;
  if (options.includes("i")) variable.integer = true;
  if (/[lu]/.test(options)) variable.letters = options.includes("l") ? "lower" : "upper";
  if (array !== undefined) await assign(shell, array, shell.expansionContext(io));
  else if (value !== undefined) shell.set(name, append ? (shell.variables.get(name) ?? "") + value : value);
  if (options.includes("r")) variable.readOnly = true;
  if (options.includes("x")) variable.exported = true;
}

/** Builtins for variables: `export`, `readonly`, `unset`, `local`, by name. */
export const variableBuiltins: readonly (readonly [string, Builtin])[] = [
  ["export", marking("export", "exported")],
  ["readonly", marking("readonly", "readOnly")],
  ["unset", unset],
  ["local", local],
];
