// @project labs
/** A page that a lab's server sends attacks the site around it, the reader's network, and the reader's keyboard. */

import { expect, test } from "@playwright/test";
import { relayServers } from "../../testing/browser/attacker.ts";
import { Pane, runSharedApp } from "../../testing/browser/shared-lab.ts";

/** Gets hold of the line to the lab, which no script is given: the next that the shim says goes through here. */
const grab = `
const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (...args) { window.line = this; return post.apply(this, args); };
alert("hello");
const raw = (message, ports = []) => post.call(line, message, ports);
`;

/** What Comlink would have obeyed, what names objects have, and what is no message at all. */
const messages = `[
  { id: "1", type: "SET", path: ["__proto__", "ref"], value: { type: "RAW", value: { current: null } } },
  { id: "2", type: "GET", path: ["constructor", "constructor"] },
  { id: "3", type: "APPLY", path: ["moved"], argumentList: [{ type: "RAW", value: "http://localhost:5000/x" }] },
  { call: 1, name: "__proto__", arguments: [] },
  { call: 1, name: "constructor", arguments: ["return 1"] },
  { call: 1, name: "navigate", arguments: [JSON.parse('{"__proto__":{"url":"x"},"method":"GET","headers":[]}'), false] },
  { call: 1, name: "navigate", arguments: [{ url: {}, method: "GET", headers: [] }, false] },
  { call: 1, name: "moved", arguments: ["x".repeat(30e6)] },
  { call: 1, name: "tell", arguments: [{ kind: "alert", text: { type: "h1", props: { children: "INJECTED" }, constructor: undefined } }] },
  { answer: 1, value: 1 }, 5, null,
]`;

/** Every way to a window of one's own that we know, each said with what came of it. */
const frames = `
const ways = {
  window: () => window,
  createElement: () => document.body.appendChild(document.createElement("iframe")).contentWindow,
  upper: () => document.body.appendChild(document.createElement("IFRAME")).contentWindow,
  namespace: () => document.body.appendChild(document.createElementNS("http://www.w3.org/1999/xhtml", "iframe")).contentWindow,
  prefixed: () => document.body.appendChild(document.createElementNS("http://www.w3.org/1999/xhtml", "h:iframe")).contentWindow,
  innerHTML: () => { const d = document.createElement("div"); document.body.append(d); d.innerHTML = "<iframe></iframe>"; return window[0]; },
  outerHTML: () => { const d = document.createElement("div"); document.body.append(d); d.outerHTML = "<iframe>"; return window[0]; },
  insertAdjacentHTML: () => { document.body.insertAdjacentHTML("beforeend", "<iFrAmE/>"); return window[0]; },
  setHTMLUnsafe: () => { const d = document.createElement("div"); document.body.append(d); d.setHTMLUnsafe("<iframe></iframe>"); return window[0]; },
  shadow: () => { const d = document.createElement("div"); document.body.append(d); const r = d.attachShadow({ mode: "open" }); r.innerHTML = "<iframe></iframe>"; return r.querySelector("iframe").contentWindow; },
  fragment: () => { const r = document.createRange(); r.selectNode(document.body); document.body.append(r.createContextualFragment("<iframe></iframe>")); return window[0]; },
  template: () => { const t = document.createElement("template"); t.innerHTML = "<iframe></iframe>"; document.body.append(t.content); return window[0]; },
  parser: () => { const d = new DOMParser().parseFromString("<iframe></iframe>", "text/html"); document.body.append(d.querySelector("iframe")); return window[0]; },
  entity: () => { const d = new DOMParser().parseFromString('<!DOCTYPE a [<!ENTITY x "&#60;iframe xmlns=\\'http://www.w3.org/1999/xhtml\\'/>">]><a>&x;</a>', "application/xml"); document.body.append(d.documentElement.firstElementChild); return window[0]; },
  clone: () => document.body.appendChild(document.importNode(document.implementation.createHTMLDocument("").createElement("iframe"), true)).contentWindow,
  frameset: () => { document.documentElement.append(document.createElement("frame")); return window[0]; },
  object: () => { const o = document.createElement("object"); o.data = "about:blank"; document.body.append(o); return o.contentWindow; },
  embed: () => { const e = document.createElement("embed"); e.src = "about:blank"; document.body.append(e); return window[0]; },
  openDirect: () => Document.prototype.open.call(document, "about:blank", "x", "popup"),
  pieces: () => { document.write("<ifr"); document.write("ame></iframe>"); return window[0]; },
};
const out = [];
for (const [name, way] of Object.entries(ways)) {
  let found;
  try { found = way(); } catch (error) { out.push(name + ": refused"); continue; }
  let Real;
  try { Real = found && (found.RTCPeerConnection || found.webkitRTCPeerConnection); } catch {}
  if (!Real) { out.push(name + ": none"); continue; }
  out.push(name + ": REACHED");
  const connection = new Real({ iceServers: [{ urls: "stun:127.0.0.1:" + STUN }, { urls: "turn:127.0.0.1:" + TURN + "?transport=tcp", username: "u", credential: "p" }], iceCandidatePoolSize: 4 });
  connection.createDataChannel("x");
  connection.createOffer().then((offer) => connection.setLocalDescription(offer));
}
const done = document.createElement("p");
done.id = "done";
done.textContent = out.join("\\n");
document.body.append(done);
`;

