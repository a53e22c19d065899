/** What the service worker says itself. */
export const serviceWorkerStrings = {
  /** Alone on the screen, for a second. */
  newer: "Opening the newer version of this site.",
} as const;
