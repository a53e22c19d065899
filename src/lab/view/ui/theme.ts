/** Tells what draws by itself (lanes, terminal) that colours or motion are wanted otherwise. */
import type { Unsubscribe } from "../../../machine/machine.ts";

const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-reduced-motion: reduce)"];

/** Calls `listener` after each change of the page's theme or of the reader's settings. */
export function onThemeChange(listener: () => void): Unsubscribe {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "style", "class"] });
  const media = queries.map((query) => matchMedia(query));
  for (const query of media) query.addEventListener("change", listener);
  return () => {
    observer.disconnect();
    for (const query of media) query.removeEventListener("change", listener);
  };
}

/** Queries that were asked: what draws asks for each frame, and a new one takes longer than the answer. */
const asked = new Map<string, MediaQueryList>();

function holds(query: string): boolean {
  const known = asked.get(query) ?? matchMedia(query);
  asked.set(query, known);
  return known.matches;
}

/** The reader asked for as little motion as possible. */
export function prefersReducedMotion(): boolean {
  return holds("(prefers-reduced-motion: reduce)");
}

/** The reader chose a few colours for everything. */
export function forcesColors(): boolean {
  return holds("(forced-colors: active)");
}

/** A colour of the style sheet, resolved where `element` stands. */
export function colorOf(element: Element, property: string): string {
  return getComputedStyle(element).getPropertyValue(property).trim();
}
