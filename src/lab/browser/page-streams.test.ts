import { sha1 } from "@noble/hashes/legacy.js";
import { describe, expect, test } from "vitest";
import type { Connection } from "../../machine/machine.ts";
import type { StreamEvent } from "./page-service.ts";
import { PageStreams } from "./page-streams.ts";

/** A server by hand: what the page's side writes, and what it is answered. */
class Server implements Connection {
  closed = false;
  #written = "";
  #answers: Uint8Array[] = [];
  #reading: ((bytes: Uint8Array | null) => void) | undefined;
  #wanted: { length: number; resolve: (text: string) => void } | undefined;

  read(): Promise<Uint8Array | null> {
    const next = this.#answers.shift();
    if (next !== undefined) return Promise.resolve(next);
    if (this.closed) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#reading = resolve;
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#written += String.fromCharCode(...bytes);
    this.#check();
  }

  end(): void {}

  close(): void {
    this.closed = true;
    this.#reading?.(null);
  }

  answer(content: string | number[]): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);
    const reading = this.#reading;
    this.#reading = undefined;
    if (reading === undefined) this.#answers.push(bytes);
    else reading(bytes);
  }

  /** The next so many bytes that were written, or all up to the end of a head. */
  heard(length = 0): Promise<string> {
    return new Promise((resolve) => {
      this.#wanted = { length, resolve };
      this.#check();
    });
  }

  #check(): void {
    const end = this.#written.indexOf("\r\n\r\n");
    const length = this.#wanted?.length || (end < 0 ? Number.POSITIVE_INFINITY : end + 4);
    if (this.#wanted === undefined || this.#written.length < length) return;
    const { resolve } = this.#wanted;
    this.#wanted = undefined;
    resolve(this.#written.slice(0, length));
    this.#written = this.#written.slice(length);
  }
}

function start(): { streams: PageStreams; servers: Server[]; missing: string[] } {
  const servers: Server[] = [];
  const missing: string[] = [];
  const streams = new PageStreams({
    connect: async (port) => {
      if (port !== 5000) throw new Error("this machine opens no connections");
      const server = new Server();
      servers.push(server);
      return server;
    },
    headers: async () => [["Cookie", "who=me"]],
    missing: (what) => missing.push(what),
    origin: "http://localhost:5000",
  });
  return { streams, servers, missing };
}

async function accepted(server: Server): Promise<string> {
  const head = await server.heard();
  const key = /Sec-WebSocket-Key: (\S+)/.exec(head)?.[1] ?? "";
  const digest = sha1(new TextEncoder().encode(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`));
  server.answer(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${btoa(String.fromCharCode(...digest))}\r\n\r\n`,
  );
  return head;
}

const socket = { kind: "socket", url: "http://localhost:5000/ws?x=1", protocols: [] } as const;
const events = { kind: "events", url: "http://localhost:5000/events", protocols: [] } as const;
const lost: StreamEvent = { kind: "closed", code: 1006, reason: "", clean: false };

describe("a WebSocket of a page", () => {
  test("speaks with the server", async () => {
    const { streams, servers } = start();
    streams.open(1, socket);
    await expect.poll(() => servers.length).toBe(1);
    const [server] = servers;
    if (server === undefined) throw new Error("no connection was made");
    const head = await accepted(server);
    expect(head).toMatch(/^GET \/ws\?x=1 HTTP\/1\.1\r\nHost: localhost:5000\r\n/);
    expect(head).toContain("\r\nCookie: who=me\r\n");
    expect(await streams.next(1)).toEqual([{ kind: "open", protocol: "" }]);
    server.answer([0x81, 2, 104, 105]);
    expect(await streams.next(1)).toEqual([{ kind: "text", data: "hi" }]);
    streams.send(1, ["abc"]);
    expect((await server.heard(9)).slice(0, 2)).toBe("\x81\x83");
    streams.close(1, 1000, "");
    expect((await server.heard(8)).slice(0, 2)).toBe("\x88\x82");
    server.answer([0x88, 2, 3, 232]);
    expect(await streams.next(1)).toEqual([{ kind: "closed", code: 1000, reason: "", clean: true }]);
    expect(await streams.next(1)).toEqual([]);
  });

  test("that the server does not take, or that leads out, is closed", async () => {
    const { streams, servers, missing } = start();
    streams.open(1, socket);
    await expect.poll(() => servers.length).toBe(1);
    await servers[0]?.heard();
    servers[0]?.answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    expect(await streams.next(1)).toEqual([lost]);
    expect(servers[0]?.closed).toBe(true);
    streams.open(2, { ...socket, url: "http://example.com/ws" });
    streams.open(3, { ...socket, url: "http://localhost:6000/ws" });
    expect([await streams.next(2), await streams.next(3)]).toEqual([[lost], [lost]]);
    expect([servers.length, missing]).toEqual([1, []]);
  });

  test("is gone with its page", async () => {
    const { streams, servers } = start();
    streams.open(1, socket);
    await expect.poll(() => servers.length).toBe(1);
    const next = streams.next(1);
    streams.dropAll();
    expect(await next).toEqual([]);
    await expect.poll(() => servers[0]?.closed).toBe(true);
  });
});

describe("an EventSource of a page", () => {
  test("hears events in chunks, and asks again with the last one's id", async () => {
    const { streams, servers } = start();
    streams.open(1, events);
    await expect.poll(() => servers.length).toBe(1);
    await servers[0]?.heard();
    servers[0]?.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    expect(await streams.next(1)).toEqual([{ kind: "open", protocol: "" }]);
    servers[0]?.answer("1a\r\nretry: 1\nid: 4\ndata: one\n\n\r\n");
    expect(await streams.next(1)).toEqual([{ kind: "event", type: "message", data: "one", id: "4" }]);
    servers[0]?.answer("0\r\n\r\n");
    expect(await streams.next(1)).toEqual([{ kind: "lost" }]);
    await expect.poll(() => servers.length).toBe(2);
    expect(await servers[1]?.heard()).toContain("\r\nLast-Event-ID: 4\r\n");
    servers[1]?.answer("HTTP/1.1 204 No Content\r\n\r\n");
    expect(await streams.next(1)).toMatchObject([{ kind: "closed" }]);
  });
});
