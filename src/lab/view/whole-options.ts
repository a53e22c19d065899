/**
 * Where a command line takes several rows, browsers break it after hyphens, too: `--` at the end of one row, `threads` on
 * the next. No style forbids that in a text field, so the rows are made as narrow as it takes.
 */

/** A hyphen after which browsers may break: what follows is no space and no digit. */
const breaksAfter = /-(?=[^\s\d])/g;
/** Rows may become narrower by this part. */
const mostGiven = 0.5;

/**
 * How wide rows may be so that none ends in the midst of an option. As wide as they were if nothing helps.
 *
 * @param columns characters that a row has room for, all of the same width
 */
export function columnsForWholeWords(text: string, columns: number): number {
  for (let width = columns; width > columns * mostGiven; width -= 1) if (keepsWords(text, width, columns)) return width;
  return columns;
}

/** Fills rows of this width as browsers do, and sees whether a word is broken that has room in the widest. */
function keepsWords(text: string, width: number, widest: number): boolean {
  let used = 0;
  for (const word of text.split(/ +/)) {
    const before = used === 0 ? 0 : used + 1;
    if (before + word.length <= width) {
      used = before + word.length;
      continue;
    }
    if (word.length > width) {
      if (word.length <= widest) return false;
      used = word.length % width;
      continue;
    }
    const parts = [...word.matchAll(breaksAfter)].map(({ index }) => index + 1);
    if (before > 0 && parts.some((part) => before + part <= width)) return false;
    used = word.length;
  }
  return true;
}

/** Gives the rows of a field the width that its text takes, now and whenever it gets another one. Call what it returns to end that. */
export function keepOptionsWhole(field: HTMLTextAreaElement): () => void {
  const fit = () => {
    field.style.paddingInlineEnd = "";
    const context = document.createElement("canvas").getContext("2d");
    if (context === null) return;
    context.font = getComputedStyle(field).font;
    const { width } = context.measureText("0");
    const columns = Math.floor(field.clientWidth / width);
    const wanted = columnsForWholeWords(field.value, columns);
    // Half a character more, so that no rounding takes one away.
    if (wanted < columns) field.style.paddingInlineEnd = `${field.clientWidth - (wanted + 0.5) * width}px`;
  };
  fit();
  const { parentElement } = field;
  if (parentElement === null) return () => undefined;
  const resized = new ResizeObserver(fit);
  resized.observe(parentElement);
  return () => resized.disconnect();
}
