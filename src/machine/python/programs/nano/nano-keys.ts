/** A key at the editor: text, or one by its name: `^X`, `M-U`, `up`, `F6`. */
export type EditorKey = { readonly text: string } | { readonly name: string };

const sequences: ReadonlyMap<string, string> = new Map([
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
  ["[5~", "page-up"],
  ["[6~", "page-down"],
  ["[1;5C", "word-right"],
  ["[1;5D", "word-left"],
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

// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are control characters
const pattern = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^[O])|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/gsu;

/** Keys out of what a terminal sends. Sequences without a meaning here are nothing. */
export function editorKeys(typed: string): EditorKey[] {
  return Array.from(typed.matchAll(pattern), ([piece]) => keyOf(piece)).filter((key) => key !== undefined);
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
