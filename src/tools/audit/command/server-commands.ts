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

function serverOf(command: SimpleCommand, place: Place, background: boolean, text: string): ServerCommand | undefined {
  const words = [...placed(command, place, text)];
  const environment = command.assignments.map(({ name, value }) => {
    const from = Math.max(place.from, text.indexOf(`${name}=`, place.from));
    return { name, text: textOf(value), from, to: Math.min(place.to, from + name.length + 1 + textOf(value).length) };
  });
  let asRoot = false;
  let unwatched = background;
  while (words.length > 0) {
    const [first] = words;
    if (first === undefined) return undefined;
    const program = programOf(first.text);
    const set = assignment.exec(first.text);
    if (set?.[1] !== undefined) environment.push({ ...first, name: set[1], text: first.text.slice(set[0].length) });
    else if (program === "sudo") {
      asRoot = true;
      while (words[1]?.text.startsWith("-")) {
        const option = words.splice(1, 1)[0]?.text ?? "";
        // These are followed by a value.
        const value = /^(?:-[ugCDhpRTU]|--user|--group)$/.test(option) ? words.splice(1, 1)[0]?.text : undefined;
        if (option === "-u" || option === "--user") asRoot = value === "root";
        else if (option.startsWith("--user=")) asRoot = option === "--user=root";
      }
    } else if (program === "nohup") unwatched = true;
    else if (runners.has(program) && words[1]?.text === "run") words.splice(0, 1);
    else if (/^(python|pypy)[\d.]*$/.test(program)) {
      const at = words.findIndex(({ text: option }) => option === "-m");
      if (at === -1 || words.slice(1, at).some(({ text: option }) => !option.startsWith("-"))) return undefined;
      words.splice(0, at);
    } else if (program !== "env" && !passedOver.has(program)) break;
    words.splice(0, 1);
  }
  const [name, ...rest] = words;
  if (name === undefined) return undefined;
  const server = servers.get(programOf(name.text));
  if (server === undefined) return undefined;
  if (server === "flask" && !rest.some(({ text: word }) => word === "run")) return undefined;
  return { server, environment, words: rest, asRoot, unwatched, ...place };
}
