/**
 * The accessibility conformance report, after the Voluntary Product Accessibility Template (VPAT) 2.5 of the Information
 * Technology Industry Council, edition for WCAG. Its table is data: a test holds that no criterion is missing and that
 * each test that it names is there.
 */
import { inLanguage } from "../in-language.ts";

/** How far a criterion is met, in the template's terms. */
export type ConformanceLevel = "Supports" | "Partially Supports" | "Does Not Support" | "Not Applicable";

/** A success criterion of WCAG 2.2. */
export interface ConformanceCriterion {
  readonly number: string;
  readonly name: string;
  readonly level: "A" | "AA";
  readonly conformance: ConformanceLevel;
  /** What is so, and what is not. */
  readonly remark: string;
  /** Tests that show a part of it. Left out: no automatic test does. */
  readonly tests?: readonly string[];
}

const everyPage = "e2e/site/accessibility.spec.ts";
const labInUse = "e2e/lab/lab-servers.spec.ts";
const charts = "e2e/lab/lab-charts.spec.ts";
const firstMinute = "e2e/lab/first-minute.spec.ts";
const terminal = "e2e/lab/terminal.spec.ts";
const editor = "e2e/lab/lab-editor.spec.ts";
const badInput = "e2e/lab/lab-bad-input.spec.ts";
const progress = "e2e/site/progress.spec.ts";
const tokens = "src/styles/tokens.test.ts";

const noMedia = "The site has neither audio nor video.";

