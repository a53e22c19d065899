import { describe, expect, test } from "vitest";
import type { RequestEvent } from "../../../host-types.ts";
import { encoded, ScriptedComputer } from "../testing/computer.ts";
import type { ScriptedProcess } from "../testing/scripted-process.ts";

async function serving() {
  const computer = new ScriptedComputer();
  const { process } = computer.launch();
  await process.listen(3, 8000);
  const batches: (readonly RequestEvent[])[] = [];
  computer.host.onRequestEvent((events) => batches.push(events));
  const latest = async () => {
    await computer.clock.pass(50);
    return batches.at(-1)?.at(-1);
  };
  return { computer, process, batches, latest };
}

function send(process: ScriptedProcess, fd: number, what: string, tid = process.pid): void {
  process.say({ op: "send", fd, tid, bytes: encoded(what) });
}

describe("a request", () => {
  test("is followed from the backlog to its end", async () => {
    const { computer, process, latest } = await serving();
    const client = computer.host.connect(8000);
    client.requestBegan("/io");
    void client.write(encoded("GET /io"));
    await computer.clock.pass(10);
    await process.accept(3, 4);
    expect(await latest()).toEqual({ id: 1, port: 8000, path: "/io", pid: process.pid, queued: 0, accepted: 10 });
    send(process, 4, "HTTP/1.1 ", 99);
    await computer.clock.pass(5);
    send(process, 4, "200 OK", process.pid);
    client.requestEnded("answered");
    expect(await latest()).toEqual({
      id: 1,
      port: 8000,
      path: "/io",
      pid: process.pid,
      tid: 99,
      queued: 0,
      accepted: 10,
      firstByte: 60,
      end: 65,
      outcome: "answered",
    });
    client.close();
    await computer.clock.pass(200);
    expect(computer.host.processes.get()[0]?.requests).toBe(1);
  });

  test("whose client gave up is held by its process until that closes the connection", async () => {
    const { computer, process, latest } = await serving();
    const client = computer.host.connect(8000);
    client.requestBegan("/hang");
    void client.write(encoded("GET /hang"));
    await process.accept(3, 4);
    await computer.clock.pass(4000);
    client.requestEnded("failed");
    client.close();
    expect(await latest()).toMatchObject({ outcome: "failed", end: 4000, held: true });
    await computer.clock.pass(1000);
    process.say({ op: "close", fd: 4 });
    const event = await latest();
    expect(event).toMatchObject({ outcome: "failed", end: 4000, released: 5050 });
    expect(event).not.toHaveProperty("held");
  });

  test("is let go of when the process dies", async () => {
    const { computer, process, latest } = await serving();
    const client = computer.host.connect(8000);
    client.requestBegan("/hang");
    void client.write(encoded("GET /hang"));
    await process.accept(3, 4);
    client.close();
    expect(await latest()).toMatchObject({ held: true });
    computer.host.kill(process.pid, "SIGKILL");
    expect(await latest()).toMatchObject({ outcome: "failed", released: 50 });
  });

  test("that nobody took is held by nobody", async () => {
    const { computer, latest } = await serving();
    const client = computer.host.connect(8000);
    client.requestBegan("/");
    client.close();
    expect(await latest()).not.toHaveProperty("held");
  });

  test("that was answered with an error counts as one that was answered", async () => {
    const { computer, process, latest } = await serving();
    const client = computer.host.connect(8000);
    client.requestBegan("/");
    void client.write(encoded("GET /"));
    await process.accept(3, 4);
    send(process, 4, "HTTP/1.1 500");
    client.requestEnded("error");
    expect(await latest()).toMatchObject({ outcome: "error" });
    expect(computer.host.processes.get()[0]?.requests).toBe(1);
  });

  test("bears the label that its sender gave it, and the next one on the connection none", async () => {
    const { computer, latest } = await serving();
    const client = computer.host.connect(8000);
    client.requestBegan("/io", "by hand 1");
    void client.write(encoded("GET /io"));
    expect(await latest()).toMatchObject({ path: "/io", label: "by hand 1" });
    client.requestEnded("answered");
    client.requestBegan("/io");
    void client.write(encoded("GET /io"));
    expect(await latest()).not.toHaveProperty("label");
  });

  test("says itself what it asks for, where the client does not", async () => {
    const { computer, latest } = await serving();
    const client = computer.host.connect(8000);
    void client.write(encoded("POST /form?x=1 HTTP/1.1\r\n"));
    void client.write(encoded("GET /not-this HTTP/1.1\r\n"));
    expect(await latest()).toMatchObject({ path: "/form?x=1" });
    const other = computer.host.connect(8000);
    void other.write(encoded("no request at all"));
    expect((await latest())?.path).toBeUndefined();
  });

  test("on a kept-alive connection begins with its first byte", async () => {
    const { computer, process, batches } = await serving();
    const client = computer.host.connect(8000);
    client.requestBegan("/one");
    void client.write(encoded("one"));
    await process.accept(3, 4);
    send(process, 4, "1");
    client.requestEnded("answered");
    await computer.clock.pass(100);
    client.requestBegan("/two");
    void client.write(encoded("two"));
    await computer.clock.pass(10);
    await process.read(4);
    send(process, 4, "2");
    client.requestEnded("failed");
    await computer.clock.pass(50);
    expect(batches.at(-1)?.at(-1)).toMatchObject({
      id: 2,
      path: "/two",
      queued: 100,
      accepted: 110,
      outcome: "failed",
    });
    expect(computer.host.processes.get()[0]?.requests).toBe(1);
  });

  test("of a process that tells nothing ends with the next one, or with the connection", async () => {
    const { computer, process, batches } = await serving();
    const { process: proxy } = computer.launch("nginx");
    proxy.say({ op: "socket", fd: 5 });
    await proxy.call("connect", { fd: 5, address: "localhost", port: 8000 });
    send(proxy, 5, "GET /");
    await process.accept(3, 4);
    await computer.clock.pass(7);
    send(process, 4, "answer");
    await computer.clock.pass(20);
    send(proxy, 5, "GET /again");
    await process.read(4);
    await computer.clock.pass(50);
    const first = batches.flat().findLast(({ id }) => id === 1);
    expect(first).toMatchObject({ queued: 0, firstByte: 7, end: 7, outcome: "answered" });
    computer.host.kill(process.pid, "SIGKILL");
    proxy.say({ op: "close", fd: 5 });
    await computer.clock.pass(50);
    expect(batches.flat().findLast(({ id }) => id === 2)).toMatchObject({ queued: 27, outcome: "failed" });
  });

  test("that is never accepted fails", async () => {
    const { computer, process, latest } = await serving();
    const client = computer.host.connect(8000);
    process.say({ op: "exit", code: 0 });
    client.close();
    expect(await latest()).toEqual({ id: 1, port: 8000, queued: 0, end: 0, outcome: "failed" });
  });

  test("taken by a process that dies at once is taken again by another", async () => {
    const { computer, process, latest } = await serving();
    const worker = await computer.fork(process);
    void worker.read(3);
    await computer.clock.pass(1);
    computer.host.connect(8000);
    expect(await latest()).toMatchObject({ pid: worker.pid, accepted: 1 });
    computer.host.kill(worker.pid, "SIGKILL");
    expect(await latest()).toEqual({ id: 1, port: 8000, queued: 1 });
    await process.accept(3, 4);
    expect(await latest()).toMatchObject({ pid: process.pid });
  });

  test("is told of in batches, at most twenty a second", async () => {
    const { computer, batches } = await serving();
    for (let count = 0; count < 100; count += 1) {
      computer.host.connect(8000);
      await computer.clock.pass(1);
    }
    await computer.clock.pass(50);
    expect(batches.length).toBeLessThanOrEqual(3);
    expect(batches.flat()).toHaveLength(100);
  });
});
