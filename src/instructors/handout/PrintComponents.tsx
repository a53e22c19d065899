/**
 * What the components of a lesson are on paper: a lab is its command lines, a question has boxes to tick and room to
 * write.
 */
import type { ComponentChildren } from "preact";
import { formatCount, formatRate, formatTime } from "../../lab/basics/number-format.ts";
import { planInWords } from "../../lab/runs/plan-words.ts";
import { choiceLabel } from "../../lab/runs/prediction-words.ts";
import { runWinners } from "../../lab/runs/run-comparison.ts";
import type { LabDefinition, SideName } from "../../lab-definition/schema.ts";
import { Prose } from "../../prose/Prose.tsx";
import type { LessonData, QuizQuestion } from "../../schemas/page.ts";
import type { RecordedFigure, RecordedRun } from "../../schemas/recorded-run.ts";
import { siteStrings } from "../../strings/strings.ts";

const words = siteStrings.handout;

/** A lab as an exercise on paper sees it. */
export interface PrintableLab {
  readonly definition: LabDefinition;
  readonly exercises: readonly { readonly name: string; readonly title: string }[];
  /** What readers report, where the lab is broken. */
  readonly reports?: readonly string[];
}

/** What the components of a text refer to by name. */
export interface Named {
  readonly lesson: LessonData;
  readonly lab: (name: string) => PrintableLab;
  readonly run: (name: string) => RecordedRun;
}

/** A component as MDX calls it. */
export type PrintComponent = (properties: Readonly<Record<string, unknown>>) => ComponentChildren;

/** What stands inside of a component, without the component. */
export function Inside({ children }: { readonly children?: ComponentChildren }) {
  return <>{children}</>;
}

/** Lines to write on. */
export function AnswerLines({ lines }: { readonly lines: number }) {
  return (
    <div class="room" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} class="line" />
      ))}
    </div>
  );
}

/** The components that are something else on paper. All others are what stands inside of them. */
export function paperComponents({ lesson, lab, run }: Named): Readonly<Record<string, PrintComponent>> {
  return {
    Lab: ({ name }) => <Lab {...lab(String(name))} />,
    Predict: ({ lab: of, plan, question }) =>
      question === undefined ? (
        <Predict definition={lab(String(of)).definition} plan={String(plan)} />
      ) : (
        <PredictChoice asked={lesson.predictions.find(({ id }) => id === question)} />
      ),
    Follow: () => <AnswerLines lines={3} />,
    Audit: () => <AnswerLines lines={8} />,
    Chooser: () => <AnswerLines lines={6} />,
    Try: ({ lab: of, exercise, children }) => {
      const found = lab(String(of)).exercises.find(({ name }) => name === exercise);
      return (
        <section class="keep">
          {found && <h3>{found.title}</h3>}
          <Inside>{isRenderable(children) ? children : undefined}</Inside>
          <AnswerLines lines={3} />
        </section>
      );
    },
    Repair: ({ lab: of }) => (
      <ol>
        {lab(String(of)).reports?.map((report) => (
          <li key={report} class="keep">
            <Prose text={report} />
            <AnswerLines lines={2} />
          </li>
        ))}
      </ol>
    ),
    Recorded: ({ run: name, side, figure }) => <>{figureOf(run(String(name)), side, figure)}</>,
    KeyPoints: () => (
      <ul>
        {lesson.keyPoints.map((point) => (
          <li key={point}>
            <Prose text={point} />
          </li>
        ))}
      </ul>
    ),
    Quiz: () => <Quiz questions={lesson.quiz} />,
  };
}

function isRenderable(value: unknown): value is ComponentChildren {
  return value !== null && value !== undefined;
}

const sides = ["development", "production"] as const satisfies readonly SideName[];

function Lab({ definition }: PrintableLab) {
  return (
    <div class="lab keep">
      <p class="title">{siteStrings.staticLab.label(definition.title)}</p>
      <dl>
        {sides.map((side) => (
          <div key={side}>
            <dt>{definition.sides[side].title}</dt>
            <dd>
              <code>$ {definition.sides[side].command}</code>
            </dd>
            {definition.sides[side].beside && (
              <dd>
                {definition.sides[side].beside?.title}: <code>$ {definition.sides[side].beside?.command}</code>
              </dd>
            )}
          </div>
        ))}
      </dl>
      <table>
        <caption>{words.results}</caption>
        <thead>
          <tr>
            <th scope="col">{words.plan}</th>
            {sides.map((side) => (
              <th key={side} scope="col">
                {definition.sides[side].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {definition.plans
            .filter(({ use }) => use === undefined)
            .map((plan) => (
              <tr key={plan.name}>
                <th scope="row">
                  {plan.label}
                  <span class="small">{planInWords(plan)}</span>
                </th>
                <td />
                <td />
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function Predict({ definition, plan }: { readonly definition: LabDefinition; readonly plan: string }) {
  const asked = definition.plans.find(({ name }) => name === plan);
  const predict = asked?.predict;
  if (asked === undefined || predict === undefined) return null;
  return (
    <div class="question keep">
      <p>
        <strong>{asked.label}.</strong> {predict.question}
      </p>
      <ul class="boxes">
        {runWinners.map((outcome) => (
          <li key={outcome}>{choiceLabel(predict, definition.sides, outcome)}</li>
        ))}
      </ul>
    </div>
  );
}

function PredictChoice({ asked }: { readonly asked: QuizQuestion | undefined }) {
  if (asked === undefined) return null;
  return (
    <div class="question keep">
      <p>
        <Prose text={asked.question} />
      </p>
      <ul class="boxes">
        {asked.choices.map(({ text }) => (
          <li key={text}>
            <Prose text={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Quiz({ questions }: { readonly questions: readonly QuizQuestion[] }) {
  return (
    <ol class="quiz">
      {questions.map(({ id, question, choices }) => (
        <li key={id} class="keep">
          <p>
            <Prose text={question} />
          </p>
          <ul class="boxes">
            {choices.map(({ text }) => (
              <li key={text}>
                <Prose text={text} />
              </li>
            ))}
          </ul>
          <p class="small">{words.because}</p>
          <AnswerLines lines={2} />
        </li>
      ))}
    </ol>
  );
}

function figureOf({ sides: figures }: RecordedRun, side: unknown, figure: unknown): string {
  const of = figures[side === "production" ? "production" : "development"];
  const name: RecordedFigure =
    figure === "median" || figure === "p95" || figure === "p99" || figure === "errors" ? figure : "rate";
  const value = of[name];
  if (name === "rate") return formatRate(value);
  return name === "errors" ? formatCount(value ?? 0) : formatTime(value);
}
