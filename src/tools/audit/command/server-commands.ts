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
import { passLaunchers, programName, type Start } from "./launchers.ts";
import { type CommandMistake, type PlacedVariable, type PlacedWord, variablesOf } from "./placed-word.ts";

/** A server that the audit knows. */
export type ServerName = "flask" | "gunicorn" | "waitress" | "uwsgi";

/** A server as a command line starts it. */
export interface ServerCommand extends Place {
  readonly server: ServerName;
  /** `NAME=value` before it, also after `env`, and what was exported before. The last one counts. */
  readonly environment: readonly PlacedVariable[];
  /** What follows the server's name; for Flask, with `run` in it. */
  readonly words: readonly PlacedWord[];
  /** `sudo` stands before it, for root. */
  readonly asRoot: boolean;
  /** In the background of a shell, or behind `nohup`: nobody waits for its end. */
  readonly unwatched: boolean;
}

/** What a text of commands holds. What was read before and behind a mistake counts. */
export interface ReadCommands {
  readonly servers: readonly ServerCommand[];
  readonly mistakes: readonly CommandMistake[];
}

/** Commands within quotes of commands that are looked into. */
const deepestScript = 3;

/** Reads a text as a shell does. Prompts that were copied along (`$ `) are passed over. */
export function readCommands(text: string, environment: readonly PlacedVariable[] = [], depth = 0): ReadCommands {
  // Of the same length, so that places stay true.
  const script = text.replaceAll("\r", " ").replace(/^([ \t]*)[$%] /gm, "$1  ");
  const reading: Reading = { text: script, at: 0, exported: [...environment], servers: [], mistakes: [], depth };
  try {
    visit(parseScript(script), reading);
  } catch (error) {
    const message =
      error instanceof ShellSyntaxError ? error.message.replace(/^Syntax error: /, "") : "too deeply nested";
    if (!(error instanceof ShellSyntaxError) && !(error instanceof RangeError)) throw error;
    return { servers: [], mistakes: [{ message, from: 0, to: text.length }] };
  }
  return { servers: reading.servers, mistakes: reading.mistakes };
}

/** A reading under way: commands come in the order in which they were written. */
interface Reading {
  readonly text: string;
  at: number;
  /** What is exported from here on. */
  readonly exported: PlacedVariable[];
  readonly servers: ServerCommand[];
  readonly mistakes: CommandMistake[];
  /** Scripts around this one. */
  readonly depth: number;
}

function visit(list: List, reading: Reading): void {
  for (const { first, rest, background } of list) {
    for (const { commands } of [first, ...rest.map(({ pipeline }: AndOr["rest"][number]) => pipeline)]) {
      for (const command of commands) visitCommand(command, background, reading);
    }
  }
}

function visitCommand(command: Command, background: boolean, reading: Reading): void {
  switch (command.kind) {
    case "simple": {
      const found = reading.text.indexOf(command.source, reading.at);
      const from = found === -1 ? reading.at : found;
      const to = from + command.source.length;
      visitSimple(command, { from, to }, background, reading);
      reading.at = Math.max(reading.at, to);
      return;
    }
    case "group":
    case "subshell":
      visit(command.list, reading);
      return;
    case "if":
      for (const { condition, list } of command.branches) {
        visit(condition, reading);
        visit(list, reading);
      }
      visit(command.otherwise, reading);
      return;
    case "while":
      visit(command.condition, reading);
      visit(command.list, reading);
      return;
    case "for":
    case "count":
      visit(command.list, reading);
      return;
    case "case":
      for (const { list } of command.arms) visit(list, reading);
      return;
    case "function":
      visitCommand(command.body, background, reading);
      return;
  }
}

