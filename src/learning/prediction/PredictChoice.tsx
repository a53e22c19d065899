/**
 * A prediction that no figure of a run can answer: what somebody sees, whether something comes back. The reader
 * chooses, runs the lab, and then compares. Readable before, and without, scripts: then the answer stands behind a
 * summary.
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Prose } from "../../prose/Prose.tsx";
import type { QuizQuestion } from "../../schemas/page.ts";
import { learningStrings } from "../../strings/strings.ts";
import { withGuess, withWork } from "../progress/lesson-progress.ts";
import { learnerStore } from "../progress/progress-store.ts";
import "./predict.css";

/** What a page gives to such a prediction. */
export interface PredictChoiceProps {
  /** Path of the lesson below the site's root, under which the choice is kept. */
  readonly lesson: string;
  readonly question: QuizQuestion;
}

const words = learningStrings.prediction;

/** The question, its choices, and, once the reader compares, what the lab shows. */
export function PredictChoice({ lesson, question: { id, question, choices } }: PredictChoiceProps) {
  const scripted = useSignal(false);
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  const kept = scripted.value ? learnerStore().memory.value.guesses[lesson]?.[id] : undefined;
  const chosen = choices.find(({ text }) => text === kept?.choice);
  const shown = choices.find(({ right }) => right);
  const compared = chosen !== undefined && kept?.compared === true;
  const keep = (choice: string, closed: boolean) =>
    learnerStore().update((memory) =>
      withWork(
        withGuess(memory, lesson, id, { choice, ...(closed && { compared: true as const }) }),
        lesson,
        Date.now(),
      ),
    );
  return (
    <div class="predict predict-choice controls">
      <fieldset disabled={compared}>
        <legend>
          <Prose text={question} />
        </legend>
        {choices.map(({ text, right }) => (
          <label key={text} class="predict-line">
            <input
              type="radio"
              name={`predict-${id}`}
              checked={chosen?.text === text}
              onChange={() => keep(text, false)}
            />
            <span>
              <Prose text={text} />
              {compared && right && <span class="predict-shown"> ({words.isShown})</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {scripted.value ? (
        <>
          {chosen !== undefined && !compared && (
            <button type="button" onClick={() => keep(chosen.text, true)}>
              {words.compare}
            </button>
          )}
          <div class="predict-comparison" role="status">
            {chosen !== undefined && !compared && words.noted}
            {compared && shown && (
              <p class={chosen === shown ? "celebrated" : undefined}>
                <strong>{chosen === shown ? words.same : words.otherwise}</strong> <Prose text={shown.why} />
              </p>
            )}
          </div>
        </>
      ) : (
        shown && (
          <details>
            <summary>{words.isShown}</summary>
            <p>
              <Prose text={shown.text} /> <Prose text={shown.why} />
            </p>
          </details>
        )
      )}
    </div>
  );
}
export default PredictChoice;
