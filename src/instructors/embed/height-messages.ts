/**
 * Tells the page around an embedded lab how high the lab is, whenever that changes. Two messages each time:
 *
 * - `{ subject: "lti.frameResize", height }`, which Canvas and other course systems listen to
 * - `{ type: "two-servers:height", lab, height }`, ours, for a script of the page around it
 *
 * Heights are in CSS pixels. Nothing else is told, so anybody may hear it.
 */

/** Begins to tell. Does nothing where no page is around this one. */
export function postHeight(lab: string): void {
  const around = window.parent;
  if (around === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    around.postMessage({ subject: "lti.frameResize", height }, "*");
    around.postMessage({ type: "two-servers:height", lab, height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
}
