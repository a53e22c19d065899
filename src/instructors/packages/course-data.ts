/** What packages are made from, as `instructors/course.json` has it. */
import type { CartridgePart } from "./course-packages.ts";
import type { LessonQuestions } from "./question-files.ts";

/** A lesson, its labs and its questions. */
export interface CourseLessonData extends LessonQuestions {
  /** Path below the site's root, with a slash at its end. */
  readonly path: string;
  readonly labs: readonly { readonly name: string; readonly title: string }[];
}

/** The course. */
export interface CourseData {
  readonly title: string;
  readonly lessons: readonly CourseLessonData[];
}

/** Links to each lesson and its labs, below the root of a site. */
export function cartridgeParts({ lessons }: CourseData, root: URL): readonly CartridgePart[] {
  return lessons.map(({ name, title, path, labs }) => ({
    title,
    links: [
      { id: `lesson-${name}`, title, address: new URL(path, root).href },
      ...labs.map((lab) => ({
        id: `lab-${lab.name}`,
        title: lab.title,
        address: new URL(`embed/${lab.name}/`, root).href,
      })),
    ],
  }));
}
