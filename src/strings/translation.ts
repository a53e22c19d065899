/** What the words of another language must be, so that they fit where the English ones stand. */
import type * as English from "./en.ts";

/** The same words in another language: texts for texts, functions of the same figures, lists of the same length. */
export type Words<Original> = Original extends string
  ? string
  : Original extends (...figures: infer Figures) => infer Said
    ? (...figures: Figures) => Words<Said>
    : { readonly [Key in keyof Original]: Words<Original[Key]> };

/** Some of the parts of a group of words, each of them whole. What is left out is said in English. */
export type PartsOf<Original> = { readonly [Key in keyof Original]?: Words<Original[Key]> };

/** Another language: the exports of `en.ts` that it has, by their names. What is left out is said in English. */
export type Translation = { readonly [Name in keyof typeof English]?: PartsOf<(typeof English)[Name]> };

/** The words of a group in another language, the English ones where it has none. */
export function spoken<Original extends object>(translation: object, name: string, english: Original): Original {
  const words: unknown = Reflect.get(translation, name);
  return typeof words === "object" ? Object.assign({}, english, words) : english;
}

/**
 * The same words, looked up anew at each use: for the build, where one module speaks all languages.
 *
 * @param current the words as the language in force has them
 */
export function lookedUp<Original extends object>(english: Original, current: () => object): Original {
  return new Proxy(english, {
    get: (_, key) => {
      const value: unknown = Reflect.get(current(), key);
      return isGroup(value) ? lookedUp(value, () => groupAt(current(), key)) : value;
    },
  });
}

function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function groupAt(words: object, key: PropertyKey): object {
  const value: unknown = Reflect.get(words, key);
  return isGroup(value) ? value : {};
}
