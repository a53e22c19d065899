/** Writes XML: elements as text, with what has a meaning there escaped. */

/** What an element holds: elements that were written before. A text is `escapeXml`ed by whoever puts it here. */
type Content = string | readonly string[];

/** Characters that XML 1.0 does not allow at all ("Characters", production 2). */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text as it stands in an element or in an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(forbidden, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** An element. Attributes are texts; the content is XML. */
export function element(name: string, attributes: Readonly<Record<string, string>>, content: Content = []): string {
  const written = Object.entries(attributes).map(([each, value]) => ` ${each}="${escapeXml(value)}"`);
  const inside = typeof content === "string" ? content : content.join("");
  return inside === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${inside}</${name}>`;
}

/** An element that holds a text. */
export function textElement(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): string {
  return element(name, attributes, escapeXml(text));
}

/** A whole file. */
export function xmlFile(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}
