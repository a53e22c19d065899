/** The course as its pages are: the lessons, in order. */
import { elementsNamed } from "../mdx/page-elements.ts";
import type { LessonData } from "../schemas/page.ts";
import { contentPages } from "./content-pages.ts";
import type { SiteLanguage } from "./languages.ts";

/** A lesson and its page. */
export interface CourseLesson {
  /** Path below the site's root in English, which names it in every language. */
  readonly id: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly href: string;
  /** Names of the labs on its page. */
  readonly labs: readonly string[];
  readonly data: LessonData;
}

/** The lessons, in the order of the course; those that this language does not have, in English. */
export async function courseLessons(language: SiteLanguage = "en"): Promise<readonly CourseLesson[]> {
  const pages = await contentPages(language);
  return pages
    .flatMap(({ id, data, body, href }) =>
      data.kind === "lesson"
        ? [
            {
              id,
              title: data.title,
              description: data.description,
              href,
              labs: elementsNamed("Lab", body).flatMap(({ attributes: { name } }) => name ?? []),
              data,
            },
          ]
        : [],
    )
    .sort((a, b) => a.id.localeCompare(b.id));
}
