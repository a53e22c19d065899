/** What the teacher's edition of a handout answers: predictions and exercises, from the labs and their recorded runs. */
import { choiceLabel } from "../../lab/runs/prediction-words.ts";
import { applyState, type LabState, originalContent } from "../../lab/session/lab-state.ts";
import { changesText } from "../../lab/share/changes-text.ts";
import type { BrokenLab, Exercise } from "../../lab-definition/read-lab.ts";
import type { LabDefinition, LabFile } from "../../lab-definition/schema.ts";
import { elementsNamed } from "../../mdx/page-elements.ts";
import type { LessonData } from "../../schemas/page.ts";
import type { RecordedRun } from "../../schemas/recorded-run.ts";
import { recordedComparison } from "../../site/recorded-comparison.ts";
import { siteStrings } from "../../strings/strings.ts";

const words = siteStrings.handout;

/** A question of a lesson's part `Predict`, answered. */
export interface PredictionAnswer {
  readonly question: string;
  readonly answer: string;
  readonly why?: string;
}

/** A lab as a key needs it. */
export interface SolvedLab {
  readonly definition: LabDefinition;
  readonly files: readonly LabFile[];
  readonly exercises: readonly Exercise[];
  /** Left out: nothing in it is broken on purpose. */
  readonly repair?: BrokenLab | undefined;
}

/** The answers to the predictions of a lesson, in the order of its text. */
export function predictionAnswers(
  lesson: Pick<LessonData, "predictions">,
  source: string,
  lab: (name: string) => SolvedLab,
  runsOf: (lab: string) => readonly RecordedRun[],
): readonly PredictionAnswer[] {
  return elementsNamed("Predict", source).flatMap(({ attributes: { lab: of, plan, question } }): PredictionAnswer[] => {
    const chosen = lesson.predictions.find(({ id }) => id === question);
    if (chosen) {
      return chosen.choices.flatMap(({ text, right, why }) =>
        right ? [{ question: chosen.question, answer: text, why }] : [],
      );
    }
    const { plans, sides } = lab(of ?? "").definition;
    const asked = plans.find(({ name }) => name === plan);
    if (asked?.predict === undefined) return [];
    const run = runsOf(of ?? "").find((each) => each.plan === plan);
    const shown = run && recordedComparison(run, asked.predict);
    return [
      {
        question: `${asked.label}. ${asked.predict.question}`,
        answer: shown ? words.recordedAnswer(choiceLabel(asked.predict, sides, shown.outcome)) : words.runAnswers,
      },
    ];
  });
}

/** What solves an exercise or a broken lab: a diff without line numbers, commands first, under the name of their side. */
export interface SolvedTask {
  readonly title: string;
  readonly changes: string;
}

/** The exercises and the repair of a lesson, in the order of its text. */
export function solvedTasks(source: string, lab: (name: string) => SolvedLab): readonly SolvedTask[] {
  const exercises = elementsNamed("Try", source).flatMap(({ attributes: { lab: of = "", exercise } }) =>
    lab(of).exercises.flatMap(({ definition: { name, title, start, solution }, ...texts }) =>
      name === exercise
        ? [
            {
              title,
              changes: changesBetween(
                lab(of),
                { files: texts.start, commands: start.commands },
                { files: texts.solution, commands: solution.commands },
              ),
            },
          ]
        : [],
    ),
  );
  const repairs = elementsNamed("Repair", source).flatMap(({ attributes: { lab: of = "" } }) => {
    const { definition, repair } = lab(of);
    if (repair === undefined) return [];
    const { commands } = repair.definition.solution;
    return [{ title: definition.title, changes: changesBetween(lab(of), {}, { files: repair.solution, commands }) }];
  });
  return [...exercises, ...repairs];
}

interface Changed {
  readonly files?: readonly LabFile[];
  readonly commands?: LabState["commands"];
}

function changesBetween({ definition, files }: SolvedLab, before: Changed, after: Changed): string {
  return changesText(applyState(originalContent(definition, files), stateOf(before), []), stateOf(after));
}

function stateOf({ files = [], commands = {} }: Changed): LabState {
  return { version: 1, files: Object.fromEntries(files.map(({ path, text }) => [path, text])), commands };
}
