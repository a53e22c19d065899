import { inLanguage } from "../in-language.ts";

/** The words around packages for course systems. Apart from the others, because two pages load them. */
export const packageStrings = inLanguage("packageStrings", {
  title: "Packages for course systems",
  description: "The course's links and questions as files that Moodle, Canvas, Blackboard and others import.",
  introduction:
    "Each file is made in this page, with this site's address in it. Make it on the copy of the site that your students will use.",
  scorm:
    "A SCORM package, which reports how far a student is, is made from an assignment: choose lessons there, then save it as a package.",
  tried:
    "Tests check each kind of file against its schema or specification, and play SCORM packages on the run-time scorm-again. No file has been imported into a real Moodle, Canvas or Blackboard: try yours in an empty course first.",
  needsScript: "This page needs JavaScript. Without it, npm run packages writes the same files.",
  kinds: {
    cartridge: {
      save: "Save Common Cartridge",
      what: "Links to each lesson and lab (IMS Common Cartridge 1.1), for Canvas, Blackboard, Moodle and others.",
    },
    moodle: {
      save: "Save Moodle XML",
      what: "All quiz questions for Moodle's question bank, with what is said of each choice.",
    },
    gift: { save: "Save GIFT", what: "The same questions as plain text, which several systems read." },
    qti: { save: "Save QTI 2.1", what: "The same questions as a QTI package, with a test for each lesson." },
  },
  scormVersion: "Version of SCORM",
  scormVersions: { "1.2": "SCORM 1.2, which almost all systems take", "2004": "SCORM 2004, 4th edition" },
  saveScorm: "Save as SCORM package",
  scormHint:
    "It shows the quizzes of this assignment in a frame and reports state and score; exercises and runs of labs are not reported. Where the system gives it no interface, the assignment works and says that nothing is reported. What was reported before stands, on another computer, too. Where storage is blocked, what is done counts while the page is open.",
} as const);
