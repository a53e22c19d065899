/** At the end of a lesson: the reader says that it is done. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { learningStrings } from "../../strings/strings.ts";
import { withDone, withWork } from "./lesson-progress.ts";
import { learnerStore } from "./progress-store.ts";
import "./progress.css";

const words = learningStrings.progress;

/** What a page gives to the end of its lesson. */
export interface LessonDoneProps {
  /** Path of the lesson below the site's root. */
  readonly lesson: string;
  /** The questions of its quiz, as far as they are asked. */
  readonly questions: readonly string[];
  /** Where all that is kept can be seen. */
  readonly progress: string;
}

/**
 * A button that marks the lesson, or takes that back, and what of its quiz is open: who marks it is told, and free to.
 * Nothing where no script runs: it could not work there.
 */
export function LessonDone({ lesson, questions, progress }: LessonDoneProps) {
  const scripted = useSignal(false);
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  if (!scripted.value) return null;
  const { done: allDone, answers } = learnerStore().memory.value;
  const done = allDone.includes(lesson);
  const open = questions.filter((id) => answers[lesson]?.[id] === undefined).length;
  return (
    <div class="lesson-done controls">
      <span role="status">
        {done && words.isDone} {open > 0 && words.quizOpen(open, questions.length)}
      </span>
      <button
        type="button"
        onClick={() => learnerStore().update((memory) => withWork(withDone(memory, lesson, !done), lesson, Date.now()))}
      >
        {done ? words.takeBack : words.markDone}
      </button>
      <span class="lesson-done-where">
        {words.where} <a href={progress}>{words.see}</a>
      </span>
    </div>
  );
}
export default LessonDone;
