/**
 * What the page keeps for this visit: in the tab's own storage, so that a reload or a way back finds it again. Where
 * the reader's browser allows no storage, nothing is kept and nothing breaks.
 */

import { keptName, readKeptText } from "../../kept-names.ts";
import { siteRoot } from "../../site-root.ts";

/** The names of what this site keeps begin so: other pages of the host may keep something, too. */
const prefix = "two-servers:";

/** Reads what was kept under a name. `undefined` if there is nothing, or nothing that can be read. */
export function readSessionItem(name: string): unknown {
  try {
    const text = readKeptText(sessionStorage, prefix + name, siteRoot());
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps nothing under a name any more. */
export function removeSessionItem(name: string): void {
  try {
    sessionStorage.removeItem(keptName(prefix + name, siteRoot()));
  } catch {
    // Storage is denied: nothing was kept.
  }
}

/** Keeps plain data under a name. Says whether that was possible. */
export function writeSessionItem(name: string, value: unknown): boolean {
  try {
    sessionStorage.setItem(keptName(prefix + name, siteRoot()), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
