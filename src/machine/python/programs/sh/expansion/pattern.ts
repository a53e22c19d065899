/**
 * Patterns of the shell: `*`, `?`, `[abc]`, and bash's `@(a|b)`, `?(a)`, `*(a)`, `+(a)`, `!(a)`. A backslash takes a
 * character's meaning away.
 */
import type { ExpansionBudget } from "./expansion-budget.ts";

/** Whether a text holds a pattern that may stand for something else. */
export function isPattern(pattern: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*(?:[*?[]|[+@!]\()/.test(pattern);
}

/** The text that a pattern without special characters stands for. */
export function unescaped(pattern: string): string {
  return pattern.replace(/\\(.)/gs, "$1");
}

/** A text with every special character escaped. */
export function escaped(text: string): string {
  return text.replace(/[*?[\]\\()|]/g, "\\$&");
}

/** What one character is compared with: itself, or more. `star` stands for any number of them. */
type Token =
  | { readonly kind: "star" | "any" }
  | { readonly kind: "character"; readonly character: string }
  | { readonly kind: "set"; has(character: string): boolean }
  | Group;

/** `@(a|b)` and its relatives: how often any of the alternatives stands here. */
interface Group {
  readonly kind: "group";
  readonly sign: "@" | "?" | "*" | "+" | "!";
  readonly alternatives: readonly (readonly Token[])[];
}

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
    const end = reach(reversed(this.#tokens), characters.toReversed(), extent, budget);
    return end === undefined ? text : characters.slice(0, characters.length - end).join("");
  }
}

/** For a text that is read from its end. */
function reversed(tokens: readonly Token[]): readonly Token[] {
  return tokens
    .toReversed()
    .map((token) => (token.kind === "group" ? { ...token, alternatives: token.alternatives.map(reversed) } : token));
}

function tokensOf(source: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  let lastBracket = source.lastIndexOf("]");
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? "";
    const several = groupAt(source, at) ?? (character === "[" && at < lastBracket ? setOf(source, at) : undefined);
    if (several !== undefined) {
      tokens.push(several.token);
      at = several.end;
      continue;
    }
    // What is not closed here is not closed further on either.
    if (character === "[") lastBracket = -1;
    if (character === "*" && tokens.at(-1)?.kind === "star") continue;
    if (character === "\\") at += 1;
    const plain = source[at];
    if (plain !== undefined) tokens.push(single(character, plain));
  }
  return tokens;
}

/** `plain`: the character itself, where a backslash stands before it. */
function single(character: string, plain: string): Token {
  if (character === "*") return { kind: "star" };
  return character === "?" ? { kind: "any" } : { kind: "character", character: plain };
}

/** The group whose sign stands here; undefined if it is none, or is not closed. `end`: where its bracket closes. */
function groupAt(source: readonly string[], at: number): { readonly token: Group; readonly end: number } | undefined {
  const sign = groupSigns.find((each) => each === source[at]);
  if (sign === undefined || source[at + 1] !== "(") return undefined;
  const alternatives: (readonly Token[])[] = [];
  let open = 0;
  let begin = at + 2;
  for (let end = at + 1; end < source.length; end += 1) {
    const character = source[end];
    if (character === "\\") end += 1;
    else if (character === "(") open += 1;
    else if (character === ")") open -= 1;
    if (open === 0 || (open === 1 && character === "|")) {
      alternatives.push(tokensOf(source.slice(begin, end)));
      begin = end + 1;
    }
    if (open === 0) return { token: { kind: "group", sign, alternatives }, end };
  }
  return undefined;
}

const groupSigns = ["@", "?", "*", "+", "!"] as const;

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
  if (tokens.some(({ kind }) => kind === "group")) return groupReach(tokens, text, extent, budget);
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

function groupReach(
  tokens: readonly Token[],
  text: readonly string[],
  extent: Extent,
  budget: ExpansionBudget,
): number | undefined {
  const all = [...ends(tokens, text, new Set([0]), budget)].sort((a, b) => a - b);
  if (extent === "whole") return all.at(-1) === text.length ? text.length : undefined;
  return all.at(extent === "shortest" ? 0 : -1);
}

/** Where the tokens may end that begin at one of these places: all of them are followed at once here, too. */
function ends(
  tokens: readonly Token[],
  text: readonly string[],
  from: ReadonlySet<number>,
  budget: ExpansionBudget,
): ReadonlySet<number> {
  let places = from;
  for (const token of tokens) {
    if (places.size === 0) return places;
    budget.search(places.size);
    if (token.kind === "group") places = groupEnds(token, text, places, budget);
    else if (token.kind === "star") {
      budget.search(text.length);
      const first = Math.min(...places);
      places = new Set(Array.from({ length: text.length - first + 1 }, (_, index) => first + index));
    } else places = steps(token, text, places);
  }
  return places;
}

function steps(token: Token, text: readonly string[], places: ReadonlySet<number>): ReadonlySet<number> {
  const next = new Set<number>();
  for (const place of places) {
    const character = text[place];
    if (character !== undefined && takes(token, character)) next.add(place + 1);
  }
  return next;
}

function groupEnds(
  { sign, alternatives }: Group,
  text: readonly string[],
  places: ReadonlySet<number>,
  budget: ExpansionBudget,
): ReadonlySet<number> {
  const once = (from: ReadonlySet<number>) =>
    new Set(alternatives.flatMap((tokens) => [...ends(tokens, text, from, budget)]));
  if (sign === "@") return once(places);
  if (sign === "?") return new Set([...places, ...once(places)]);
  if (sign === "!") {
    const other = new Set<number>();
    for (const place of places) {
      const excluded = once(new Set([place]));
      budget.search(text.length);
      for (let end = place; end <= text.length; end += 1) if (!excluded.has(end)) other.add(end);
    }
    return other;
  }
  const all = new Set(sign === "*" ? places : []);
  for (let fresh: ReadonlySet<number> = places; fresh.size > 0; ) {
    fresh = new Set([...once(fresh)].filter((place) => !all.has(place)));
    for (const place of fresh) all.add(place);
  }
  return all;
}

/** What a file tree must answer. */
export interface Folders {
  isFolder(path: string): boolean;
  names(folder: string): string[];
  exists(path: string): boolean;
}

/** What bash's `shopt` changes of how paths are found. */
export interface GlobOptions {
  /** Names that begin with a dot match as others (`dotglob`). */
  readonly hidden?: boolean;
  /** `**` stands for any number of folders (`globstar`). */
  readonly deep?: boolean;
  /** Capital letters are the same as small ones (`nocaseglob`). */
  readonly anyCase?: boolean;
  /** `.` and `..` are names as others, for a pattern that begins with a dot: dash takes what the folder lists. */
  readonly ownNames?: boolean;
}

/**
 * The paths that a pattern stands for, sorted; none if nothing matches. Relative ones begin in `cwd`. Throws
 * `ExpansionError`: even a small tree has any number of paths of the form `a/../a/../a`.
 */
export function glob(
  pattern: string,
  cwd: string,
  folders: Folders,
  budget: ExpansionBudget,
  options: GlobOptions = {},
): string[] {
  const absolute = pattern.startsWith("/");
  const segments = pattern.split("/").filter((segment) => segment !== "");
  const onlyFolders = pattern.endsWith("/");
  let found = [absolute ? "/" : ""];
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const isDeep = options.deep && segment === "**";
    const step = isDeep
      ? deepStep(cwd, folders, last && !onlyFolders, budget, options)
      : stepOf(segment, cwd, folders, last && !onlyFolders, budget, options);
    found = found.flatMap(step);
    if (isDeep && last) found = found.filter((path) => path !== "");
    if (found.length === 0) return [];
    budget.make(isPattern(segment) ? found.length : 0);
  }
  // Whole paths are compared: a-b/ comes before a/, and a folder's own before what lies beside it.
  return (onlyFolders ? found.map((path) => `${path}/`) : found).sort();
}

