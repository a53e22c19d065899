/** What an attacker has: a site of their own, and servers that count who speaks to them. All on this computer. */
import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";

/** An attacker's site, of another origin than the course. */
export interface AttackerSite {
  readonly url: string;
  /** Paths that were asked for, the site's own page left out. */
  readonly asked: readonly string[];
  close(): void;
}

/** Serves a page, and remembers what else it is asked. */
export async function attackerSite(body: string): Promise<AttackerSite> {
  const asked: string[] = [];
  const server = createServer(({ url = "/" }, response) => {
    if (url !== "/") asked.push(url);
    response
      .writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Access-Control-Allow-Origin": "*" })
      .end(`<!doctype html><title>Attacker</title><link rel="icon" href="data:,">${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The attacker's site has no port.");
  // Named differently from the course's host, so that it is another site, too.
  return { url: `http://localhost:${address.port}/`, asked, close: () => server.close() };
}

/** A STUN server (UDP) and a TURN server (TCP) that only listen. */
export interface RelayServers {
  readonly stun: number;
  readonly turn: number;
  /** Packets and connections that have arrived. */
  readonly heard: () => number;
  close(): void;
}

/** Opens both. */
export async function relayServers(): Promise<RelayServers> {
  let heard = 0;
  const stun = createSocket("udp4", () => {
    heard += 1;
  });
  await new Promise<void>((resolve) => stun.bind(0, "127.0.0.1", resolve));
  const turn = createTcpServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => turn.listen(0, "127.0.0.1", resolve));
  const address = turn.address();
  if (address === null || typeof address === "string") throw new Error("The TURN server has no port.");
  return {
    stun: stun.address().port,
    turn: address.port,
    heard: () => heard,
    close: () => {
      stun.close();
      turn.close();
    },
  };
}
