/** When servers answer, and not only listen. */
import type { Locator } from "@playwright/test";
import { LabSide } from "../e2e/support/lab.ts";

/** How often it is looked whether somebody listens, in milliseconds: seldom enough to take little from servers that are starting. */
const every = 100;

/** Resolves when each side of the first lab has answered a request, which is sent as soon as somebody listens. */
export async function bothAnswer(lab: Locator): Promise<void> {
  const sides = ["Development server", "Production server"].map(
    (name) => new LabSide(lab.getByRole("region", { name, exact: true })),
  );
  // One after the other: a page has one focus, and what is typed goes there.
  for (const { region } of sides) await region.getByRole("textbox", { name: "Path", exact: true }).fill("/");
  await Promise.all(sides.map(({ region }) => region.evaluate(answers, every)));
}

/** Runs in the page, for a locator that waits looks only every half second in the end. Presses the button until a request is sent. */
function answers(side: Element, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const button = [...side.querySelectorAll("button")].find(({ textContent }) => textContent === "Send one request");
    // Until somebody listens it says that nobody does.
    const timer = setInterval(() => {
      if (side.querySelector(".lab-hand-list")) clearInterval(timer);
      else button?.click();
    }, milliseconds);
    const news = new MutationObserver(() => {
      if (!/200 in/.test(side.querySelector(".lab-hand-list")?.textContent ?? "")) return;
      news.disconnect();
      resolve();
    });
    news.observe(side, { subtree: true, childList: true, characterData: true });
  });
}
