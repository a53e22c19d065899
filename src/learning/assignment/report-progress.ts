/**
 * Tells the page around a frame how far a student is: a SCORM package's, which asks for it in the address. Nobody else
 * hears of it.
 */

/** What is told. */
export interface ReportedProgress {
  /** Parts that are complete, of all that are asked. */
  readonly done: number;
  readonly all: number;
  /** From 0 to 1: how much is right of what is asked. */
  readonly share: number;
}

/** Whether the address asks for it, and there is a page around this one. */
export function isReported(place: Window = window): boolean {
  return place.parent !== place && new URLSearchParams(place.location.search).get("report") === "scorm";
}

/** Tells it. The page around has an address that only it knows; what is told says nothing about the student but this. */
export function reportProgress(progress: ReportedProgress, place: Window = window): void {
  place.parent.postMessage({ type: "two-servers:progress", ...progress }, "*");
}
