/** A language that nobody speaks: every sentence of the site, marked and half as long again. */
import type { Page } from "@playwright/test";

/** Stands around each sentence that came through the door of `src/strings/`. */
export const marks = { open: "⟦", close: "⟧" } as const;

/** Has the pages that are opened from now on speak it. */
export async function speakPseudoLanguage(page: Page): Promise<void> {
  await page.addInitScript(({ open, close }) => {
    const sentence = (text: string) => `${open}${text}${"·".repeat(Math.ceil(text.length / 2))}${close}`;
    const spoken = (value: unknown, key: string): unknown => {
      // What formats numbers is no sentence.
      if (typeof value === "string") return key === "language" ? value : sentence(value);
      if (typeof value === "function")
        return (...figures: unknown[]) => spoken(Reflect.apply(value, undefined, figures), key);
      if (Array.isArray(value)) return value.map((each) => spoken(each, key));
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoken(each, name)]));
    };
    globalThis.wordsInForce = (name, english) => Object.assign({}, english, spoken(english, name));
  }, marks);
}

/**
 * Words of a part of the page that did not come through the door.
 *
 * @param part a selector; what is code, typed, or printed by a program is not looked at
 * @param content words of lessons and labs, which have translations of their own
 */
export async function wordsElsewhere(page: Page, part: string, content: readonly string[]): Promise<readonly string[]> {
  const texts = await page.locator(part).evaluateAll((parts) => {
    const apart = "code, pre, textarea, script, style, svg, .cm-editor, .xterm";
    const found: string[] = [];
    for (const each of parts) {
      const walk = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const { parentElement: parent, textContent } = walk.currentNode;
        if (parent?.closest(apart) === null) found.push(textContent ?? "");
      }
      for (const element of [each, ...each.querySelectorAll("[aria-label], [title], [placeholder]")])
        if (element.closest(apart) === null)
          for (const name of ["aria-label", "title", "placeholder"]) found.push(element.getAttribute(name) ?? "");
    }
    return found;
  });
  // A sentence may hold others: the innermost go first.
  const sentence = new RegExp(`${marks.open}[^${marks.open}${marks.close}]*${marks.close}`, "g");
  const without = (text: string): string => {
    const less = text.replace(sentence, " ");
    return less === text ? text : without(less);
  };
  const others = texts.map((text) => content.reduce((rest, own) => rest.replaceAll(own, " "), without(text)).trim());
  return [...new Set(others.filter((text) => /\p{L}{2}/u.test(text)))];
}

/** Elements that are wider than the window, or whose own text is cut off, as a test's report names them. */
export function brokenLayout(page: Page, part: string): Promise<readonly string[]> {
  return page.locator(part).evaluateAll((parts) => {
    const name = (element: Element) =>
      `${element.tagName} ${element.className} ${(element.textContent ?? "").slice(0, 40)}`;
    const { clientWidth, scrollWidth } = document.documentElement;
    const cut = parts
      .flatMap((each) => [...each.querySelectorAll<HTMLElement>("button, a, label, th, legend, summary, h2, h3, h4")])
      // What is for listeners only has the width of a pixel.
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .map(name);
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide, the window ${clientWidth}`, ...cut] : cut;
  });
}
