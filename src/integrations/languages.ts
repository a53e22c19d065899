/** Lets the words of `src/strings/` know the language of the page that is being built. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { AstroIntegration } from "astro";
import type { SiteLanguage } from "../site/languages.ts";

import { lookedUp, spoken, translations } from "../strings/languages.ts";

declare global {
  /** Builds a page in a language: what is said within is said in it. */
  var speakingLanguage: (<Result>(language: SiteLanguage, within: () => Result) => Result) | undefined;
}

const inForce = new AsyncLocalStorage<SiteLanguage>();

function wordsInForce<English extends object>(name: string, english: English): English {
  return lookedUp(english, () => {
    const language = inForce.getStore() ?? "en";
    return language === "en" ? english : spoken(translations[language], name, english);
  });
}

/** Must stand before every integration whose pages say something. */
export function languages(): AstroIntegration {
  return {
    name: "languages",
    hooks: {
      "astro:config:setup": ({ addMiddleware }) => {
        globalThis.wordsInForce = wordsInForce;
        globalThis.speakingLanguage = (language, within) => inForce.run(language, within);
        addMiddleware({ order: "pre", entrypoint: new URL("./page-language.ts", import.meta.url) });
      },
    },
  };
}
