import { describe, expect, test } from "vitest";
import type { Fd, Ready } from "../protocol.ts";
import { decoded, encoded, ScriptedComputer } from "../testing/computer.ts";
import type { ScriptedProcess } from "../testing/scripted-process.ts";

function start(): ScriptedProcess {
  return new ScriptedComputer().launch("server").process;
}

async function udp(process: ScriptedProcess, fd: Fd, port?: number): Promise<ScriptedProcess> {
  process.say({ op: "socket", fd, datagrams: "udp" });
  if (port !== undefined) await process.call("bind", { fd, address: "127.0.0.1", port });
  return process;
}

async function unix(process: ScriptedProcess, fd: Fd, path?: string): Promise<ScriptedProcess> {
  process.say({ op: "socket", fd, datagrams: "unix" });
  if (path !== undefined) await process.call("bind", { fd, address: path, port: 0, path });
  return process;
}

function send(process: ScriptedProcess, fd: Fd, text: string, to?: { port?: number; path?: string; address?: string }) {
  const { port = 0, path, address = path ?? "127.0.0.1" } = to ?? {};
  const destination = to && { address, port, ...(path !== undefined && { path }) };
  return process.call("sendDatagram", {
    fd,
    bytes: encoded(text),
    ...(destination && { to: destination }),
  });
}

function texts(ready: Ready | undefined): string[] {
  return (ready?.datagrams ?? []).map(({ bytes }) => decoded(bytes));
}

describe("UDP", () => {
  test("comes in pieces as it was sent, with its sender's address", async () => {
    const process = await udp(await udp(start(), 3, 8125), 4);
    expect(await send(process, 4, "one", { port: 8125 })).toEqual({ address: "0.0.0.0", port: 32_768 });
    await send(process, 4, "two", { port: 8125 });
    await send(process, 4, "", { port: 8125 });
    const ready = await process.read(3);
    expect(texts(ready)).toEqual(["one", "two", ""]);
    expect(ready?.datagrams?.[0]?.from).toEqual({ address: "127.0.0.1", port: 32_768 });
    await send(process, 3, "back", { port: 32_768 });
    expect(texts(await process.read(4))).toEqual(["back"]);
  });

  test("is lost where nobody is, and a connected socket hears of it once", async () => {
    const process = await udp(await udp(start(), 3), 4);
    await send(process, 3, "into the void", { port: 9 });
    await process.call("connect", { fd: 4, address: "localhost", port: 9 });
    await send(process, 4, "first");
    await expect(send(process, 4, "second")).rejects.toThrow("Connection refused");
    await send(process, 4, "third");
    expect((await process.read(4))?.error).toBe("ECONNREFUSED");
  });

  test("reaches a connected socket from its peer only", async () => {
    const process = await udp(await udp(await udp(start(), 3, 5000), 4, 5001), 5, 5002);
    await process.call("connect", { fd: 3, address: "127.0.0.1", port: 5001 });
    await send(process, 5, "stranger", { port: 5000 });
    await send(process, 4, "friend", { port: 5000 });
    expect(texts(await process.read(3))).toEqual(["friend"]);
  });

  test("refuses what Linux does", async () => {
    const process = await udp(await udp(start(), 3, 5000), 4);
    await expect(process.call("bind", { fd: 4, address: "127.0.0.1", port: 5000 })).rejects.toThrow("in use");
    await expect(process.call("bind", { fd: 4, address: "10.0.0.1", port: 1 })).rejects.toThrow("Cannot assign");
    await expect(send(process, 4, "x", { address: "8.8.8.8", port: 53 })).rejects.toThrow("unreachable");
    await expect(send(process, 4, "x".repeat(65_508), { port: 5000 })).rejects.toThrow("Message too long");
    await expect(send(process, 4, "x")).rejects.toThrow("Destination address required");
    await expect(process.call("listen", { fd: 3, backlog: 1 })).rejects.toThrow("Operation not supported");
    process.say({ op: "close", fd: 3 });
    await process.call("bind", { fd: 4, address: "0.0.0.0", port: 5000 });
  });

  test("drops what comes when nobody reads, and never waits", async () => {
    const process = await udp(await udp(start(), 3, 5000), 4);
    for (let sent = 0; sent < 300; sent += 1) await send(process, 4, "x".repeat(1000), { port: 5000 });
    expect(texts(await process.read(3)).length).toBeLessThan(200);
  });

  test("gives one datagram to each of those who share a socket", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch("server");
    await udp(process, 3, 5000);
    await udp(process, 4);
    const child = await computer.fork(process);
    await send(process, 4, "one", { port: 5000 });
    await send(process, 4, "two", { port: 5000 });
    expect([texts(await process.read(3)), texts(await child.read(3))]).toEqual([["one"], ["two"]]);
  });
});

describe("Unix datagrams", () => {
  test("go to a file, and say who sent them if that has a name", async () => {
    const process = await unix(await unix(start(), 3, "/tmp/log.sock"), 4);
    await send(process, 4, "hello", { path: "/tmp/log.sock" });
    expect((await process.read(3))?.datagrams).toEqual([{ bytes: encoded("hello"), from: { address: "", port: 0 } }]);
    await unix(process, 5, "/tmp/named.sock");
    await send(process, 5, "named", { path: "/tmp/log.sock" });
    expect((await process.read(3))?.datagrams?.[0]?.from.address).toBe("/tmp/named.sock");
  });

  test("are refused where no such socket is", async () => {
    const process = await unix(await unix(start(), 3, "/tmp/log.sock"), 4);
    await expect(send(process, 4, "x", { path: "/tmp/none.sock" })).rejects.toThrow("No such file");
    await expect(process.call("connect", { fd: 4, address: "x", port: 0, path: "/tmp/none" })).rejects.toThrow(
      "No such",
    );
    process.say({ op: "close", fd: 3 });
    await expect(send(process, 4, "x", { path: "/tmp/log.sock" })).rejects.toThrow("Connection refused");
    process.say({ op: "socket", fd: 6 });
    await process.call("bind", { fd: 6, address: "s", port: 0, path: "/tmp/stream.sock" });
    await expect(send(process, 4, "x", { path: "/tmp/stream.sock" })).rejects.toThrow("Protocol wrong type");
    await unix(process, 7, "/tmp/again.sock");
    process.say({ op: "socket", fd: 8 });
    await expect(process.call("connect", { fd: 8, address: "s", port: 0, path: "/tmp/again.sock" })).rejects.toThrow(
      "Protocol wrong type",
    );
  });

  test("wait for room, or not at all", async () => {
    const process = start();
    process.say({ op: "socketpair", fds: [3, 4], datagrams: true });
    for (let sent = 0; sent < 512; sent += 1) await send(process, 3, "x");
    await expect(send(process, 3, "x")).rejects.toThrow("Resource temporarily unavailable");
    const room = process.wait([{ fd: 3, read: false, write: true }]);
    expect(texts(await process.read(4))).toHaveLength(512);
    expect(await room).toMatchObject([{ fd: 3 }]);
    await send(process, 3, "last");
    expect(texts(await process.read(4))).toEqual(["last"]);
  });

  test("to a pair's other end that is closed are refused", async () => {
    const process = start();
    process.say({ op: "socketpair", fds: [3, 4], datagrams: true }, { op: "close", fd: 4 });
    await expect(send(process, 3, "x")).rejects.toThrow("Connection refused");
  });
});
