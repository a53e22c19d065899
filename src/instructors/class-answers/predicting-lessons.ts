/** The lessons that ask for predictions, as a class answers them. */
import { getCollection } from "astro:content";
import { lessonNumber } from "../../site/lesson-number.ts";
import { lessonPaths } from "../../site/lesson-paths.ts";
import { slideStrings } from "../../strings/strings.ts";
import { slidesOf } from "../slides/slides-of.ts";
import type { PredictingLesson } from "./ClassPredictions.tsx";

/** All of them, in the order of the course, each with the questions of its slides. */
export async function predictingLessons(): Promise<PredictingLesson[]> {
  const labs = new Map((await getCollection("labs")).map((entry) => [entry.id, entry.data]));
  const lessons = (await lessonPaths()).sort((a, b) => a.props.id.localeCompare(b.props.id));
  return lessons.flatMap(({ params, props: { id, lesson, source } }) => {
    const slides = slidesOf({
      lesson,
      source,
      lab: (name) => {
        const data = labs.get(name);
        if (data === undefined) throw new Error(`${id}: there is no folder content/labs/${name}/.`);
        return { definition: data.definition, exercises: [] };
      },
      hasDrawing: () => false,
    });
    const questions = slides.flatMap((slide) => (slide.kind === "prediction" ? [slide.asked] : []));
    const title = `${slideStrings.lessonNumber(lessonNumber(id))}: ${lesson.title}`;
    return questions.length === 0 ? [] : [{ name: params.lesson, title, questions }];
  });
}
