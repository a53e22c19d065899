/**
 * What the page keeps for this visit: in the tab's own storage, so that a reload or a way back finds it again. Where
 * the reader's browser allows no storage, nothing is kept and nothing breaks.
 */

/** The names of what this site keeps begin so: other pages of the host may keep something, too. */
const prefix = "two-servers:";

/** Reads what was kept under a name. `undefined` if there is nothing, or nothing that can be read. */
export function readSessionItem(name: string): unknown {
  try {
    const text = sessionStorage.getItem(prefix + name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps plain data under a name. Says whether that was possible. */
export function writeSessionItem(name: string, value: unknown): boolean {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
