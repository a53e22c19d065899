/** What a sentence of a page's frontmatter is made of, for pages and for scripts. */

/** The parts of a text, in order. A backtick without a second one is a backtick. */
export function proseParts(text: string): readonly { readonly text: string; readonly code: boolean }[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part) => (/^`[^`]+`$/.test(part) ? { text: part.slice(1, -1), code: true } : { text: part, code: false }));
}
