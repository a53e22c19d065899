/** The lessons of the course as receipts and assignments speak of them. */
import type { AssignableLesson } from "../learning/assignment/AssignmentPage.tsx";
import type { QuizQuestion } from "../schemas/page.ts";
import { courseLessons } from "./course.ts";
import { type SiteLanguage, translatedLanguages } from "./languages.ts";

/** All lessons, in the order of the course. A quiz may have been answered in any language. */
export async function receiptLessons(language: SiteLanguage = "en"): Promise<readonly AssignableLesson[]> {
  const others = (["en", ...translatedLanguages] as const).filter((each) => each !== language);
  const translations = await Promise.all(others.map((each) => courseLessons(each)));
  return (await courseLessons(language)).map(({ id, title, href, labs, data }) => {
    const inOthers = translations.flatMap((lessons) => lessons.filter((lesson) => lesson.id === id));
    return {
      ...{ id, title, href, labs },
      rightAnswers: rightOf([data, ...inOthers.map((lesson) => lesson.data)].map(({ quiz }) => quiz)),
      shownChoices: rightOf([data, ...inOthers.map((lesson) => lesson.data)].map(({ predictions }) => predictions)),
    };
  });
}

/** Texts of the right choices by question, in the order of the languages, each once. */
function rightOf(languages: readonly (readonly QuizQuestion[])[]): Readonly<Record<string, readonly string[]>> {
  const [questions = []] = languages;
  return Object.fromEntries(
    questions.map(({ id }) => {
      const same = languages.flat().filter((question) => question.id === id);
      const texts = same.flatMap(({ choices }) => choices.filter(({ right }) => right).map(({ text }) => text));
      return [id, [...new Set(texts)]] as const;
    }),
  );
}
