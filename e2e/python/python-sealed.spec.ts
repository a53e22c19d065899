// @project beside
// @also firefox
/** Code that a reader runs reaches nothing but its machine: no network, no storage, no page. */
import { createServer } from "node:http";
import { expect, test } from "../../testing/browser/machine.ts";

/** A server outside of everything. It remembers what it was asked, and would allow everybody to ask. */
async function outsideWorld(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": "text/plain" }).end("secret");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { url: `http://127.0.0.1:${address.port}`, asked, close: () => server.close() };
}

/** Tries everything, in the process where a handler runs; says of each how it ended. */
const app = (attempts: readonly (readonly [name: string, script: string])[]) => `
import json
from flask import Flask
app = Flask(__name__)
ATTEMPTS = json.loads(${JSON.stringify(JSON.stringify(attempts))})

def attempt(script):
    import asyncio
    import js
    from pyodide.ffi import run_sync
    from pyodide.webloop import WebLoop
    # A promise of JavaScript's is awaited on a loop that is the browser's: asyncio's own knows none.
    asyncio.set_event_loop(WebLoop())
    function = js.Function.new("return (async () => {" + script + "})()")
    try:
        return f"reached: {run_sync(function())}"
    except BaseException as error:
        return f"refused: {error}"

@app.get("/")
def everything():
    return {name: attempt(script) for name, script in ATTEMPTS}
`;

// [threat: app-code-network]
// [threat: app-code-page]
test("a handler reaches no network, storage, cookie or page", async ({ computer, machine: { page } }, { project }) => {
  const world = await outsideWorld();
  const site = project.use.baseURL ?? "";
  const before = await page.evaluate(() => {
    localStorage.setItem("secret", "stored");
    return document.title;
  });
  await page.context().addCookies([{ name: "secret", value: "cookie", url: site }]);
  // The browser announces a request before the policy refuses it: what counts is whether anything answered.
  const answered: string[] = [];
  page.on("response", (response) => answered.push(response.url()));
  const later = "await new Promise((resolve) => setTimeout(resolve, 300));";
  const attempts = [
    ["fetch of another site", `return (await fetch("${world.url}/fetch")).status`],
    ["fetch without an answer", `await fetch("${world.url}/no-cors", { mode: "no-cors" }); return "sent"`],
    ["fetch of this site", `return (await fetch("${site}")).status`],
    [
      "XMLHttpRequest",
      `const request = new XMLHttpRequest(); request.open("GET", "${world.url}/xhr", false); request.send(); return request.status`,
    ],
    [
      "WebSocket",
      `return new Promise((resolve, reject) => { const socket = new WebSocket("${world.url.replace("http", "ws")}/ws"); socket.onopen = () => resolve("open"); socket.onerror = () => reject(new Error("no socket")); })`,
    ],
    [
      "EventSource",
      `return new Promise((resolve, reject) => { const source = new EventSource("${world.url}/events"); source.onopen = () => resolve("open"); source.onerror = () => reject(new Error("no events")); })`,
    ],
    ["importScripts", `importScripts("${world.url}/script.js"); return "loaded"`],
    ["import", `await import("${world.url}/module.mjs"); return "loaded"`],
    [
      "a worker from elsewhere",
      `return new Promise((resolve, reject) => { const worker = new Worker("${world.url}/worker.js"); worker.onerror = () => reject(new Error("no worker")); worker.onmessage = () => resolve("runs"); setTimeout(() => reject(new Error("nothing")), 1000); })`,
    ],
    [
      "a nested worker with a network",
      `const url = URL.createObjectURL(new Blob(["fetch('${world.url}/nested').then(() => postMessage('reached'), () => postMessage('refused'))"])); return new Promise((resolve, reject) => { const worker = new Worker(url); worker.onmessage = ({ data }) => (data === "reached" ? resolve(data) : reject(new Error(data))); worker.onerror = () => reject(new Error("no worker")); })`,
    ],
    [
      "sendBeacon",
      `${later} if (!navigator.sendBeacon) throw new Error("there is none"); return navigator.sendBeacon("${world.url}/beacon")`,
    ],
    ["document", "return document.cookie"],
    ["the page", "return parent.document.title"],
    ["the window", "return window.top.location.href"],
    ["cookies", "return (await cookieStore.getAll()).length"],
    ["localStorage", "return localStorage.getItem('secret')"],
    [
      "indexedDB",
      "return new Promise((resolve, reject) => { const request = indexedDB.open('x'); request.onsuccess = () => resolve('open'); request.onerror = () => reject(request.error); })",
    ],
    ["Cache Storage", "return (await caches.keys()).length"],
    ["files of the browser", "await navigator.storage.getDirectory(); return 'open'"],
  ] as const;
  await computer.write("app.py", app(attempts));
  const server = await computer.start(["flask", "--app", "app", "run"]);
  await server.prints(/Running on/);
  const { status, text } = await computer.request(5000, "/");
  expect(status).toBe(200);
  const outcomes: Record<string, string> = JSON.parse(text);
  expect(Object.keys(outcomes).sort()).toEqual(attempts.map(([name]) => name).sort());
  for (const [name, outcome] of Object.entries(outcomes)) expect(outcome, name).toMatch(/^refused: /);
  // What is refused must not have left all the same.
  expect(world.asked).toEqual([]);
  expect(answered.filter((url) => !url.startsWith("blob:") && !url.startsWith("data:"))).toEqual([]);
  expect(await page.title()).toBe(before);
  world.close();
});

