import { CurlUsageError } from "./curl-options.ts";

/** So many addresses one pattern may stand for. */
const mostAddresses = 10_000;

/** An address that a pattern stands for, with what its places held, for `-o "#1"`. */
export interface PatternedUrl {
  readonly url: string;
  readonly places: readonly string[];
}

/** The addresses of `http://host/{a,b}/[1-3]`. Throws `CurlUsageError`. */
export function urlsOf(pattern: string): readonly PatternedUrl[] {
  let found: PatternedUrl[] = [{ url: "", places: [] }];
  const piece = /\\([{}[\]])|\{([^{}]*)\}|\[([^\][]*)\]|[^\\{[]+|[\s\S]/g;
  for (const [whole, escaped, list, range] of pattern.matchAll(piece)) {
    const isAddress = range !== undefined && /^[0-9A-Fa-f:.%]*:[0-9A-Fa-f:.%]*$/.test(range) && !range.includes("-");
    const choices =
      list !== undefined ? list.split(",") : range !== undefined && !isAddress ? rangeOf(range, pattern) : undefined;
    if (choices === undefined) {
      if (/^[{[]$/.test(whole))
        throw new CurlUsageError(
          whole === "{"
            ? wrong("unmatched brace", pattern, pattern.indexOf(whole) + 1)
            : wrong("bad range specification", pattern, pattern.indexOf(whole) + 2),
        );
      found = found.map(({ url, places }) => ({ url: url + (escaped ?? whole), places }));
      continue;
    }
    if (found.length * choices.length > mostAddresses)
      throw new CurlUsageError("(3) too many addresses in the URL pattern");
    found = found.flatMap(({ url, places }) =>
      choices.map((choice) => ({ url: url + choice, places: [...places, choice] })),
    );
  }
  return found;
}

/** curl's words for a pattern that is none, with a mark under the place (from 1). */
function wrong(what: string, pattern: string, position: number): string {
  return `(3) ${what} in URL position ${position}:\n${pattern}\n${" ".repeat(position - 1)}^`;
}

/** `1-10`, `001-100`, `a-z`, `1-9:2`. */
function rangeOf(text: string, pattern: string): readonly string[] {
  const bad = () => new CurlUsageError(wrong("bad range", pattern, pattern.indexOf(`[${text}]`) + text.length + 3));
  const [, first = "", last = "", by = "1"] =
    /^(\d+)-(\d+)(?::(\d+))?$/.exec(text) ?? /^([A-Za-z])-([A-Za-z])(?::(\d+))?$/.exec(text) ?? [];
  if (first === "") throw bad();
  const isNumber = /^\d/.test(first);
  const [from, to] = isNumber ? [Number(first), Number(last)] : [first.charCodeAt(0), last.charCodeAt(0)];
  const step = Number(by);
  if (to < from || step < 1 || (to - from) / step > mostAddresses) throw bad();
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => {
    const value = from + index * step;
    if (!isNumber) return String.fromCharCode(value);
    return first.startsWith("0") ? String(value).padStart(first.length, "0") : String(value);
  });
}
