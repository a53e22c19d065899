/** Columns from one tabulator to the next. */
export const tabulator = 8;

/** What leads from one column of a line to another: tabulators as far as they reach, then blanks. */
export function blanksBetween(from: number, to: number): string {
  const reached = Math.floor(to / tabulator);
  const tabs = reached - Math.floor(from / tabulator);
  return tabs > 0 ? "\t".repeat(tabs) + " ".repeat(to - reached * tabulator) : " ".repeat(to - from);
}
