/**
 * The web app manifest: browsers offer to install the site by it. Addresses are relative to it, wherever the site is.
 */
import type { APIRoute } from "astro";
import { siteStrings } from "../strings/strings.ts";

export const GET: APIRoute = () =>
  new Response(
    JSON.stringify({
      name: siteStrings.site.title,
      short_name: siteStrings.site.title,
      description: siteStrings.site.description,
      lang: "en",
      start_url: "./",
      scope: "./",
      id: "./",
      display: "minimal-ui",
      background_color: "#fbfbfa",
      theme_color: "#fbfbfa",
      icons: [
        { src: "./favicon.svg", type: "image/svg+xml", sizes: "any" },
        { src: "./icons/192.png", type: "image/png", sizes: "192x192", purpose: "any" },
        { src: "./icons/512.png", type: "image/png", sizes: "512x512", purpose: "any" },
        { src: "./icons/512.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
      ],
    }),
    { headers: { "Content-Type": "application/manifest+json" } },
  );
