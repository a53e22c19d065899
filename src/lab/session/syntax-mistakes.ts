/** Where a text breaks its language's rules, as the editor's own parser sees it. */
import type { EditorState } from "@codemirror/state";
import type { Tree } from "@lezer/common";

/** The first place from which on the editor's parser does not understand a file. */
export interface Mistake {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** A stretch of text, in characters from its beginning. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The first stretch that the parser could not make sense of. Only the first, because one mistake makes the parser
 * stumble over what follows. An error that has no length is one character long, so that it can be seen.
 *
 * @param tree of the whole text: where a parser was interrupted, its tree has errors that the text has not
 */
export function firstMistake(state: EditorState, tree: Tree): TextRange | undefined {
  let first: TextRange | undefined;
  tree.iterate({
    enter: ({ type, name, from, to }) => {
      if (first !== undefined) return false;
      if (type.isError || (isString.has(name) && isOpen(state.sliceDoc(from, to)))) first = visible(state, from, to);
      return true;
    },
  });
  return first;
}

const isString = new Set(["String", "FormatString"]);

/** A string whose quote is missing at its end, which the parsers let pass. */
function isOpen(text: string): boolean {
  const [opening, quote] = /^[a-z]*("""|'''|"|')/i.exec(text) ?? [];
  if (opening === undefined || quote === undefined) return false;
  return text.length < opening.length + quote.length || !text.endsWith(quote);
}

/** What is missing at the beginning of a line is missing at the end of the one before. */
function visible({ doc }: EditorState, from: number, to: number): TextRange {
  if (to > from && doc.sliceString(from, to).trim() !== "") return { from, to: Math.min(to, doc.lineAt(from).to) };
  const before = doc.sliceString(0, from).trimEnd().length;
  return { from: Math.max(0, before - 1), to: Math.max(before, Math.min(1, doc.length)) };
}

/** Where a stretch begins, in lines and columns. */
export function placeOf({ doc }: EditorState, { from }: TextRange): Mistake {
  const line = doc.lineAt(from);
  return { line: line.number, column: from - line.from + 1 };
}
