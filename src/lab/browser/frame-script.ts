/**
 * Runs in the pane's frame: puts the page into a frame of its own, and passes on the line that the page opens to the
 * lab.
 */
import { frameReady, type PageLeft, pageFloods, pageReady, type ShownPage } from "./page-service.ts";

/** Messages of a page after its first that are waited for to end. */
const mostMessages = 20;

/**
 * Text that scripts of the page have parsed goes through the shim. Browsers without Trusted Types do not know the
 * directive.
 */
const textPolicy = `<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'">`;

const shim = document.querySelector("#shim")?.textContent ?? "";
let shown: HTMLIFrameElement | undefined;
let messages = 0;

// The parent's origin is not known here, and nobody else can be in its window.
const tellLab = (message: unknown, ports: MessagePort[] = []) => parent.postMessage(message, "*", ports);

addEventListener("message", ({ data, source, ports: [port] }: MessageEvent) => {
  if (source === parent) {
    if (shown === undefined) show(data);
  } else if (shown !== undefined && source === shown.contentWindow) {
    messages += 1;
    // The first comes from the shim, before any script of the page runs. What the page itself says here is nobody's
    // business.
    if (messages === 1 && data === pageReady && port !== undefined) tellLab(pageReady, [port]);
    else if (messages > mostMessages) {
      remove();
      tellLab(pageFloods);
    }
  }
});
// A page's script has set the frame's own location: the policy has stopped it, and the page is gone.
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  if (effectiveDirective !== "frame-src" || shown === undefined) return;
  remove();
  const message: PageLeft = { left: blockedURI };
  tellLab(message);
});
tellLab(frameReady);

function show(page: ShownPage): void {
  const { doctype, html, ...known } = page;
  // A page's text must not end the script early.
  const start = `startPage(${JSON.stringify(known).replaceAll("<", "\\u003c")})`;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-forms");
  frame.title = page.url;
  const base = `<base href="${page.base.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">`;
  // Before everything of the page: a parser makes the document's head of it, whatever follows.
  frame.srcdoc = `${doctype}${base}<script>${shim};${start}</script>${textPolicy}${html}`;
  frame.addEventListener("load", forbidScripts, { once: true });
  shown = frame;
  document.body.append(frame);
}

function remove(): void {
  shown?.remove();
  shown = undefined;
}

/**
 * The page has this document's policy by now, which lets a page do what pages do. This document has the site's origin,
 * and has nothing more to load or evaluate.
 */
function forbidScripts(): void {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'none'";
  document.head.append(policy);
}
