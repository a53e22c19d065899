/**
 * All that the site stores in a reader's browser. The privacy page says what stands here, and a browser test compares
 * it with what the browser has got after a visit: what is not listed may not be stored.
 */

/** A place where browsers keep something for a site. */
export type Storage = "localStorage" | "sessionStorage" | "Cache Storage" | "IndexedDB" | "cookies";

/** Something that is stored. */
export interface Stored {
  readonly storage: Storage;
  /**
   * Its name, or how its name begins where that ends with `…`: the path of the site follows, where it is the site's
   * own.
   */
  readonly name: string;
  /** What it is, and what for: a sentence. */
  readonly what: string;
  /** How long it stays: a sentence. */
  readonly until: string;
}

const untilErased = "Until you erase it on the page “Your progress”, or in your browser.";
const untilTabCloses = "Until you close the tab.";
const untilBrowser = "Until you erase the site's data in your browser.";
const untilTurnedOff = "Until you turn it off on this page, or erase the site's data in your browser.";

/** The list. */
export const stored: readonly Stored[] = [
  {
    storage: "localStorage",
    name: "two-servers:learner …",
    what: "Your progress: lessons done, quiz answers and their number, predictions, the last eight runs of each lab (command lines and figures), solved exercises with what you changed, ticks, and when you worked on a lesson.",
    until: untilErased,
  },
  {
    storage: "localStorage",
    name: "two-servers:learner-set-aside …",
    what: "Your progress as an older version of the site wrote it, if this one cannot read it.",
    until: untilErased,
  },
  {
    storage: "localStorage",
    name: "two-servers:machine …",
    what: "Which machine you chose for the labs with their switch, if you did.",
    until: untilErased,
  },
  {
    storage: "localStorage",
    name: "two-servers:everything …",
    what: "That labs show you everything from the start, if you chose so.",
    until: untilErased,
  },
  {
    storage: "localStorage",
    name: "two-servers:offline …",
    what: "Whether you turned the use without a network on or off, if you did.",
    until: untilErased,
  },
  {
    storage: "localStorage",
    name: "two-servers:project …",
    what: "The project that you asked the page “Your own app” to keep, without its files of secrets.",
    until: "Until you press Forget it there, or erase your progress or the site's data.",
  },
  {
    storage: "localStorage",
    name: "two-servers:class …",
    what: "What a teacher has counted of a class's predictions, under made-up names.",
    until: "Until you erase it on the page “What the class expects”, or erase your progress or the site's data.",
  },
  {
    storage: "localStorage",
    name: "starlight-theme",
    what: "Whether pages are light or dark. Empty unless you chose one.",
    until: untilBrowser,
  },
  {
    storage: "sessionStorage",
    name: "two-servers:changes:…",
    what: "What you changed in a lab, so that a reload or a way back brings it again.",
    until: untilTabCloses,
  },
  {
    storage: "sessionStorage",
    name: "two-servers:open-project …",
    what: "The project that is open on the page “Your own app”, without its files of secrets, so that a reload brings it again.",
    until: "Until you remove the project there, or close the tab.",
  },
  {
    storage: "sessionStorage",
    name: "two-servers:shown:…",
    what: "Which parts of a lab you have on screen, so that a reload or a way back brings them again.",
    until: untilTabCloses,
  },
  {
    storage: "sessionStorage",
    name: "two-servers:link:…",
    what: "Which link you opened in a lab, so that what it changed is shown again after a reload.",
    until: untilTabCloses,
  },
  {
    storage: "sessionStorage",
    name: "two-servers:isolation-tried …",
    what: "That a page of the Node machine was loaded again, so that it does not load again and again.",
    until: untilTabCloses,
  },
  {
    storage: "sessionStorage",
    name: "sl-sidebar-state",
    what: "Which parts of the list of pages are open, and how far it is scrolled.",
    until: untilTabCloses,
  },
  {
    storage: "Cache Storage",
    name: "two-servers-site …",
    what: "The files of this site, so that it works without a network. Nothing of yours is in it.",
    until: untilTurnedOff,
  },
  {
    storage: "Cache Storage",
    name: "two-servers-on-use …",
    what: "The files of the Linux machine, if you started it. Nothing of yours is in it.",
    until: untilTurnedOff,
  },
  {
    storage: "Cache Storage",
    name: "two-servers-python-template …",
    what: "The Python machine as it is after its start, so that labs open faster. Nothing of yours is in it.",
    until: "Until you erase the site's data in your browser. It comes again when you start a lab.",
  },
];

/** Whether the list has something of this name in that storage. */
export function isListed(storage: Storage, name: string): boolean {
  return stored.some(
    (each) =>
      each.storage === storage &&
      (each.name.endsWith("…") ? name.startsWith(each.name.slice(0, -1)) : name === each.name),
  );
}
