/** The course as its pages are: the lessons, in order. */
import { getCollection } from "astro:content";
import { elementsNamed } from "../mdx/page-elements.ts";
import type { LessonData } from "../schemas/page.ts";

/** A lesson and its page. */
export interface CourseLesson {
  /** Path below the site's root. */
  readonly id: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly href: string;
  /** Names of the labs on its page. */
  readonly labs: readonly string[];
  readonly data: LessonData;
}

/** The lessons, in the order of the course. */
export async function courseLessons(): Promise<readonly CourseLesson[]> {
  const pages = await getCollection("docs");
  return pages
    .flatMap(({ id, data, body = "" }) =>
      data.kind === "lesson"
        ? [
            {
              id,
              title: data.title,
              description: data.description,
              href: `${import.meta.env.BASE_URL}${id}/`,
              labs: elementsNamed("Lab", body).flatMap(({ attributes: { name } }) => name ?? []),
              data,
            },
          ]
        : [],
    )
    .sort((a, b) => a.id.localeCompare(b.id));
}
