/** The paths of pages that each lesson has one of, for `getStaticPaths`. */
import type { LessonData } from "../schemas/page.ts";
import { contentPages } from "./content-pages.ts";

/** A lesson's page: `lesson` is its name in the address, without `lessons/`. */
export interface LessonPath {
  readonly params: { readonly lesson: string };
  readonly props: {
    /** Path of the lesson below the site's root. */
    readonly id: string;
    readonly lesson: LessonData & { readonly title: string; readonly description?: string | undefined };
    /** Its text, in MDX. */
    readonly source: string;
  };
}

/** One for each lesson, in the order of the course. */
export async function lessonPaths(): Promise<LessonPath[]> {
  const pages = await contentPages();
  return pages
    .flatMap(({ id, data, body }) =>
      data.kind === "lesson"
        ? [{ params: { lesson: id.replace(/^lessons\//, "") }, props: { id, lesson: data, source: body } }]
        : [],
    )
    .sort((a, b) => a.props.id.localeCompare(b.props.id));
}
