import type { NativeProgram } from "../native/system.ts";
import { absentPrograms } from "./absent-programs.ts";
import type { ManualPage } from "./manual-page.ts";
import { manualPages } from "./manual-pages.ts";
import { otherNames } from "./manual-pages-of-the-shell.ts";

/** A page is as wide as a small terminal. */
const width = 76;
const indent = "       ";

/** The text of a page; undefined if there is none of that name. */
export function manualText(wanted: string): string | undefined {
  const name = Object.hasOwn(otherNames, wanted) ? (otherNames[wanted] ?? wanted) : wanted;
  const page = manualPages.get(name);
  if (page === undefined) return undefined;
  const sections = [
    ["NAME", filled(`${name} - ${page.what}`, indent)],
    ["SYNOPSIS", filled(page.usage, indent)],
    ["OPTIONS", (page.options ?? []).map(optionText).join("")],
    ["NOTES", (page.notes ?? []).map((note) => filled(note, indent)).join("\n")],
    ["SEE ALSO", seeAlso(page)],
  ] as const;
  return sections.flatMap(([title, text]) => (text === "" ? [] : [`${title}\n${text}`])).join("\n");
}

/** What `NAME --help` prints; undefined if there is no page of that name. */
export function helpOf(wanted: string): string | undefined {
  const page = manualPages.get(wanted);
  if (page === undefined) return undefined;
  const options = (page.options ?? []).map(([option, meaning]) => `  ${option}\n${filled(meaning, indent)}`);
  return [`Usage: ${page.usage}\n${filled(page.what, "")}`, options.join("")].filter((part) => part !== "").join("\n");
}

function optionText([option, meaning]: readonly [string, string]): string {
  return `${indent}${option}\n${filled(meaning, `${indent}    `)}`;
}

function seeAlso({ see = [] }: ManualPage): string {
  return see.length === 0 ? "" : filled(see.join(", "), indent);
}

/** Lines of whole words, each with this in front. */
function filled(text: string, before: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && before.length + last.length + word.length < width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `${before}${line}\n`).join("");
}

/** `man NAME`: this machine's own pages. Messages and exit codes are those of man-db. */
export const man: NativeProgram = async (system) => {
  const names = system.args.filter((argument) => !/^(-.*|\d)$/.test(argument));
  if (names.length === 0) {
    await system.write(2, "What manual page do you want?\nFor example, try 'man man'.\n");
    return 1;
  }
  let status = 0;
  for (const name of names) {
    const text = manualText(name);
    if (text !== undefined) await system.write(1, text);
    else {
      const why = absentPrograms.get(name);
      await system.write(
        2,
        `No manual entry for ${name}\n${why === undefined ? "" : `It is not on this machine: ${why}\n`}`,
      );
      status = 16;
    }
  }
  return status;
};
