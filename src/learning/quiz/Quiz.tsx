/**
 * The questions at the end of a lesson. Readable before, and without, scripts: then the answers stand behind a summary.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Prose } from "../../prose/Prose.tsx";
import type { QuizChoice, QuizQuestion } from "../../schemas/page.ts";
import { learningStrings } from "../../strings/strings.ts";
import { withAnswer, withMissed, withTry } from "../progress/lesson-progress.ts";
import { learnerStore } from "../progress/progress-store.ts";
import { choicesOf } from "./choice-order.ts";
import "./quiz.css";

/** What a page gives to its quiz. */
export interface QuizProps {
  /** Path of the lesson below the site's root, under which answers are kept. */
  readonly lesson: string;
  readonly questions: readonly QuizQuestion[];
}

const words = learningStrings.quiz;

/** All questions, one below the other, and how many are answered. */
export function Quiz({ lesson, questions }: QuizProps) {
  const scripted = useSignal(false);
  // What is kept is shown once scripts run: the page was built without it.
  const memory = scripted.value ? learnerStore().memory.value : undefined;
  const answers = memory?.answers[lesson] ?? {};
  const tries = memory?.tries[lesson] ?? {};
  useEffect(() => {
    scripted.value = true;
  }, [scripted]);
  const answered = questions.flatMap(({ id, choices }) => choices.find(({ text }) => text === answers[id]) ?? []);
  return (
    <div class="quiz controls">
      <ol>
        {questions.map((question) => (
          <li key={question.id}>
            <Question
              question={question}
              // An answer counts as a try at once, and must not move what it is about.
              attempt={(tries[question.id] ?? 0) - (answers[question.id] === undefined ? 0 : 1)}
              answer={question.choices.find(({ text }) => text === answers[question.id])}
              onAnswer={
                scripted.value
                  ? (text) =>
                      learnerStore().update((memory) => {
                        const now = Date.now();
                        const given = withAnswer(memory, lesson, questions.map(asked), question.id, text);
                        const answered = text === undefined ? given : withTry(given, lesson, question.id, now);
                        const missed = question.choices.some((choice) => choice.text === text && !choice.right);
                        return missed ? withMissed(answered, lesson, question.id, now) : answered;
                      })
                  : undefined
              }
            />
          </li>
        ))}
      </ol>
      <p class="quiz-score" role="status">
        {answered.length > 0 &&
          words.answered(answered.filter(({ right }) => right).length, answered.length, questions.length)}
      </p>
    </div>
  );
}
export default Quiz;

const asked = ({ id, choices }: QuizQuestion) => ({ id, right: choices.find(({ right }) => right)?.text });

/** What a question is given. */
export interface QuestionProps {
  readonly question: QuizQuestion;
  /** How often it was answered before, for the order of its choices. */
  readonly attempt?: number;
  /** What the reader answered. */
  readonly answer: QuizChoice | undefined;
  /** The reader answers, or takes an answer back. Missing where nothing can be answered yet. */
  readonly onAnswer: ((text: string | undefined) => void) | undefined;
  /** What the button says once it is answered, where that takes no answer back. */
  readonly onward?: string;
}

/** A question with its choices, and what is said of an answer. */
export function Question({ question: asks, attempt = 0, answer, onAnswer, onward }: QuestionProps) {
  const { id, question } = asks;
  const choices = useMemo(() => choicesOf(asks.choices, id, attempt), [asks, id, attempt]);
  const chosen = useSignal<string | undefined>(undefined);
  const asked = useSignal(false);
  const settled = answer !== undefined;
  const fieldset = useRef<HTMLFieldSetElement>(null);
  // What was chosen before scripts ran stands in the page, and nobody has told us.
  useEffect(() => {
    const place = [...(fieldset.current?.querySelectorAll("input") ?? [])].findIndex(({ checked }) => checked);
    chosen.value ??= choices[place]?.text;
  }, [chosen, choices]);
  const check = () => {
    asked.value = chosen.value === undefined;
    onAnswer?.(settled ? undefined : chosen.value);
  };
  return (
    <>
      <fieldset
        ref={fieldset}
        disabled={settled}
        onKeyDown={(event) => {
          if (event.key === "Enter") check();
        }}
      >
        <legend>
          <Prose text={question} />
        </legend>
        {choices.map((choice) => (
          <label key={choice.text} class={settled ? markOf(choice, answer) : undefined}>
            <input
              type="radio"
              name={`quiz-${id}`}
              checked={(answer?.text ?? chosen.value) === choice.text}
              onChange={() => {
                chosen.value = choice.text;
                asked.value = false;
              }}
            />
            <span>
              <Prose text={choice.text} />
              {settled && <Mark choice={choice} answer={answer} />}
            </span>
          </label>
        ))}
      </fieldset>
      {onAnswer === undefined ? (
        <details class="quiz-answer">
          <summary>{words.answer}</summary>
          <Explained choices={choices} />
        </details>
      ) : (
        <div class="quiz-check">
          <button type="button" onClick={check}>
            {settled ? (onward ?? words.again) : words.check}
          </button>
          <div role="status">
            {asked.value && <p>{words.chooseFirst}</p>}
            {answer && <Verdict choices={choices} answer={answer} />}
          </div>
        </div>
      )}
    </>
  );
}

function markOf(choice: QuizChoice, answer: QuizChoice): string | undefined {
  if (choice.right) return "quiz-right";
  return choice === answer ? "quiz-wrong" : undefined;
}

/** Says beside a choice what it turned out to be: not by colour alone. */
function Mark({ choice, answer }: { readonly choice: QuizChoice; readonly answer: QuizChoice }) {
  const said = [...(choice === answer ? [words.yours] : []), ...(choice.right ? [words.isRight] : [])];
  return said.length === 0 ? null : <span class="quiz-mark"> ({said.join(", ")})</span>;
}

/** What is said of an answer: why it is not right, and then why another one is. */
function Verdict({ choices, answer }: { readonly choices: readonly QuizChoice[]; readonly answer: QuizChoice }) {
  const right = choices.find((choice) => choice.right);
  if (answer.right || right === undefined) {
    return (
      <p>
        <strong>{words.right}</strong> <Prose text={answer.why} />
      </p>
    );
  }
  return (
    <>
      <p>
        <strong>{words.wrong}</strong> <Prose text={answer.why} />
      </p>
      <p class="quiz-right-is">
        <strong>{words.rightIs}</strong> <Prose text={right.text} /> <Prose text={right.why} />
      </p>
    </>
  );
}

/** Every choice with its explanation, the right one first. */
function Explained({ choices }: { readonly choices: readonly QuizChoice[] }) {
  const rightFirst = [...choices].sort((a, b) => Number(b.right ?? false) - Number(a.right ?? false));
  return (
    <dl>
      {rightFirst.map(({ text, right, why }) => (
        <div key={text}>
          <dt>
            <Prose text={text} />
            {right && <span class="quiz-mark"> ({words.isRight})</span>}
          </dt>
          <dd>
            <Prose text={why} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
