/** What a terminal sends for keys, as far as it is the same for all who read them. */

/** Keys with a name that every reader of a terminal has, by what follows their escape character (xterm, "ctlseqs"). */
export const namedSequences = [
  ["[A", "up"],
  ["OA", "up"],
  ["[B", "down"],
  ["OB", "down"],
  ["[C", "right"],
  ["OC", "right"],
  ["[D", "left"],
  ["OD", "left"],
  ["[H", "home"],
  ["OH", "home"],
  ["[1~", "home"],
  ["[F", "end"],
  ["OF", "end"],
  ["[4~", "end"],
  ["[3~", "delete"],
  ["[1;5C", "word-right"],
  ["[1;5D", "word-left"],
] as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are control characters
const pattern = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^[O])|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/gsu;

/** What was typed, divided: a sequence that begins with an escape character, a control character, or a run of text. */
export function typedPieces(typed: string): string[] {
  return Array.from(typed.matchAll(pattern), ([piece]) => piece);
}
