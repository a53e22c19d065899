/** Asks again what was missed, one question at a time, and says when it comes next. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Prose } from "../../prose/Prose.tsx";
import type { QuizChoice } from "../../schemas/page.ts";
import { reviewStrings as words } from "../../strings/strings.ts";
import { learnerStore } from "../progress/progress-store.ts";
import { Question } from "../quiz/Quiz.tsx";
import { type LessonQuiz, type Scheduled, scheduled } from "./due-questions.ts";
import { afterAnswer } from "./schedule.ts";
import "../quiz/quiz.css";
import "./review.css";

/** What a page gives to the review. */
export interface ReviewProps {
  readonly lessons: readonly LessonQuiz[];
}

function dayText(due: number): string {
  return new Intl.DateTimeFormat(words.dates, { dateStyle: "long" }).format(due);
}

/** What is asked now, what is said of the answer, and all dates. */
export function Review({ lessons }: ReviewProps) {
  const scripted = useSignal(false);
  // The question stays on screen after its answer, until the reader goes on.
  const asked = useSignal<{ readonly item: Scheduled; readonly answer: QuizChoice | undefined } | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  if (!scripted.value) return null;
  const all = scheduled(lessons, learnerStore().memory.value, Date.now());
  if (all.length === 0) {
    const [first] = lessons;
    return (
      <p class="review review-none controls">
        {words.none}{" "}
        {first && (
          <a class="review-begin" href={first.href}>
            {words.begin}
          </a>
        )}
      </p>
    );
  }
  const due = all.filter(({ isDue }) => isDue);
  const shown = asked.value?.item ?? due[0];
  const later = all.find(({ isDue }) => !isDue);

  const answer = (item: Scheduled, text: string | undefined) => {
    const { lesson, question } = item;
    const choice = question.choices.find((each) => each.text === text);
    if (choice === undefined) {
      asked.value = undefined;
      // The next question stands in the same place.
      place.current?.focus();
      return;
    }
    learnerStore().update((memory) => {
      const ofLesson = memory.reviews[lesson.id] ?? {};
      const next = afterAnswer(ofLesson[question.id], choice.right === true, Date.now());
      return { ...memory, reviews: { ...memory.reviews, [lesson.id]: { ...ofLesson, [question.id]: next } } };
    });
    asked.value = { item, answer: choice };
  };
  const dateOf = (item: Scheduled) => dayText(item.due);
  const now = shown && all.find(({ lesson, question }) => lesson === shown.lesson && question === shown.question);

  return (
    <div class="review controls">
      <p role="status" class="review-count">
        {due.length > 0 ? words.due(due.length) : later && words.noneDue(dateOf(later))}
      </p>
      <div ref={place} tabIndex={-1} class="review-place">
        {shown && (
          <div class="quiz" key={`${shown.lesson.id}/${shown.question.id}`}>
            <ol>
              <li>
                <p class="review-lesson">
                  {words.from} <a href={shown.lesson.href}>{shown.lesson.title}</a>
                </p>
                <Question
                  question={shown.question}
                  answer={asked.value?.answer}
                  onAnswer={(text) => answer(shown, text)}
                  onward={due.length > 0 ? words.next : words.finish}
                />
                <p role="status">{asked.value && now && words.comesAgain(dateOf(now))}</p>
              </li>
            </ol>
          </div>
        )}
      </div>
      <h2>{words.list}</h2>
      <div class="review-list">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.question}</th>
              <th scope="col">{words.lesson}</th>
              <th scope="col">{words.date}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((item) => (
              <tr key={`${item.lesson.id}/${item.question.id}`}>
                <td>
                  <Prose text={item.question.question} />
                </td>
                <td>
                  <a href={item.lesson.href}>{item.lesson.title}</a>
                </td>
                <td>{item.isDue ? words.today : dateOf(item)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
export default Review;
