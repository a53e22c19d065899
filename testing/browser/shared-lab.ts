/** Labs as a stranger has prepared them. */
import type { FrameLocator, Locator, Page } from "@playwright/test";
import { writeFragment } from "../../src/lab/share/share-link.ts";
import { expect, pages } from "./site.ts";

/** Opens the first lab by a link that brings `app`, and answers the region of its development server once that runs. */
export async function runSharedApp(page: Page, app: string): Promise<Locator> {
  const files = { "app.py": app };
  await page.goto(`${pages.embed}${writeFragment({ lab: "first-load", machine: "python", plan: "quick", files })}`);
  const region = page.getByRole("region", { name: "Development server" });
  await region.getByRole("button", { name: /^Start/ }).click();
  await expect(region).toContainText("Running on port 5000", { timeout: 60_000 });
  return region;
}

/** A side's browser pane. */
export class Pane {
  constructor(readonly region: Locator) {}

  /** The page that is shown. */
  get shown(): FrameLocator {
    return this.region.frameLocator(".lab-browser-page").frameLocator("iframe");
  }

  /** What the pane says of it. */
  get state(): Locator {
    return this.region.locator(".lab-browser-state");
  }

  /** Opens the tab. */
  async open(): Promise<void> {
    await this.region.getByRole("tab", { name: "Browser" }).click();
  }

  /** Goes to an address by hand. */
  async go(path: string): Promise<void> {
    const address = this.region.getByLabel("Address");
    await address.fill(path);
    await address.press("Enter");
  }
}
