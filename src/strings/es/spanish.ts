/** Spanish grammar that several words need. */

/** "1 worker", "4 workers" */
export const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

/** Titles of sides begin with a noun, which decides about the article: those with an app are feminine. */
const isFeminine = (title: string): boolean => /^(?:la )?(?:app|aplicación)\b/i.test(title);

/** The title without its capital: "servidor de desarrollo" */
const inside = (title: string): string => `${title.charAt(0).toLowerCase()}${title.slice(1)}`;

/** A side's title within a sentence: "el servidor de desarrollo", "la app sin Flask" */
export const the = (title: string): string => `${isFeminine(title) ? "la" : "el"} ${inside(title)}`;

/** "del servidor de desarrollo", "de la app sin Flask" */
export const ofThe = (title: string): string => `${isFeminine(title) ? "de la" : "del"} ${inside(title)}`;

/** "al servidor de desarrollo", "a la app sin Flask" */
export const toThe = (title: string): string => `${isFeminine(title) ? "a la" : "al"} ${inside(title)}`;

/** The text as the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "a", "a y b", "a, b y c"; "e" where the last one begins with the sound of an i. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1);
  if (last === undefined) return "";
  const and = /^h?[ií](?!e)/i.test(last) ? "e" : "y";
  return items.length === 1 ? last : `${items.slice(0, -1).join(", ")} ${and} ${last}`;
}
