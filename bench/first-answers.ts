/** When both servers of a lab are started, and when they answer and not only listen, by the page's own clock. */
import type { Locator } from "@playwright/test";
import { LabSide } from "../testing/browser/lab.ts";

/** Milliseconds since the page's navigation began. */
type PageTime = number;

/**
 * How often it is looked whether somebody listens, in milliseconds: seldom enough to take little from servers that are
 * starting.
 */
const every = 100;

/** Presses the button as soon as it can be pressed; resolves with when that was. */
export function pressStart(lab: Locator): Promise<PageTime> {
  return lab.evaluate(press);
}

/**
 * Resolves when each side of the first lab has answered a request, which is sent as soon as somebody listens, with when
 * that was.
 */
export async function bothAnswer(lab: Locator): Promise<PageTime> {
  const sides = ["Development server", "Production server"].map(
    (name) => new LabSide(lab.getByRole("region", { name, exact: true })),
  );
  return Math.max(...(await Promise.all(sides.map(({ region }) => region.evaluate(answers, every)))));
}

/** Runs in the page, for a locator looks whether a button is enabled only now and then. */
function press(lab: Element): Promise<PageTime> {
  lab.scrollIntoView();
  return new Promise((resolve) => {
    const pressed = () => {
      const button = [...lab.querySelectorAll("button")].find(
        ({ textContent }) => textContent === "Start both servers",
      );
      if (button === undefined || button.disabled) return false;
      resolve(performance.now());
      button.click();
      return true;
    };
    if (pressed()) return;
    const news = new MutationObserver(() => {
      if (pressed()) news.disconnect();
    });
    news.observe(lab, { subtree: true, childList: true, attributes: true });
  });
}

/**
 * Runs in the page, for a locator that waits looks only every half second in the end. Presses the button until a
 * request is sent.
 */
function answers(side: Element, milliseconds: number): Promise<PageTime> {
  return new Promise((resolve) => {
    const button = [...side.querySelectorAll("button")].find(({ textContent }) => textContent === "Send one request");
    // Typed in the page, too: Playwright's way to a field takes as long as a worker takes to boot.
    const path = button?.closest(".lab-request")?.querySelector("input");
    if (path) {
      path.value = "/";
      path.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    const asked = () => side.querySelector(".lab-hand-list") !== null;
    // Until somebody listens it says that nobody does.
    const timer = setInterval(() => (asked() ? clearInterval(timer) : button?.click()), milliseconds);
    // At once when the side says that it runs: what is measured is the server, not how often it is looked.
    const state = side.querySelector(".lab-state");
    const running = new MutationObserver(() => {
      if (state?.getAttribute("data-phase") === "running" && !asked()) button?.click();
    });
    if (state) running.observe(state, { attributes: true });
    const news = new MutationObserver(() => {
      if (!/200 in/.test(side.querySelector(".lab-hand-list")?.textContent ?? "")) return;
      news.disconnect();
      running.disconnect();
      resolve(performance.now());
    });
    news.observe(side, { subtree: true, childList: true, characterData: true });
  });
}
