/**
 * The slides of a lesson, made from its frontmatter, its labs' definitions and the elements of its text: question,
 * predictions, lab, what came out, why, the quiz as questions to discuss. No text is written for a slide alone.
 */
import { choiceLabel } from "../../lab/runs/prediction-words.ts";
import { runWinners } from "../../lab/runs/run-comparison.ts";
import type { LabDefinition } from "../../lab-definition/schema.ts";
import { elementsNamed } from "../../mdx/page-elements.ts";
import type { LessonData, QuizQuestion } from "../../schemas/page.ts";

/** What a class commits to before a run. */
export interface SlidePrediction {
  readonly question: string;
  readonly choices: readonly string[];
}

/** A slide. What it is called on screen stands with the words. */
export type Slide =
  | { readonly kind: "title" }
  /** What users report of a lab that is broken on purpose. */
  | { readonly kind: "reports"; readonly reports: readonly string[] }
  | { readonly kind: "prediction"; readonly asked: SlidePrediction }
  /** The lab of that name, with what a run needs. */
  | { readonly kind: "lab"; readonly lab: string }
  /** What a lab's runs showed of the plans of these names. */
  | { readonly kind: "outcome"; readonly lab: string; readonly plans: readonly string[] }
  /** What the lab shows where no figure answers the question. */
  | { readonly kind: "shown"; readonly question: QuizQuestion }
  | { readonly kind: "why"; readonly points: readonly string[] }
  /** The drawing of a concept that the lesson names. */
  | { readonly kind: "drawing"; readonly concept: string }
  | { readonly kind: "question"; readonly question: QuizQuestion; readonly number: number; readonly all: number }
  | { readonly kind: "end"; readonly exercises: readonly string[] };

/** What slides are made of. */
export interface SlideSource {
  readonly lesson: Pick<LessonData, "predictions" | "keyPoints" | "quiz">;
  /** The lesson's text, in MDX. */
  readonly source: string;
  /** The lab of that name. */
  readonly lab: (name: string) => {
    readonly definition: Pick<LabDefinition, "plans" | "sides">;
    readonly exercises: readonly { readonly name: string; readonly title: string }[];
    /** What users report of it. Left out: nothing in it is broken on purpose. */
    readonly reports?: readonly string[];
  };
  /** Whether the concept of that name has a drawing. */
  readonly hasDrawing: (concept: string) => boolean;
}

/** All slides, in order. */
export function slidesOf({ lesson, source, lab, hasDrawing }: SlideSource): readonly Slide[] {
  const predicts = elementsNamed("Predict", source).map(({ attributes }) => attributes);
  const labs = namesOf("Lab", source);
  const concepts = namesOf("Term", source).filter(hasDrawing);
  const questionOf = (id: string | undefined) => lesson.predictions.find((each) => each.id === id);
  return [
    { kind: "title" },
    ...elementsNamed("Repair", source).flatMap(({ attributes: { lab: of = "" } }): Slide[] => {
      const { reports } = lab(of);
      return reports === undefined ? [] : [{ kind: "reports", reports }];
    }),
    ...predicts.flatMap(({ lab: of, plan, question }): Slide[] => {
      const chosen = questionOf(question);
      const asked = chosen ? choiceAsked(chosen) : of === undefined ? undefined : planAsked(lab(of).definition, plan);
      return asked === undefined ? [] : [{ kind: "prediction", asked }];
    }),
    ...labs.map((name): Slide => ({ kind: "lab", lab: name })),
    ...labs.map((name): Slide => {
      const plans = predicts.flatMap(({ lab: of, plan }) => (of === name && plan !== undefined ? [plan] : []));
      return { kind: "outcome", lab: name, plans };
    }),
    ...predicts.flatMap(({ question }): Slide[] => {
      const asked = questionOf(question);
      return asked === undefined ? [] : [{ kind: "shown", question: asked }];
    }),
    { kind: "why", points: lesson.keyPoints },
    ...concepts.map((concept): Slide => ({ kind: "drawing", concept })),
    ...lesson.quiz.map(
      (question, at): Slide => ({ kind: "question", question, number: at + 1, all: lesson.quiz.length }),
    ),
    { kind: "end", exercises: exercisesOf(source, lab) },
  ];
}

/** The names that elements of a text refer to, once each. */
function namesOf(element: string, source: string): readonly string[] {
  return [...new Set(elementsNamed(element, source).flatMap(({ attributes: { name } }) => name ?? []))];
}

function choiceAsked({ question, choices }: QuizQuestion): SlidePrediction {
  return { question, choices: choices.map(({ text }) => text) };
}

function planAsked(
  { plans, sides }: Pick<LabDefinition, "plans" | "sides">,
  plan: string | undefined,
): SlidePrediction | undefined {
  const asked = plans.find(({ name }) => name === plan);
  const { predict } = asked ?? {};
  if (asked === undefined || predict === undefined) return undefined;
  return {
    question: `${asked.label}. ${predict.question}`,
    choices: runWinners.map((outcome) => choiceLabel(predict, sides, outcome)),
  };
}

function exercisesOf(source: string, lab: SlideSource["lab"]): readonly string[] {
  return elementsNamed("Try", source).flatMap(({ attributes: { lab: of, exercise } }) =>
    of === undefined ? [] : lab(of).exercises.flatMap(({ name, title }) => (name === exercise ? [title] : [])),
  );
}
