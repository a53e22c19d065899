/** English grammar that several words need. */

/** "1 worker", "4 workers" */
export const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

/** A side's title, as a teacher writes it, within a sentence: "the development server" */
export const the = (title: string): string => `the ${title.charAt(0).toLowerCase()}${title.slice(1)}`;

/** The text as the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "a", "a and b", "a, b and c" */
export function listed(items: readonly string[]): string {
  const last = items.at(-1);
  if (last === undefined) return "";
  return items.length === 1 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
