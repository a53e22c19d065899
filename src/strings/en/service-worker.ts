import { inLanguage } from "../in-language.ts";

/** What the service worker says itself. */
export const serviceWorkerStrings = inLanguage("serviceWorkerStrings", {
  /** Alone on the screen, for a second. */
  newer: "Opening the newer version of this site.",
} as const);
