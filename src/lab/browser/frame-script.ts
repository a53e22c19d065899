/** Runs in the pane's frame: puts each page into a frame of its own, and passes on the line that the page opens to the lab. */
import { frameReady, type PageLeft, pageReady, type ShownPage, shimPlace } from "./page-service.ts";

const shim = document.querySelector("#shim")?.textContent ?? "";
let shown: HTMLIFrameElement | undefined;

addEventListener("message", ({ data, source, ports }: MessageEvent<ShownPage>) => {
  if (source === parent) show(data);
  // The parent's origin is not known here, and nobody else can be in its window.
  else if (shown !== undefined && source === shown.contentWindow) parent.postMessage(pageReady, "*", [...ports]);
});
// A page's script has set the frame's own location: the policy has stopped it, and the page is gone.
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  if (effectiveDirective !== "frame-src" || shown === undefined) return;
  shown.remove();
  shown = undefined;
  const message: PageLeft = { left: blockedURI };
  parent.postMessage(message, "*");
});
parent.postMessage(frameReady, "*");

function show(page: ShownPage): void {
  const { html, ...known } = page;
  // A page's text must not end the script early.
  const start = `startPage(${JSON.stringify(known).replaceAll("<", "\\u003c")})`;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-forms");
  frame.title = page.url;
  const base = `<base href="${page.base.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">`;
  frame.srcdoc = html.replace(shimPlace, () => `${base}<script>${shim};${start}</script>`);
  shown?.remove();
  shown = frame;
  document.body.append(frame);
}
