/** The script that lets a page speak another language than English: `words/es.js`. */
import type { APIRoute } from "astro";
import { build } from "esbuild";
import { translatedLanguages } from "../../site/languages.ts";

export function getStaticPaths() {
  return translatedLanguages.map((language) => ({ params: { language } }));
}

export const GET: APIRoute = async ({ params: { language } }) => {
  const { outputFiles } = await build({
    entryPoints: [`src/strings/page/${language}.ts`],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    minify: true,
  });
  const [file] = outputFiles;
  return new Response(file?.text, { headers: { "Content-Type": "text/javascript; charset=utf-8" } });
};
