/**
 * Settings of a server as its command line has them: reads their options and changes them, and leaves every other
 * character of the line as it stands. Knows the options of gunicorn, waitress and `flask run` as they document them.
 */
import type { SettingName } from "../../lab-definition/schema.ts";
import { type ShellWord, splitLine } from "./parse-command-line.ts";

/** A setting that a program understands. */
export type CommandSetting = NumberSetting | SwitchSetting;

/** An option with a whole number. */
export interface NumberSetting {
  readonly kind: "number";
  readonly name: SettingName;
  /** How the option is written, e.g. `--threads`. */
  readonly option: string;
  /** What the line says; absent where it says nothing, or something that is no number. */
  readonly value: number | undefined;
  /** What the program does without the option. */
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

/** A pair of options, of which one switches on and the other off. */
export interface SwitchSetting {
  readonly kind: "switch";
  readonly name: SettingName;
  readonly option: string;
  readonly value: boolean;
}

interface NumberOption {
  readonly kind: "number";
  readonly name: SettingName;
  /** All spellings; the first is the one that is written. */
  readonly options: readonly [string, ...string[]];
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

interface SwitchOption {
  readonly kind: "switch";
  readonly name: SettingName;
  readonly on: string;
  readonly off: string;
  readonly usual: boolean;
}

type Option = NumberOption | SwitchOption;

/** Processes that a host of the Python machine can have besides. */
const mostWorkers = 16;
const mostThreads = 64;
const longestTimeout = 300;

const gunicorn: readonly Option[] = [
  { kind: "number", name: "workers", options: ["-w", "--workers"], usual: 1, least: 1, most: mostWorkers },
  { kind: "number", name: "threads", options: ["--threads"], usual: 1, least: 1, most: mostThreads },
  { kind: "number", name: "timeout", options: ["--timeout", "-t"], usual: 30, least: 0, most: longestTimeout },
];
const waitress: readonly Option[] = [
  { kind: "number", name: "threads", options: ["--threads"], usual: 4, least: 1, most: mostThreads },
];
const uvicorn: readonly Option[] = [
  { kind: "number", name: "workers", options: ["--workers"], usual: 1, least: 1, most: mostWorkers },
];
const hypercorn: readonly Option[] = [
  { kind: "number", name: "workers", options: ["-w", "--workers"], usual: 1, least: 1, most: mostWorkers },
];
const flaskRun: readonly Option[] = [
  { kind: "switch", name: "threads", on: "--with-threads", off: "--without-threads", usual: true },
];
/** Options of `flask` itself, before `run`, that take a word of their own. */
const flaskOptionsWithValue = new Set(["-A", "--app", "-e", "--env-file"]);

/** A command line whose program is known. */
interface KnownCommand {
  readonly options: readonly Option[];
  /** Its words after the one behind which options may stand. */
  readonly words: readonly ShellWord[];
  /** Where an option is put that the line does not have. */
  readonly insertAt: number;
}

/** The settings of a command line that its program understands. None if the line cannot be run. */
export function settingsOf(line: string): readonly CommandSetting[] {
  const known = knownCommand(line);
  return known === undefined ? [] : known.options.map((option) => read(option, known.words));
}

/**
 * The line with this setting changed.
 *
 * @param value a whole number or on and off, as the setting's kind asks; `undefined` takes the option out
 */
export function withSetting(line: string, name: SettingName, value: number | boolean | undefined): string {
  const known = knownCommand(line);
  const option = known?.options.find((each) => each.name === name);
  if (known === undefined || option === undefined) return line;
  if (value === undefined) return without(line, option, known.words);
  const written = option.kind === "number" ? writtenNumber(option, value) : value ? option.on : option.off;
  const [place] = places(option, known.words).slice(-1);
  if (place === undefined) return `${line.slice(0, known.insertAt)} ${written}${line.slice(known.insertAt)}`;
  const spelling = option.kind === "number" ? respelled(place, value) : written;
  return line.slice(0, place.start) + spelling + line.slice(place.end);
}

function knownCommand(line: string): KnownCommand | undefined {
  const split = splitLine(line);
  if (!split.ok) return undefined;
  const { words } = split;
  const asModule = /^python[\d.]*$/.test(words[0]?.text ?? "") && words[1]?.text === "-m";
  const program = words[asModule ? 2 : 0];
  const rest = words.slice(asModule ? 3 : 1);
  switch (program?.text) {
    case "gunicorn":
      return { options: gunicorn, words: untilEndOfOptions(rest), insertAt: program.end };
    case "uvicorn":
      return { options: uvicorn, words: untilEndOfOptions(rest), insertAt: program.end };
    case "hypercorn":
      return { options: hypercorn, words: untilEndOfOptions(rest), insertAt: program.end };
    case "waitress-serve":
      return { options: waitress, words: untilEndOfOptions(rest), insertAt: program.end };
    case "waitress":
      return asModule ? { options: waitress, words: untilEndOfOptions(rest), insertAt: program.end } : undefined;
    case "flask":
      return flaskCommand(rest);
    default:
      return undefined;
  }
}

function flaskCommand(words: readonly ShellWord[]): KnownCommand | undefined {
  let at = 0;
  while (words[at]?.text.startsWith("-")) at += flaskOptionsWithValue.has(words[at]?.text ?? "") ? 2 : 1;
  const run = words[at];
  if (run?.text !== "run") return undefined;
  return { options: flaskRun, words: untilEndOfOptions(words.slice(at + 1)), insertAt: run.end };
}

/** After `--` stand no options. */
function untilEndOfOptions(words: readonly ShellWord[]): readonly ShellWord[] {
  const end = words.findIndex(({ text }) => text === "--");
  return end === -1 ? words : words.slice(0, end);
}

/** An option where it stands in the line. */
interface Place {
  readonly start: number;
  readonly end: number;
  /** What stands before its value: `--threads=`, `-w`, `-w ` with its blank. Empty for a switch. */
  readonly head: string;
  readonly value: string;
}

/** All places of an option, in the order of the line; the last one counts. */
function places(option: Option, words: readonly ShellWord[]): readonly Place[] {
  const found: Place[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (option.kind === "switch") {
      if (word.text === option.on || word.text === option.off) found.push({ ...word, head: "", value: word.text });
      continue;
    }
    const spelling = option.options.find((each) => word.text === each);
    const next = words[at + 1];
    if (spelling !== undefined && next !== undefined) {
      found.push({ start: word.start, end: next.end, head: `${spelling} `, value: next.text });
      at++;
      continue;
    }
    const head = option.options.map(joinedHead).find((each) => word.text.startsWith(each) && word.text !== each);
    if (head !== undefined && spelling === undefined) {
      found.push({ start: word.start, end: word.end, head, value: word.text.slice(head.length) });
    }
  }
  return found;
}

/** What joins an option with its value in one word: `--threads=`, `-w`. */
function joinedHead(option: string): string {
  return option.startsWith("--") ? `${option}=` : option;
}

function read(option: Option, words: readonly ShellWord[]): CommandSetting {
  const value = places(option, words).at(-1)?.value;
  if (option.kind === "switch") {
    const on = value === undefined ? option.usual : value === option.on;
    return { kind: "switch", name: option.name, option: `${option.on}, ${option.off}`, value: on };
  }
  const { kind, name, options, usual, least, most } = option;
  const number = value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
  return { kind, name, option: options[0], value: number, usual, least, most };
}

function writtenNumber({ options: [spelling] }: NumberOption, value: number | boolean): string {
  return `${spelling} ${Number(value)}`;
}

function respelled({ head }: Place, value: number | boolean): string {
  return `${head}${Number(value)}`;
}

/** Takes every place of the option out, with the blanks before it. */
function without(line: string, option: Option, words: readonly ShellWord[]): string {
  return places(option, words).reduceRight((rest, { start, end }) => {
    const before = rest.slice(0, start).trimEnd();
    return before + rest.slice(end);
  }, line);
}

/** The number that is taken for what somebody typed: the nearest that the setting allows, or what stands there now. */
export function takenFor({ value, usual, least, most }: NumberSetting, typed: string): number {
  const number = Math.round(Number(typed));
  if (typed.trim() === "" || Number.isNaN(number)) return value ?? usual;
  return Math.min(most, Math.max(least, number));
}
