/** Finds the servers that a text of shell commands starts. */
import { parseScript } from "../../../shell/parser.ts";
import {
  type AndOr,
  type Command,
  type List,
  ShellSyntaxError,
  type SimpleCommand,
  type Word,
} from "../../../shell/syntax.ts";
import type { Place } from "../findings/finding.ts";

/** A word of a command, without its quotes, and where it stands. What only a shell could expand is left as `$`. */
export interface PlacedWord extends Place {
  readonly text: string;
}

/** A server that the audit knows. */
export type ServerName = "flask" | "gunicorn" | "waitress" | "uwsgi";

/** A server as a command line starts it. */
export interface ServerCommand extends Place {
  readonly server: ServerName;
  /** `NAME=value` before it, also after `env`. */
  readonly environment: readonly (PlacedWord & { readonly name: string })[];
  /** What follows the server's name; for Flask, with `run` in it. */
  readonly words: readonly PlacedWord[];
  /** `sudo` stands before it, for root. */
  readonly asRoot: boolean;
  /** In the background of a shell, or behind `nohup`: nobody waits for its end. */
  readonly unwatched: boolean;
}

/** What a text of commands holds. */
export type ReadCommands =
  | { readonly ok: true; readonly servers: readonly ServerCommand[] }
  | { readonly ok: false; readonly message: string };

/** Reads a text as a shell does. Prompts that were copied along (`$ `) are passed over. */
export function readCommands(text: string): ReadCommands {
  // Of the same length, so that places stay true.
  const script = text.replaceAll("\r", " ").replace(/^([ \t]*)[$%] /gm, "$1  ");
  try {
    const servers: ServerCommand[] = [];
    visit(parseScript(script), { text: script, at: 0 }, servers);
    return { ok: true, servers };
  } catch (error) {
    if (error instanceof ShellSyntaxError) return { ok: false, message: error.message.replace(/^Syntax error: /, "") };
    if (error instanceof RangeError) return { ok: false, message: "too deeply nested" };
    throw error;
  }
}

/** How far the text has been gone through: commands come in the order in which they were written. */
interface Cursor {
  readonly text: string;
  at: number;
}

function visit(list: List, cursor: Cursor, servers: ServerCommand[]): void {
  for (const { first, rest, background } of list) {
    for (const { commands } of [first, ...rest.map(({ pipeline }: AndOr["rest"][number]) => pipeline)]) {
      for (const command of commands) visitCommand(command, background, cursor, servers);
    }
  }
}

function visitCommand(command: Command, background: boolean, cursor: Cursor, servers: ServerCommand[]): void {
  switch (command.kind) {
    case "simple": {
      const found = cursor.text.indexOf(command.source, cursor.at);
      const from = found === -1 ? cursor.at : found;
      const to = from + command.source.length;
      const server = serverOf(command, { from, to }, background, cursor.text);
      if (server !== undefined) servers.push(server);
      cursor.at = to;
      return;
    }
    case "group":
    case "subshell":
      visit(command.list, cursor, servers);
      return;
    case "if":
      for (const { condition, list } of command.branches) {
        visit(condition, cursor, servers);
        visit(list, cursor, servers);
      }
      visit(command.otherwise, cursor, servers);
      return;
    case "while":
      visit(command.condition, cursor, servers);
      visit(command.list, cursor, servers);
      return;
    case "for":
      visit(command.list, cursor, servers);
      return;
    case "case":
      for (const { list } of command.arms) visit(list, cursor, servers);
      return;
    case "function":
      visitCommand(command.body, background, cursor, servers);
      return;
  }
}

/** As it was written, as far as no shell is needed. */
function textOf({ parts }: Word): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      return part.kind === "variable" ? `$${part.name}` : "$";
    })
    .join("");
}

