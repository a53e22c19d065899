/** At the end of a lesson: the reader says that it is done. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { learningStrings } from "../../strings/strings.ts";
import { withDone, withWork } from "./lesson-progress.ts";
import { learnerStore } from "./progress-store.ts";
import "./progress.css";

const words = learningStrings.progress;

/** A button that marks the lesson, or takes that back. Nothing where no script runs: it could not work there. */
export function LessonDone({ lesson, progress }: { readonly lesson: string; readonly progress: string }) {
  const scripted = useSignal(false);
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  if (!scripted.value) return null;
  const done = learnerStore().memory.value.done.includes(lesson);
  return (
    <div class="lesson-done controls">
      <span role="status">{done && words.isDone}</span>
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
