/** All that is kept of a reader's work, in words. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { learningStrings } from "../../strings/strings.ts";
import { isAmong, type LessonTrace, lessonStateOf } from "./lesson-progress.ts";
import { learnerStore } from "./progress-store.ts";
import "./progress.css";

/** A lesson whose progress is shown. */
export interface LessonInCourse extends LessonTrace {
  readonly title: string;
  readonly href: string;
  /** The right answer of each question of its quiz, in each language that the lesson has. */
  readonly rightAnswers: Readonly<Record<string, readonly string[]>>;
}

const words = learningStrings.progress;

/** What somebody said of a lab's plans. A run that was looked at before was not predicted. */
function chosen(plans: Readonly<Record<string, { readonly choice?: string }>>): readonly string[] {
  return Object.keys(plans).filter((plan) => plans[plan]?.choice !== undefined);
}

/** The table of lessons, and what else is kept. */
export function Progress({ lessons }: { readonly lessons: readonly LessonInCourse[] }) {
  const scripted = useSignal(false);
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  if (!scripted.value) return null;
  const memory = learnerStore().memory.value;
  const count = (lists: readonly (readonly unknown[])[]) => lists.reduce((sum, list) => sum + list.length, 0);
  return (
    <div class="progress controls">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.lesson}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.quiz}</th>
          </tr>
        </thead>
        <tbody>
          {lessons.map((lesson) => {
            const questions = Object.entries(lesson.rightAnswers);
            const answers = memory.answers[lesson.id] ?? {};
            const answered = questions.filter(([id]) => answers[id] !== undefined);
            const right = answered.filter(([id, texts]) => isAmong(texts, answers[id]));
            const state = lessonStateOf(memory, lesson);
            return (
              <tr key={lesson.id}>
                <th scope="row">
                  <a href={lesson.href}>{lesson.title}</a>
                </th>
                <td>{words[state]}</td>
                <td>{words.score(right.length, answered.length, questions.length)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p>
        {words.predictions(
          count([...Object.values(memory.predictions).map(chosen), ...Object.values(memory.guesses).map(Object.keys)]),
        )}
        , {words.runs(count(Object.values(memory.runs)))}, {words.exercises(memory.solved.length)},{" "}
        {words.ticks(count(Object.values(memory.ticks)))}.
      </p>
      <p>{words.also}</p>
    </div>
  );
}
export default Progress;
