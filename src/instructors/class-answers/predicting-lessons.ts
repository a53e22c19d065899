/** The lessons that ask for predictions, as a class answers them. */
import { labFinder, withoutSolutions } from "../../site/course-labs.ts";
import { lessonNumber } from "../../site/lesson-number.ts";
import { lessonPaths } from "../../site/lesson-paths.ts";
import { slideStrings } from "../../strings/strings.ts";
import { slidesOf } from "../slides/slides-of.ts";
import type { PredictingLesson } from "./ClassPredictions.tsx";

/** All of them, in the order of the course, each with the questions of its slides. */
export async function predictingLessons(): Promise<PredictingLesson[]> {
  const findLab = await labFinder();
  return (await lessonPaths()).flatMap(({ params, props: { id, lesson, source } }) => {
    const slides = slidesOf({
      lesson,
      source,
      lab: (name) => withoutSolutions(findLab(name, id)),
      hasDrawing: () => false,
    });
    const questions = slides.flatMap((slide) => (slide.kind === "prediction" ? [slide.asked] : []));
    const title = `${slideStrings.lessonNumber(lessonNumber(id))}: ${lesson.title}`;
    return questions.length === 0 ? [] : [{ name: params.lesson, title, questions }];
  });
}
