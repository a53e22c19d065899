/** What the service worker says itself. */
export const serviceWorkerEn = {
  /** Alone on the screen, for a second. */
  newer: "Opening the newer version of this site.",
} as const;
