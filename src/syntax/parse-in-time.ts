/**
 * Parses what a stranger wrote, on the page's own thread. Lezer reads any text, but each mistake in it costs some
 * hundred times what a right character does: a text that is nothing but mistakes would hold the page for seconds.
 */
import type { Parser, Tree } from "@lezer/common";

/** Enough for any text of a few lines, in milliseconds. */
const leastTime = 50;
/** The same while the parser is new, and its code is not compiled yet, on a computer that has other things to do. */
const firstTime = 250;
/** Parsers that have been used. */
const used = new WeakSet<Parser>();
/** On top of that, milliseconds for each character: some five times what right ones take. */
const timeForCharacter = 0.0025;

/** A syntax tree, and how far into the text it goes. */
export interface ParsedInTime {
  readonly tree: Tree;
  /** The end of the text, or where it was given up; in UTF-16 code units. */
  readonly end: number;
}

/**
 * Parses `text`, and gives up behind the last place that was reached in a time that goes with its length.
 *
 * @param patience how long it may take however short it is, in milliseconds; a parser that is new may take longer
 */
export function parseInTime(parser: Parser, text: string, patience: number = leastTime): ParsedInTime {
  const least = used.has(parser) ? patience : Math.max(patience, firstTime);
  used.add(parser);
  const most = performance.now() + least + text.length * timeForCharacter;
  const parse = parser.startParse(text);
  for (let tree = parse.advance(); ; tree = parse.advance()) {
    if (tree !== null) return { tree, end: parse.stoppedAt ?? text.length };
    if (parse.stoppedAt === null && performance.now() > most) parse.stopAt(Math.min(parse.parsedPos, text.length));
  }
}

/** The page has its turn after so many milliseconds. */
const slice = 8;
let lastTurn = 0;

/**
 * Parses `text` in slices, between which the page goes on.
 *
 * @param until on the clock of `performance`; what takes longer is given up
 * @returns `undefined` if it was given up
 */
export async function parseInSlices(parser: Parser, text: string, until: number): Promise<Tree | undefined> {
  const parse = parser.startParse(text);
  for (let tree = parse.advance(); ; tree = parse.advance()) {
    if (tree !== null) return tree;
    const now = performance.now();
    if (now > until) return undefined;
    if (now - lastTurn < slice) continue;
    await new Promise((resolve) => setTimeout(resolve));
    lastTurn = performance.now();
  }
}
