/** What a presenter is told about a slide, from what the lesson says to instructors. */
import type { LessonData } from "../../schemas/page.ts";
import { siteStrings, slideStrings } from "../../strings/strings.ts";
import type { Slide } from "./slides-of.ts";

const words = slideStrings.notes;
const headings = siteStrings.instructors;

/** A sentence, or a heading with a list. */
export interface NotesPart {
  readonly heading: string;
  /** Empty for a sentence alone. */
  readonly lines: readonly string[];
}

/** The notes on a slide. The answer key of a question stands with the question. */
export function notesOn(
  { kind }: Slide,
  { minutes, objectives, instructors }: Pick<LessonData, "minutes" | "objectives" | "instructors">,
): readonly NotesPart[] {
  const { misconceptions, ask, goesWrong, faults = [] } = instructors;
  const sentence = (heading: string): NotesPart => ({ heading, lines: [] });
  const believed = {
    heading: headings.misconceptions,
    lines: misconceptions.map(({ says, really }) => words.says(says, really)),
  };
  const questions = { heading: headings.ask, lines: ask };
  switch (kind) {
    case "title":
      return [sentence(headings.readingTime(minutes)), { heading: headings.afterwards, lines: objectives }];
    case "reports":
      return [questions];
    case "prediction":
      return [sentence(words.commit), believed];
    case "lab":
      return [
        sentence(words.elsewhere),
        { heading: headings.goesWrong, lines: goesWrong.map(({ what, then }) => words.remedy(what, then)) },
        ...(faults.length === 0
          ? []
          : [
              {
                heading: headings.faults,
                lines: faults.map(({ symptom, cause, repair }) => words.fault(symptom, cause, repair)),
              },
            ]),
      ];
    case "outcome":
    case "shown":
      return [questions];
    case "why":
      return [believed, questions];
    case "drawing":
    case "question":
    case "end":
      return [];
  }
}