function joined(prefix: string, name: string, budget: ExpansionBudget): string {
  const path = prefix === "" || prefix.endsWith("/") ? `${prefix}${name}` : `${prefix}/${name}`;
  // The tree walks along it once more.
  budget.search(path.length);
  return path;
}

/** From a path found so far to itself and all folders below it; with `last`, to all files, too. */
function deepStep(
  cwd: string,
  folders: Folders,
  last: boolean,
  budget: ExpansionBudget,
  { hidden = false }: GlobOptions,
): (prefix: string) => string[] {
  const absolute = (path: string) => (path.startsWith("/") ? path : `${cwd}/${path}`);
  const below = (prefix: string): string[] =>
    folders
      .names(prefix === "" ? cwd : absolute(prefix))
      .filter((name) => hidden || !name.startsWith("."))
      .flatMap((name) => {
        const path = joined(prefix, name, budget);
        budget.make(1);
        if (folders.isFolder(absolute(path))) return [path, ...below(path)];
        return last ? [path] : [];
      });
  return (prefix) => {
    if (!folders.isFolder(prefix === "" ? cwd : absolute(prefix))) return [];
    return [last && prefix !== "" ? `${prefix}/` : prefix, ...below(prefix)];
  };
}

/** From a path found so far to those with one segment more. */
function stepOf(
  segment: string,
  cwd: string,
  folders: Folders,
  last: boolean,
  budget: ExpansionBudget,
  { hidden: dots = false, anyCase = false, ownNames = false }: GlobOptions,
): (prefix: string) => string[] {
  const absolute = (path: string) => (path.startsWith("/") ? path : `${cwd}/${path}`);
  const at = (prefix: string, name: string) => joined(prefix, name, budget);
  if (!isPattern(segment)) {
    const name = unescaped(segment);
    return (prefix) => {
      const path = at(prefix, name);
      return (last ? folders.exists(absolute(path)) : folders.isFolder(absolute(path))) ? [path] : [];
    };
  }
  const compared = new Pattern(anyCase ? segment.toLowerCase() : segment);
  const hidden = dots || segment.startsWith(".");
  return (prefix) => {
    const folder = prefix === "" ? cwd : absolute(prefix);
    if (!folders.isFolder(folder)) return [];
    const names = folders.names(folder);
    return (ownNames && segment.startsWith(".") ? [".", "..", ...names] : names)
      .filter(
        (name) => (hidden || !name.startsWith(".")) && compared.matches(anyCase ? name.toLowerCase() : name, budget),
      )
      .map((name) => at(prefix, name))
      .filter((path) => last || folders.isFolder(absolute(path)));
  };
}
