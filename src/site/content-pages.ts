/** The pages of `content/`, as a language has them. */
import { type CollectionEntry, getCollection } from "astro:content";
import { languageFolder, languageOf, type SiteLanguage, withoutLanguage } from "./languages.ts";

/** A page of `content/`. */
export interface ContentPage {
  /** Path below the site's root in English, which names the page in every language. */
  readonly id: string;
  readonly data: CollectionEntry<"docs">["data"];
  /** Its text, in MDX. */
  readonly body: string;
  /** The language of what it says: English where it is not translated. */
  readonly language: SiteLanguage;
  /** Where it is in this language; what is not translated stands there in English. */
  readonly href: string;
}

/** Every page, each in this language or, where it is not translated, in English. */
export async function contentPages(language: SiteLanguage = "en"): Promise<readonly ContentPage[]> {
  const all = await getCollection("docs");
  const translated = new Map(
    all.flatMap((page) => (languageOf(page.id) === language ? [[withoutLanguage(page.id), page] as const] : [])),
  );
  return all
    .filter(({ id }) => languageOf(id) === "en")
    .map(({ id, ...page }) => {
      const { data, body = "" } = translated.get(id) ?? page;
      const spoken = translated.has(id) ? language : "en";
      return { id, data, body, language: spoken, href: `${import.meta.env.BASE_URL}${languageFolder(language)}${id}/` };
    });
}