/** The words of a command with their places: each is looked for behind the one before. */
function placed(command: SimpleCommand, { from, to }: Place, text: string): readonly PlacedWord[] {
  let at = from;
  return command.words.map((word) => {
    const said = textOf(word);
    const [start = ""] = said.split(/[\s$"'\\]/);
    const [first = ""] = start === "" ? said : [start];
    const found = start === "" ? -1 : text.slice(0, to).indexOf(start, at);
    if (found === -1 || first === "") return { text: said, from: Math.min(at, to), to };
    const end = Math.min(to, text.startsWith(said, found) ? found + said.length : found + start.length);
    at = end;
    return { text: said, from: found, to: end };
  });
}

const servers: ReadonlyMap<string, ServerName> = new Map([
  ["flask", "flask"],
  ["gunicorn", "gunicorn"],
  ["waitress", "waitress"],
  ["waitress-serve", "waitress"],
  ["uwsgi", "uwsgi"],
]);
const passedOver: ReadonlySet<string> = new Set(["exec", "command", "time", "nice", "ionice", "setsid", "stdbuf"]);
const runners: ReadonlySet<string> = new Set(["poetry", "pipenv", "uv", "pdm", "hatch", "rye", "pixi"]);
const assignment = /^([A-Za-z_]\w*)=/;

function programOf(text: string): string {
  return text.split("/").at(-1) ?? "";
}

/** What stands before a server's name, as far as it has been read. */
interface Start {
  /** What has not been read. The first one is the program that is looked at. */
  readonly words: PlacedWord[];
  readonly environment: (PlacedWord & { readonly name: string })[];
  asRoot: boolean;
  unwatched: boolean;
}

/**
 * One way to start a program by another. Answers how many words it takes off the beginning; none if it is another way;
 * undefined if this can start no server that the audit knows.
 */
type Launcher = (start: Start, program: string) => number | undefined;

const launchers: readonly Launcher[] = [
  ({ words: [first], environment }) => {
    const [beginning, name] = assignment.exec(first?.text ?? "") ?? [];
    if (first === undefined || beginning === undefined || name === undefined) return 0;
    environment.push({ ...first, name, text: first.text.slice(beginning.length) });
    return 1;
  },
  (start, program) => {
    if (program !== "sudo") return 0;
    const { user, length } = sudoOptions(start.words);
    start.asRoot = user === "root";
    return length;
  },
  (start, program) => {
    if (program !== "nohup") return 0;
    start.unwatched = true;
    return 1;
  },
  ({ words }, program) => (runners.has(program) && words[1]?.text === "run" ? 2 : 0),
  ({ words }, program) => {
    if (!/^(python|pypy)[\d.]*$/.test(program)) return 0;
    const at = words.findIndex(({ text }) => text === "-m");
    const onlyOptions = at !== -1 && words.slice(1, at).every(({ text }) => text.startsWith("-"));
    return onlyOptions ? at + 1 : undefined;
  },
  (_, program) => (program === "env" || passedOver.has(program) ? 1 : 0),
];

/** For whom `sudo` runs a program, and how many words it and its options are. */
function sudoOptions(words: readonly PlacedWord[]): { readonly user: string; readonly length: number } {
  let user = "root";
  let length = 1;
  while (words[length]?.text.startsWith("-")) {
    const option = words[length]?.text ?? "";
    length += 1;
    if (option.startsWith("--user=")) user = option.slice("--user=".length);
    // These are followed by a value.
    if (!/^(?:-[ugCDhpRTU]|--user|--group)$/.test(option)) continue;
    if (option === "-u" || option === "--user") user = words[length]?.text ?? "";
    length += 1;
  }
  return { user, length };
}

/** Takes off all that stands before a server's name. False if that starts no server. */
function passLaunchers(start: Start): boolean {
  for (;;) {
    const [first] = start.words;
    if (first === undefined) return false;
    let length: number | undefined = 0;
    for (const launcher of launchers) {
      length = launcher(start, programOf(first.text));
      if (length !== 0) break;
    }
    if (length === undefined) return false;
    if (length === 0) return true;
    start.words.splice(0, length);
  }
}

function serverOf(command: SimpleCommand, place: Place, background: boolean, text: string): ServerCommand | undefined {
  const environment = command.assignments.map(({ name, value }) => {
    const from = Math.max(place.from, text.indexOf(`${name}=`, place.from));
    return { name, text: textOf(value), from, to: Math.min(place.to, from + name.length + 1 + textOf(value).length) };
  });
  const start: Start = { words: [...placed(command, place, text)], environment, asRoot: false, unwatched: background };
  if (!passLaunchers(start)) return undefined;
  const [name, ...words] = start.words;
  const server = servers.get(programOf(name?.text ?? ""));
  if (server === undefined) return undefined;
  if (server === "flask" && !words.some(({ text: word }) => word === "run")) return undefined;
  return { server, environment, words, asRoot: start.asRoot, unwatched: start.unwatched, ...place };
}
