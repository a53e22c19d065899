/** What a school asks before it takes a course: licences, changes, objectives, data protection. In English. */
import { inLanguage } from "../in-language.ts";

/** The page with licence lines, the way to cite, and the other papers. */
export const adoptionStrings = inLanguage("adoptionStrings", {
  title: "Adopting the course",
  description: "Licence lines to copy, how to cite, versions, and the papers that a school asks for.",
  introduction: "What a department, a librarian or an administrator asks before a course goes into a curriculum.",
  papers: "Papers",
  licences: "Licence lines to copy",
  licencesText:
    "Lessons, concepts, labs and texts for instructors (the folder content/) are under CC BY-SA 4.0, the site's code, with the words of its buttons and forms, is under MIT, and the example programs in the labs are under both. The share-alike licence is for what you change and pass on. Slides of your own that link to a lab, and a course page of your own that shows one in a frame, are not changed copies.",
  lines: {
    unchanged: "Unchanged, on a course page or handout",
    changed: "Changed by you: put in what you changed",
    code: "Code",
  },
  unchangedLine: (version: string, year: string) =>
    `“Two Servers” ${version} (${year}) by The Two Servers authors, CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/`,
  changedLine: (version: string, year: string) =>
    `Adapted from “Two Servers” ${version} (${year}) by The Two Servers authors, CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/. Changes: …`,
  codeLine: "Copyright (c) 2026 The Two Servers authors, MIT licence",
  cite: "How to cite",
  citeText: "The repository has a file CITATION.cff, which libraries and reference managers read. As text:",
  citation: (version: string, date: string) =>
    `The authors of Two Servers (${date.slice(0, 4)}). Two Servers (Version ${version}, ${date}) [Computer software].`,
  copy: "Copy",
  copied: "Copied.",
  notCopied: "Your browser does not let this page copy. Select the line and copy it.",
  versions: "Versions",
  versionsText: (version: string, date: string) =>
    `This copy is version ${version} of ${date}. Both are at the foot of each page, on handouts, and in each receipt, so that you can tell which version older work was done with.`,
  changes: "What changed for teachers",
  repository: "All changes are in CHANGELOG.md, in the repository.",
} as const);

/** The table of objectives. */
export const objectiveStrings = inLanguage("objectiveStrings", {
  title: "Objectives and assessment",
  description: "What students can do after each lesson, and which tasks show it.",
  introduction: (lessons: number, minutes: number) =>
    `${lessons} lessons, ${Math.round(minutes / 60)} hours for one person alone. This table is made from the lessons themselves: it is what they teach and ask.`,
  columns: { lesson: "Lesson", objectives: "Students can", assessment: "Assessed by" },
  minutes: (minutes: number, difficulty: string) => `${minutes} minutes, ${difficulty}`,
  prerequisites: "Before it:",
  predictions: (count: number) => (count === 1 ? "1 prediction before a run" : `${count} predictions before a run`),
  exercise: (title: string) => `Exercise “${title}”, checked by the lab`,
  repair: (count: number) => `Repair: ${count} reports of a broken production, each checked by the lab`,
  audit: "A configuration, audited",
  quiz: (count: number) => `Quiz with ${count} questions`,
  receipt:
    "A student's receipt has predictions, runs, exercises, repairs and quizzes; it has neither an audit nor what is written on paper. The broken production has a rubric of its own, and Two weeks says how to weigh all of it.",
} as const);

