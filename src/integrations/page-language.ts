/** Builds each page in its language: a middleware of Astro. */
import { defineMiddleware } from "astro:middleware";
import { languageOfPage, withoutLanguage } from "../site/languages.ts";

/**
 * What Starlight and its code blocks say within a text. They say it in the language of the folder that Starlight would
 * have put the text in, and ours stand elsewhere.
 */
const namesOfLinks = /(<span class="sr-only"[^>]*>)Section titled “([^”]*)”/g;
const namesOfTerminals = /(<span class="sr-only"[^>]*>)Terminal window</g;
const copyButtons = /title="Copy to clipboard"(\s+data-copied=)"Copied!"/g;

/** The page with those words in its language, too. A text that is not translated keeps them. */
function withWordsInText(html: string, t: App.Locals["t"]): string {
  if (/<main\b[^>]*\slang="en"/.test(html)) return html;
  const section = (title: string) => t("heading.anchorLabel", { title, interpolation: { escapeValue: false } });
  return html
    .replace(namesOfLinks, (_, before: string, title: string) => before + section(title))
    .replace(namesOfTerminals, (_, before: string) => `${before}${t("expressiveCode.terminalWindowFallbackTitle")}<`)
    .replace(
      copyButtons,
      (_, between: string) =>
        `title="${t("expressiveCode.copyButtonTooltip")}"${between}"${t("expressiveCode.copyButtonCopied")}"`,
    );
}

export const onRequest = defineMiddleware((context, next) => {
  const language = languageOfPage(context);
  if (language === "en" || globalThis.speakingLanguage === undefined) return next();
  return globalThis.speakingLanguage(language, async () => {
    const response = await next();
    // While the site is being written, a page that exists in English alone; the built site links to that.
    if (response.status === 404) {
      const base = import.meta.env.BASE_URL;
      return context.redirect(`${base}${withoutLanguage(context.url.pathname.slice(base.length))}`);
    }
    // A page is made while it is read, so it has to be read in here.
    return new Response(withWordsInText(await response.text(), context.locals.t), response);
  });
});
