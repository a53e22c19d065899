/** Words about a file that a lab's programs write, in English. Loaded with the labs that have one. */

import { inLanguage } from "../in-language.ts";
import { the } from "./english.ts";

export const watchedStrings = inLanguage("watchedStrings", {
  /** The name of the file as each side has it. */
  label: (path: string, title: string) => `${path} of ${the(title)}`,
  missing: "There is no such file yet.",
  lines: (figure: string) => `${figure} ${figure === "1" ? "line" : "lines"}`,
} as const);
