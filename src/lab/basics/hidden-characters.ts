/**
 * Characters that make a text look like another one: they cannot be seen, look like a space, change the order of
 * others, or break a line where an editor may not. What a stranger's link holds is shown with all of them spelt out.
 */

/**
 * Control, format, private and unassigned characters and lone surrogates (`C`), separators but the space (`Z`), what
 * Unicode lets programs leave out when they draw a text (`Default_Ignorable_Code_Point`), and a few letters and symbols
 * that are drawn as nothing.
 */
const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{16FE4}\u{1D159}]|(?! )\p{Zs}/u;
/** The same for a whole text, as editors look for them; tabs and ends of lines are left out. */
export const hiddenCharacters = new RegExp(`(?![\\t\\n])(?:${hidden.source})`, "gu");

/** Ends a line for Python, JavaScript or a terminal, though not for everything that shows a text. */
const breaksLine = new Set(["\r", "\v", "\f", "\u0085", "\u2028", "\u2029"]);
const mark = /\p{M}/u;
/** So many accents stand over one letter in some scripts; more cover the lines around them. */
const mostMarks = 2;

/** Whether a text has a character that is not what it seems. A tab and the end of a line are what they seem. */
export function isHidden(character: string): boolean {
  // Nearly all of a program.
  if (character >= " " && character <= "~") return false;
  return character !== "\t" && character !== "\n" && hidden.test(character);
}

/** A character by its number, as Unicode writes it: `U+200B`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The first such character of a text, and its place: columns count from 1, in characters. */
export function firstHidden(text: string): { readonly character: string; readonly column: number } | undefined {
  let column = 0;
  for (const character of text) {
    column += 1;
    if (isHidden(character)) return { character, column };
  }
  return undefined;
}

/** A stretch of a line: a text to be shown as it is, or characters that are to be spelt out. */
export type LinePart =
  | { readonly kind: "text"; readonly text: string }
  /** The same one, so many times. */
  | { readonly kind: "hidden"; readonly character: string; readonly count: number; readonly breaks: boolean }
  /** So many spaces in a row that what follows may be out of sight. */
  | { readonly kind: "blank"; readonly count: number };

/** A longer row of spaces and tabs is counted rather than shown. Code is rarely indented deeper. */
const manyBlanks = /([ \t]{49,})/;

/** A line, cut into what can be shown and what has to be spelt out. */
export function stretchesOf(line: string): readonly LinePart[] {
  const stretches: LinePart[] = [];
  let text = "";
  let marks = 0;
  const end = () => {
    for (const [index, part] of text.split(manyBlanks).entries()) {
      if (part === "") continue;
      stretches.push(index % 2 === 0 ? { kind: "text", text: part } : { kind: "blank", count: part.length });
    }
    text = "";
  };
  for (const character of line) {
    marks = character > "~" && mark.test(character) ? marks + 1 : 0;
    const without = text === "" && marks > 0;
    if (!isHidden(character) && marks <= mostMarks && !without) {
      text += character;
      continue;
    }
    end();
    const last = stretches.at(-1);
    if (last?.kind === "hidden" && last.character === character && !last.breaks) {
      stretches[stretches.length - 1] = { ...last, count: last.count + 1 };
    } else stretches.push({ kind: "hidden", character, count: 1, breaks: breaksLine.has(character) });
  }
  end();
  return stretches;
}
