/** All that the site says in Spanish. What is not here is said in English. */
import { exerciseStrings } from "./es/lab-exercise.ts";
import { siteStrings } from "./es/site.ts";
import type { Translation } from "./translation.ts";

export const spanish: Translation = {
  exerciseStrings,
  siteStrings,
};
