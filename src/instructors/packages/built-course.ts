/** The course as packages for course systems need it. */
import { getCollection } from "astro:content";
import { courseLessons } from "../../site/course.ts";
import { siteStrings } from "../../strings/strings.ts";
import type { CourseData } from "./course-data.ts";

/** All lessons with their labs and questions. */
export async function builtCourse(): Promise<CourseData> {
  const titles = new Map((await getCollection("labs")).map(({ id, data }) => [id, data.definition.title]));
  return {
    title: siteStrings.site.title,
    lessons: (await courseLessons()).map(({ id, title, labs, data }) => ({
      name: id.replace(/^.*\//, ""),
      title,
      path: `${id}/`,
      labs: labs.map((name) => ({ name, title: titles.get(name) ?? name })),
      questions: data.quiz,
    })),
  };
}
