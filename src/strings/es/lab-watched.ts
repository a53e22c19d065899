// translationOf: 9b193545740148b44a95ac39079f94af52fdece0c0c536172e78eaf02491dfb3
/** Words about a file that a lab's programs write, in Spanish. */
import type { watchedStrings as english } from "../en/lab-watched.ts";
import type { Words } from "../translation.ts";
import { ofThe } from "./spanish.ts";

export const watchedStrings: Words<typeof english> = {
  label: (path, title) => `${path} ${ofThe(title)}`,
  missing: "Ese archivo todavía no existe.",
  lines: (figure) => `${figure} ${figure === "1" ? "línea" : "líneas"}`,
};
