/** A Python file without what is nested too deeply, which costs a parser far more time than other text. */
import type { Place } from "../findings/finding.ts";

/** CPython takes no more brackets within each other: "too many nested parentheses" (`MAXLEVEL` in its tokenizer). */
const deepest = 200;

/** A comment, a string, or a bracket. What is open to the end of its line, or of the file, ends there. */
const piece = /#.*|("""|''')(?:\\[\s\S]|(?!\1)[^\\])*(?:\1|$)|(["'])(?:\\[\s\S]|(?!\2)[^\\\n])*\2?|[([{]|[)\]}]/g;

/** A text of the same length in which blanks stand for what was too deep. */
export interface ShallowText {
  readonly text: string;
  /** The first such place. */
  readonly tooDeep: Place | undefined;
}

/** Blanks out what stands in more than 200 brackets. */
export function shallowText(text: string): ShallowText {
  const places: Place[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: found, index } of text.matchAll(piece)) {
    if (found.length > 1) continue;
    if ("([{".includes(found)) {
      depth += 1;
      if (depth === deepest + 1) from = index;
    } else if (")]}".includes(found) && depth > 0) {
      depth -= 1;
      if (depth === deepest) places.push({ from, to: index + 1 });
    }
  }
  if (depth > deepest) places.push({ from, to: text.length });
  let shallow = "";
  let copied = 0;
  for (const place of places) {
    shallow += text.slice(copied, place.from) + " ".repeat(place.to - place.from);
    copied = place.to;
  }
  return { text: shallow + text.slice(copied), tooDeep: places[0] };
}
