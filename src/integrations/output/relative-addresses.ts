/**
 * Makes a built file independent of where the site is served.
 *
 * The site is built for a base path that no host has, so that every address that depends on the base can be found
 * afterwards, in whatever file it ended up, and written relative to that file.
 */

/** The base path that the site is built for, without its closing slash. */
export const buildBase = "/__two-servers__";

/** A file that holds an address which cannot be made relative. */
export class AbsoluteAddressError extends Error {
  override readonly name = "AbsoluteAddressError";
}

/** From the folder of `file` to the root of the site: `./` or `../../`. */
export function wayToRoot(file: string): string {
  const depth = file.split("/").length - 1;
  return depth === 0 ? "./" : "../".repeat(depth);
}

/** The base, with or without a slash, where nothing follows that would make it another word. */
const baseInText = new RegExp(`${buildBase}(?:/|(?![\\w/-]))`, "g");

/** A string of JavaScript that begins with the base, and what stands before it if that makes it an import's. */
const baseInScript = new RegExp(`(\\bfrom\\s*|\\bimport\\s*)?(["'\`])${buildBase}(?:/((?:(?!\\2).)*))?\\2`, "g");

/** Addresses in a page or a style sheet are resolved against the file itself. */
function inText(text: string, root: string): string {
  return text.replace(baseInText, root);
}

/**
 * Addresses in a script are resolved against the page, except those of static imports. So the others are
 * computed from `import.meta.url`.
 */
function inScript(text: string, root: string): string {
  return text.replace(baseInScript, (_, importing: string | undefined, quote: string, rest = "") =>
    importing === undefined
      ? // In brackets, because minified code writes `return"…"`.
        `(new URL(${quote}${root}${rest}${quote},import.meta.url).href)`
      : `${importing}${quote}${root}${rest}${quote}`,
  );
}

/**
 * The text of a built file with every address relative.
 *
 * @param file path inside the built site, with forward slashes
 * @throws AbsoluteAddressError if one is left
 */
export function withRelativeAddresses(file: string, text: string): string {
  if (!text.includes(buildBase)) return text;
  const rewrite = /\.m?js$/.test(file) ? inScript : inText;
  const result = rewrite(text, wayToRoot(file));
  const left = result.indexOf(buildBase);
  if (left >= 0) {
    const around = result.slice(Math.max(0, left - 60), left + 60);
    throw new AbsoluteAddressError(`${file} keeps an address that only works at one place: …${around}…`);
  }
  return result;
}
