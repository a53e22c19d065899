/** Builds each page in its language: a middleware of Astro. */
import { defineMiddleware } from "astro:middleware";
import { languageOfPage, withoutLanguage } from "../site/languages.ts";

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
    return new Response(await response.text(), response);
  });
});
