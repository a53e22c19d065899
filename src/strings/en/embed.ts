/** What is said about a lab in another page, in English. */
import { inLanguage } from "../in-language.ts";

export const embedStrings = inLanguage("embedStrings", {
  problem: (option: string, value: string, choices: readonly string[]) =>
    `The address of this page asks for ${option}=${value}, which it does not have. It has: ${choices.join(", ")}. It is shown as usual.`,

  builder: {
    title: "Embed a lab",
    description: "Choose a lab and how it looks, see it, and copy the HTML for your course page.",
    introduction:
      "Choose a lab and what it shows. The lines below put it into a course page; the preview is the same frame.",
    own: {
      before: "A project of your own, instead of a lab: prepare it under",
      link: "Your own app",
      after: ", and copy a link or the HTML there. Students open it with one click.",
    },
    needsScript:
      "This page needs JavaScript. Without it, write the address by hand: embed/, the lab's name, and options as in ?plan=slow&theme=dark&editor=0.",
    lab: "Lab",
    plan: "Plan at the start",
    firstPlan: "the lab's first",
    machine: "Machine",
    machines: { python: "Python", node: "Node", linux: "Linux" },
    nodeHint:
      "Node needs an isolated page, and a course page is not one: from the frame, students open it in its own tab.",
    theme: "Theme",
    themes: { "": "as the student's system", light: "light", dark: "dark" },
    size: "Size",
    sizes: {
      large: "large: all parts of the lab",
      compact: "compact: commands, lanes, one plan and the result, less than 900 pixels high",
    },
    editor: "Show the files",
    everything: "Show every part from the start",
    shared: "Link from Share (optional)",
    sharedHint:
      "The frame opens with the files, commands and plan of the link, and shows what differs from the original.",
    sharedWrong: "This is not a Share link from a lab on this site.",
    place: "For",
    places: { moodle: "Moodle", canvas: "Canvas", blackboard: "Blackboard", page: "a plain page" },
    hints: {
      moodle:
        "In Moodle's editor, switch to HTML (</>) and paste. The height stays as it is here, because Moodle takes no scripts there.",
      canvas:
        "In the Rich Content Editor, switch to the HTML editor (</>) and paste. The frame reports its height with lti.frameResize; where Canvas does not act on it, the height stays as it is here.",
      blackboard:
        "Add an HTML block (Ultra) or switch to source code (Original), and paste. The height stays as it is here.",
      page: "Paste it where the lab should appear. The script keeps the frame as high as the lab.",
    },
    notTried:
      "The frame was tried in pages of another origin with its storage blocked, not in these systems themselves.",
    snippet: "HTML for your page",
    copy: "Copy",
    copied: "Copied.",
    notCopied: "Your browser does not let this page copy. Select the lines and copy them.",
    local: "This site is open from your own computer: the address in this HTML works nowhere else.",
    preview: "Preview",
    previewOf: (title: string) => `Preview: ${title}`,
    frameTitle: (title: string) => `Lab: ${title}`,
    link: "Build the HTML for your course page",
  },
} as const);
