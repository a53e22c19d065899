/**
 * Reads what supervisor starts: `command=` below `[program:NAME]`. http://supervisord.org/configuration.html
 *
 * Supervisor splits a command as Python's shlex does, and runs no shell.
 */
import type { Finding, Place } from "../findings/finding.ts";
import { givesKeyAway } from "../findings/secrets.ts";
import type { FoundCommands } from "./found-commands.ts";
import { type CommandMistake, type PlacedVariable, type PlacedWord, splitWords, variablesOf } from "./placed-word.ts";
import { readWords, type ServerCommand } from "./server-commands.ts";
import { shellOnly } from "./shell-only.ts";

interface Entry extends Place {
  readonly value: string;
  readonly valueFrom: number;
}
interface Section {
  readonly name: string;
  readonly entries: ReadonlyMap<string, Entry>;
}

const program = /^[ \t]*\[(?:program|fcgi-program|eventlistener):[^\]\n]+\]/m;
/** Supervisor puts these in: `%(ENV_PORT)s`. */
const expands = /%\(/;

/** What a file of supervisor's starts. Undefined for any other text. */
export function readSupervisor(text: string): FoundCommands | undefined {
  if (!program.test(text)) return undefined;
  const servers: ServerCommand[] = [];
  const mistakes: CommandMistake[] = [];
  const findings: Finding[] = [];
  for (const { name, entries } of sectionsOf(text)) {
    if (!/^(?:program|fcgi-program|eventlistener):/.test(name)) continue;
    const command = entries.get("command");
    if (command === undefined) continue;
    const words = wordsOf(command);
    if ("message" in words) {
      mistakes.push(words);
      continue;
    }
    const environment = environmentOf(entries.get("environment"));
    const around = { from: command.from, to: command.to, environment, unwatched: false };
    const read = readWords(words, around, { text, depth: 0 });
    servers.push(...read.servers);
    mistakes.push(...read.mistakes);
    findings.push(...findInProgram(entries, words, environment, read.servers.length > 0));
  }
  return { servers, mistakes, findings };
}

function findInProgram(
  entries: Section["entries"],
  words: readonly PlacedWord[],
  environment: readonly PlacedVariable[],
  isServer: boolean,
): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (rule: Finding["rule"], { from, to }: Place, about = "") => findings.push({ rule, about, from, to });
  const operator = shellOnly(words);
  if (operator) add("no-shell-in-a-unit", operator, operator.text);
  for (const variable of environment) {
    if (givesKeyAway(variable.name, variable.text)) add("secret-in-file", variable, variable.name);
  }
  if (!isServer) return findings;
  const user = entries.get("user");
  if (user !== undefined && /^(?:root|0)$/.test(user.value)) add("runs-as-root", user, "user=root");
  const restart = entries.get("autorestart");
  if (restart !== undefined && /^(?:false|no|off|0)$/i.test(restart.value)) add("nobody-restarts", restart);
  return findings;
}

function wordsOf({ value, valueFrom, from, to }: Entry): readonly PlacedWord[] | CommandMistake {
  const { words, mistake } = splitWords(value, { from: valueFrom, expands, escapesInSingleQuotes: false });
  return mistake === undefined ? words : { message: mistake.message, from, to };
}

/** `A="b",C=d`: commas stand between them. */
function environmentOf(entry: Entry | undefined): readonly PlacedVariable[] {
  if (entry === undefined) return [];
  const text = entry.value.replace(/"[^"]*"|'[^']*'|,/g, (piece) => (piece === "," ? " " : piece));
  return variablesOf(splitWords(text, { from: entry.valueFrom, expands, escapesInSingleQuotes: false }).words);
}

/** The sections of an INI file, as Python's configparser has it: indented lines go on, `;` begins a comment. */
function sectionsOf(text: string): readonly Section[] {
  const sections: { readonly name: string; readonly entries: Map<string, Entry> }[] = [];
  let at = 0;
  let last: { key: string; entry: Entry } | undefined;
  for (const raw of text.split("\n")) {
    const from = at;
    at += raw.length + 1;
    // Of the same length as far as it goes.
    const line = raw.replace(/\s;.*$/, "").trimEnd();
    const entries = sections.at(-1)?.entries;
    const [, section] = /^\uFEFF?\s*\[([^\]]+)\]/.exec(line) ?? [];
    const [head, key, first] = /^([^\s=:;#][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (section !== undefined) {
      sections.push({ name: section, entries: new Map() });
      last = undefined;
    } else if (line.trim() === "" || /^\s*[;#]/.test(line)) continue;
    else if (/^\s/.test(line) && last !== undefined && entries !== undefined) {
      const { key: name, entry } = last;
      const value = text
        .slice(entry.valueFrom, from + line.length)
        .replace(/\s;.*$/gm, (end) => " ".repeat(end.length));
      last = { key: name, entry: { ...entry, value, to: from + line.length } };
      entries.set(name, last.entry);
    } else if (head !== undefined && key !== undefined && first !== undefined && entries !== undefined) {
      const valueFrom = from + line.length - first.length;
      last = { key: key.toLowerCase(), entry: { value: first, valueFrom, from, to: from + line.length } };
      entries.set(last.key, last.entry);
    }
  }
  return sections;
}