/** All criteria of levels A and AA that WCAG 2.2 has, in its order. 4.1.1 is obsolete. */
export const conformanceCriteria: readonly ConformanceCriterion[] = [
  {
    number: "1.1.1",
    name: "Non-text Content",
    level: "A",
    conformance: "Partially Supports",
    remark:
      "Drawings have titles and descriptions, charts a name, sentences and a table, QR codes a name, and what they hold stands beside them as text. The lanes of a lab are a picture: after a run the page says in words and in a table what they showed, but while a run goes on single requests are not told.",
    tests: [everyPage, charts],
  },
  {
    number: "1.2.1",
    name: "Audio-only and Video-only (Prerecorded)",
    level: "A",
    conformance: "Not Applicable",
    remark: noMedia,
  },
  { number: "1.2.2", name: "Captions (Prerecorded)", level: "A", conformance: "Not Applicable", remark: noMedia },
  {
    number: "1.2.3",
    name: "Audio Description or Media Alternative (Prerecorded)",
    level: "A",
    conformance: "Not Applicable",
    remark: noMedia,
  },
  { number: "1.2.4", name: "Captions (Live)", level: "AA", conformance: "Not Applicable", remark: noMedia },
  {
    number: "1.2.5",
    name: "Audio Description (Prerecorded)",
    level: "AA",
    conformance: "Not Applicable",
    remark: noMedia,
  },
  {
    number: "1.3.1",
    name: "Info and Relationships",
    level: "A",
    conformance: "Partially Supports",
    remark:
      "Headings, lists, tables, groups of choices and regions are marked up as such. A terminal is lines of text: columns that a program prints, as ps does, are blanks between words, and a screen that a program such as nano or top draws has no structure.",
    tests: [everyPage, labInUse],
  },
  {
    number: "1.3.2",
    name: "Meaningful Sequence",
    level: "A",
    conformance: "Supports",
    remark:
      "The order of the text is the order of the page. Where a lab shows two sides beside each other, each side is read as a whole.",
    tests: ["e2e/site/without-javascript.spec.ts"],
  },
  {
    number: "1.3.3",
    name: "Sensory Characteristics",
    level: "A",
    conformance: "Supports",
    remark:
      "Texts call the sides, buttons and figures by their names. Where a text also says where something is, it names it, too. A check of all texts refuses the left and right one; no check looks for colours and shapes.",
    tests: ["scripts/prose.test.ts"],
  },
  {
    number: "1.3.4",
    name: "Orientation",
    level: "AA",
    conformance: "Supports",
    remark:
      "Nothing asks for an orientation. A narrow window shows one side of a lab at a time, with a switch between them.",
    tests: [charts],
  },
  {
    number: "1.3.5",
    name: "Identify Input Purpose",
    level: "AA",
    conformance: "Supports",
    remark: "The one field about the user, the name on a receipt, is marked as a name.",
  },
  {
    number: "1.4.1",
    // The criterion's own name. cspell:disable-next-line
    name: "Use of Color",
    level: "A",
    conformance: "Supports",
    remark:
      "Each side has a shape beside its colour; waiting requests are hatched and failed ones crossed; right, wrong and failed are words, too.",
  },
  { number: "1.4.2", name: "Audio Control", level: "A", conformance: "Not Applicable", remark: noMedia },
  {
    number: "1.4.3",
    name: "Contrast (Minimum)",
    level: "AA",
    conformance: "Supports",
    remark:
      "4.5:1 in both themes, on the pages that are tested and in labs in use. In terminals the least contrast is 4.5:1 whatever colour a program asks for.",
    tests: [everyPage, labInUse, charts],
  },
  {
    number: "1.4.4",
    name: "Resize Text",
    level: "AA",
    conformance: "Partially Supports",
    remark:
      "Pages grow with the browser's zoom. A terminal keeps the width of its pane, so at 200% it has fewer columns, and what full-screen programs draw may not fit.",
  },
  {
    number: "1.4.5",
    name: "Images of Text",
    level: "AA",
    conformance: "Supports",
    remark:
      "Words in drawings and charts are text. Pictures for links on other sites (Open Graph) are no part of a page.",
  },
  {
    number: "1.4.10",
    name: "Reflow",
    level: "AA",
    conformance: "Partially Supports",
    remark:
      "Pages are tested at 390 CSS pixels: nothing scrolls sideways. Tables of data, code and terminals scroll within themselves. 320 pixels are not tested.",
    tests: [everyPage],
  },
  {
    number: "1.4.11",
    name: "Non-text Contrast",
    level: "AA",
    conformance: "Partially Supports",
    remark:
      "Borders of fields and the marks of the two sides have 3:1 or more in both themes. Fine lines are fainter: those between rows of tables, in the grids of charts and around some buttons, which have a text. A test holds that colours come from one list; none measures the contrast of borders or of what is drawn on canvases.",
    tests: [tokens],
  },
  {
    number: "1.4.12",
    name: "Text Spacing",
    level: "AA",
    conformance: "Partially Supports",
    remark:
      "Lessons and pages have no fixed heights. In the lanes of a lab, names of programs and states that find no room are cut off with an ellipsis. No test sets the spacing.",
  },
  {
    number: "1.4.13",
    name: "Content on Hover or Focus",
    level: "AA",
    conformance: "Supports",
    remark:
      "In windows that are wide enough, what a term means appears beside it on hover and on focus. The pointer can move onto it; it goes when the pointer leaves or the focus moves, and Escape puts it away.",
    tests: [progress],
  },
  {
    number: "2.1.1",
    name: "Keyboard",
    level: "A",
    conformance: "Supports",
    remark:
      "Labs, quizzes, exercises, builders and slides can be used by keyboard alone. From Start to Run it is at most three steps of the Tab key. Tests use the keyboard in labs, quizzes and slides, not in exercises and builders.",
    tests: [firstMinute, progress, "e2e/lab/follow.spec.ts", "e2e/site/slides.spec.ts"],
  },
  {
    number: "2.1.2",
    name: "No Keyboard Trap",
    level: "A",
    conformance: "Supports",
    remark:
      "Tab leaves the editor and a server's terminal. In a shell Tab completes, and Shift+Tab leaves; the list of keys in each lab says so.",
    tests: [editor, terminal],
  },
  {
    number: "2.1.4",
    name: "Character Key Shortcuts",
    level: "A",
    conformance: "Supports",
    remark:
      "No single letter, digit or sign is a shortcut. In a terminal keys belong to the program, while it has the focus.",
    tests: ["src/instructors/slides/deck-place.test.ts"],
  },
  {
    number: "2.2.1",
    name: "Timing Adjustable",
    level: "A",
    conformance: "Supports",
    remark:
      "The site sets no time limits on users. A load test lasts some seconds because it measures them; it can be stopped and repeated. Limits of the servers in a lab are its subject, and users set them.",
    tests: [labInUse],
  },
  {
    number: "2.2.2",
    name: "Pause, Stop, Hide",
    level: "A",
    conformance: "Supports",
    remark:
      "Lanes move while requests are under way, and Stop load test ends that. The recorded run on the first page can be paused, and with reduced motion it shows its end.",
    tests: [firstMinute, charts],
  },
  {
    number: "2.3.1",
    name: "Three Flashes or Below Threshold",
    level: "A",
    conformance: "Supports",
    remark: "Nothing on the site flashes. Charts are drawn at most ten times a second, with reduced motion once.",
    tests: [charts],
  },
  {
    number: "2.4.1",
    name: "Bypass Blocks",
    level: "A",
    conformance: "Supports",
    remark:
      "Pages with the list of all pages begin with a link to their content. Handouts, slides and embedded labs have no such link, but landmarks and headings.",
    tests: [everyPage],
  },
  {
    number: "2.4.2",
    name: "Page Titled",
    level: "A",
    conformance: "Supports",
    remark:
      "Each page has a title that says what it is about, followed by that of the site. A lab alone is called by the lab, sometimes as its lesson is.",
    tests: [everyPage],
  },
  {
    number: "2.4.3",
    name: "Focus Order",
    level: "A",
    conformance: "Supports",
    remark:
      "The focus follows the text. When what had the focus goes away, such as a worker's row, the list around it takes it; no test looks at that.",
    tests: [firstMinute],
  },
  {
    number: "2.4.4",
    name: "Link Purpose (In Context)",
    level: "A",
    conformance: "Supports",
    remark:
      "Links say where they lead; where the visible word is short, as in tables of lessons, the name for screen readers is whole.",
    tests: [everyPage],
  },
  {
    number: "2.4.5",
    name: "Multiple Ways",
    level: "AA",
    conformance: "Supports",
    remark: "The list of pages, the course map, the search, links between lessons and concepts.",
    tests: ["e2e/site/pages.spec.ts"],
  },
  {
    number: "2.4.6",
    name: "Headings and Labels",
    level: "AA",
    conformance: "Supports",
    remark:
      "Headings name the question or the effect, labels say what a control does. Tests find what has no label, and not whether a label is clear.",
    tests: [everyPage],
  },
  {
    number: "2.4.7",
    name: "Focus Visible",
    level: "AA",
    conformance: "Supports",
    remark:
      "A control that has the focus has an outline: in labs, forms and slides two pixels in the colour of the text, elsewhere the browser's own. No automatic test looks at it.",
  },
  {
    number: "2.4.11",
    name: "Focus Not Obscured (Minimum)",
    level: "AA",
    conformance: "Partially Supports",
    remark:
      "While a run goes on, its bar stays in view at the top of the lab, and slides have their bar at the bottom of the window. What has the focus can come to lie behind these bars: in a lab when you go backwards with Shift+Tab, on a slide that is higher than the window when you go forwards.",
  },
  {
    number: "2.5.1",
    name: "Pointer Gestures",
    level: "A",
    conformance: "Supports",
    remark: "Nothing needs more than a press.",
  },
  {
    number: "2.5.2",
    name: "Pointer Cancellation",
    level: "A",
    conformance: "Supports",
    remark: "Things happen when the pointer is released.",
  },
  {
    number: "2.5.3",
    name: "Label in Name",
    level: "A",
    conformance: "Supports",
    remark:
      "Where the name for screen readers is longer than the visible word, it begins with that word: Kill, Kill worker 42.",
    tests: ["src/lab/Lab.test.tsx"],
  },
  {
    number: "2.5.4",
    name: "Motion Actuation",
    level: "A",
    conformance: "Not Applicable",
    remark: "Nothing reacts to motion.",
  },
  {
    number: "2.5.7",
    name: "Dragging Movements",
    level: "AA",
    conformance: "Supports",
    remark: "Files that can be dropped on a page can also be chosen with a button.",
    tests: ["e2e/site/your-app.spec.ts", "e2e/lab/share.spec.ts"],
  },
  {
    number: "2.5.8",
    name: "Target Size (Minimum)",
    level: "AA",
    conformance: "Supports",
    remark:
      "24 by 24 CSS pixels or enough room around. Where the pointer is coarse, buttons, tabs and choices in labs are 44 pixels high; no test looks at that.",
    tests: [everyPage, labInUse],
  },
  {
    number: "3.1.1",
    name: "Language of Page",
    level: "A",
    conformance: "Supports",
    remark: "Each page says that it is English.",
    tests: [everyPage],
  },
  {
    number: "3.1.2",
    name: "Language of Parts",
    level: "AA",
    conformance: "Supports",
    remark: "The site is in English. Pages that users write in a lab have the language that these pages say.",
  },
  {
    number: "3.2.1",
    name: "On Focus",
    level: "A",
    conformance: "Supports",
    remark: "Focus alone opens and changes nothing but the meaning of a term beside it.",
  },
  {
    number: "3.2.2",
    name: "On Input",
    level: "A",
    conformance: "Supports",
    remark: "A choice changes what a button then does. Whatever starts, ends or leads elsewhere is a button or a link.",
    tests: [firstMinute],
  },
  {
    number: "3.2.3",
    name: "Consistent Navigation",
    level: "AA",
    conformance: "Supports",
    remark: "All pages with navigation have the same, in the same order.",
  },
  {
    number: "3.2.4",
    name: "Consistent Identification",
    level: "AA",
    conformance: "Supports",
    remark: "The words of the interface are in one place, and what does the same has the same name in every lab.",
  },
  {
    number: "3.2.6",
    name: "Consistent Help",
    level: "A",
    conformance: "Not Applicable",
    remark: "The site offers neither contact nor chat: whoever hosts it does.",
  },
  {
    number: "3.3.1",
    name: "Error Identification",
    level: "A",
    conformance: "Supports",
    remark: "What cannot be run or read is named in words, with the place in the line or file where it is known.",
    tests: [badInput, editor, "e2e/lab/share.spec.ts"],
  },
  {
    number: "3.3.2",
    name: "Labels or Instructions",
    level: "A",
    conformance: "Supports",
    remark: "Every field has a label that stays; hints stand beside it.",
    tests: [everyPage, "e2e/site/receipts.spec.ts"],
  },
  {
    number: "3.3.3",
    name: "Error Suggestion",
    level: "AA",
    conformance: "Supports",
    remark:
      "Where a remedy is known, the message gives it. What the servers themselves say is shown as they say it, because reading it is taught here.",
    tests: [badInput, "e2e/lab/share.spec.ts"],
  },
  {
    number: "3.3.4",
    name: "Error Prevention (Legal, Financial, Data)",
    level: "AA",
    conformance: "Supports",
    remark:
      "There are no legal or financial transactions. Erase everything on the page of your progress asks first, says what is lost, and saves a copy that the page can bring back. The buttons that erase a class's answers and a kept project ask first, too.",
    tests: [progress],
  },
  {
    number: "3.3.7",
    name: "Redundant Entry",
    level: "A",
    conformance: "Supports",
    remark: "No process asks for the same twice.",
  },
  {
    number: "3.3.8",
    name: "Accessible Authentication (Minimum)",
    level: "AA",
    conformance: "Not Applicable",
    remark: "There are no accounts.",
  },
  {
    number: "4.1.2",
    name: "Name, Role, Value",
    level: "A",
    conformance: "Partially Supports",
    remark:
      "Controls are the browser's own or have name, role and state. A terminal is drawn by xterm.js: with its mode for screen readers its lines are a list that follows the screen, and programs that draw the whole screen are hard to follow. What an emulated computer shows is such a terminal.",
    tests: [everyPage, labInUse, charts],
  },
  {
    number: "4.1.3",
    name: "Status Messages",
    level: "AA",
    conformance: "Partially Supports",
    remark:
      "What state servers are in, what a run came to, what was saved or copied is announced. While a run goes on, figures that change ten times a second are not; the verdict is.",
    tests: ["src/lab/Lab.test.tsx", labInUse],
  },
];

