import { namedSequences, typedPieces } from "../terminal-keys.ts";

/** A key that was pressed: text, or one with a meaning. */
export type Key = { readonly kind: "text"; readonly text: string } | { readonly kind: "key"; readonly name: KeyName };

/** A key with a meaning for a line that is typed. */
export type KeyName =
  | "enter"
  | "tab"
  | "backspace"
  | "delete"
  | "left"
  | "right"
  | "up"
  | "down"
  | "home"
  | "end"
  | "word-left"
  | "word-right"
  | "kill-to-end"
  | "kill-line"
  | "kill-word"
  | "kill-next-word"
  | "yank"
  | "interrupt"
  | "end-of-file"
  | "clear"
  | "search"
  | "cancel"
  | "escape";

const controls: ReadonlyMap<string, KeyName> = new Map<string, KeyName>([
  ["\x01", "home"],
  ["\x02", "left"],
  ["\x03", "interrupt"],
  ["\x04", "end-of-file"],
  ["\x05", "end"],
  ["\x06", "right"],
  ["\x07", "cancel"],
  ["\x08", "backspace"],
  ["\t", "tab"],
  ["\n", "enter"],
  ["\x0b", "kill-to-end"],
  ["\x0c", "clear"],
  ["\r", "enter"],
  ["\x0e", "down"],
  ["\x10", "up"],
  ["\x12", "search"],
  ["\x15", "kill-line"],
  ["\x17", "kill-word"],
  ["\x19", "yank"],
  ["\x7f", "backspace"],
]);

const sequences: ReadonlyMap<string, KeyName> = new Map<string, KeyName>([
  ...namedSequences,
  ["[7~", "home"],
  ["[8~", "end"],
  ["[1;3C", "word-right"],
  ["[1;3D", "word-left"],
  ["b", "word-left"],
  ["f", "word-right"],
  ["d", "kill-next-word"],
  ["\x7f", "kill-word"],
]);

/** Keys out of what a terminal sends. Sequences without a meaning here are nothing. */
export function keysOf(typed: string): Key[] {
  const keys: Key[] = [];
  for (const piece of typedPieces(typed)) {
    const name = piece.startsWith("\x1b") && piece.length > 1 ? sequences.get(piece.slice(1)) : controls.get(piece);
    if (name !== undefined) keys.push({ kind: "key", name });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keys are control characters
    else if (!/^[\x00-\x1f\x7f]/.test(piece)) keys.push({ kind: "text", text: piece });
  }
  return keys;
}
