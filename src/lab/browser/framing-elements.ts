/** Elements that bring a window of their own, by their local names. */
export const framingElements: ReadonlySet<string> = new Set(["iframe", "frame", "fencedframe", "portal"]);

/** What stands in their place in a page of the pane: an element that browsers know nothing of. */
export const harmlessElement = "pane-frame";
