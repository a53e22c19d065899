import { namedSequences, typedPieces } from "../terminal-keys.ts";

/** A key at the editor: text, or one by its name: `^X`, `M-U`, `up`, `F6`. */
export type EditorKey = { readonly text: string } | { readonly name: string };

const sequences: ReadonlyMap<string, string> = new Map([
  ...namedSequences,
  ["[5~", "page-up"],
  ["[6~", "page-down"],
  ["[1;5H", "first-line"],
  ["[1;5F", "last-line"],
  ["OP", "F1"],
  ["[11~", "F1"],
  ["OQ", "F2"],
  ["[12~", "F2"],
  ["OR", "F3"],
  ["[13~", "F3"],
  ["[17~", "F6"],
]);

/** Keys out of what a terminal sends. Sequences without a meaning here are nothing. */
export function editorKeys(typed: string): EditorKey[] {
  return typedPieces(typed)
    .map(keyOf)
    .filter((key) => key !== undefined);
}

function keyOf(piece: string): EditorKey | undefined {
  const first = piece.charCodeAt(0);
  if (first === 0x1b && piece.length > 1) {
    const name = sequences.get(piece.slice(1));
    if (name !== undefined) return { name };
    return piece.length === 2 ? { name: `M-${piece.slice(1).toUpperCase()}` } : undefined;
  }
  if (piece === "\r" || piece === "\n") return { name: "enter" };
  if (piece === "\t") return { name: "tab" };
  if (first === 0x7f || first === 0x08) return { name: "backspace" };
  if (first < 0x20) return { name: `^${String.fromCharCode(first + 0x40)}` };
  return { text: piece };
}
