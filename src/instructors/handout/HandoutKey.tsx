/** The key at the end of a teacher's handout: predictions, exercises, quiz. */
import { Prose } from "../../prose/Prose.tsx";
import type { LessonData } from "../../schemas/page.ts";
import { siteStrings } from "../../strings/strings.ts";
import type { PredictionAnswer, SolvedTask } from "./key-answers.ts";

const words = siteStrings.handout;

/** What a page gives. */
export interface HandoutKeyProps {
  readonly lesson: Pick<LessonData, "quiz">;
  readonly predictions: readonly PredictionAnswer[];
  readonly tasks: readonly SolvedTask[];
}

/** All answers of a lesson. Parts that it does not have are left out. */
export function HandoutKey({ lesson, predictions, tasks }: HandoutKeyProps) {
  return (
    <section class="key">
      <h2>{words.key}</h2>
      {predictions.length > 0 && (
        <>
          <h3>{words.keyPredictions}</h3>
          <ol>
            {predictions.map(({ question, answer, why }) => (
              <li key={question} class="keep">
                <Prose text={question} />{" "}
                <strong>
                  <Prose text={answer} />
                </strong>{" "}
                {why && <Prose text={why} />}
              </li>
            ))}
          </ol>
        </>
      )}
      {tasks.length > 0 && (
        <>
          <h3>{words.keyTasks}</h3>
          <p class="small">{words.keyTasksHint}</p>
          {tasks.map(({ title, changes }) => (
            <div key={title}>
              <p class="title">{title}</p>
              <pre>
                <code>{changes}</code>
              </pre>
            </div>
          ))}
        </>
      )}
      <h3>{words.keyQuiz}</h3>
      <ol>
        {lesson.quiz.map(({ id, question, choices }) => (
          <li key={id} class="keep">
            <Prose text={question} />
            <ul>
              {choices.map(({ text, right, why }) => (
                <li key={text} class={right ? "right" : undefined}>
                  {right ? (
                    <strong>
                      <Prose text={text} />
                    </strong>
                  ) : (
                    <Prose text={text} />
                  )}{" "}
                  <Prose text={why} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}
