/** `compgen` of bash: the words that would complete one. */
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import { keywordNames } from "./types.ts";

const usage =
  "compgen: usage: compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]";

/** Actions by the letters that stand for them. */
const letters: Readonly<Record<string, string>> = {
  a: "alias",
  b: "builtin",
  c: "command",
  d: "directory",
  e: "export",
  f: "file",
  j: "job",
  k: "keyword",
  u: "user",
  v: "variable",
};

/** The names of each kind that begin with a word. */
const actions: Readonly<Record<string, (shell: Shell, word: string) => readonly string[]>> = {
  alias: (shell) => [...shell.aliases.keys()].sort(),
  builtin: (shell) => [...shell.builtins.keys()].sort(),
  command: (shell, word) => [
    ...[...shell.aliases.keys()].sort(),
    ...keywordNames(shell),
    ...[...shell.functions.keys()].sort(),
    ...[...shell.builtins.keys()].sort(),
    ...programs(shell, word),
  ],
  directory: (shell, word) => paths(shell, word, true),
  export: (shell) => Object.keys(shell.variables.environment).sort(),
  file: (shell, word) => paths(shell, word, false),
  function: (shell) => [...shell.functions.keys()].sort(),
  job: (shell) => shell.jobs.all().map(({ command }) => command.split(" ")[0] ?? ""),
  keyword: (shell) => keywordNames(shell),
  user: () => ["root", "student"],
  variable: (shell) => shell.variables.names().sort(),
};

/** Files below the folder that a word names, with that folder before them. */
function paths(shell: Shell, word: string, onlyFolders: boolean): string[] {
  const folder = word.slice(0, word.lastIndexOf("/") + 1);
  const { files } = shell.system;
  const place = shell.path(folder || ".");
  if (!files.isFolder(place)) return [];
  return files
    .names(place)
    .filter((name) => !name.startsWith(".") || word.slice(folder.length).startsWith("."))
    .filter((name) => !onlyFolders || files.isFolder(`${place}/${name}`))
    .map((name) => folder + name);
}

function programs(shell: Shell, word: string): string[] {
  if (word.includes("/")) return paths(shell, word, false);
  const { files } = shell.system;
  const found = (shell.variables.get("PATH") ?? "").split(":").flatMap((folder) => {
    const place = shell.path(folder || ".");
    return files.isFolder(place) ? files.names(place) : [];
  });
  return [...new Set(found)].sort();
}

interface Asked {
  readonly words: ((word: string) => readonly string[])[];
  prefix: string;
  suffix: string;
  word: string;
}

function asked(shell: Shell, args: readonly string[]): Asked {
  const found: Asked = { words: [], prefix: "", suffix: "", word: "" };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--" || !/^-./.test(arg)) {
      found.word = (arg === "--" ? rest.shift() : arg) ?? "";
      break;
    }
    for (let at = 1; at < arg.length; at += 1) {
      const letter = arg.charAt(at);
      if ("oAGWFCXPS".includes(letter)) {
        const value = arg.slice(at + 1) || rest.shift();
        if (value === undefined) throw new ShellError(`compgen: -${letter}: option requires an argument\n${usage}`, 2);
        take(shell, found, letter, value);
        break;
      }
      take(shell, found, "A", letters[letter] ?? "", letter);
    }
  }
  return found;
}

function take(shell: Shell, found: Asked, option: string, value: string, letter?: string): void {
  if (option === "P") found.prefix = value;
  else if (option === "S") found.suffix = value;
  else if (option === "W") found.words.push(() => value.split(/[ \t\n]+/).filter((word) => word !== ""));
  else if (option === "A") {
    const action = Object.hasOwn(actions, value) ? actions[value] : undefined;
    if (action === undefined && letter !== undefined) {
      throw new ShellError(`compgen: -${letter}: invalid option\n${usage}`, 2);
    }
    if (action === undefined) throw new ShellError(`compgen: ${value}: invalid action name`, 2);
    found.words.push((word) => action(shell, word));
  } else if (option !== "o") {
    throw new ShellError(`compgen: -${option}: an option of bash that this shell does not have`, 2);
  }
}

/** `compgen [-A ACTION] [-W WORDS] [-P PREFIX] [-S SUFFIX] [WORD]` */
export const compgen: Builtin = async (shell, [, ...args], io) => {
  const { words, prefix, suffix, word } = asked(shell, args);
  const found = words.flatMap((list) => list(word)).filter((each) => each.startsWith(word));
  await shell.write(io, 1, found.map((each) => `${prefix}${each}${suffix}\n`).join(""));
  return found.length > 0 || words.length === 0 ? 0 : 1;
};
