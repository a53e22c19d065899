/**
 * The languages that pages come in. English stands at the root of the site and of `content/`; each other language stands
 * below a folder of its name, in both.
 */

/** A language, by its name in addresses and folders. */
export type SiteLanguage = "en" | "es";

/** The name of each language in the language itself, in the order of the picker. */
export const languageNames: Readonly<Record<SiteLanguage, string>> = { en: "English", es: "Español" };

/** All but English, which the others are made from. */
export const translatedLanguages = ["es"] as const satisfies readonly SiteLanguage[];

/** Pages beside `content/` that every language has, by their paths: `src/pages/<language>/` has a file for each. */
export const translatedPages: readonly string[] = ["", "assignment/", "progress/", "review/"];

/** The language of a path below the site's root: `es` of `es/lessons/01-two-servers`. */
export function languageOf(path: string): SiteLanguage {
  return translatedLanguages.find((language) => path === language || path.startsWith(`${language}/`)) ?? "en";
}

/** The path of the same page in English, which names the page whatever its language. */
export function withoutLanguage(path: string): string {
  const language = languageOf(path);
  return language === "en" ? path : path.slice(language.length + 1);
}

/** The folder of a language below the site's root, with its slash: empty for English. */
export function languageFolder(language: SiteLanguage): string {
  return language === "en" ? "" : `${language}/`;
}

/** The language of the page with this address, in a site below `base`. */
export function languageOfPage({ url }: { readonly url: URL }, base: string = import.meta.env.BASE_URL): SiteLanguage {
  return languageOf(url.pathname.slice(base.length));
}
