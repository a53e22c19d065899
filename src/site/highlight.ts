/**
 * Files of a lab as they stand in a page, in colours of both themes; which of them shows is the style sheet's choice.
 */
import { codeToHtml } from "shiki";
import type { LabFile } from "../lab-definition/schema.ts";

/** Shiki's names of the languages that lab files are written in, by the end of the file's name. */
const languages = new Map([
  ["py", "python"],
  ["js", "javascript"],
  ["conf", "nginx"],
  ["sh", "sh"],
  ["service", "systemd"],
]);

/** The file as HTML: one `pre`. */
export function highlight({ path, text }: LabFile): Promise<string> {
  return codeToHtml(text.trimEnd(), {
    lang: languages.get(path.split(".").at(-1) ?? "") ?? "text",
    themes: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    defaultColor: "light-dark()",
  });
}
