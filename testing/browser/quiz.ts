/** Answering a lesson's quiz as a student does who does not know the answers. */
import { expect, type FrameLocator, type Page } from "@playwright/test";

/** Tries the choices of each question until one is right. The verdict on a wrong one is looked at by `onWrong`. */
export async function answerRightly(
  around: Page | FrameLocator,
  onWrong: (question: ReturnType<Page["locator"]>) => Promise<void> = async () => {},
): Promise<void> {
  for (const question of await around.locator(".quiz li").all()) {
    for (const choice of await question.getByRole("radio").all()) {
      await choice.check();
      await question.getByRole("button", { name: "Check" }).click();
      const status = question.getByRole("status");
      await expect(status).toContainText(/^(Right\.|Not this one\.)/);
      if (/^Right\./.test((await status.textContent()) ?? "")) break;
      await onWrong(question);
      await question.getByRole("button", { name: "Answer again" }).click();
    }
  }
}
