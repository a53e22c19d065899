/**
 * Lets Escape put away what a term means, which appears beside the term while the pointer or the focus is on it, until
 * both have left (WCAG 2.2, 1.4.13).
 */
export function putAwayTerms(): void {
  const shown = ".term:is(:hover, :focus-visible)";
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const term of document.querySelectorAll<HTMLElement>(shown)) term.dataset["away"] = "";
  });
  for (const type of ["pointerout", "focusout"]) {
    addEventListener(type, ({ target }) => {
      const term = target instanceof Element ? target.closest<HTMLElement>(`.term:not(${shown})`) : null;
      if (term) delete term.dataset["away"];
    });
  }
}
