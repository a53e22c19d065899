/**
 * Reads what a Dockerfile starts: `ENTRYPOINT` and `CMD` of its last stage, with the stage's `ENV`.
 * https://docs.docker.com/reference/dockerfile/
 */
import type { Finding, Place } from "../findings/finding.ts";
import { givesKeyAway } from "../findings/secrets.ts";
import type { FoundCommands } from "./found-commands.ts";
import { type CommandMistake, type PlacedVariable, type PlacedWord, splitWords, variablesOf } from "./placed-word.ts";
import { moved, type ReadCommands, readCommands, readWords, type ServerCommand } from "./server-commands.ts";

/** `CMD ["gunicorn", "app:app"]`, with the lines that go on. */
interface Instruction extends Place {
  /** In capitals. */
  readonly name: string;
  /**
   * What follows the name, of the length that it has in the file: blanks stand for the ends of lines that go on, and for
   * comments between them.
   */
  readonly text: string;
  /** Where that begins. */
  readonly textFrom: number;
}

const names =
  "ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR";
const instruction = new RegExp(`^\\s*(${names})(?:[ \\t]+|(?=\\[))`, "i");
/** Instructions in capitals begin no command of a shell; a `from` in small letters would be one, but nobody writes that. */
const begins = new RegExp(`^\\s*(?:${names})(?:[ \\t]+\\S|\\[)`);

