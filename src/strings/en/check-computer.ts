/** What the page says that tries whether a computer can run the labs, in English. */
import { inLanguage } from "../in-language.ts";

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

export const checkComputerStrings = inLanguage("checkComputerStrings", {
  title: "Check this computer",
  description: "One click says whether this computer, browser and network run each kind of lab.",
  introduction:
    "Press the button on the computer, in the browser and on the network that you will have in class. Each kind of lab is started for real. It takes half a minute and loads up to 40 MB from this site. Nothing is sent anywhere: what is found is shown here, for you to pass on.",
  needsScript: "The check needs JavaScript, as the labs do.",
  run: "Check this computer",
  running: (what: string) => `Checking: ${what}`,
  table: "What works here",
  columns: { what: "What", result: "Result", detail: "Detail" },
  results: { works: "works", slow: "works, slowly", "does not": "does not work", "not here": "not on this site" },
  names: {
    browser: "This browser",
    storage: "Keeping files for the next visit",
    network: "The network to this site",
    python: "Python labs",
    linux: "Linux labs",
  },
  verdicts: {
    works: "All labs that this site offers run on this computer.",
    slow: "All labs that this site offers run on this computer, but something is slow: the table says what.",
    "does not": "Something does not work here: the table says what, and what to do.",
  },
  details: {
    browser: (cores: number, memory: string) => `WebAssembly can wait for JavaScript. ${cores} cores${memory}.`,
    memory: (gigabytes: number) => `, at least ${gigabytes} GB of memory`,
    fewCores: "Load tests need two cores to show what several workers are for.",
    noSuspending:
      "Most labs need WebAssembly that can wait for JavaScript (JSPI). The page about browsers says from which version on each has it. Lessons, quizzes, recorded runs and labs on Linux work without.",
    kept: "What a lab has loaded is kept, so that its next start is fast.",
    notKept:
      "The browser keeps nothing for this site: labs run, and load everything again each time. A private window or a strict setting is the usual reason.",
    network: (bytes: number, milliseconds: number, first: number) =>
      `${megabytes(bytes)} in ${seconds(milliseconds)}. The first lab loads 8 MB once: about ${seconds(first)}.`,
    answered: (opened: number, answered: number) =>
      `Open after ${seconds(opened)}, and its server answered ${seconds(answered)} later.`,
    started: (opened: number) => `A whole Debian, open after ${seconds(opened)}.`,
    notOpened: (within: number) => `It did not open within ${seconds(within)}.`,
    wrongAnswer: (status: number) => `The server answered with status ${status}.`,
    noServer: (within: number) => `The server did not answer within ${seconds(within)}.`,
  },
  report: "The same as text",
  copyWords: {
    copy: "Copy as text",
    copied: "Copied.",
    notCopied: "Your browser does not let this page copy. Select the text and copy it.",
  },
  mail: "Write a mail with it",
  mailSubject: "Two Servers on my computer",
} as const);