function visitSimple(command: SimpleCommand, place: Place, background: boolean, reading: Reading): void {
  const { text, exported } = reading;
  const own = command.assignments.map(({ name, value }) => {
    const from = Math.max(place.from, text.indexOf(`${name}=`, place.from));
    const to = Math.min(place.to, from + name.length + 1 + textOf(value).length);
    return { name, text: textOf(value), expands: expands(value), from, to };
  });
  const words = placed(command, place, text);
  // `A=b` alone changes what was exported before as well.
  if (words.length === 0) exported.push(...own);
  if (words[0]?.text === "export") exported.push(...variablesOf(words.slice(1)));
  const read = readWords(words, { ...place, environment: [...exported, ...own], unwatched: background }, reading);
  reading.servers.push(...read.servers);
  reading.mistakes.push(...read.mistakes);
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

function expands({ parts }: Word): boolean {
  return parts.some(({ kind }) => kind !== "text");
}

/** The words of a command with their places: each is looked for behind the one before. */
function placed(command: SimpleCommand, { from, to }: Place, text: string): readonly PlacedWord[] {
  let at = from;
  return command.words.map((word) => {
    const said = textOf(word);
    const [start = ""] = said.split(/[\s$"'\\]/);
    const [first = ""] = start === "" ? said : [start];
    const found = start === "" ? -1 : text.slice(0, to).indexOf(start, at);
    if (found === -1 || first === "") return { text: said, from: Math.min(at, to), to, expands: expands(word) };
    const end = Math.min(to, text.startsWith(said, found) ? found + said.length : found + start.length);
    at = end;
    return { text: said, from: found, to: end, expands: expands(word) };
  });
}

const serverNames: ReadonlyMap<string, ServerName> = new Map([
  ["flask", "flask"],
  ["gunicorn", "gunicorn"],
  ["waitress", "waitress"],
  ["waitress-serve", "waitress"],
  ["uwsgi", "uwsgi"],
]);

/** What is known of a command apart from its words. */
interface Around extends Place {
  readonly environment: readonly PlacedVariable[];
  readonly unwatched: boolean;
}

/**
 * The servers that a command of these words starts, also through other programs (`sudo`, `python -m`, `docker run`) and
 * in a script that it hands to a shell.
 *
 * @param depth how many scripts stand around this one
 */
export function readWords(
  words: readonly PlacedWord[],
  { from, to, environment, unwatched }: Around,
  { text, depth }: Pick<Reading, "text" | "depth">,
): ReadCommands {
  const start: Start = { words: [...words], environment: [...environment], asRoot: false, unwatched };
  if (!passLaunchers(start)) return { servers: [], mistakes: [] };
  const [name, ...rest] = start.words;
  const script = scriptOf(start.words);
  if (script !== undefined && depth < deepestScript) return readScript(script, start, { text, depth });
  const server = serverNames.get(programName(name?.text ?? ""));
  if (server === undefined) return { servers: [], mistakes: [] };
  if (server === "flask" && !rest.some(({ text: word }) => word === "run")) return { servers: [], mistakes: [] };
  const found = { server, environment: start.environment, words: rest, asRoot: start.asRoot };
  return { servers: [{ ...found, unwatched: start.unwatched, from, to }], mistakes: [] };
}

/** The script that a shell is handed: `bash -lc 'gunicorn app:app'`. */
function scriptOf([shell, ...words]: readonly PlacedWord[]): PlacedWord | undefined {
  if (!/^(?:ba|da|z|k)?sh$/.test(programName(shell?.text ?? ""))) return undefined;
  const at = words.findIndex(({ text }) => /^-\w*c$/.test(text));
  return at === -1 ? undefined : words[at + 1];
}

function readScript(script: PlacedWord, start: Start, { text, depth }: Pick<Reading, "text" | "depth">): ReadCommands {
  const read = readCommands(script.text, start.environment, depth + 1);
  const begins = text.indexOf(script.text, script.from);
  // With escapes in it, the script is not where it seems to be: then all of it is meant.
  const inside = begins !== -1 && begins <= script.from + 1;
  const placed = inside ? moved(read, begins, start.environment) : movedTo(read, script, start.environment);
  return {
    servers: placed.servers.map((server) => ({
      ...server,
      asRoot: server.asRoot || start.asRoot,
      unwatched: server.unwatched || start.unwatched,
    })),
    mistakes: placed.mistakes,
  };
}

/** The same with all places moved, except those of variables that were known before. */
export function moved(read: ReadCommands, by: number, known: readonly PlacedVariable[] = []): ReadCommands {
  return withPlaces(read, known, ({ from, to }) => ({ from: from + by, to: to + by }));
}

/** The same with one place for all. */
function movedTo(read: ReadCommands, { from, to }: Place, known: readonly PlacedVariable[]): ReadCommands {
  return withPlaces(read, known, () => ({ from, to }));
}

function withPlaces(
  { servers, mistakes }: ReadCommands,
  known: readonly PlacedVariable[],
  placeOf: (place: Place) => Place,
): ReadCommands {
  const unmoved = new Set(known);
  const move = <Placed extends Place>(each: Placed): Placed => ({ ...each, ...placeOf(each) });
  return {
    servers: servers.map((server) => ({
      ...move(server),
      environment: server.environment.map((each) => (unmoved.has(each) ? each : move(each))),
      words: server.words.map(move),
    })),
    mistakes: mistakes.map(move),
  };
}
