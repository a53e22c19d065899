/** What a lab says about links to it, in English. Loaded when one is made or opened. */
import { inLanguage } from "../in-language.ts";

/** "a", "a and b", "a, b and c" */
function listed(items: readonly string[]): string {
  const last = items.at(-1);
  if (last === undefined) return "";
  return items.length === 1 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

export const shareStrings = inLanguage("shareStrings", {
  label: "Share this lab",
  close: "Close",
  original: "Nothing has been changed: the link opens the original lab.",
  holds:
    "The link holds the files and commands that you changed, the plan and the machine. It holds no results, and goes to no server.",
  link: "Link to this lab",
  copy: "Copy link",
  copied: "The link is copied.",
  notCopied: "Your browser does not let this page copy. Select the link and copy it.",
  tooLarge: (characters: string, limit: string) =>
    `Your changes are too large for a link: ${characters} characters, and links longer than ${limit} may be cut off on the way. Save them as a file and pass that on: anyone who drops the file on this lab gets your version.`,
  notShared:
    "This lab cannot be shared as it is: a command has characters that cannot be seen, or there is more in its files than a lab may hold.",
  save: "Save as a file",
  openFile: "Open a .lab.json file",
  dropHint: "You can also drop such a file on the lab.",

  opened: "Opened from a link",
  openedFile: "Opened from a file",
  differs: "This lab differs from the original as shown here. Nothing runs until you start it.",
  same: "This is the original lab.",
  others: "Somebody else may have written this. It runs in a sealed frame, with no network and no access to your data.",
  file: (path: string) => `Changes to ${path}`,
  command: (title: string) => `Command of ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
  plan: (label: string) => `The plan “${label}” is chosen.`,
  leftOut: (names: readonly string[]) => `Left out, because this lab has no such part: ${listed(names)}.`,
  removed: "removed",
  added: "added",
  gap: "unchanged lines",
  emptyLines: (count: string) => `⟨${count} empty lines⟩`,
  folded: (count: string) =>
    `Long differences are folded: ${count} more lines are not shown here, and are part of the lab, too.`,
  showMore: "Show more lines",
  whole: "Too different to compare line by line. The whole new text:",
  useOriginal: "Open the original instead",
  bringBack: "Bring my changes back",
  keep: "Keep this",
  isOriginal: "This is the original.",

  again: "You have opened this link before in this tab. The lab is as you left it.",
  since: "A link to this lab was opened in this tab before. The lab is as it was left.",
  putIn: "Load the link's version again",

  problems: {
    damaged:
      "This link is damaged: a part of it is missing or was changed on its way. This is the original lab. Ask for the link again.",
    "too long": "This link is too long to be one of ours, so it was not read. This is the original lab.",
    newer: "This link was made by a newer version of this site, which this one cannot read. This is the original lab.",
    "no lab": "This link is for a lab that is not on this page. Nothing was changed.",
    "hidden characters":
      "A command in this link has characters that cannot be seen, or that show it in another order than it runs. It was not opened. This is the original lab.",
  },
  linkProblems: {
    damaged: "This link is damaged: a part of it is missing or was changed on its way. Copy it again.",
    "too long": "This link is too long to be one of ours.",
    "hidden characters": "A command in this link has characters that cannot be seen. Labs do not open it.",
    newer: "This link was made by a newer version of this site, which this one cannot read.",
  },
  fileProblems: {
    damaged: "This is not a .lab.json file from this site, or it has been changed. Nothing was changed in the lab.",
    "too long": "This file is too large to be a lab. It was not read.",
    newer:
      "This file was made by a newer version of this site, which this one cannot read. Nothing was changed in the lab.",
    "no lab": "This file is for another lab. Open it there. Nothing was changed in this one.",
    "hidden characters":
      "A command in this file has characters that cannot be seen, or that show it in another order than it runs. Nothing was changed in the lab.",
  },
  otherLab: (lab: string) => `This file is for the lab ${lab}. Open it there. Nothing was changed in this one.`,
  otherMachine: (machine: string) => `This is for the lab on the ${machine} machine, and changes nothing here.`,
  openThere: (machine: string) => `Open it on ${machine}`,
  missingMachine: "This site does not offer the lab on that machine.",
  machines: { python: "Python", node: "Node", linux: "Linux" },
} as const);
