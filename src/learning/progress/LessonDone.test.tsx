// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { LessonDone } from "./LessonDone.tsx";
import { withAnswer } from "./lesson-progress.ts";
import { learnerStore } from "./progress-store.ts";

it("a lesson can be marked as done with an open quiz, and says that it is open", async () => {
  const page = document.createElement("div");
  document.body.append(page);
  const lesson = "lessons/05-one-at-a-time";
  const asked = [
    { id: "lock", right: "One." },
    { id: "ceiling", right: "Two." },
  ];
  const answer = (id: string) =>
    act(() => learnerStore().update((memory) => withAnswer(memory, lesson, asked, id, "One.")));
  await act(() => render(<LessonDone lesson={lesson} questions={["lock", "ceiling"]} progress="../progress/" />, page));
  const status = page.querySelector("[role=status]");
  expect(status?.textContent?.trim()).toBe("Its quiz is not answered yet.");
  await act(() => page.querySelector("button")?.click());
  expect(status?.textContent).toBe("This lesson is done. Its quiz is not answered yet.");
  await answer("lock");
  expect(status?.textContent).toBe("This lesson is done. 1 of 2 quiz questions is not answered yet.");
  await answer("ceiling");
  expect(status?.textContent?.trim()).toBe("This lesson is done.");
});
