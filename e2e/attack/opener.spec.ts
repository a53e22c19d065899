// @project labs
/** A page of another site opens or frames a lab, and speaks to every frame in it before the lab does. */
import type { FrameLocator, Page } from "@playwright/test";
import { attackerSite } from "../../testing/browser/attacker.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";

/** Takes the machine's place in the sealed frame, and says so to whoever opened or framed the lab. */
const hijack = `
globalThis.startMachine = () => {};
for (const target of [top.opener, top, parent, parent.parent]) target?.postMessage({ hijacked: self.origin }, "*");
addEventListener("message", ({ data, ports }) => {
  if (!data?.payload || data.attack) return;
  for (const target of [top.opener, top]) target?.postMessage({ got: "the machine's message and " + ports.length + " ports" }, "*");
});
`;

const body = (lab: string, how: "opens" | "frames") => `<button>Open the lab</button><div></div><script>
const heard = [];
let sent = 0;
let lab;
addEventListener("message", ({ data }) => { if (data?.hijacked || data?.got) heard.push(data); });
const script = new TextEncoder().encode(${JSON.stringify(hijack)});
function walk(frame, depth) {
  for (let at = 0; at < frame.length; at += 1) {
    const each = frame[at];
    each.postMessage({ script, payload: {}, attack: true }, "*", [new MessageChannel().port2]);
    each.postMessage("machine frame is ready", "*");
    if (depth > 0) sent += 1;
    walk(each, depth + 1);
  }
}
// As often as messages can be sent: earlier than the lab, whenever its frame begins to listen.
const pump = new MessageChannel();
pump.port1.onmessage = () => { if (lab) walk(lab, 0); setTimeout(() => pump.port2.postMessage(0)); };
document.querySelector("button").onclick = () => {
  if (${JSON.stringify(how)} === "opens") lab = open(${JSON.stringify(lab)});
  else {
    const frame = document.createElement("iframe");
    frame.src = ${JSON.stringify(lab)};
    frame.width = 1100;
    frame.height = 900;
    document.querySelector("div").append(frame);
    lab = frame.contentWindow;
  }
  pump.port2.postMessage(0);
};
</script>`;

for (const how of ["opens", "frames"] as const) {
  // [threat: embedder-message]
  test(`a page that ${how} a lab gets nothing into its machine`, async ({ page, context, baseURL }) => {
    test.setTimeout(120_000);
    const attacker = await attackerSite(body(new URL(`${pages.embed}?show=everything`, baseURL).href, how));
    await page.setViewportSize({ width: 1280, height: 1000 });
    await page.goto(attacker.url);
    let lab: Page | FrameLocator;
    if (how === "opens") {
      const opening = context.waitForEvent("page");
      await page.getByRole("button").click();
      lab = await opening;
    } else {
      await page.getByRole("button").click();
      lab = page.frameLocator("iframe");
    }
    const region = lab.getByRole("region", { name: "Development server" });
    await region.getByRole("button", { name: /^Start/ }).click();
    await expect(region).toContainText("Running on port 5000", { timeout: 60_000 });
    // So that the test can fail: there was a frame within the lab, and it was spoken to.
    expect(await page.evaluate<number>("sent")).toBeGreaterThan(0);
    expect(await page.evaluate("heard")).toEqual([]);
    attacker.close();
  });
}
