/**
 * Styles of libraries that are loaded with the code that needs them. An ordinary import would put them into every page
 * with a lab before anything runs. They stand after the page's own sheets, so those name a library's parts by more than
 * its classes.
 */

const used = new Set<string>();

/** Puts a style sheet's text into the page, once. */
export function addLibraryStyle(text: string): void {
  if (used.has(text)) return;
  used.add(text);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}
