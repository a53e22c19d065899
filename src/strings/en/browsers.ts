/** Which browsers run labs, and what was run in which. A test holds the sentences of other pages against this list. */
import { inLanguage } from "../in-language.ts";

/** A browser, what it runs, and what was tried in it. */
interface Browser {
  readonly names: readonly string[];
  /** The version from which on its WebAssembly can wait (JSPI), and `undefined` where none does yet. */
  readonly from: number | undefined;
  readonly tried: string;
  readonly with: string;
  readonly command: string;
}

const list: readonly Browser[] = [
  {
    names: ["Chrome", "Edge"],
    from: 137,
    tried: "Everything: all browser tests.",
    with: "Chromium 156 of Debian 12, November 2026",
    command: "npm test",
  },
  {
    names: ["Firefox"],
    from: 153,
    tried:
      "Part of the browser tests: those of the Python machine but its limits, its sandbox and terminal, a lab from start to results, predictions, shared links, embedded labs, use without a network. Not run: Linux labs, frames whose storage is blocked, saved files.",
    with: "Firefox ESR 153 of Debian 12, November 2026",
    command: "npm test",
  },
  {
    names: ["Safari"],
    from: 27,
    tried:
      "Nothing. That its WebAssembly can wait from this version on is what its makers say. Its engine is WebKit: see below.",
    with: "—",
    command: "—",
  },
  {
    names: ["Browsers with WebKitGTK"],
    from: undefined,
    tried:
      "What works without JSPI: a page of each kind, what a lab says that cannot run, a recorded run, predictions, a quiz, the check of the computer, a lab on Linux, use without a network.",
    with: "WebKitGTK 2.50 of Debian 12 (MiniBrowser), November 2026",
    command: "npm test",
  },
];

/** The words of the page about browsers. */
export const browserStrings = inLanguage("browserStrings", {
  title: "Browsers",
  description: "Which browsers run the labs, what was tried in each, and by which command.",
  introduction:
    "The servers of most labs are Python programs in WebAssembly, which has to be able to wait: the feature is called JSPI. A browser without it shows the lessons, the quizzes and recorded runs, and runs the labs on Linux.",
  columns: {
    browser: "Browser",
    from: "All labs from version",
    tried: "What was run",
    with: "In which",
    command: "Command",
  },
  none: "none yet",
  list: list.map(({ names, ...rest }) => ({ ...rest, names: names.join(", ") })),
} as const);
