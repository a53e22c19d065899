/** Answering a lesson's quiz as a student does who does not know the answers. */
import { expect, type FrameLocator, type Page } from "@playwright/test";

/**
 * Tries the choices of each question that is not answered until one is right. The verdict on a wrong one is looked at
 * by `onWrong`.
 */
export async function answerRightly(
  around: Page | FrameLocator,
  onWrong: (question: ReturnType<Page["locator"]>) => Promise<void> = async () => {},
): Promise<void> {
  for (const question of await around.locator(".quiz li").all()) {
    if (await question.getByRole("button", { name: "Answer again" }).isVisible()) continue;
    // By their names: with each answer they change places.
    for (const choice of await question.locator("label").allTextContents()) {
      await question.getByRole("radio", { name: choice, exact: true }).check();
      await question.getByRole("button", { name: "Check" }).click();
      const status = question.getByRole("status");
      await expect(status).toContainText(/^(Right\.|Not this one\.)/);
      if (/^Right\./.test((await status.textContent()) ?? "")) break;
      await onWrong(question);
      await question.getByRole("button", { name: "Answer again" }).click();
    }
  }
}
