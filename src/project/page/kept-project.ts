/** The one project that a reader keeps on the device. Where the browser keeps nothing, nothing breaks. */
import { keptName } from "../../kept-names.ts";

const name = "two-servers:project";

/** Keeps a project that was written as text. Says whether that was possible. */
export function keepProject(text: string, root: URL): boolean {
  try {
    localStorage.setItem(keptName(name, root), text);
    return true;
  } catch {
    return false;
  }
}

/** What is kept. */
export function keptProject(root: URL): string | undefined {
  try {
    return localStorage.getItem(keptName(name, root)) ?? undefined;
  } catch {
    // Storage is denied.
    return undefined;
  }
}

/** Keeps it no longer. */
export function forgetProject(root: URL): void {
  try {
    localStorage.removeItem(keptName(name, root));
  } catch {
    // Storage is denied: nothing was kept.
  }
}
