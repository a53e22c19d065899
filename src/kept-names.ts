/**
 * Names of what the site keeps in a reader's browser: storage keys, caches, channels. All sites of one origin share one
 * storage; so each name ends with the path of the site's root, and two copies of the site live side by side.
 */

/** Everything that this site keeps begins so: other pages of the host may keep something, too. */
const beginning = "two-servers";

/** The part of a browser's storage that is used here. */
export type KeyStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** The name for the copy of the site with this root: `two-servers:learner /some/course/`. */
export function keptName(name: string, root: URL): string {
  return `${name} ${root.pathname}`;
}

/** Whether this copy of the site has given that name. */
export function isKeptBy(name: string, root: URL): boolean {
  return name.startsWith(beginning) && name.endsWith(` ${root.pathname}`);
}

/** Whether an older version of the site has given that name, all copies the same. */
export function isUnscoped(name: string): boolean {
  return name.startsWith(beginning) && !/ \/\S*$/.test(name);
}

/** Reads what is kept. What an older version has kept is taken over, once: it gets the name that it has now. */
export function readKeptText(storage: KeyStorage, name: string, root: URL): string | null {
  const scoped = keptName(name, root);
  const text = storage.getItem(scoped);
  if (text !== null) return text;
  const old = storage.getItem(name);
  if (old === null) return null;
  try {
    storage.setItem(scoped, old);
    storage.removeItem(name);
  } catch {
    // Storage is full: it stays where it is, and is read from there.
  }
  return old;
}
