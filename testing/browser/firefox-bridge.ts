/**
 * Firefox for Playwright's browser of WebDriver BiDi: starts it with the arguments that it is given itself, and passes
 * on what either says to the other.
 *
 * Commands that this Firefox does not know are answered here, with nothing done: a test that needs one of them does not
 * run in Firefox. `FIREFOX` is the path of the browser.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type RawData, WebSocket, WebSocketServer } from "ws";

/** Known to WebDriver BiDi, and not to Firefox 153. */
const unknown: ReadonlySet<unknown> = new Set(["emulation.setMediaFeaturesOverride"]);
/** By these words Playwright finds the browser's address. */
const announcement = "WebDriver BiDi listening on ";

const { FIREFOX: browser } = process.env;
if (browser === undefined) throw new Error("FIREFOX must be the path of a Firefox");
const firefox = spawn(browser, process.argv.slice(2), { stdio: ["ignore", "pipe", "pipe"] });
for (const stream of [firefox.stdout, firefox.stderr]) {
  createInterface(stream).on("line", (line) => {
    const at = line.indexOf(announcement);
    if (at < 0) console.error(line);
    else serve(line.slice(at + announcement.length).trim());
  });
}
firefox.on("exit", (code) => process.exit(code ?? 1));
process.on("SIGTERM", () => firefox.kill("SIGTERM"));

/** Takes Playwright's connections in place of the browser at `address`. */
function serve(address: string): void {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (client, { url = "/" }) => connect(client, new WebSocket(address + url)));
  server.on("listening", () => {
    const own = server.address();
    if (own !== null && typeof own === "object") console.error(`${announcement}ws://127.0.0.1:${own.port}`);
  });
}

function connect(client: WebSocket, browser: WebSocket): void {
  /** Said before the browser listens. */
  const early: string[] = [];
  const pass = (command: string) => {
    if (browser.readyState === WebSocket.OPEN) browser.send(command);
    else early.push(command);
  };
  browser.on("open", () => {
    for (const command of early.splice(0)) browser.send(command);
  });
  client.on("message", (data) => {
    const command = textOf(data);
    const { id, method }: { id?: unknown; method?: unknown } = JSON.parse(command);
    if (unknown.has(method)) client.send(JSON.stringify({ type: "success", id, result: {} }));
    else pass(command);
  });
  browser.on("message", (data) => client.send(textOf(data)));
  browser.on("close", () => client.close());
  client.on("close", () => browser.close());
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(new Uint8Array(data)).toString();
}
