/**
 * A test double of the origin at which `@webcontainer/api` finds WebContainer: its frame answers the real, unmodified
 * client, and its commands run as real Node processes on this computer's loopback. What passes here shows that the
 * adapter and the client agree and that the lab's programs work on Node, and nothing about StackBlitz's runtime.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { LaunchOptions, Page } from "@playwright/test";
import { build } from "esbuild";
import { browserArguments, findBrowser } from "../../scripts/find-browser.ts";
import { DoubleComputer } from "./computer.ts";
import type { Behaviour, Happening } from "./protocol.ts";

/** The double, listening. */
export interface WebContainerDouble {
  /** For `WEBCONTAINER_API_IFRAME_URL`. */
  readonly origin: string;
  /** How it treats those who come from now on. */
  behaviour: Behaviour;
  /** Query of the last frame that was asked for, e.g. with the API key. */
  readonly lastQuery: URLSearchParams;
  /** All processes end at once, and nothing is said or answered any more. */
  die(): Promise<void>;
  close(): Promise<void>;
}

interface Session {
  readonly computer: DoubleComputer;
  readonly stream: ServerResponse;
}

const executablePath = findBrowser();

/** The browser would ask the reader before a page reaches another server of this computer, and the double is one. */
export const doubleLaunchOptions: LaunchOptions = {
  ...(executablePath !== undefined && { executablePath }),
  args: [...browserArguments, "--disable-features=LocalNetworkAccessChecks"],
};

/** Makes WebContainer's client in this page look for it at the double. */
export async function useDouble(page: Page, { origin }: WebContainerDouble): Promise<void> {
  await page.addInitScript((url) => {
    Reflect.set(globalThis, "WEBCONTAINER_API_IFRAME_URL", url);
  }, origin);
}

/** Starts a double on a free port. */
export async function startDouble(): Promise<WebContainerDouble> {
  const frame = await bundleFrame();
  const sessions = new Map<string, Session>();
  let behaviour: Behaviour = "answers";
  let lastQuery = new URLSearchParams();
  let dead = false;

  const sendFrame = (response: ServerResponse) => {
    response.writeHead(200, {
      "Content-Type": "text/html",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cross-Origin-Resource-Policy": "cross-origin",
    });
    response.end(`<!doctype html><script>const behaviour = ${JSON.stringify(behaviour)};\n${frame}</script>`);
  };

  const openStream = (id: string, response: ServerResponse) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(":\n\n");
    const tell = (happening: Happening) => {
      if (!dead) response.write(`data: ${JSON.stringify(happening)}\n\n`);
    };
    const computer = new DoubleComputer(tell, behaviour !== "cannot kill");
    sessions.set(id, { computer, stream: response });
    response.on("close", () => {
      sessions.delete(id);
      void computer.end();
    });
  };

  const answer = async (id: string, request: IncomingMessage, response: ServerResponse) => {
    const call = JSON.parse(await bodyOf(request));
    const session = sessions.get(id);
    if (dead || !session) return;
    const result = await session.computer.perform(call).catch((error: unknown) => ({ error: String(error) }));
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(result));
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const id = searchParams.get("session") ?? "";
    if (pathname === "/headless") {
      lastQuery = searchParams;
      sendFrame(response);
    } else if (pathname === "/events") openStream(id, response);
    else if (pathname === "/call") void answer(id, request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The double has no port");

  const endAll = () => Promise.all([...sessions.values()].map(({ computer }) => computer.end()));
  return {
    origin: `http://127.0.0.1:${address.port}`,
    get behaviour() {
      return behaviour;
    },
    set behaviour(wanted) {
      behaviour = wanted;
    },
    get lastQuery() {
      return lastQuery;
    },
    async die() {
      dead = true;
      await endAll();
    },
    async close() {
      await endAll();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundleFrame(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("frame.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
  });
  return result.outputFiles[0]?.text.replaceAll("</script", "<\\/script") ?? "";
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}
