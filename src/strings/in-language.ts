/**
 * The language in force. Sentences are written in English (`en/`); where another language is spoken, `wordsInForce`
 * gives its words instead: in its pages, a script that runs before all others (`src/strings/page/es.ts`); in the
 * build, one that knows the language of the page being built (`src/integrations/languages.ts`). Without it, English is spoken.
 */

declare global {
  /** The words of this name in the language in force, or the English ones where that has none. */
  var wordsInForce: (<Words extends object>(name: string, english: Words) => Words) | undefined;
}

/**
 * The words of a part of the site, in the language in force.
 *
 * @param name of the part, as `strings.ts` exports it
 * @param english what it says in English
 */
// @__NO_SIDE_EFFECTS__
export const inLanguage = <Words extends object>(name: string, english: Words): Words =>
  globalThis.wordsInForce?.(name, english) ?? english;