/** The sheet for a data-protection officer. */
export const dataProtectionStrings = inLanguage("dataProtectionStrings", {
  title: "Data protection sheet",
  description:
    "For a data-protection officer: what is processed where, by whom, and how that was tested. On one sheet to print.",
  introduction:
    "Facts for your assessment, and no legal advice. Blank lines are for whoever hosts this copy of the site.",
  columns: { question: "Question", answer: "Answer" },
  host: "Filled in by the host",
  blanks: [
    "Host and controller:",
    "Where the web server is, and who runs it:",
    "How long its log files are kept:",
    "Contact for data protection:",
  ],
  rows: {
    what: {
      question: "What is it?",
      answer:
        "A folder of static files with lessons and labs. All programs of the labs run in the student's browser. Behind it is no program that takes anything in, no account, no database.",
    },
    personal: {
      question: "Which personal data does the site process?",
      answer:
        "None outside the user's own browser. A student's browser keeps progress, predictions, quiz answers, times of work, what was changed in exercises and, if asked to, the student's own project: all without a name. A teacher's browser keeps the predictions that it has counted, under made-up names.",
    },
    logs: {
      question: "What does the host see?",
      answer:
        "As with any web site: IP address, time, browser and which files were asked for, in the web server's log, if it keeps one. So a log can tell which lessons were opened, which machine was started, which packages were installed in a lab and which parts of the search index a search needed. What students write, run and answer is in none of these requests; links to assignments, shared labs and predictions carry their content behind the #, which browsers do not send.",
    },
    cookies: {
      question: "Cookies, trackers, fingerprinting?",
      answer:
        "No cookies, no trackers, no fingerprinting, and no third party that counts visits. The next row says what is stored, which laws on cookies often cover as well.",
    },
    stored: {
      question: "What is stored on the device?",
      answer: (count: number) =>
        `${count} kinds of entries in the browser's own storage, each listed with its purpose and duration on the page Privacy and offline use. Scripts of other sites on the same host name could read them; a host or subdomain of its own prevents that.`,
    },
    receipts: {
      question: "How does work reach the teacher?",
      answer:
        "A student types a name and saves a receipt: a file on the student's own device, with lessons, quiz results, predictions, the last runs of each lab, times and changes. It reaches the teacher by whatever way the school uses for homework, and is in the school's hands from then on. The page that reads receipts does so in the teacher's browser. Predictions of a class reach the teacher as QR codes or links, with a made-up name in each.",
    },
    courseSystem: {
      question: "And in a course system?",
      answer:
        "A SCORM package tells the course system whether the signed-in student has done what was asked, the score, and the time that the page was open, as other packages do. A lab in a frame tells the page around it its name and its height, and nothing else.",
    },
    third: {
      question: "Third parties, transfers to other countries?",
      answer: {
        withNode:
          "None, with one exception that needs a click of the student: the Node machine of some labs is loaded from StackBlitz, Inc. (USA), which then sees at least what any web site sees; what its runtime sends was not tested. No lesson depends on it; a host that builds the site with PUBLIC_NODE_MACHINE=off has none of it.",
        withoutNode: "None. This copy was built without the Node machine, the one part that would come from elsewhere.",
        withPypi:
          "On the page for projects of one's own, a student whose project needs a package that is not here can have the browser fetch it from the Python Package Index (Python Software Foundation, USA), which then sees what any web site sees, and the package's name. The browser shows each address first and asks each time. A host that builds the site with PUBLIC_PYPI=off, which is the default, has none of it.",
      },
    },
    rights: {
      question: "Access, erasure, portability?",
      answer:
        "On the page Your progress students see what is kept of their work, in sums, erase all of it after a question, and save a copy that the page brings back, in another browser, too. A receipt is a copy of most of it as a file. Erasing the site's data in the browser erases everything, and the site's own files with it.",
    },
    automated: {
      question: "Profiling, automated decisions, artificial intelligence?",
      answer:
        "None. A score is the share that is right or done of what an assignment asks: quiz questions, exercises, lessons. Teachers decide what it counts for.",
    },
    children: {
      question: "Can minors use it?",
      answer:
        "Nothing asks for age or consent, and only a receipt asks for a name. Texts suppose that students have written a small Flask app.",
    },
    security: {
      question: "How is it secured?",
      answer:
        "Each page carries a Content-Security-Policy that lets it ask its own host only, StackBlitz where it offers the Node machine, and PyPI on two pages where the host allows that. On the other machines, code of students runs in a sealed frame without network and storage. SECURITY.md in the repository lists threats, each with its tests.",
    },
    proof: {
      question: "How was this tested?",
      answer:
        "For each change a browser opens every page and writes down every request. In a visit in which a lab runs, it also compares what is stored with the list.",
    },
  },
  tests: ["e2e/site/privacy.spec.ts", "e2e/site/every-page.spec.ts", "e2e/site/receipts.spec.ts"],
  testsLabel: "Tests:",
  print: "Print this page with your browser.",
} as const);