test("the attempts are real: in an ordinary page most of them succeed", async ({ page }, { project }) => {
  const world = await outsideWorld();
  const site = project.use.baseURL ?? "";
  await page.context().addCookies([{ name: "secret", value: "cookie", url: site }]);
  await page.goto(site);
  const reached = await page.evaluate(async () => {
    localStorage.setItem("secret", "stored");
    const opened = await new Promise((resolve) => {
      const request = indexedDB.open("x");
      request.onsuccess = () => resolve("open");
      request.onerror = () => resolve("refused");
    });
    return {
      cookie: document.cookie,
      stored: localStorage.getItem("secret"),
      opened,
      caches: (await caches.keys()).length >= 0,
    };
  });
  expect(reached).toEqual({
    cookie: expect.stringContaining("secret=cookie"),
    stored: "stored",
    opened: "open",
    caches: true,
  });
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(`${world.url}/`);
  expect(await elsewhere.evaluate((url) => fetch(`${url}/fetch`).then((answer) => answer.text()), world.url)).toBe(
    "secret",
  );
  expect(world.asked).toContain("GET /fetch");
  world.close();
});

// [threat: other-side]
test("two computers of a machine share no files, ports or processes", async ({ computer, machine }) => {
  const { PageComputer } = await import("../../testing/browser/machine.ts");
  const other = new PageComputer(machine.page, `${computer.name}-neighbour`);
  await computer.write("mine.txt", "mine");
  const server = await computer.start(["python", "-m", "http.server", "8123", "--bind", "0.0.0.0"]);
  await server.prints(/Serving HTTP/);
  expect(await other.python("import os; print(os.path.exists('mine.txt'))")).toBe("False\n");
  await expect(other.request(8123, "/")).rejects.toThrow(/refused/);
  expect(await other.processes()).toEqual([]);
  await other.stop();
  expect((await computer.request(8123, "/mine.txt")).text).toBe("mine");
});

// [threat: embedder-message]
test("a page of another site that opens or frames the machine's file runs nothing in this site's origin", async ({
  page,
}, { project }) => {
  const site = project.use.baseURL ?? "";
  await page.goto(site);
  await page.evaluate(() => localStorage.setItem("secret", "stored"));
  const attacker = await page.context().newPage();
  // Another origin on the same host, because the browser keeps made-up hosts from reaching this computer.
  const world = await outsideWorld();
  await attacker.goto(world.url);
  const heard = await attacker.evaluate(
    async ({ file }) => {
      const attack = `globalThis.startMachine = () => {
        const look = () => { try { return localStorage.getItem("secret"); } catch (error) { return error.name; } };
        (opener ?? parent.opener ?? parent.parent).postMessage([self.origin, look()], "*");
      };`;
      const script = new TextEncoder().encode(attack);
      const answers: unknown[] = [];
      const answered = new Promise<void>((resolve) => {
        addEventListener("message", ({ data }) => {
          if (Array.isArray(data)) answers.push(data);
          resolve();
        });
      });
      let sent = 0;
      const frame = document.createElement("iframe");
      frame.src = file;
      document.body.append(frame);
      const opened = window.open(file);
      const enough = Promise.withResolvers<void>();
      const sending = setInterval(() => {
        // To the opened one, once its frame is there.
        if ((opened?.[0]?.length ?? -1) >= 0) sent += 1;
        if (sent > 20) enough.resolve();
        for (const target of [opened, opened?.[0], frame.contentWindow, frame.contentWindow?.[0]]) {
          target?.postMessage({ script }, "*", [new MessageChannel().port2]);
        }
      }, 100);
      await answered;
      await enough.promise;
      clearInterval(sending);
      return answers;
    },
    { file: `${site}machine/frame.html` },
  );
  // The script of the page around the file did run, so that the test can fail; without an origin. That of the opener
  // did not run at all.
  expect(heard).toEqual([["null", "SecurityError"]]);
  world.close();
});
