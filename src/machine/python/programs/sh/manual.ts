/** Pages of `man`, in our own words. */
const pages: ReadonlyMap<string, string> = new Map();

/** The page about a command; undefined if there is none. */
export function manualText(name: string): string | undefined {
  return pages.get(name);
}