const floods: Readonly<Record<string, string>> = {
  line: `setInterval(() => { for (let n = 0; n < 2000; n += 1) raw({ call: n, name: "moved", arguments: ["http://localhost:5000/" + n] }); });`,
  alerts: `setInterval(() => { for (let n = 0; n < 2000; n += 1) alert(n); });`,
  navigations: `setInterval(() => { for (let n = 0; n < 2000; n += 1) location.href = "/?" + n; });`,
  top: `setInterval(() => { for (let n = 0; n < 2000; n += 1) top.postMessage("x".repeat(1000), "*"); });`,
  frame: `setInterval(() => { for (let n = 0; n < 2000; n += 1) parent.postMessage({ html: "x" }, "*"); });`,
  ports: `setInterval(() => { for (let n = 0; n < 500; n += 1) parent.postMessage("page is ready", "*", [new MessageChannel().port2]); });`,
};

const app = (stun: number, turn: number) => `
from flask import Flask
import json
app = Flask(__name__)
GRAB = ${JSON.stringify(grab)}
MESSAGES = ${JSON.stringify(messages)}
FRAMES = ${JSON.stringify(`const STUN = ${stun}, TURN = ${turn};${frames}`)}
FLOODS = json.loads(${JSON.stringify(JSON.stringify(floods))})

def page(script):
    return "<!doctype html><title>x</title><body><p>page</p><script>" + script + "</script>"

@app.get("/message/<int:number>")
def message(number):
    return page(GRAB + "raw(" + MESSAGES + "[" + str(number) + "]);")

@app.get("/frames")
def frames():
    return page(FRAMES)

@app.get("/flood/<name>")
def flood(name):
    return page(GRAB + FLOODS[name])

@app.get("/focus")
def focus():
    return page("const field = document.createElement('input'); document.body.append(field); setInterval(() => { window.focus(); field.focus(); }, 5);")

@app.get("/calm-focus")
def calm_focus():
    return page("const field = document.createElement('input'); field.autofocus = true; document.body.append(field); setInterval(() => { window.focus(); field.focus(); field.select(); getSelection().selectAllChildren(field); }, 5); setInterval(() => fetch('/typed?' + field.value), 100);")

typed = []

@app.get("/typed")
def take():
    typed.append(next(iter(__import__("flask").request.args), ""))
    return str(max(map(len, typed)))
`;

