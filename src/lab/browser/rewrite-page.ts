import { framingElements, harmlessElement } from "./framing-elements.ts";
import { inertPage, replaceScript } from "./inert-page.ts";
import type { ShownPage } from "./page-service.ts";
import { type AssetSource, mostInlined, resolved, rewriteCss } from "./rewrite-css.ts";
import { rewriteScript } from "./rewrite-script.ts";

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

/** Frames within the page: the pane has none. What stands in their place says so. */
const nested = [...framingElements].join();

/**
 * Handlers are parsed under another name: the lab's own policy refuses them, and complains, also in a document that is only parsed.
 * Wherever else the text stands, it is given back the same way. So are the addresses of scripts, which that policy also refuses.
 */
const handler = "data-pane-on";
const scriptAddress = "data-pane-src";
const withoutHandlers = (html: string) => html.replace(/(?<=[\s"'/])on(?=[a-z]+\s*=)/gi, handler);
const withHandlers = (html: string) => html.replaceAll(handler, "on").replaceAll(scriptAddress, "src");

/** A page's own scripts are read for at most this long, in milliseconds: what is not is left as it is. */
const timeForScripts = 2000;

/** In seconds. What a timer takes at most, because it would fire at once for more. */
const longestRefresh = 2_147_483;

const scriptTypes = /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i;

/**
 * A document as the pane's frame can show it: everything that it loads is in it, because the frame has no network. Its links and forms
 * stay as they are and are caught by the frame's script.
 */
export async function rewritePage(
  html: string,
  url: string,
  asset: AssetSource,
  noFrames: (url: string) => string,
): Promise<Pick<ShownPage, "doctype" | "html" | "base" | "refresh">> {
  const page = inertPage(withoutHandlers(html));
  const ownBase = page.querySelector("base[href]")?.getAttribute("href");
  const base = resolved(ownBase ?? "", url) ?? url;
  for (const element of page.querySelectorAll("base")) element.remove();

  const scriptsUntil = performance.now() + timeForScripts;
  let inlined = 0;
  const load = async (element: Element, attribute: string) => {
    const address = resolved(element.getAttribute(attribute) ?? "", base);
    if (address === undefined || address.startsWith("data:")) return;
    const data = (await asset(address)) ?? "";
    inlined += data.length;
    // An empty one fails as a missing one does.
    const name = element.localName === "script" ? scriptAddress : attribute;
    for (const old of [attribute, "integrity", "crossorigin", "srcset"]) element.removeAttribute(old);
    element.setAttribute(name, data === "" || inlined > mostInlined ? "data:," : data);
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
  for (const script of page.querySelectorAll("script:not([src])")) {
    if (scriptTypes.test(script.getAttribute("type") ?? "")) {
      work.push(
        rewriteScript(script.textContent ?? "", scriptsUntil).then((code) => {
          replaceScript(script, code);
        }),
      );
    }
  }
  for (const element of page.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      const { name, value } = attribute;
      if (!name.startsWith(handler) && !(name === "href" && value.startsWith("javascript:"))) continue;
      work.push(
        rewriteScript(value, scriptsUntil).then((code) => {
          // Not by its name: pages may have names that no script could give.
          attribute.value = code;
        }),
      );
    }
  }
  for (const root of rootsOf(page)) {
    for (const frame of root.querySelectorAll(nested)) frame.replaceWith(insteadOfFrame(frame, base, noFrames));
    // Scripts run in the pane, so that this is never shown; and it is read in another way where they do not.
    for (const element of root.querySelectorAll("noscript")) element.remove();
  }
  await Promise.all(work);

  for (const element of page.querySelectorAll(idle)) element.remove();
  for (const element of page.querySelectorAll("[srcset]")) element.removeAttribute("srcset");
  const refresh = takeRefresh(page, base);
  for (const element of httpEquiv(page, "content-security-policy")) element.remove();

  const doctype = page.doctype === null ? "" : "<!doctype html>";
  return { doctype, html: withHandlers(page.documentElement.outerHTML), base, refresh };
}

/** A document, and the contents of all templates in it, which a browser may take for the inside of an element. */
function rootsOf(root: Document | DocumentFragment): (Document | DocumentFragment)[] {
  return [root, ...[...root.querySelectorAll("template")].flatMap(({ content }) => rootsOf(content))];
}

function insteadOfFrame(frame: Element, base: string, noFrames: (url: string) => string): Element {
  const note = frame.ownerDocument.createElement(harmlessElement);
  const address = resolved(frame.getAttribute("src") ?? "", base);
  if (frame.hasAttribute("src") && address !== undefined) note.textContent = noFrames(address);
  return note;
}

function httpEquiv(page: Document, name: string): Element[] {
  return [...page.querySelectorAll("meta[http-equiv]")].filter(
    (element) => element.getAttribute("http-equiv")?.toLowerCase() === name,
  );
}

function takeRefresh(page: Document, base: string): ShownPage["refresh"] {
  const [element, ...more] = httpEquiv(page, "refresh");
  for (const each of [element, ...more]) each?.remove();
  const [whole, seconds, target] =
    /^\s*(\d+)[^;,]*(?:[;,]\s*(?:url\s*=)?\s*['"]?([^'"]*))?/i.exec(element?.getAttribute("content") ?? "") ?? [];
  if (whole === undefined) return undefined;
  const url = resolved(target ?? "", base);
  return url === undefined ? undefined : { url, seconds: Math.min(Number(seconds), longestRefresh) };
}
