/** When servers answer, and not only listen. */
import { expect, type Locator } from "@playwright/test";
import { LabSide } from "../e2e/support/lab.ts";

const patience = 90_000;

/** Resolves when each side of the first lab has answered a request, which is sent as soon as somebody listens. */
export async function bothAnswer(lab: Locator): Promise<void> {
  await Promise.all(
    ["Development server", "Production server"].map(async (name) => {
      const side = new LabSide(lab.getByRole("region", { name, exact: true }));
      await side.region.getByRole("textbox", { name: "Path", exact: true }).fill("/");
      const button = side.region.getByRole("button", { name: "Send one request" });
      // Until then it says that nobody listens.
      const sent = async () => {
        await button.evaluate((element: HTMLElement) => element.click());
        return side.sent.count();
      };
      await expect.poll(sent, { timeout: patience, intervals: [20] }).toBeGreaterThan(0);
      await side.sent
        .filter({ hasText: /200 in/ })
        .first()
        .waitFor({ timeout: patience });
    }),
  );
}