/** What a Dockerfile, or a part of one, starts. Undefined for any other text. */
export function readDockerfile(text: string): FoundCommands | undefined {
  const first = text.split("\n").find((line) => !/^\uFEFF?\s*(?:#|$)/.test(line));
  if (first === undefined || !begins.test(first.replace("\uFEFF", ""))) return undefined;
  const { instructions, mistakes } = instructionsOf(text);
  const stage = lastStage(instructions);
  const environment = stage.flatMap((each) => (each.name === "ENV" ? variablesIn(each) : []));
  const findings: Finding[] = environment.flatMap((variable) =>
    givesKeyAway(variable.name, variable.text)
      ? [{ rule: "secret-in-file" as const, about: variable.name, from: variable.from, to: variable.to }]
      : [],
  );
  const started = startedBy(stage, text, environment);
  const user = stage.findLast(({ name }) => name === "USER");
  const [server] = started.servers;
  if (server !== undefined && (user === undefined || /^(?:root|0)(?::|$)/.test(user.text.trim()))) {
    findings.push({ rule: "container-runs-as-root", about: "", from: (user ?? server).from, to: (user ?? server).to });
  }
  findings.push(...started.servers.filter((each) => hearsOnlyItself(each)).map(onlyItself));
  return { servers: started.servers, mistakes: [...mistakes, ...started.mistakes], findings };
}

function onlyItself({ from, to }: ServerCommand): Finding {
  return { rule: "hears-only-itself", about: "", from, to };
}

/** The servers that listen on 127.0.0.1 unless they are told otherwise, and are not. */
function hearsOnlyItself({ server, words, environment }: ServerCommand): boolean {
  if (server !== "gunicorn" && server !== "flask") return false;
  const option = server === "gunicorn" ? /^(?:-b(.*)|--bind(?:=(.*))?)$/ : /^(?:-h(.*)|--host(?:=(.*))?)$/;
  const elsewhere = server === "gunicorn" ? /^(?:PORT|GUNICORN_CMD_ARGS)$/ : /^FLASK_RUN_HOST$/;
  const at = words.findIndex(({ text }) => option.test(text));
  if (at === -1) {
    const config = words.some(({ text }) => /^(?:-c|--config)/.test(text));
    return !config && !environment.some(({ name }) => elsewhere.test(name));
  }
  const [, short, long] = option.exec(words[at]?.text ?? "") ?? [];
  const address = short || long || words[at + 1]?.text || "";
  return /^(?:127\.|localhost|\[::1\])/.test(address);
}

/** Instructions of the last stage: an earlier one leaves nothing but the files that are copied from it. */
function lastStage(instructions: readonly Instruction[]): readonly Instruction[] {
  return instructions.slice(
    Math.max(
      0,
      instructions.findLastIndex(({ name }) => name === "FROM"),
    ),
  );
}

/** What `ENTRYPOINT` and `CMD` come to: docs.docker.com, "Understand how CMD and ENTRYPOINT interact". */
function startedBy(stage: readonly Instruction[], text: string, environment: readonly PlacedVariable[]): ReadCommands {
  const entry = stage.findLast(({ name }) => name === "ENTRYPOINT");
  const command = stage.findLast(({ name }) => name === "CMD");
  const entryWords = entry === undefined ? undefined : wordsIn(entry);
  const commandWords = command === undefined ? undefined : wordsIn(command);
  if (entry !== undefined && entryWords === undefined) return inShell(entry, environment);
  const both = [...(entryWords ?? []), ...(commandWords ?? [])];
  const place = command ?? entry;
  if (place === undefined) return { servers: [], mistakes: [] };
  const around = { from: place.from, to: place.to, environment, unwatched: false };
  const list = readWords(both, around, { text, depth: 0 });
  if (command !== undefined && commandWords === undefined) return inShell(command, environment);
  if (list.servers.length + list.mistakes.length > 0 || commandWords === undefined) return list;
  // A script of the image's own, which as a rule ends with `exec "$@"`.
  return readWords(commandWords, around, { text, depth: 0 });
}

function inShell({ text, textFrom }: Instruction, environment: readonly PlacedVariable[]): ReadCommands {
  const command = text.trim();
  // Docker takes a list that is no JSON for a command: "[gunicorn,: not found".
  if (command.startsWith("[")) {
    const from = textFrom + text.indexOf("[");
    return { servers: [], mistakes: [{ message: "a list needs double quotes", from, to: from + command.length }] };
  }
  return moved(readCommands(text, environment), textFrom, environment);
}

/** The words of the list form, in which nothing is put in for `$NAME`. Undefined for the form that a shell runs. */
function wordsIn({ text, textFrom }: Instruction): readonly PlacedWord[] | undefined {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!Array.isArray(list) || !list.every((each) => typeof each === "string")) return undefined;
  let at = 0;
  return list.map((word) => {
    const found = text.indexOf(JSON.stringify(word), at);
    const from = found === -1 ? at : found + 1;
    at = Math.min(text.length, from + word.length);
    return { text: word, from: textFrom + from, to: textFrom + at, expands: false };
  });
}

/** `ENV A=b C="d e"`, and the old `ENV A b`. */
function variablesIn({ text, textFrom }: Instruction): readonly PlacedVariable[] {
  const { words } = splitWords(text, { from: textFrom, expands: /\$/, escapesInSingleQuotes: false });
  const [first, second] = words;
  if (first === undefined || first.text.includes("=") || second === undefined) return variablesOf(words);
  return [{ ...second, name: first.text }];
}

/** All instructions, and what stands between them. */
function instructionsOf(text: string): {
  readonly instructions: readonly Instruction[];
  readonly mistakes: readonly CommandMistake[];
} {
  const goesOn = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 200)) ? "`" : "\\";
  const instructions: Instruction[] = [];
  const mistakes: CommandMistake[] = [];
  let at = 0;
  while (at < text.length) {
    const line = lineAt(text, at);
    const said = line.text.replace(/^\uFEFF/, " ");
    const [head, name] = instruction.exec(said) ?? [];
    if (said.trim() === "" || said.trimStart().startsWith("#")) at = line.next;
    else if (head === undefined || name === undefined) {
      mistakes.push({ message: `unknown instruction: ${said.trim().slice(0, 60)}`, from: at, to: line.to });
      at = line.next;
    } else {
      const end = endOf(text, at, goesOn);
      const textFrom = at + head.length;
      // Comments and ends of lines as blanks, so that places stay true.
      const value = text
        .slice(textFrom, end.to)
        .replace(/(?<=\n)[ \t]*#[^\n]*/g, (comment) => " ".repeat(comment.length))
        .replace(goesOn === "\\" ? /\\[ \t]*\r?\n/g : /`[ \t]*\r?\n/g, (joint) => " ".repeat(joint.length))
        .replace(/[\r\n]/g, " ");
      instructions.push({ name: name.toUpperCase(), text: value, textFrom, from: at, to: end.to });
      at = end.next;
    }
  }
  return { instructions, mistakes };
}

interface Line {
  readonly text: string;
  readonly to: number;
  readonly next: number;
}

function lineAt(text: string, from: number): Line {
  const end = text.indexOf("\n", from);
  const to = end === -1 ? text.length : end;
  return { text: text.slice(from, to), to, next: Math.min(text.length, to + 1) };
}

/** Where an instruction ends: with the last line that goes on, or that of its last here-document. */
function endOf(text: string, from: number, goesOn: string): Pick<Line, "to" | "next"> {
  let line = lineAt(text, from);
  const waiting = [...line.text.matchAll(/<<-?\s*(["']?)([A-Za-z_]\w*)\1/g)].map(([, , word = ""]) => word);
  while (waiting.length > 0 && line.next < text.length) {
    line = lineAt(text, line.next);
    if (line.text.trim() === waiting[0]) waiting.shift();
  }
  let continued = line.text.trimEnd().endsWith(goesOn);
  while (continued && line.next < text.length) {
    line = lineAt(text, line.next);
    const trimmed = line.text.trim();
    // Comments and empty lines between lines that go on are passed over.
    if (trimmed !== "" && !trimmed.startsWith("#")) continued = line.text.trimEnd().endsWith(goesOn);
  }
  return line;
}
