/** A sentence of a page's frontmatter: what stands between backticks is set as code. */
import { proseParts } from "./prose-parts.ts";

/** The text, to be used in pages and islands alike. */
export function Prose({ text }: { readonly text: string }) {
  return <>{proseParts(text).map((part, index) => (part.code ? <code key={index}>{part.text}</code> : part.text))}</>;
}
