import { findCommand } from "../../python/find-command.ts";
import { runExternalProgram } from "../execution/programs.ts";
import { quotedForShell } from "../expansion/value-changes.ts";
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";

const keywords = new Set([
  "if",
  "then",
  "elif",
  "else",
  "fi",
  "for",
  "in",
  "while",
  "until",
  "do",
  "done",
  "case",
  "esac",
  "{",
  "}",
  "!",
]);
const bashKeywords = new Set(["[[", "]]", "time", "function", "select", "coproc"]);

/** The words that begin or end what a shell's grammar has. */
export function keywordNames(shell: Shell): string[] {
  return [...keywords, ...(shell.isBash ? bashKeywords : [])];
}

/** What a name stands for: its kind, where it is, and what `type` says of it. */
interface Named {
  readonly kind: "alias" | "keyword" | "function" | "builtin" | "file";
  /** What `command -v` prints. */
  readonly brief: string;
  readonly said: string;
}

function named(shell: Shell, name: string): Named | undefined {
  const knowsAliases = !shell.isBash || shell.interactive || shell.shopt.has("expand_aliases");
  const alias = knowsAliases ? shell.aliases.get(name) : undefined;
  if (alias !== undefined) {
    return {
      kind: "alias",
      brief: `alias ${name}=${quotedForShell(alias)}`,
      said: shell.isBash ? `${name} is aliased to \`${alias}'` : `${name} is an alias for ${alias}`,
    };
  }
  if (keywords.has(name) || (shell.isBash && bashKeywords.has(name))) {
    return { kind: "keyword", brief: name, said: `${name} is a shell keyword` };
  }
  if (shell.functions.has(name)) {
    return {
      kind: "function",
      brief: name,
      said: shell.isBash ? `${name} is a function` : `${name} is a shell function`,
    };
  }
  if (shell.builtins.has(name) && !shell.disabled.has(name)) {
    const special = shell.special.has(name) && !shell.isBash ? "special " : "";
    return { kind: "builtin", brief: name, said: `${name} is a ${special}shell builtin` };
  }
  const found = findCommand(name, shell.cwd, shell.variables.get("PATH") ?? "", shell.system.files);
  if (found.kind !== "found") return undefined;
  return {
    kind: "file",
    brief: name.includes("/") ? name : found.path,
    said: `${name} is ${name.includes("/") ? name : found.path}`,
  };
}

const type: Builtin = async (shell, [, ...args], io) => {
  const options = shell.isBash ? args.filter((arg) => /^-[atpPf]+$/.test(arg)).join("") : "";
  let status = 0;
  for (const word of shell.isBash ? args.filter((arg) => !/^-[atpPf]+$/.test(arg)) : args) {
    const found = named(shell, word);
    if (found === undefined) {
      status = shell.isBash ? 1 : 127;
      if (options === "" && shell.isBash) await shell.complain(io, `type: ${word}: not found`);
      else if (options === "") await shell.write(io, 1, `${word}: not found\n`);
    } else if (options.includes("t")) await shell.write(io, 1, `${found.kind}\n`);
    else if (/p/i.test(options)) await shell.write(io, 1, found.kind === "file" ? `${found.brief}\n` : "");
    else await shell.write(io, 1, `${found.said}\n`);
  }
  return status;
};

const command: Builtin = async (shell, [, ...args], io) => {
  let at = 0;
  let how = "";
  for (; /^-[pvV]+$/.test(args[at] ?? ""); at += 1) how += args[at]?.slice(1);
  if (args[at] === "--") at += 1;
  const words = args.slice(at);
  const [name] = words;
  if (/^-./.test(name ?? "")) throw new ShellError(`command: Illegal option ${name}`);
  if (name === undefined) return 0;
  if (/v/i.test(how)) return describe(shell, shell.isBash ? words : [name], how.includes("V"), io);
  const builtin = shell.builtins.get(name);
  return builtin === undefined ? runExternalProgram(shell, words, io) : builtin(shell, words, io);
};

async function describe(shell: Shell, words: readonly string[], long: boolean, io: Io): Promise<number> {
  let status = 0;
  for (const word of words) {
    const found = named(shell, word);
    if (found !== undefined) await shell.write(io, 1, `${long ? found.said : found.brief}\n`);
    else {
      status = shell.isBash ? 1 : 127;
      if (long) await shell.write(io, shell.isBash ? 2 : 1, `${shell.isBash ? "command: " : ""}${word}: not found\n`);
    }
  }
  return status;
}

const hash: Builtin = async (shell, [, ...names], io) => {
  let status = 0;
  for (const name of names.filter((each) => !each.startsWith("-"))) {
    if (named(shell, name) !== undefined) continue;
    await shell.complain(io, `hash: ${name}: not found`);
    status = 1;
  }
  return status;
};

/** Builtins that say what a name stands for, or skip functions of that name, by name. */
export const typeBuiltins: readonly (readonly [string, Builtin])[] = [
  ["type", type],
  ["command", command],
  ["hash", hash],
];
