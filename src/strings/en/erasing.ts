/** What is asked before something is erased. Apart from the others, because few pages load it. */
import { inLanguage } from "../in-language.ts";

/** The questions, their answers, and copies of what a reader has done, in English. */
export const erasingStrings = inLanguage("erasingStrings", {
  yes: "Erase it",
  no: "Keep it",
  progress: {
    sure: "Erase everything?",
    lost: "All that is listed on this page goes, and with it your changes in labs, a project and the answers of a class that this browser keeps. It cannot be taken back without a copy.",
    save: "Save a copy first",
    saved: (file: string) => `Saved as ${file}. This page can bring it back, in this browser or in another.`,
    bringBack: "Bring back a copy",
    bringBackHint:
      "A copy that you saved here before, or in another browser. It can be brought back where nothing is kept yet.",
    broughtBack: "Your copy was brought back.",
    noCopy: "This file is no copy of what this site keeps.",
  },
  answers: {
    sure: "Erase the answers?",
    lost: "The answers of all lessons go. They can be counted again only from the links or codes that carried them.",
  },
  project: {
    sure: "Forget the project that you kept?",
    lost: "This browser keeps one project, which goes. What is open on this page stays open.",
  },
} as const);
