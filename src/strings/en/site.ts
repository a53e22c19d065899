import { inLanguage } from "../in-language.ts";

/** Every word of the interface, in English. Lessons and labs carry their own words in `content/`. */
export const siteStrings = inLanguage("siteStrings", {
  site: {
    title: "Two Servers",
    description: "Short lessons on one question: why not just run flask run in production?",
    lessons: "Lessons",
    concepts: "Concepts",
    frameworks: "Other frameworks",
    version: (version: string, date: string) => `Two Servers ${version}, ${date}`,
  },
  landing: {
    question: "Why not just run <code>flask run</code> in production?",
    answer:
      "Find out by trying. Two real servers run side by side in this page: load them, break them, restart them, and read why they differ.",
    courseMap: "The course",
    frameworks: "The same question in other frameworks",
    firstLesson: "Start lesson 1",
    allLessons: "All lessons",
    startHere: "Start here",
    goOn: "Go on here",
    /** The parts of the course, each with the number of the lesson that it begins with. */
    parts: [
      { title: "Why not the development server", from: 1 },
      { title: "What a server does with a request", from: 3 },
      { title: "Servers for production", from: 6 },
      { title: "When things go wrong", from: 9 },
      { title: "In front of it, and around it", from: 12 },
      { title: "All together", from: 15 },
      { title: "Second part: more than one worker", from: 18 },
    ],
    paths: "How much time do you have?",
    /** Ways through the course, each with the numbers of its lessons; left out: all of them. */
    pathsThrough: [
      { title: "An hour", why: "You see why nobody runs the development server in production.", lessons: [1, 5] },
      {
        title: "An afternoon",
        why: "You can choose workers and timeouts, and deploy without losing a request.",
        lessons: [1, 2, 5, 6, 7, 9, 10],
      },
      {
        title: "Two weeks",
        why: "A lesson or two a day, to a production setup that you can defend.",
        lessons: undefined,
      },
    ],
    wholeCourse: (lessons: number) => `All ${lessons} lessons, in order`,
    hours: (hours: string) => `about ${hours} hours`,
    forWhom: "For whom this is",
    /** @param minutes of a lesson, on average */
    readers: (lessons: number, minutes: number) => [
      "For you if you have written a Flask app with a route or two, and want to put it on a server.",
      `${lessons} lessons of about ${minutes} minutes, nearly all with a lab in the page: nothing to install, no account, free.`,
      "For teaching, too: slides, handouts, answers and HTML for your course page are on the instructors' page.",
    ],
    links: "More of this site",
    minutes: (minutes: number) => `${minutes} minutes`,
  },
  /** The page for an address that leads nowhere. */
  missing: {
    title: "There is no such page",
    explanation: "The address leads nowhere on this site: it may be mistyped, or older than the page.",
    home: "Go to the first page",
    search: "Search lessons and terms",
  },
  lesson: {
    facts: "About this lesson",
    objectives: "After this lesson you can",
    prerequisites: "Before you start",
    time: "Time",
    difficulty: "Difficulty",
    optional: "optional",
    difficulties: { easy: "easy", medium: "medium", hard: "hard" },
    sources: "Sources",
    relatedConcepts: "Related concepts",
    usedIn: "Where this comes up",
    dated: (date: string, review: string) => `Written ${date}, next review due by ${review}.`,
  },
  /** The mark behind a statement about behaviour. */
  claim: {
    checked: "Checked: a test runs this in the lab",
    source: (host: string) => `Source: ${host}`,
    meaning: "marks a statement that an automatic test checks in the lab, in a browser, whenever anything changes.",
  },
  /** Figures in a text that come from a run that was written down. */
  recorded: {
    meaning: "Figures in this text were recorded in the labs. Yours will differ; compare the sides.",
    run: (plan: string, servers: readonly string[]) => `“${plan}” with ${servers.join(" and ")}.`,
    on: ({ processor, cores, browser }: { processor: string; cores: number; browser: string }, date: string) =>
      `Recorded ${date} in ${browser}, on ${processor}, ${cores} cores.`,
  },
  /** What who teaches with the site finds. */
  instructors: {
    title: "For instructors",
    lessonTitle: (lesson: string) => `Teaching “${lesson}”`,
    lessonDescription: (lesson: string) =>
      `Help for teaching the lesson “${lesson}”: misconceptions, questions, what goes wrong, and the answers.`,
    lesson: "The lesson",
    lab: (title: string) => `The lab “${title}” alone`,
    handout: "Handout to print",
    handoutKey: "Handout with the key, for teachers",
    all: "All lessons",
    embedHeading: "In your course page",
    embed: "The lab alone in a frame, with your host's address:",
    objectives: "After the lesson, students can",
    prerequisites: "They should have",
    misconceptions: "What students believe",
    says: "They say",
    really: "In fact",
    ask: "What to ask",
    goesWrong: "What goes wrong in class",
    what: "If",
    remedy: "Then",
    faults: "The faults",
    faultColumns: { symptom: "What users see", cause: "Why", repair: "How to fix it" },
    results: "Results elsewhere",
    resultsNote: "Recorded runs of the lab. Figures in your room differ; which side is ahead should not.",
    plan: "Plan",
    rateAndMedian: (rate: string, median: string) => `${rate}, median ${median}`,
    answers: "Answer key",
    showAnswers: "Show the answers",
    right: "right",
    ofSide: { development: "Development side", production: "Production side" },
    notes: "Notes",
    notesOn: (lesson: string) => `Notes on “${lesson}”`,
    handoutShort: "Handout",
    handoutOf: (lesson: string) => `Handout of “${lesson}”`,
    minutes: "Minutes",
    /** Of a session whose lessons this site does not have. */
    noLessons: "The lessons of this session are not part of this site yet.",
    afterwards: "After the lesson, students can:",
    readingTime: (minutes: number) => `Reading and running the labs takes one person ${minutes} minutes.`,
    lessonColumn: "Lesson",
    columns: "For the class",
  },
  /** A lesson on paper. */
  handout: {
    title: (lesson: string) => `Handout: ${lesson}`,
    description: (lesson: string) => `The lesson “${lesson}” on paper, with room to write.`,
    pages: "Pages",
    lesson: "The lesson",
    notes: "Notes for instructors",
    print: "Print this page with your browser. It fits A4 and Letter.",
    all: "All handouts",
    edition: { student: "For students", teacher: "With the key, for teachers" },
    keyTitle: (lesson: string) => `Key: ${lesson}`,
    keyDescription: (lesson: string) => `The handout of “${lesson}” with its answers, for teachers.`,
    key: "Key",
    keyPredictions: "Predictions",
    keyTasks: "Exercises: one solution of several",
    keyTasksHint: "Lines that begin with - are replaced by those that begin with +.",
    keyQuiz: "Quiz",
    recordedAnswer: (answer: string) =>
      `${answer}, in a recorded run. The lab in the room may differ where both are close.`,
    runAnswers: "The first run of this plan answers it.",
    indexTitle: "Handouts and booklets",
    indexDescription:
      "Every lesson on paper: with room to write for students, with the key for teachers; one at a time, or all as a booklet.",
    indexIntroduction:
      "Students' handouts have lines to write on and no answers to the quiz; teachers' handouts have the key at the end. Print them with your browser: they fit A4 and Letter, and in a booklet each lesson begins on a page of its own. The address and the QR code are those of this copy of the site.",
    bookletOf: { student: "Booklet for students", teacher: "Booklet with all keys, for teachers" },
    bookletDescription: {
      student: "All lessons on paper, with room to write.",
      teacher: "All lessons on paper, each with its key.",
    },
    contents: "Contents",
    rubric: "Rubric for the last task",
    name: "Name",
    date: "Date",
    plan: "Plan",
    results: "Requests per second and median latency that you saw",
    because: "Because",
    questions: "Questions that I have",
    sources: "Sources",
  },
  /** The lab as it stands in the page before, or without, its scripts. */
  staticLab: {
    label: (title: string) => `Lab: ${title}`,
    needsScript: "This lab runs in your browser. It needs JavaScript. Here is what it runs.",
    plans: "Load plans",
    alone: "Open this lab on its own page",
  },
  /** The page that tries what the Node machine relies on. */
  checkNode: {
    title: "Check the Node machine",
    description: "Tries in a real WebContainer what the Node machine relies on, and prints a table for an issue.",
    intro:
      "The Node machine runs on StackBlitz's WebContainer, which the tests of this site cannot reach. This page starts one and tries what the machine relies on. It takes about a minute, and loads WebContainer from stackblitz.com.",
    needsScript: "The check needs JavaScript.",
    run: "Run the checks",
    running: (done: number, all: number) => `${done} of ${all} checks done.`,
    booting: "Starting WebContainer.",
    done: "Done. Copy the table into an issue.",
    isolating:
      "The page will reload, isolated from other origins, as WebContainer requires. Then press the button again.",
    copy: "Copy as text",
    copied: "Copied.",
    table: "Results",
    columns: { check: "What", result: "Result", detail: "Detail" },
    results: { works: "works", "does not": "does not", "no answer": "no answer" },
    asText: "The same as text",
  },
  /** The page that says how true each part is. */
  moved: {
    title: "This lesson has moved",
    now: "Go to where it is now",
  },
  truth: {
    title: "What is real",
    description: "Which parts of the labs are the published programs, which are replaced, and how each was checked.",
    introduction:
      "The servers in the labs are the ones you would install. They run not on a laptop but in a web page. This page says where you can tell the difference.",
    labelsHeading: "Three labels",
    labels: [
      { label: "real", meaning: "The published code, unmodified." },
      { label: "replaced", meaning: "Our own code under the published interface." },
      { label: "emulated", meaning: "Real code on an emulated computer." },
    ],
    pythonHeading: "The Python machine",
    pythonIntroduction:
      "CPython, Flask, Werkzeug, gunicorn and waitress are real. The C modules that need an operating system are replaced. Each part names the test that checks it.",
    packagesHeading: "Packages for the Python machine",
    packagesIntroduction:
      "pip install finds these on the Python machine. They are the published wheels, without native code for other platforms, type hints and sources of translations, and with their byte code. The text of each licence is installed with its package.",
    packagesSummary: (count: number) => `${count} packages and their licences`,
    packageColumns: ["Package", "Version", "Licence"],
    linuxHeading: "The Linux machine",
    linuxIntroduction:
      "A whole Debian with the C programs: nginx, uWSGI, systemd, and the same Flask and gunicorn. All of it is the published code; the computer is emulated.",
    linuxPackages: "All packages with their versions, and where their sources are",
    linuxMissing: "This copy of the site was built without its image; npm run linux:image makes it.",
    linuxAge:
      "It is Debian 13, with nginx 1.26, uWSGI 2.0.28, systemd 257 and Python 3.13. Debian 13 has no kernel for this emulated PC's 32-bit processor, so the kernel is built from the source that Debian 12 maintains, Linux 6.1. In nginx 1.26 upstream connections are closed after each request unless the configuration says otherwise; from 1.29.7 on nginx keeps them. What the lessons teach holds for both.",
    /** Beside a lesson's text. */
    aside: (what: string) => `${what}, in the page:`,
    noticed: "What a program can notice:",
    heldBy: "Checked by",
    differencesHeading: "Compared with the native servers",
    differencesIntroduction:
      "One script runs the same scenarios natively and in the page: start-up lines, error texts, headers, signals, timeouts, restarts, malformed requests (e2e/reference). They agree in every field except these:",
    noDifferences:
      "One script runs the same scenarios natively and in the page: start-up lines, error texts, headers, signals, timeouts, restarts, malformed requests (e2e/reference). They agree field by field.",
    differenceColumns: ["Scenario", "Step", "Field", "Why it differs"],
    reference:
      "Figures measured in a page are not the figures of a real server: the browser shares its computer with you. Compare the two sides of a lab with each other.",
  },
  /** The picture beside a link to the site. */
  openGraph: {
    question: "Why not just run flask run in production?",
    alt: (title: string) =>
      `${title} Two panes below: a development server and a production server, each with its command.`,
  },
  embed: {
    lesson: "From the course",
    wholeLab: "Open the whole lab: terminals, files and more plans",
  },
} as const);
