/** Whether a requirement is one for the Python machine: environment markers (PEP 508). */
import { satisfies, validRange } from "@renovatebot/pep440";

/** What the Python machine's interpreter says of itself, by the names that markers have for it. */
export const machineEnvironment: ReadonlyMap<string, string> = new Map([
  ["python_version", "3.14"],
  ["python_full_version", "3.14.0"],
  ["os_name", "posix"],
  ["sys_platform", "emscripten"],
  ["platform_system", "Emscripten"],
  ["platform_machine", "wasm32"],
  ["platform_python_implementation", "CPython"],
  ["implementation_name", "cpython"],
  ["implementation_version", "3.14.0"],
  ["platform_release", ""],
  ["platform_version", ""],
]);

/** Names that older metadata has for the same. */
const olderNames: ReadonlyMap<string, string> = new Map([
  ["os.name", "os_name"],
  ["sys.platform", "sys_platform"],
  ["platform.machine", "platform_machine"],
  ["platform.version", "platform_version"],
  ["platform.python_implementation", "platform_python_implementation"],
  ["python_implementation", "platform_python_implementation"],
]);

/** A longer marker is none that anybody wrote. */
const longest = 2000;

type Test = (extra: string) => boolean;
type Value = (extra: string) => string;

/** A marker that cannot be read. */
class MarkerError extends Error {}

/**
 * Whether a marker holds on the Python machine. `undefined` if it cannot be read.
 *
 * @param marker empty: there is none, and it holds
 * @param extras that are asked for of the package whose requirement it is
 */
export function markerHolds(marker: string, extras: readonly string[] = []): boolean | undefined {
  if (marker.trim() === "") return true;
  try {
    const test = read(marker);
    return (extras.length === 0 ? [""] : extras).some((extra) => test(extra));
  } catch (error) {
    if (error instanceof MarkerError) return undefined;
    throw error;
  }
}

/** The words of a marker, one after the other. */
class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(marker: string) {
    if (marker.length > longest) throw new MarkerError();
    const word = /\s*([()]|[<>=!~]{1,3}|"[^"]*"|'[^']*'|[A-Za-z_][\w.]*)\s*/y;
    const words: string[] = [];
    for (let last = 0; last < marker.length; last = word.lastIndex) {
      word.lastIndex = last;
      const [, found] = word.exec(marker) ?? [];
      if (found === undefined) throw new MarkerError();
      words.push(found);
    }
    this.#words = words;
  }

  get next(): string | undefined {
    return this.#words[this.#at];
  }

  take(): string {
    const { next } = this;
    if (next === undefined) throw new MarkerError();
    this.#at += 1;
    return next;
  }

  /** Takes the next word if it is this one. */
  has(word: string): boolean {
    if (this.next !== word) return false;
    this.#at += 1;
    return true;
  }
}

function read(marker: string): Test {
  const words = new Words(marker);
  const test = anyOf(words);
  if (words.next !== undefined) throw new MarkerError();
  return test;
}

function anyOf(words: Words): Test {
  const tests = [allOf(words)];
  while (words.has("or")) tests.push(allOf(words));
  return (extra) => tests.some((test) => test(extra));
}

function allOf(words: Words): Test {
  const tests = [single(words)];
  while (words.has("and")) tests.push(single(words));
  return (extra) => tests.every((test) => test(extra));
}

function single(words: Words): Test {
  if (words.has("(")) {
    const within = anyOf(words);
    if (!words.has(")")) throw new MarkerError();
    return within;
  }
  const left = value(words);
  const operator = words.has("not") ? `not ${words.take()}` : words.take();
  const right = value(words);
  if (!/^(?:===?|!=|~=|<=?|>=?|(?:not )?in)$/.test(operator)) throw new MarkerError();
  return (extra) => compare(left(extra), operator, right(extra));
}

function value(words: Words): Value {
  const word = words.take();
  if (/^["']/.test(word)) return () => word.slice(1, -1);
  if (word === "extra") return (extra) => extra;
  const known = machineEnvironment.get(olderNames.get(word) ?? word);
  if (known === undefined) throw new MarkerError();
  return () => known;
}

/** As versions where the right side is one, else as texts. */
function compare(left: string, operator: string, right: string): boolean {
  if (operator === "in") return right.includes(left);
  if (operator === "not in") return !right.includes(left);
  if (/^\d/.test(right) && validRange(`${operator}${right}`))
    return satisfies(left, `${operator}${right}`, { prereleases: true });
  switch (operator) {
    case "==":
    case "===":
      return normalised(left) === normalised(right);
    case "!=":
      return normalised(left) !== normalised(right);
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return false;
  }
}

/** Extras are compared as names of packages are. No other value has a character that this changes but in letters. */
function normalised(text: string): string {
  return text.toLowerCase().replace(/[-_.]+/g, "-");
}
