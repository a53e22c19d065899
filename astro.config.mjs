import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import preact from "@astrojs/preact";
import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";
import { machineInDevelopment } from "./scripts/machine-in-development.ts";
import { contentChecks } from "./src/integrations/checks/content-checks.ts";
import { languages } from "./src/integrations/languages.ts";
import { lessonComponents } from "./src/integrations/lesson-components.ts";
import { hosting } from "./src/integrations/output/hosting.ts";
import { keepSite } from "./src/integrations/output/keep-site.ts";
import { portableSite } from "./src/integrations/output/portable-site.ts";
import { unbrokenOptions } from "./src/integrations/output/unbroken-options.ts";
import { untranslatedLinks } from "./src/integrations/output/untranslated-links.ts";
import { hostingStrings } from "./src/strings/en/hosting.ts";
import { learningStrings } from "./src/strings/en/learning.ts";
import { privacyStrings } from "./src/strings/en/privacy.ts";
import { reviewStrings } from "./src/strings/en/review.ts";
import { spanishLabels } from "./src/strings/es/sidebar.ts";
import { projectStrings, siteStrings } from "./src/strings/strings.ts";

/**
 * The pages of a folder of `content/`, for the sidebar, which shows each in the page's language. Not `autogenerate`,
 * because that looks for them where Starlight would have put them.
 */
const pagesIn = (folder) =>
  readdirSync(`content/${folder}`)
    .filter((file) => /^[^_].*\.mdx$/.test(file))
    .map((file) => ({ slug: `${folder}/${basename(file, ".mdx")}` }))
    .toSorted((a, b) => a.slug.localeCompare(b.slug));

export default defineConfig({
  trailingSlash: "always",
  // Pages are small, and a lab must not share its network with guesses.
  prefetch: false,
  image: { service: passthroughImageService() },
  vite: {
    plugins: [machineInDevelopment()],
    // Starlight's search loads its interface for every reader of a page; ours does for those who search.
    resolve: {
      alias: [
        {
          find: /^@pagefind\/default-ui$/,
          replacement: fileURLToPath(new URL("src/site/search-when-asked.ts", import.meta.url)),
        },
      ],
    },
    // Astro marks its modules with directives of its own, about which the bundler would warn for each page.
    build: { rolldownOptions: { checks: { moduleLevelDirective: false } } },
  },
  integrations: [
    portableSite(),
    untranslatedLinks(),
    unbrokenOptions(),
    hosting(),
    languages(),
    lessonComponents(),
    contentChecks(),
    preact(),
    starlight({
      title: siteStrings.site.title,
      description: siteStrings.site.description,
      defaultLocale: "root",
      locales: { root: { label: "English", lang: "en" }, es: { label: "Español", lang: "es" } },
      logo: { src: "./src/logo.svg" },
      favicon: "/favicon.svg",
      // A missing page is served at any depth, where no relative address leads back.
      disable404Route: true,
      // Lessons are short, and a lab needs the width.
      tableOfContents: false,
      routeMiddleware: ["./src/site/neighbours.ts", "./src/site/list-of-pages.ts"],
      markdown: {
        processedDirs: ["", "es/"].flatMap((language) => [
          `./content/${language}lessons/`,
          `./content/${language}frameworks/`,
          `./content/${language}concepts/`,
        ]),
      },
      customCss: ["./src/styles/tokens.css", "./src/styles/site.css", "./src/styles/controls.css"],
      components: {
        PageTitle: "./src/site/PageTitle.astro",
        Head: "./src/site/Head.astro",
        Hero: "./src/site/Hero.astro",
        Footer: "./src/site/Footer.astro",
        LanguageSelect: "./src/site/LanguageLinks.astro",
      },
      // As in a lab's file panes.
      expressiveCode: {
        themes: ["github-dark-high-contrast", "github-light-high-contrast"],
        useStarlightUiThemeColors: true,
        styleOverrides: {
          borderColor: "var(--color-line)",
          borderRadius: "calc(var(--radius) / 2)",
          codeBackground: "var(--color-sunken)",
        },
      },
      sidebar: [
        { label: siteStrings.site.lessons, translations: { es: spanishLabels.lessons }, items: pagesIn("lessons") },
        {
          label: siteStrings.site.frameworks,
          translations: { es: spanishLabels.frameworks },
          items: pagesIn("frameworks"),
        },
        { label: projectStrings.title, translations: { es: spanishLabels.yourApp }, link: "/your-app/" },
        { label: learningStrings.progress.title, translations: { es: spanishLabels.progress }, link: "/progress/" },
        { label: reviewStrings.title, translations: { es: spanishLabels.review }, link: "/review/" },
        {
          label: siteStrings.instructors.title,
          translations: { es: spanishLabels.instructors },
          link: "/instructors/",
        },
        { label: siteStrings.truth.title, translations: { es: spanishLabels.truth }, link: "/truth/" },
        { label: privacyStrings.title, translations: { es: spanishLabels.privacy }, link: "/privacy/" },
        { label: hostingStrings.title, translations: { es: spanishLabels.hosting }, link: "/hosting/" },
        // Many, and each is linked where it is needed.
        {
          label: siteStrings.site.concepts,
          translations: { es: spanishLabels.concepts },
          collapsed: true,
          items: pagesIn("concepts"),
        },
      ],
    }),
    keepSite({ keep: process.env["PUBLIC_OFFLINE"] !== "off" }),
  ],
});
