/** The labs of the course, for pages that are made from lessons. */
import { type CollectionEntry, getCollection, getEntry } from "astro:content";
import type { SiteLanguage } from "./languages.ts";

/** What a lab's folder holds. */
export type LabData = CollectionEntry<"labs">["data"];

/**
 * The lab of this name, with its words in this language if they are translated.
 *
 * @param usage how the component that wants it was written, for the message
 * @throws Error if there is no such lab
 */
export async function labNamed(name: string, usage: string, language: SiteLanguage): Promise<LabData> {
  const translated = (await getCollection("translatedLabs")).find(({ id }) => id === `${language}/${name}`);
  const entry = translated ?? (await getEntry("labs", name));
  if (entry === undefined) throw new Error(`${usage}: there is no folder content/labs/${name}/.`);
  return entry.data;
}

/**
 * Finds labs by the names of their folders.
 *
 * @returns a function that throws where there is no such folder, in the name of the lesson that asks
 */
export async function labFinder(): Promise<(name: string, lesson: string) => LabData> {
  const labs = new Map((await getCollection("labs")).map(({ id, data }) => [id, data]));
  return (name, lesson) => {
    const data = labs.get(name);
    if (data === undefined) throw new Error(`${lesson}: there is no folder content/labs/${name}/.`);
    return data;
  };
}

/** A lab as its class sees it: without texts and solutions, and where it is broken, what users report of it. */
export function withoutSolutions({ definition, exercises, repair }: LabData) {
  return {
    definition,
    exercises: exercises.map((exercise) => exercise.definition),
    ...(repair && { reports: repair.definition.symptoms.map(({ report }) => report) }),
  };
}
