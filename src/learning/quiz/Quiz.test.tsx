// @vitest-environment happy-dom
import { hydrate, render } from "preact";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import type { QuizQuestion } from "../../schemas/page.ts";
import { Question } from "./Quiz.tsx";

const question: QuizQuestion = {
  id: "queue",
  question: "Where does a request wait?",
  choices: [
    { text: "In the browser.", why: "It has been sent." },
    { text: "In the backlog.", right: true, why: "The kernel keeps it there." },
  ],
};

it("what was chosen before scripts ran is what is checked", async () => {
  const built = document.createElement("div");
  render(<Question question={question} answer={undefined} onAnswer={undefined} />, built);
  const page = document.createElement("div");
  page.innerHTML = built.innerHTML;
  document.body.append(page);
  const choice = [...page.querySelectorAll("input")][1];
  if (choice === undefined) throw new Error("The page has no choices");
  choice.checked = true;
  const answers: (string | undefined)[] = [];
  const quiz = (
    <Question question={question} answer={undefined} onAnswer={(text: string | undefined) => answers.push(text)} />
  );
  await act(() => hydrate(<Question question={question} answer={undefined} onAnswer={undefined} />, page));
  await act(() => render(quiz, page));
  await act(() => page.querySelector("button")?.click());
  expect(answers).toEqual(["In the backlog."]);
  expect(page.textContent).not.toContain("Choose an answer first");
});
