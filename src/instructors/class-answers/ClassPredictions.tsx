/** A student's page: the predictions of a lesson to choose from, and a code that carries the choices to the teacher. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { QrCode } from "../../learning/receipt/QrCode.tsx";
import { Prose } from "../../prose/Prose.tsx";
import { CopyButton } from "../../site/CopyButton.tsx";
import { siteRoot } from "../../site-root.ts";
import { classAnswerStrings } from "../../strings/strings.ts";
import { type ClassAnswers, madeUpName, readAnswers, writeAnswers } from "./class-answers.ts";
import "./class-answers.css";

const words = classAnswerStrings.student;

/** A lesson that asks for predictions. */
export interface PredictingLesson {
  /** Its name in its address: `01-two-servers`. */
  readonly name: string;
  readonly title: string;
  readonly questions: readonly { readonly question: string; readonly choices: readonly string[] }[];
}

/**
 * The questions of the lesson in the page's address, `#01-two-servers`. What is chosen stands in the address, too: a
 * page that is loaded again is the same, and nothing is stored.
 */
export function ClassPredictions({ lessons }: { readonly lessons: readonly PredictingLesson[] }) {
  const state = useSignal<ClassAnswers | undefined>(undefined);
  const alive = useSignal(false);
  useEffect(() => {
    const read = () => {
      const [answered] = readAnswers(location.hash).answers;
      const lesson = lessons.find(({ name }) => name === (answered?.lesson ?? location.hash.slice(1)));
      state.value = lesson && (answered ?? begun(lesson));
      alive.value = true;
    };
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, [lessons, state, alive]);
  if (!alive.value) return <p>{words.needsScript}</p>;
  const keep = (answers: ClassAnswers) => {
    state.value = answers;
    history.replaceState(history.state, "", writeAnswers(answers));
  };
  const lesson = lessons.find(({ name }) => name === state.value?.lesson);
  return (
    <div class="class-answers controls">
      <label class="class-lesson">
        {words.lesson}
        <select
          value={lesson?.name ?? ""}
          onChange={({ currentTarget }) => {
            const chosen = lessons.find(({ name }) => name === currentTarget.value);
            if (chosen) keep(begun(chosen));
          }}
        >
          {lesson === undefined && <option value="" />}
          {lessons.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {lesson && state.value ? (
        <Questions lesson={lesson} answers={state.value} onChoose={keep} />
      ) : (
        <p role="status">{words.choose}</p>
      )}
      <p class="class-hint">{words.hint}</p>
    </div>
  );
}
export default ClassPredictions;

function begun({ name, questions }: PredictingLesson): ClassAnswers {
  return { lesson: name, who: madeUpName(), choices: questions.map(() => undefined) };
}

interface QuestionsProps {
  readonly lesson: PredictingLesson;
  readonly answers: ClassAnswers;
  readonly onChoose: (answers: ClassAnswers) => void;
}

function Questions({ lesson: { questions }, answers, onChoose }: QuestionsProps) {
  const left = questions.filter((_, at) => answers.choices[at] === undefined).length;
  return (
    <>
      {questions.map(({ question, choices }, at) => (
        <fieldset key={question}>
          <legend>
            <Prose text={question} />
          </legend>
          {choices.map((text, number) => (
            <label key={text}>
              <input
                type="radio"
                name={`prediction-${at}`}
                checked={answers.choices[at] === number}
                onChange={() =>
                  onChoose({
                    ...answers,
                    choices: questions.map((_, each) => (each === at ? number : answers.choices[each])),
                  })
                }
              />
              <span>
                <Prose text={text} />
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <p role="status">{left > 0 ? words.left(left) : words.show}</p>
      {left === 0 && <Code answers={answers} />}
    </>
  );
}

function Code({ answers }: { readonly answers: ClassAnswers }) {
  const field = useRef<HTMLInputElement>(null);
  const link = new URL(`instructors/class/${writeAnswers(answers)}`, siteRoot()).href;
  return (
    <>
      <QrCode text={link} label={words.code} />
      <label class="class-link">
        {words.link}
        <input ref={field} type="url" readOnly value={link} />
      </label>
      <CopyButton text={link} onRefused={() => field.current?.select()} words={words} />
    </>
  );
}
