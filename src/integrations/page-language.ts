/** Builds each page in its language: a middleware of Astro. */
import { defineMiddleware } from "astro:middleware";
import { languageOfPage, withoutLanguage } from "../site/languages.ts";

/** Starlight names links to headings in the language of the folder that it would have put the page in. */
const headingLink = /(<span class="sr-only"[^>]*>)Section titled “([^”]*)”/g;

function withLinksOfHeadings(html: string, t: App.Locals["t"]): string {
  const main = html.search(/<main\b[^>]*\slang="en"/);
  if (main >= 0) return html;
  return html.replace(
    headingLink,
    (_, before: string, title: string) =>
      before + t("heading.anchorLabel", { title, interpolation: { escapeValue: false } }),
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
    return new Response(withLinksOfHeadings(await response.text(), context.locals.t), response);
  });
});
