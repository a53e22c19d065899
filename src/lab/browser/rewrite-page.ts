import { resolved } from "./addresses.ts";
import { framingElements, harmlessElement } from "./framing-elements.ts";
import { inertPage, replaceScript } from "./inert-page.ts";
import type { ShownPage } from "./page-service.ts";
import { type AssetSource, mostInlined, rewriteCss } from "./rewrite-css.ts";
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
 * Handlers are parsed under another name: the lab's own policy refuses them, and complains, also in a document that is
 * only parsed. Wherever else the text stands, it is given back the same way. So are the addresses of scripts, which
 * that policy also refuses.
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

/** A page under work, and what the passes over it need. */
interface PageAtWork {
  readonly page: Document;
  /** What its addresses are relative to. */
  readonly base: string;
  readonly asset: AssetSource;
  /** On the clock of `performance`: until then its scripts are read. */
  readonly scriptsUntil: number;
}

/**
 * A document as the pane's frame can show it: everything that it loads is in it, because the frame has no network. Its
 * links and forms stay as they are and are caught by the frame's script.
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

  const atWork = { page, base, asset, scriptsUntil: performance.now() + timeForScripts };
  const work = [inlineAssets, rewriteStyles, rewriteScripts, rewriteHandlers].flatMap((pass) => pass(atWork));
  removeFrames(page, base, noFrames);
  await Promise.all(work);

  for (const element of page.querySelectorAll(idle)) element.remove();
  for (const element of page.querySelectorAll("[srcset]")) element.removeAttribute("srcset");
  const refresh = takeRefresh(page, base);
  for (const element of httpEquiv(page, "content-security-policy")) element.remove();

  const doctype = page.doctype === null ? "" : "<!doctype html>";
  return { doctype, html: withHandlers(page.documentElement.outerHTML), base, refresh };
}

/** Puts what elements load into their addresses. */
function inlineAssets({ page, base, asset }: PageAtWork): Promise<void>[] {
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
  return loading.flatMap(([selector, attribute]) =>
    Array.from(page.querySelectorAll(selector), (element) => load(element, attribute)),
  );
}

/** Puts what styles load into them. */
function rewriteStyles({ page, base, asset }: PageAtWork): Promise<void>[] {
  const sheets = Array.from(page.querySelectorAll("style"), async (element) => {
    element.textContent = await rewriteCss(element.textContent ?? "", base, asset);
  });
  const attributes = Array.from(page.querySelectorAll("[style]"), async (element) => {
    const style = element.getAttribute("style") ?? "";
    if (/url\(/i.test(style)) element.setAttribute("style", await rewriteCss(style, base, asset));
  });
  return [...sheets, ...attributes];
}

/** Rewrites the scripts that stand in the page. */
function rewriteScripts({ page, scriptsUntil }: PageAtWork): Promise<void>[] {
  return Array.from(page.querySelectorAll("script:not([src])"), async (script) => {
    if (!scriptTypes.test(script.getAttribute("type") ?? "")) return;
    replaceScript(script, await rewriteScript(script.textContent ?? "", scriptsUntil));
  });
}

/** Rewrites the scripts that stand in attributes: handlers, and addresses that are scripts. */
function rewriteHandlers({ page, scriptsUntil }: PageAtWork): Promise<void>[] {
  const isScript = ({ name, value }: Attr) =>
    name.startsWith(handler) || (name === "href" && value.startsWith("javascript:"));
  return Array.from(page.querySelectorAll("*"), (element) => [...element.attributes].filter(isScript)).flatMap(
    (attributes) =>
      attributes.map(async (attribute) => {
        const code = await rewriteScript(attribute.value, scriptsUntil);
        // Not by its name: pages may have names that no script could give.
        attribute.value = code;
      }),
  );
}

/** Takes out what the pane has not: frames, and what is shown where no scripts run. */
function removeFrames(page: Document, base: string, noFrames: (url: string) => string): void {
  for (const root of rootsOf(page)) {
    for (const frame of root.querySelectorAll(nested)) frame.replaceWith(insteadOfFrame(frame, base, noFrames));
    // Scripts run in the pane, so that this is never shown; and it is read in another way where they do not.
    for (const element of root.querySelectorAll("noscript")) element.remove();
  }
}

/** A document, and the contents of all templates in it, which a browser may take for the inside of an element. */
function rootsOf(root: Document | DocumentFragment): (Document | DocumentFragment)[] {
  // Within an SVG an element of that name is none of HTML's, and has its children like any other.
  const templates = [...root.querySelectorAll("template")].filter(({ content }) => content !== undefined);
  return [root, ...templates.flatMap(({ content }) => rootsOf(content))];
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
