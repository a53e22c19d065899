/** As wide as what a term means is at most, in the page's own ems, and how far it keeps from the window's edge. */
const widest = 20;
const edge = 1;

/** What a term means begins where the term does, or before that where the window would cut it off. */
export function keepTermsInView(): void {
  for (const type of ["pointerover", "focusin"]) {
    addEventListener(type, ({ target }) => {
      const term = target instanceof Element ? target.closest<HTMLElement>(".term") : null;
      const [row] = term?.getClientRects() ?? [];
      if (term === null || row === undefined) return;
      const { documentElement } = document;
      const em = Number.parseFloat(getComputedStyle(documentElement).fontSize);
      const over = row.left + (widest + edge) * em - documentElement.clientWidth;
      term.style.setProperty("--before", `${Math.max(0, over)}px`);
    });
  }
}

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
