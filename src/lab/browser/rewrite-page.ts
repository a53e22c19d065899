import { type ShownPage, shimPlace } from "./page-service.ts";
import { type AssetSource, resolved, rewriteCss } from "./rewrite-css.ts";

/** Where elements name what they load. */
const loading = [
  ["script[src]", "src"],
  ["img[src]", "src"],
  ["input[type=image][src]", "src"],
  ["source[src]", "src"],
  ["audio[src]", "src"],
  ["video[src]", "src"],
  ["video[poster]", "poster"],
  ["link[rel~=stylesheet][href]", "href"],
  ["link[rel~=icon][href]", "href"],
] as const;

/** What loads by itself and nobody here could give. */
const idle =
  "link[rel~=preload], link[rel~=modulepreload], link[rel~=prefetch], link[rel~=manifest], link[rel~=preconnect]";

/**
 * A document as the pane's frame can show it: everything that it loads is in it, because the frame has no network. Its links and forms
 * stay as they are and are caught by the frame's script.
 */
export async function rewritePage(
  html: string,
  url: string,
  asset: AssetSource,
): Promise<Pick<ShownPage, "html" | "base" | "refresh">> {
  const page = new DOMParser().parseFromString(html, "text/html");
  const ownBase = page.querySelector("base[href]")?.getAttribute("href");
  const base = resolved(ownBase ?? "", url) ?? url;
  for (const element of page.querySelectorAll("base")) element.remove();

  const load = async (element: Element, attribute: string) => {
    const address = resolved(element.getAttribute(attribute) ?? "", base);
    if (address === undefined || address.startsWith("data:")) return;
    // An empty one fails as a missing one does.
    element.setAttribute(attribute, (await asset(address)) ?? "data:,");
    for (const name of ["integrity", "crossorigin", "srcset"]) element.removeAttribute(name);
  };
  const work: Promise<void>[] = [];
  for (const [selector, attribute] of loading) {
    for (const element of page.querySelectorAll(selector)) work.push(load(element, attribute));
  }
  for (const element of page.querySelectorAll("style")) {
    work.push(
      rewriteCss(element.textContent ?? "", base, asset).then((css) => {
        element.textContent = css;
      }),
    );
  }
  for (const element of page.querySelectorAll("[style]")) {
    const style = element.getAttribute("style") ?? "";
    if (/url\(/i.test(style)) {
      work.push(rewriteCss(style, base, asset).then((css) => element.setAttribute("style", css)));
    }
  }
  await Promise.all(work);

  for (const element of page.querySelectorAll(idle)) element.remove();
  for (const element of page.querySelectorAll("[srcset]")) element.removeAttribute("srcset");
  const refresh = takeRefresh(page, base);
  for (const element of httpEquiv(page, "content-security-policy")) element.remove();

  // No `base` here: the lab's own policy forbids one, also in a document that is only parsed.
  page.head.prepend(page.createComment(shimPlace.slice("<!--".length, -"-->".length)));
  const doctype = page.doctype === null ? "" : "<!doctype html>";
  return { html: doctype + page.documentElement.outerHTML, base, refresh };
}

function httpEquiv(page: Document, name: string): Element[] {
  return [...page.querySelectorAll("meta[http-equiv]")].filter(
    (element) => element.getAttribute("http-equiv")?.toLowerCase() === name,
  );
}

function takeRefresh(page: Document, base: string): ShownPage["refresh"] {
  const [element] = httpEquiv(page, "refresh");
  element?.remove();
  const [whole, seconds, target] =
    /^\s*(\d+)[^;,]*(?:[;,]\s*(?:url\s*=)?\s*['"]?([^'"]*))?/i.exec(element?.getAttribute("content") ?? "") ?? [];
  if (whole === undefined) return undefined;
  const url = resolved(target ?? "", base);
  return url === undefined ? undefined : { url, seconds: Number(seconds) };
}
