/** Pages opened from an assignment can hide solutions and quiz answers: what stands in the style sheet does it. */

/** The query of a lesson whose solutions and answers are hidden. */
export const hidingQuery = "?hide=answers";

/**
 * Hides them on this page. They are in the page all the same: this keeps nobody from looking who wants to.
 */
export function hideAnswers(): void {
  document.documentElement.dataset["hide"] = "answers";
}

/** Hides them if the address of this page asks for it. */
export function hideAsAsked(): void {
  if (new URLSearchParams(location.search).get("hide") === "answers") hideAnswers();
}
