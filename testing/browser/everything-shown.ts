/**
 * Labs that show everything from the start: most tests are about what a lab does, not about when its parts come on
 * screen.
 */
import { keptName } from "../../src/kept-names.ts";
import { everythingName } from "../../src/lab/session/shown-parts.ts";

/** What a browser has stored whose reader wants to see everything, on the site with this root. */
export function everythingShown(root: string) {
  const { origin } = new URL(root);
  const name = keptName(everythingName, new URL(root));
  return { cookies: [], origins: [{ origin, localStorage: [{ name, value: "yes" }] }] };
}

/** What a browser has stored that has never been here: labs show what their first run needs. */
export const nothingStored = { cookies: [], origins: [] };
