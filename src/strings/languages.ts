/** The door for the build and for tests, which speak all languages; pages take their words from `strings.ts`. */
import * as english from "./en.ts";
import { spanish, spanishInBuild } from "./es.ts";
import type { Translation } from "./translation.ts";

export { lookedUp, spoken } from "./translation.ts";

/** The words that every other language is made from. */
export const englishWords: object = english;

/** The languages that the site speaks besides English, by their names in addresses. */
export const translations: { readonly es: Translation } = {
  es: { ...spanish, ...spanishInBuild },
};
