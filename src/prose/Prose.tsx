/** A sentence of a page's frontmatter: what stands between backticks is set as code. */

/** The parts of a text, in order. A backtick without a second one is a backtick. */
export function proseParts(text: string): readonly { readonly text: string; readonly code: boolean }[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part) => (/^`[^`]+`$/.test(part) ? { text: part.slice(1, -1), code: true } : { text: part, code: false }));
}

/** The text, to be used in pages and islands alike. */
export function Prose({ text }: { readonly text: string }) {
  return <>{proseParts(text).map((part, index) => (part.code ? <code key={index}>{part.text}</code> : part.text))}</>;
}
