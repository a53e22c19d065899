/** The words of the accessibility statement. Apart from the others, because one page loads them. */
import { inLanguage } from "../in-language.ts";
/** The statement. A test holds that the tests which it names are there. */
export const accessibilityStrings = inLanguage("accessibilityStrings", {
  title: "Accessibility",
  description:
    "What the site does for everybody who reads and works differently, how it is tested, and what it cannot do.",
  introduction:
    "The site aims at WCAG 2.2, level AA. This page says what the tests check, which run for every change, and what is not good enough yet. It is the project's own statement; nobody else has audited it.",
  testedHeading: "What is tested",
  columns: { what: "What", how: "How", test: "Test" },
  tested: [
    {
      what: "Every lesson and most kinds of page, in light and dark",
      how: "axe finds no violation of WCAG 2.0 to 2.2, levels A and AA, and in dark none of contrast; on a phone's width nothing scrolls sideways.",
      test: "e2e/site/accessibility.spec.ts",
    },
    {
      what: "A lab in use: with servers that run, charts and a result",
      how: "axe again, in both themes.",
      test: "e2e/lab/lab-servers.spec.ts, e2e/lab/lab-charts.spec.ts",
    },
    {
      what: "Keyboard",
      how: "A run needs at most three steps of the Tab key from Start to Run; quizzes are answered by keyboard alone.",
      test: "e2e/lab/first-minute.spec.ts, e2e/site/progress.spec.ts",
    },
    {
      what: "Moving parts",
      how: "With reduced motion the recorded run on the first page shows its end; a first run in a lab moves the page by less than 0.02 (CLS).",
      test: "e2e/lab/first-minute.spec.ts",
    },
    {
      what: "Without JavaScript",
      how: "Lessons, questions and their answers can be read; labs show their files and commands.",
      test: "e2e/site/without-javascript.spec.ts",
    },
  ],
  limitsHeading: "What is not good enough",
  limits: [
    "Terminals are drawn by xterm.js. Its mode for screen readers is on, but full-screen programs such as `nano` are hard to follow by ear. Everything that a lesson asks for can be done without them: files are in the editor, commands in a field.",
    "The lanes of requests are a picture. The sentence and the table below them say the same; single requests are not read out.",
    "The Linux labs emulate a computer. They need a quick processor, and their terminals have the limits above.",
    "Pages that a lab's own servers send are shown as they are: what they lack for accessibility is a part of the lab.",
    "No person who uses a screen reader has tested the labs yet.",
  ],
  alternatives:
    "Each lab has a recorded run or a description in the lesson, and `handouts/` has every lesson as a printable page.",
  report:
    "If something keeps you from working with the site, write to whoever hosts it for you, or open an issue with the project: name the page and what you use.",
} as const);
