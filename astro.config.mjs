import preact from "@astrojs/preact";
import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";
import { machineInDevelopment } from "./scripts/machine-in-development.ts";
import { contentChecks } from "./src/integrations/checks/content-checks.ts";
import { lessonComponents } from "./src/integrations/lesson-components.ts";
import { hosting } from "./src/integrations/output/hosting.ts";
import { keepSite } from "./src/integrations/output/keep-site.ts";
import { portableSite } from "./src/integrations/output/portable-site.ts";
import { hostingStrings } from "./src/strings/en/hosting.ts";
import { learningStrings } from "./src/strings/en/learning.ts";
import { privacyStrings } from "./src/strings/en/privacy.ts";
import { reviewStrings } from "./src/strings/en/review.ts";
import { siteStrings } from "./src/strings/strings.ts";

export default defineConfig({
  trailingSlash: "always",
  // Pages are small, and a lab must not share its network with guesses.
  prefetch: false,
  image: { service: passthroughImageService() },
  vite: {
    plugins: [machineInDevelopment()],
    // Astro marks its modules with directives of its own, about which the bundler would warn for each page.
    build: { rolldownOptions: { checks: { moduleLevelDirective: false } } },
  },
  integrations: [
    portableSite(),
    hosting(),
    lessonComponents(),
    contentChecks(),
    preact(),
    starlight({
      title: siteStrings.site.title,
      description: siteStrings.site.description,
      logo: { src: "./src/logo.svg" },
      favicon: "/favicon.svg",
      // A missing page is served at any depth, where no relative address leads back.
      disable404Route: true,
      // Lessons are short, and a lab needs the width.
      tableOfContents: false,
      routeMiddleware: "./src/site/neighbours.ts",
      markdown: { processedDirs: ["./content/lessons/", "./content/frameworks/", "./content/concepts/"] },
      customCss: ["./src/styles/tokens.css", "./src/styles/site.css", "./src/styles/controls.css"],
      components: {
        PageTitle: "./src/site/PageTitle.astro",
        Head: "./src/site/Head.astro",
        Hero: "./src/site/Hero.astro",
        Footer: "./src/site/Footer.astro",
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
        { label: siteStrings.site.lessons, items: [{ autogenerate: { directory: "content/lessons" } }] },
        { label: siteStrings.site.frameworks, items: [{ autogenerate: { directory: "content/frameworks" } }] },
        { label: learningStrings.progress.title, link: "/progress/" },
        { label: reviewStrings.title, link: "/review/" },
        { label: siteStrings.instructors.title, link: "/instructors/" },
        { label: siteStrings.truth.title, link: "/truth/" },
        { label: privacyStrings.title, link: "/privacy/" },
        { label: hostingStrings.title, link: "/hosting/" },
        // Many, and each is linked where it is needed.
        {
          label: siteStrings.site.concepts,
          collapsed: true,
          items: [{ autogenerate: { directory: "content/concepts" } }],
        },
      ],
    }),
    keepSite({ keep: process.env["PUBLIC_OFFLINE"] !== "off" }),
  ],
});
