/** What a school asks before it takes a course: licences, changes, objectives, data protection. In English. */

/** The page with licence lines, the way to cite, and the other papers. */
export const adoptionStrings = {
  title: "Adopting the course",
  description: "Licence lines to copy, how to cite, versions, and the papers that a school asks for.",
  introduction: "What a department, a librarian or an administrator asks before a course goes into a curriculum.",
  papers: "Papers",
  licences: "Licence lines to copy",
  licencesText:
    "Lessons, labs' texts and pages for instructors are under CC BY-SA 4.0, the site's code is under MIT, and the example programs in the labs are under both. The share-alike licence is for what you change and pass on; your own slides that link to a lab, and a lab in a frame, stay yours.",
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
    `This copy is version ${version} of ${date}. Both are in the foot of each page, on handouts, and in each receipt, so that work from an older term can be told apart.`,
  changes: "What changed for teachers",
  repository: "All changes are in CHANGELOG.md, in the repository.",
} as const;

/** The table of objectives. */
export const objectiveStrings = {
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
    "All of it appears in a student's receipt, except what is written on paper. The last task has a rubric of its own, and Two weeks says how to weigh all of it.",
} as const;

/** The sheet for a data-protection officer. */
export const dataProtectionStrings = {
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
        "A folder of static files with lessons and labs. All programs of the labs run in the student's browser. There is no server that anything is sent to, no account, no database.",
    },
    personal: {
      question: "Which personal data does the site process?",
      answer:
        "None outside the student's own browser. There it keeps progress, predictions, quiz answers and what was changed in exercises, without a name.",
    },
    logs: {
      question: "What does the host see?",
      answer:
        "As with any web site: IP address, time, browser and which files were asked for, in the web server's log, if it keeps one. What students type, run and answer is in none of these requests; links to assignments and shared labs carry their content behind the #, which browsers do not send.",
    },
    cookies: {
      question: "Cookies, trackers, fingerprinting?",
      answer: "None. No consent banner is needed for what the site does.",
    },
    stored: {
      question: "What is stored on the device?",
      answer: (count: number) =>
        `${count} kinds of entries in the browser's own storage, each with its purpose and duration, listed on the page Privacy and offline use.`,
    },
    receipts: {
      question: "How does work reach the teacher?",
      answer:
        "A student types a name and saves a receipt: a file on the student's own device, with lessons, answers, times and changes. It reaches the teacher by whatever way the school uses for homework, and only then is it personal data that the school processes. The page that reads receipts does so in the teacher's browser.",
    },
    courseSystem: {
      question: "And in a course system?",
      answer:
        "A SCORM package tells the course system state and score of the signed-in student, as other packages do. A lab in a frame tells its height, and nothing else.",
    },
    third: {
      question: "Third parties, transfers to other countries?",
      answer: {
        withNode:
          "None, with one exception that needs a click of the student: the Node machine of some labs is loaded from StackBlitz, Inc. (USA), which then sees what any web site sees. No lesson depends on it; a host that builds the site with PUBLIC_NODE_MACHINE=off has none of it.",
        withoutNode: "None. This copy was built without the Node machine, the one part that would come from elsewhere.",
      },
    },
    rights: {
      question: "Access, erasure, portability?",
      answer:
        "Students see and erase everything on the page Your progress, and save it as a file with the receipt. Erasing the site's data in the browser does the same.",
    },
    automated: {
      question: "Profiling, automated decisions, artificial intelligence?",
      answer:
        "None. A score is the share of quiz questions and checks that were right; teachers decide what it counts for.",
    },
    children: {
      question: "Can minors use it?",
      answer: "Nothing asks for age, name or consent. Texts suppose that students have written a small Flask app.",
    },
    security: {
      question: "How is it secured?",
      answer:
        "Each page carries a Content-Security-Policy that lets it ask its own host only; code of students runs in a sealed frame without network and storage. SECURITY.md in the repository lists promises with their tests.",
    },
    proof: {
      question: "How was this tested?",
      answer:
        "For each change a browser visits every page, runs a lab, writes down every request and compares what is stored with the list.",
    },
  },
  tests: ["e2e/site/privacy.spec.ts", "e2e/site/every-page.spec.ts", "e2e/site/receipts.spec.ts"],
  testsLabel: "Tests:",
  print: "Print this page with your browser.",
} as const;
