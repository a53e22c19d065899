/** Which browsers run labs, and what was run in which. A test holds the sentences of other pages against this list. */
import { inLanguage } from "../in-language.ts";

/** A browser, the version from which on its WebAssembly can wait (JSPI), and what was tried in it. */
interface Browser {
  readonly names: readonly string[];
  readonly from: number;
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
    tried: "Nothing. That its WebAssembly can wait from this version on is what its makers say.",
    with: "—",
    command: "—",
  },
];

/** The words of the page about browsers. */
export const browserStrings = inLanguage("browserStrings", {
  title: "Browsers",
  description: "Which browsers run the labs, what was tried in each, and by which command.",
  introduction:
    "A lab's servers wait, and so their WebAssembly has to: the feature is called JSPI. Browsers without it show the lessons, the quizzes and recorded runs.",
  columns: { browser: "Browser", from: "From version", tried: "What was run", with: "In which", command: "Command" },
  list: list.map(({ names, ...rest }) => ({ ...rest, names: names.join(", ") })),
} as const);