// [threat: preview-page]
test("a page that breaks the line is closed; its messages reach nothing of the site, and no flood keeps Stop from answering", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const relays = await relayServers();
  const region = await runSharedApp(page, app(relays.stun, relays.turn));
  await page.evaluate(() => localStorage.setItem("secret", "stored"));
  const pane = new Pane(region);
  await pane.open();
  const count = 12;
  for (let number = 0; number < count; number += 1) {
    await pane.go(`/message/${number}`);
    await expect(pane.state).toContainText(`/message/${number} was closed`);
    const polluted = await page.evaluate(() =>
      Object.keys(Object.prototype).concat(Object.hasOwn(Object.prototype, "ref") ? ["ref"] : []),
    );
    expect(polluted).toEqual([]);
  }
  await expect(page.getByRole("heading", { name: "INJECTED" })).toHaveCount(0);

  await pane.go("/frames");
  await expect(pane.shown.locator("#done")).toContainText("window: none");
  await expect(pane.shown.locator("#done")).not.toContainText("REACHED");
  expect(relays.heard()).toBe(0);

  const address = region.getByLabel("Address");
  // Not looked into, for a look of Playwright's counts as a click: its requests say that its script runs.
  await pane.go("/calm-focus");
  await expect(region).toContainText(/(1[5-9]|[2-9]\d|\d{3}) requests/);
  await address.click();
  await address.fill("");
  await page.keyboard.type("what the reader types", { delay: 20 });
  await expect(address).toHaveValue("what the reader types");
  await expect(pane.state).toHaveText("");

  // Playwright's looks into a page count as clicks in it: from the first on the page may take the keyboard, and goes
  // too far.
  await pane.go("/focus");
  await expect(pane.shown.locator("input")).toBeAttached();
  await expect(pane.state).toContainText("took the keyboard");
  await address.click();
  await address.fill("");
  await page.keyboard.type("what the reader types", { delay: 20 });
  await expect(address).toHaveValue("what the reader types");

  // Both documents around what is not trusted have the site's origin, and evaluate nothing.
  await pane.go("/frames");
  await expect(pane.shown.locator("#done")).toBeAttached();
  const around = page.frames().filter((frame) => /\/machine\/(?:browser|frame)\.html$/.test(frame.url()));
  expect(around).toHaveLength(2);
  for (const frame of around) {
    const evaluated = frame.evaluate(
      () =>
        new Promise<string>((resolve) => {
          // Later: what a debugger runs itself is not held to a policy.
          setTimeout(() => {
            try {
              // biome-ignore lint/security/noGlobalEval: whether it can is the question
              resolve(String(window.eval("1 + 1")));
            } catch (error) {
              resolve(error instanceof Error ? error.name : "");
            }
          });
        }),
    );
    expect(await evaluated).toBe("EvalError");
  }

  for (const name of Object.keys(floods)) {
    await pane.go(`/flood/${name}`);
    // The last place that it wants to go to is where it ends: there is no such page.
    if (name === "navigations") await expect(address).toHaveValue(/\/\?\d+$/);
    else await expect(pane.state).toContainText("was closed");
  }
  // Once more, and while it floods the reader presses Stop.
  await pane.go("/flood/top");
  const took = await page.evaluate(async () => {
    const stop = [...document.querySelectorAll("button")].find(
      ({ textContent }) => textContent === "Stop both servers",
    );
    if (stop === undefined) throw new Error("There is no Stop.");
    const isOff = () => stop.disabled || stop.ariaDisabled === "true";
    // At the change itself: a frame may come much later on a busy computer, flood or none.
    const off = new Promise<number>((resolve) => {
      new MutationObserver(() => {
        if (isOff()) resolve(performance.now());
      }).observe(stop, { attributes: true });
    });
    const began = performance.now();
    stop.click();
    return (isOff() ? performance.now() : await off) - began;
  });
  expect(took).toBeLessThan(200);
  expect(await page.evaluate(() => localStorage.getItem("secret"))).toBe("stored");
  relays.close();
});
