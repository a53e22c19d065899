/** When servers answer, and not only listen. */
import type { Locator } from "@playwright/test";
import { LabSide } from "../e2e/support/lab.ts";

/** Resolves when each side of the first lab has answered a request, which was sent as soon as it listened. */
export async function bothAnswer(lab: Locator): Promise<void> {
  await Promise.all(
    ["Development server", "Production server"].map(async (name) => {
      const side = new LabSide(lab.getByRole("region", { name, exact: true }));
      await side.state.filter({ hasText: /Running on port/ }).waitFor({ timeout: 90_000 });
      await side.region.getByRole("button", { name: "Send one request" }).click();
      await side.sent
        .filter({ hasText: /200 in/ })
        .first()
        .waitFor({ timeout: 90_000 });
    }),
  );
}
