/** Names of characters that cannot be seen, in English. */
import { inLanguage } from "../in-language.ts";

/** The usual ones, by number; `codePoint` in `src/lab/hidden-characters.ts` writes the number. */
const names: Readonly<Record<string, string>> = {
  "U+000B": "vertical tab",
  "U+000C": "form feed",
  "U+000D": "carriage return",
  "U+001B": "escape",
  "U+0085": "next line",
  "U+00A0": "no-break space",
  "U+00AD": "soft hyphen",
  "U+200B": "zero-width space",
  "U+200C": "zero-width non-joiner",
  "U+200D": "zero-width joiner",
  "U+200E": "left-to-right mark",
  "U+200F": "right-to-left mark",
  "U+2028": "line separator",
  "U+2029": "paragraph separator",
  "U+202A": "left-to-right embedding",
  "U+202B": "right-to-left embedding",
  "U+202C": "end of embedding",
  "U+202D": "left-to-right override",
  "U+202E": "right-to-left override",
  "U+2060": "word joiner",
  "U+2066": "left-to-right isolate",
  "U+2067": "right-to-left isolate",
  "U+2068": "first strong isolate",
  "U+2069": "end of isolate",
  "U+FEFF": "byte order mark",
};

export const hiddenCharacterStrings = inLanguage("hiddenCharacterStrings", {
  /** A character in a sentence, by its number. */
  named: (point: string) => (names[point] === undefined ? point : `${point}, ${names[point]}`),
  /** In place of the character, in a text. */
  shown: (point: string, count: string | undefined) => (count === undefined ? `⟨${point}⟩` : `⟨${point} × ${count}⟩`),
  /** In place of many spaces and tabs. */
  blanks: (count: string) => `⟨${count} spaces⟩`,
} as const);
