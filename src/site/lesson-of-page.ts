/** The lesson whose page is being built, for components that show what its frontmatter says. */
import type { APIContext } from "astro";
import type { LessonData } from "../schemas/page.ts";
import { withoutLanguage } from "./languages.ts";

/** A component stands on a page that has not what it needs. */
export class ComponentUseError extends Error {
  override readonly name = "ComponentUseError";
}

/**
 * The lesson and its path below the site's root in English, under which all that a reader does is kept.
 *
 * @param usage how the component was written, for the message
 * @throws ComponentUseError on a page that is no lesson
 */
export function lessonOfPage(
  locals: APIContext["locals"],
  usage: string,
): { readonly id: string; readonly data: LessonData } {
  const { id, data } = locals.starlightRoute.entry;
  if (data.kind !== "lesson") throw new ComponentUseError(`${usage} stands in ${id}, which is no lesson.`);
  return { id: withoutLanguage(id), data };
}
