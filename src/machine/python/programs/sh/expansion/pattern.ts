/** Patterns of the shell: `*`, `?`, `[abc]`. A backslash takes a character's meaning away. */
import type { ExpansionBudget } from "./expansion-budget.ts";

/** Whether a text holds a pattern that may stand for something else. */
export function isPattern(pattern: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*[*?[]/.test(pattern);
}

/** The text that a pattern without special characters stands for. */
export function unescaped(pattern: string): string {
  return pattern.replace(/\\(.)/gs, "$1");
}

/** A text with every special character escaped. */
export function escaped(text: string): string {
  return text.replace(/[*?[\]\\]/g, "\\$&");
}

/** What one character is compared with: itself, or more. `star` stands for any number of them. */
type Token =
  | { readonly kind: "star" | "any" }
  | { readonly kind: "character"; readonly character: string }
  | { readonly kind: "set"; has(character: string): boolean };

/** Which part of a text a pattern is to match: all of it, or as little or as much of its beginning as it can. */
type Extent = "whole" | "shortest" | "longest";

/**
 * A pattern, ready to be compared. Not a regular expression: those go back and try again at each star, which takes a
 * time that grows with the number of stars as a power.
 */
export class Pattern {
  readonly #tokens: readonly Token[];

  constructor(source: string) {
    this.#tokens = tokensOf(Array.from(source));
  }

  /** Whether it stands for this text. Throws `ExpansionError`. */
  matches(text: string, budget: ExpansionBudget): boolean {
    return reach(this.#tokens, Array.from(text), "whole", budget) !== undefined;
  }

  /** The text without the beginning that the pattern matches, if it matches one. Throws `ExpansionError`. */
  withoutPrefix(text: string, extent: "shortest" | "longest", budget: ExpansionBudget): string {
    const characters = Array.from(text);
    const end = reach(this.#tokens, characters, extent, budget);
    return end === undefined ? text : characters.slice(end).join("");
  }

  /**
   * How long a beginning of the text it matches, in UTF-16 units, as long as can be; undefined if none. Throws
   * `ExpansionError`.
   */
  beginning(text: string, budget: ExpansionBudget): number | undefined {
    const characters = Array.from(text);
    const end = reach(this.#tokens, characters, "longest", budget);
    return end === undefined ? undefined : characters.slice(0, end).join("").length;
  }

  /** The text without the end that the pattern matches, if it matches one. Throws `ExpansionError`. */
  withoutSuffix(text: string, extent: "shortest" | "longest", budget: ExpansionBudget): string {
    const characters = Array.from(text);
    const end = reach(this.#tokens.toReversed(), characters.toReversed(), extent, budget);
    return end === undefined ? text : characters.slice(0, characters.length - end).join("");
  }
}

function tokensOf(source: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  let lastBracket = source.lastIndexOf("]");
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? "";
    if (character === "*") {
      if (tokens.at(-1)?.kind !== "star") tokens.push({ kind: "star" });
      continue;
    }
    if (character === "[") {
      const set = at < lastBracket ? setOf(source, at) : undefined;
      // What is not closed here is not closed further on either.
      if (set === undefined) lastBracket = -1;
      tokens.push(set?.token ?? { kind: "character", character });
      at = set?.end ?? at;
      continue;
    }
    if (character === "\\") at += 1;
    const plain = source[at];
    if (plain !== undefined) tokens.push(character === "?" ? { kind: "any" } : { kind: "character", character: plain });
  }
  return tokens;
}

function takes(token: Token, character: string): boolean {
  switch (token.kind) {
    case "character":
      return token.character === character;
    case "set":
      return token.has(character);
    default:
      return true;
  }
}

const classes: ReadonlyMap<string, RegExp> = new Map([
  ["alnum", /^[\p{L}\p{N}]$/u],
  ["alpha", /^\p{L}$/u],
  ["blank", /^[ \t]$/],
  ["cntrl", /^\p{Cc}$/u],
  ["digit", /^\d$/],
  ["graph", /^[^\p{Z}\p{C}]$/u],
  ["lower", /^\p{Ll}$/u],
  ["print", /^[^\p{C}]$/u],
  ["punct", /^[\p{P}\p{S}]$/u],
  ["space", /^\s$/],
  ["upper", /^\p{Lu}$/u],
  ["xdigit", /^[\dA-Fa-f]$/],
]);

/**
 * `[a-z_]`, `[!a-z]`, `[[:digit:]]`, from its bracket on; undefined if it is not closed. `end` is where its last
 * bracket stands.
 */
function setOf(source: readonly string[], open: number): { readonly token: Token; readonly end: number } | undefined {
  let at = open + 1;
  const negated = source[at] === "!" || source[at] === "^";
  if (negated) at += 1;
  const first = at;
  const singles = new Set<string>();
  const ranges: { readonly from: number; readonly to: number }[] = [];
  const named: RegExp[] = [];
  const codePoint = (character: string) => character.codePointAt(0) ?? 0;
  const member = () => {
    if (source[at] === "\\") at += 1;
    const character = source[at];
    at += 1;
    return character;
  };
  while (source[at] !== "]" || at === first) {
    const name = source[at] === "[" && source[at + 1] === ":" ? classAt(source, at) : undefined;
    const pattern = name === undefined ? undefined : classes.get(name);
    if (name !== undefined && pattern !== undefined) {
      named.push(pattern);
      at += name.length + "[::]".length;
      continue;
    }
    const from = member();
    if (from === undefined) return undefined;
    if (source[at] === "-" && source[at + 1] !== "]" && source[at + 1] !== undefined) {
      at += 1;
      const to = member();
      if (to === undefined) return undefined;
      ranges.push({ from: codePoint(from), to: codePoint(to) });
    } else singles.add(from);
  }
  const has = (character: string) => {
    const point = codePoint(character);
    const within =
      singles.has(character) ||
      ranges.some(({ from, to }) => from <= point && point <= to) ||
      named.some((each) => each.test(character));
    return within !== negated;
  };
  return { token: { kind: "set", has }, end: at };
}

/** The name in `[:name:]`. */
function classAt(source: readonly string[], at: number): string | undefined {
  const longest = "[:xdigit:]".length;
  return /^\[:([a-z]+):\]/.exec(source.slice(at, at + longest).join(""))?.[1];
}

/**
 * How many characters from the beginning on the tokens match; undefined if they do not. All ways of matching are
 * followed at once. Once a star is reached, whatever led there is done with: the star takes all that it could still
 * have taken. So the time is at most the length of the text times the longest stretch between two stars.
 */
function reach(
  tokens: readonly Token[],
  text: readonly string[],
  extent: Extent,
  budget: ExpansionBudget,
): number | undefined {
  let places: number[] = [];
  const arriveAt = (at: number, where: number[]) => {
    if (at <= (where.at(-1) ?? -1)) return;
    if (tokens[at]?.kind === "star") {
      where.length = 0;
      where.push(at, at + 1);
    } else where.push(at);
  };
  arriveAt(0, places);
  let last: number | undefined;
  for (let at = 0; places.length > 0; at += 1) {
    if (places.at(-1) === tokens.length) {
      last = at;
      if (extent === "shortest") return at;
    }
    const character = text[at];
    if (character === undefined) break;
    budget.search(places.length);
    const next: number[] = [];
    for (const place of places) {
      const token = tokens[place];
      if (token?.kind === "star") arriveAt(place, next);
      else if (token !== undefined && takes(token, character)) arriveAt(place + 1, next);
    }
    places = next;
  }
  return extent === "whole" && last !== text.length ? undefined : last;
}

/** What a file tree must answer. */
export interface Folders {
  isFolder(path: string): boolean;
  names(folder: string): string[];
  exists(path: string): boolean;
}

/**
 * The paths that a pattern stands for, sorted; none if nothing matches. Relative ones begin in `cwd`. Throws
 * `ExpansionError`: even a small tree has any number of paths of the form `a/../a/../a`.
 */
export function glob(pattern: string, cwd: string, folders: Folders, budget: ExpansionBudget): string[] {
  const absolute = pattern.startsWith("/");
  const segments = pattern.split("/").filter((segment) => segment !== "");
  const onlyFolders = pattern.endsWith("/");
  let found = [absolute ? "/" : ""];
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const step = stepOf(segment, cwd, folders, last && !onlyFolders, budget);
    found = found.flatMap(step);
    if (found.length === 0) return [];
    budget.make(isPattern(segment) ? found.length : 0);
  }
  return onlyFolders ? found.map((path) => `${path}/`) : found;
}

/** From a path found so far to those with one segment more. */
function stepOf(
  segment: string,
  cwd: string,
  folders: Folders,
  last: boolean,
  budget: ExpansionBudget,
): (prefix: string) => string[] {
  const absolute = (path: string) => (path.startsWith("/") ? path : `${cwd}/${path}`);
  const at = (prefix: string, name: string) => {
    const path = prefix === "" || prefix.endsWith("/") ? `${prefix}${name}` : `${prefix}/${name}`;
    // The tree walks along it once more.
    budget.search(path.length);
    return path;
  };
  if (!isPattern(segment)) {
    const name = unescaped(segment);
    return (prefix) => {
      const path = at(prefix, name);
      return (last ? folders.exists(absolute(path)) : folders.isFolder(absolute(path))) ? [path] : [];
    };
  }
  const compared = new Pattern(segment);
  const hidden = segment.startsWith(".");
  return (prefix) => {
    const folder = prefix === "" ? cwd : absolute(prefix);
    if (!folders.isFolder(folder)) return [];
    return folders
      .names(folder)
      .filter((name) => (hidden || !name.startsWith(".")) && compared.matches(name, budget))
      .map((name) => at(prefix, name))
      .filter((path) => last || folders.isFolder(absolute(path)));
  };
}
