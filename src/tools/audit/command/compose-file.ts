/**
 * Reads what a file of Docker Compose starts: `command` and `entrypoint` of its services. Compose splits a text as a
 * shell does, runs none, and puts `${NAME}` in from its own environment.
 * https://docs.docker.com/reference/compose-file/services/
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import type { Finding, Place } from "../findings/finding.ts";
import { givesKeyAway } from "../findings/secrets.ts";
import type { FoundCommands } from "./found-commands.ts";
import { type CommandMistake, type PlacedVariable, type PlacedWord, splitWords } from "./placed-word.ts";
import { readWords, type ServerCommand } from "./server-commands.ts";
import { shellOnly } from "./shell-only.ts";

/** A longer one is nobody's; YAML takes its time. */
const longest = 50_000;
const expands = /\$(?!\$)/;

/** What a Compose file starts. Undefined for any other text. */
export function readComposeFile(text: string): FoundCommands | undefined {
  if (!/^services[ \t]*:[ \t\r]*(?:#.*)?$/m.test(text) || text.length > longest) return undefined;
  const document = parseDocument(text, { lineCounter: new LineCounter(), keepSourceTokens: false });
  const [error] = document.errors;
  if (error !== undefined) {
    // What is missing is missing behind the end.
    const from = Math.min(error.pos[0], text.length);
    const to = Math.min(Math.max(from, error.pos[1]), text.length);
    const message = error.message.split("\n")[0] ?? "";
    return { servers: [], mistakes: [{ message, from, to }], findings: [] };
  }
  const services = isMap(document.contents) ? document.contents.get("services", true) : undefined;
  const servers: ServerCommand[] = [];
  const mistakes: CommandMistake[] = [];
  const findings: Finding[] = [];
  if (!isMap(services)) return { servers, mistakes, findings };
  for (const { value } of services.items) {
    if (!isMap(value)) continue;
    const environment = environmentOf(value.get("environment", true));
    for (const variable of environment) {
      if (!givesKeyAway(variable.name, variable.text)) continue;
      findings.push({ rule: "secret-in-file", about: variable.name, from: variable.from, to: variable.to });
    }
    const read = startedBy(value, text, environment);
    servers.push(...read.servers);
    mistakes.push(...read.mistakes);
    findings.push(...read.findings);
  }
  return { servers, mistakes, findings };
}

function startedBy(service: YAMLMap, text: string, environment: readonly PlacedVariable[]): FoundCommands {
  const entry = wordsOf(service.get("entrypoint", true), text);
  const command = wordsOf(service.get("command", true), text);
  const findings: Finding[] = [];
  const add = (rule: Finding["rule"], { from, to }: Place, about: string) => findings.push({ rule, about, from, to });
  for (const { words } of [entry, command]) {
    const operator = shellOnly(words);
    if (operator) add("no-shell-in-a-unit", operator, operator.text);
  }
  const mistakes = [...entry.mistakes, ...command.mistakes];
  const [first] = [...command.words, ...entry.words];
  if (first === undefined) return { servers: [], mistakes, findings };
  const last = [...command.words, ...entry.words].at(-1) ?? first;
  const around = { from: first.from, to: Math.max(first.to, last.to), environment, unwatched: false };
  const both = readWords([...entry.words, ...command.words], around, { text, depth: 0 });
  const read = both.servers.length > 0 ? both : readWords(command.words, around, { text, depth: 0 });
  if (read.servers.length > 0) {
    const restart = service.get("restart", true);
    if (isScalar(restart) && /^(?:no|false)$/i.test(String(restart.value))) {
      add("nobody-restarts", placeOf(restart), "");
    }
  }
  return { servers: read.servers, mistakes: [...mistakes, ...read.mistakes], findings };
}

function wordsOf(
  node: unknown,
  text: string,
): { readonly words: readonly PlacedWord[]; readonly mistakes: readonly CommandMistake[] } {
  if (isSeq(node)) {
    const words = node.items.flatMap((item) =>
      isScalar(item) ? [{ text: String(item.value), ...placeOf(item), expands: expands.test(String(item.value)) }] : [],
    );
    return { words, mistakes: [] };
  }
  if (!isScalar(node) || typeof node.value !== "string") return { words: [], mistakes: [] };
  const { from, to } = placeOf(node);
  const begins = text.slice(from, to).indexOf(node.value);
  const { words, mistake } = splitWords(node.value, { from: 0, expands, escapesInSingleQuotes: false });
  // A text that is folded over lines is not where it seems to be: then all of it is meant.
  const place = (each: Place) =>
    begins === -1 ? { from, to } : { from: each.from + from + begins, to: each.to + from + begins };
  return {
    words: words.map((word) => ({ ...word, ...place(word) })),
    mistakes: mistake === undefined ? [] : [{ ...mistake, ...place(mistake) }],
  };
}

/** `environment` as a map, or as a list of `NAME=value`. */
function environmentOf(node: unknown): readonly PlacedVariable[] {
  if (isSeq(node)) {
    return node.items.flatMap((item) => {
      const [, name = "", value = ""] = (isScalar(item) && /^(\w+)=([\s\S]*)$/.exec(String(item.value))) || [];
      return name === "" || !isScalar(item) ? [] : [variable(name, value, item)];
    });
  }
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) =>
    isScalar(key) && isScalar(value) && value.value !== null
      ? [variable(String(key.value), String(value.value), value)]
      : [],
  );
}

function variable(name: string, text: string, node: Node): PlacedVariable {
  return { name, text, expands: expands.test(text), ...placeOf(node) };
}

function placeOf({ range }: Node): Place {
  const [from = 0, to = from] = range ?? [];
  return { from, to };
}
