import preact from "@astrojs/preact";
import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";
import { portableSite } from "./src/integrations/portable-site.ts";
import { en } from "./src/strings/en.ts";

export default defineConfig({
  trailingSlash: "always",
  image: { service: passthroughImageService() },
  integrations: [
    portableSite(),
    preact(),
    starlight({
      title: en.site.title,
      description: en.site.description,
      logo: { src: "./src/logo.svg" },
      favicon: "/favicon.svg",
      // A missing page is served at any depth, where no relative address leads back.
      disable404Route: true,
      // Lessons are short, and a lab needs the width.
      tableOfContents: false,
      markdown: { processedDirs: ["./content/lessons/", "./content/concepts/"] },
      customCss: ["./src/styles/tokens.css", "./src/styles/site.css"],
      components: {
        PageTitle: "./src/components/PageTitle.astro",
        Head: "./src/components/Head.astro",
        Hero: "./src/components/Hero.astro",
        Footer: "./src/components/Footer.astro",
      },
      sidebar: [
        { label: en.site.lessons, items: [{ autogenerate: { directory: "content/lessons" } }] },
        { label: en.site.concepts, items: [{ autogenerate: { directory: "content/concepts" } }] },
      ],
    }),
  ],
});
