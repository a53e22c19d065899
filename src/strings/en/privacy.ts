import { inLanguage } from "../in-language.ts";

/** The words of the page on privacy and use without a network. */
export const privacyStrings = inLanguage("privacyStrings", {
  title: "Privacy and offline use",
  description:
    "What this site stores in your browser, what it requests from other computers, and how to use it without a network.",
  introduction:
    "There is no account, no cookie, no tracker and no server that anything could be sent to: this site is a folder of files. What you type, run and answer stays in your browser.",
  networkHeading: "What is requested over the network",
  network:
    "Pages and labs ask for files of this site, and for nothing else: no fonts, scripts or pictures come from elsewhere. Whoever hosts the site sees, as with any site, which of its files your browser asked for. Each page carries a policy that makes the browser refuse any other address, and a test visits every page, runs a lab, and watches all requests.",
  node: "There is one exception, and it needs a click: if you choose the Node machine and start it, your browser loads it from stackblitz.com and its own hosts, whose privacy policy then applies.",
  /** @param only there is no other exception */
  pypi: (only: boolean) =>
    `There is one ${only ? "" : "more "}exception, and it needs a click each time: if your project on the page “Your own app” needs packages that this site lacks, you can have your browser fetch them from the Python Package Index, their lists from pypi.org and their wheels from files.pythonhosted.org. You see every address before anything is requested from it. No cookie and no part of your project goes along, what comes stays in the tab with your project, and PyPI's privacy policy applies.`,
  code: "Code that you run in a lab lives in a frame that has no network, no storage and no access to this page.",
  storedHeading: "What is stored",
  storedIntroduction:
    "This is all that the site stores in your browser, and a test compares the list with what a browser holds after a visit. None of it leaves your device. Names that begin with “two-servers” end with the path of this site, so that another copy of it on the same host has its own.",
  columns: { storage: "Where", name: "Name", what: "What", until: "How long" },
  others: "No cookies are set, and IndexedDB is not used.",
  progress: "See and erase your progress",
  offlineHeading: "Use without a network",
  offlineIntroduction:
    "After one visit the whole site works without a network, labs included. Your browser keeps a copy of its files for that. A newer version replaces the copy as a whole, once no page of the older one is open. The Linux machine is kept only if you have started it, because it is large.",
  offlineOff: "Whoever built this copy of the site turned this off: none of it is kept for offline use.",
  embedded: "A lab within a course page of another site keeps no copy.",
  install: "Browsers that can install sites as apps offer it in their menu or address bar.",
  needsScript: "The switch needs JavaScript. Without it, nothing is kept.",
  state: {
    kept: "Kept: the site works without a network.",
    "being kept": "The site is being fetched. It works without a network once that is done.",
    failed:
      "The site could not be kept: a file did not arrive, or the storage is full. Everything works while there is a network.",
    off: "Off: the site is not kept for offline use.",
    impossible:
      "Your browser keeps nothing for this site: its storage is denied or full, or the page did not come over HTTPS. Everything works while there is a network.",
  },
  turnOn: "Keep the site for offline use",
  turnOff: "Turn off, and remove what is kept",
} as const);
