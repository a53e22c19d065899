/** Pages as data: documents in which nothing runs and nothing is loaded. */

/** What makes text acceptable where the page's policy asks for more than text: here because it stays inert. */
const policy = globalThis.trustedTypes?.createPolicy("inert-page", { createHTML: (html) => html });

/** The document that an HTML text describes. No script of it runs. */
export function inertPage(html: string): Document {
  return new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
}

/** Gives a script of such a document another text, without a word to those who watch over scripts that could run. */
export function replaceScript(script: Element, code: string): void {
  const [first, ...others] = script.childNodes;
  for (const each of others) each.remove();
  if (first instanceof Text) first.data = code;
}