/** What stands around the table. */
export const conformanceStrings = inLanguage("conformanceStrings", {
  title: "Accessibility conformance report",
  description:
    "WCAG 2.2, levels A and AA, criterion by criterion, after VPAT 2.5: what is met, what is not, and which tests look at it.",
  introduction:
    "For those who buy or approve software for a school. It follows the WCAG edition of the Voluntary Product Accessibility Template (VPAT) 2.5 and was written by the project itself; nobody else has audited it.",
  facts: {
    heading: "About this report",
    product: "Product",
    date: "Report date",
    describes: "Description",
    description:
      "A static teaching site with labs that run web servers in the browser. It has no accounts and no server of its own.",
    contact: "Contact",
    contactText: "Whoever hosts the site for you; or an issue with the project.",
    methods: "Evaluation methods",
    methodsText:
      "Automatic tests in Chromium for every change (axe 4 on every lesson and on pages of most other kinds, contrast in light and dark, keyboard, reduced motion, without scripts), and reading by the authors. A test that is named with a criterion shows what a program can tell of it; the rest of the remark is the authors' own judgement. No user of a screen reader has tested the labs yet.",
    standard: "Guidelines",
    standardText: "Web Content Accessibility Guidelines 2.2, levels A and AA. 4.1.1 is obsolete in 2.2.",
  },
  terms: {
    heading: "Terms",
    list: [
      { term: "Supports", meaning: "at least one way of using the site meets the criterion without known defects." },
      { term: "Partially Supports", meaning: "some of the site does not meet the criterion." },
      { term: "Does Not Support", meaning: "most of the site does not meet the criterion." },
      { term: "Not Applicable", meaning: "the criterion is about something that the site does not have." },
    ],
  },
  level: { A: "Success criteria, level A", AA: "Success criteria, level AA" },
  columns: { criterion: "Criterion", conformance: "Conformance", remark: "Remarks and explanations" },
  tests: "Tests:",
  summary: (counts: readonly (readonly [string, number])[]) =>
    `Of the ${counts.reduce((sum, [, count]) => sum + count, 0)} criteria: ${counts.map(([level, count]) => `${level} ${count}`).join(", ")}.`,
  link: "Conformance report, criterion by criterion",
} as const);
