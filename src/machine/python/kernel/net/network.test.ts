import { describe, expect, test } from "vitest";
import { settled } from "../../../../testing/virtual-clock.ts";
import { decoded, encoded, ScriptedComputer } from "../testing/computer.ts";

const loopback = "127.0.0.1";

describe("addresses", () => {
  test("can be had once", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000);
    process.say({ op: "socket", fd: 4 });
    await expect(process.call("bind", { fd: 4, address: "0.0.0.0", port: 8000 })).rejects.toMatchObject({
      errno: "EADDRINUSE",
      message: "Address already in use",
    });
    expect(await process.call("bind", { fd: 4, address: "127.0.0.2", port: 8000 })).toEqual({
      address: "127.0.0.2",
      port: 8000,
    });
  });

  test("are free again when the last descriptor is closed, in whichever process", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000);
    const child = await computer.fork(process);
    process.say({ op: "close", fd: 3 });
    expect(computer.host.ports.get()).toEqual([8000]);
    child.say({ op: "exit", code: 0 });
    expect(computer.host.ports.get()).toEqual([]);
    await process.listen(3, 8000);
    expect(computer.host.ports.get()).toEqual([8000]);
  });

  test("are chosen where none is asked for", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    process.say({ op: "socket", fd: 3 }, { op: "socket", fd: 4 });
    const one = await process.call("bind", { fd: 3, address: loopback, port: 0 });
    const other = await process.call("bind", { fd: 4, address: loopback, port: 0 });
    expect(one.port).toBeGreaterThan(32_767);
    expect(other.port).not.toBe(one.port);
  });

  test("elsewhere than on this computer do not exist", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    process.say({ op: "socket", fd: 3 });
    const bind = process.call("bind", { fd: 3, address: "10.0.0.1", port: 80 });
    await expect(bind).rejects.toMatchObject({ errno: "EADDRNOTAVAIL" });
    const connect = process.call("connect", { fd: 3, address: "93.184.215.14", port: 80 });
    await expect(connect).rejects.toMatchObject({ errno: "ENETUNREACH" });
  });
});

describe("connecting", () => {
  test("is refused where nobody listens", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    const client = computer.host.connect(8000);
    await expect(client.opened()).rejects.toMatchObject({ errno: "ECONNREFUSED" });
    await expect(client.read()).rejects.toMatchObject({ errno: "ECONNREFUSED" });
    await expect(client.write(encoded("x"))).rejects.toMatchObject({ errno: "ECONNREFUSED" });
    process.say({ op: "socket", fd: 3 });
    const connect = process.call("connect", { fd: 3, address: loopback, port: 8000 });
    await expect(connect).rejects.toMatchObject({ errno: "ECONNREFUSED" });
  });

  test("is refused by a socket that is bound and does not listen", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    process.say({ op: "socket", fd: 3 });
    await process.call("bind", { fd: 3, address: loopback, port: 8000 });
    await expect(computer.host.connect(8000).opened()).rejects.toMatchObject({ errno: "ECONNREFUSED" });
  });

  test("works from process to process", async () => {
    const computer = new ScriptedComputer();
    const { process: server } = computer.launch();
    const { process: client } = computer.launch();
    await server.listen(3, 8000);
    client.say({ op: "socket", fd: 5 });
    const { local, peer, credit } = await client.call("connect", { fd: 5, address: "localhost", port: 8000 });
    expect(peer).toEqual({ address: loopback, port: 8000 });
    expect(credit).toBe(256 * 1024);
    client.say({ op: "send", fd: 5, tid: client.pid, bytes: encoded("hi") });
    const accepted = await server.accept(3, 4);
    expect(accepted).toMatchObject({ local: peer, peer: local, credit });
    expect(decoded(accepted?.bytes)).toBe("hi");
    server.say({ op: "send", fd: 4, tid: server.pid, bytes: encoded("yo") });
    expect(decoded((await client.read(5))?.bytes)).toBe("yo");
  });

  test("waits while the backlog is full: tries again after 1 s, 3 s …", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000, 1);
    // A backlog of 1 holds two, as on Linux.
    await computer.host.connect(8000).opened();
    await computer.host.connect(8000).opened();
    const late = computer.host.connect(8000);
    let opened: number | undefined;
    void late.opened().then(() => {
      opened = computer.clock.now();
    });
    await computer.clock.pass(1500);
    await process.accept(3, 4);
    await computer.clock.pass(10_000);
    expect(opened).toBe(3000);
  });

  test("is counted while it waits, which programs such as ss print", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000, 5);
    await computer.host.connect(8000).opened();
    await computer.host.connect(8000).opened();
    const listening = async () => (await process.call("sockets", {})).filter(({ state }) => state === "listen");
    expect(await listening()).toMatchObject([{ queued: 2, backlog: 5 }]);
    await process.accept(3, 4);
    expect(await listening()).toMatchObject([{ queued: 1, backlog: 5 }]);
  });

  test("times out after 127 s if the backlog stays full", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000, 0);
    await computer.host.connect(8000).opened();
    const late = computer.host.connect(8000);
    let failed: unknown;
    void late.opened().catch((error) => {
      failed = error;
    });
    await computer.clock.pass(126_999);
    expect(failed).toBeUndefined();
    await computer.clock.pass(1);
    expect(failed).toMatchObject({ errno: "ETIMEDOUT" });
  });

  test("that waits is refused at its next try once the listener is closed", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000, 0);
    await computer.host.connect(8000).opened();
    const opened = expect(computer.host.connect(8000).opened()).rejects.toMatchObject({ errno: "ECONNREFUSED" });
    process.say({ op: "close", fd: 3 });
    await computer.clock.pass(1000);
    await opened;
  });

  test("can be given up by a process, which may try again", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000, 0);
    await computer.host.connect(8000).opened();
    process.say({ op: "socket", fd: 4 });
    const { id } = process.begin("connect", { fd: 4, address: loopback, port: 8000 });
    process.say({ op: "cancel", call: id });
    await process.accept(3, 5);
    await expect(process.call("connect", { fd: 4, address: loopback, port: 8000 })).resolves.toBeTruthy();
  });

  test("wakes a process that waits for it, however late", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000, 0);
    await computer.host.connect(8000).opened();
    process.say({ op: "socket", fd: 4 });
    void process.call("connect", { fd: 4, address: loopback, port: 8000 });
    let woken: number | undefined;
    void process.wait([{ fd: 4, read: false, write: true }]).then((ready) => {
      expect(ready).toEqual([{ fd: 4, credit: 256 * 1024 }]);
      woken = computer.clock.now();
    });
    await settled();
    await process.accept(3, 5);
    await computer.clock.pass(5000);
    expect(woken).toBe(1000);
  });

  test("is limited in number, and closing makes room", async () => {
    const computer = new ScriptedComputer({ connections: 1 });
    const { process } = computer.launch();
    await process.listen(3, 8000);
    const first = computer.host.connect(8000);
    await expect(computer.host.connect(8000).opened()).rejects.toMatchObject({ errno: "ENOBUFS" });
    await process.accept(3, 4);
    first.close();
    process.say({ op: "close", fd: 4 });
    await expect(computer.host.connect(8000).opened()).resolves.toBeUndefined();
    await expect(computer.host.connect(8000).opened()).rejects.toMatchObject({ errno: "ENOBUFS" });
  });
});

describe("a listener", () => {
  test("that is closed resets those who wait", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000);
    const client = computer.host.connect(8000);
    const reading = expect(client.read()).rejects.toMatchObject({ errno: "ECONNRESET" });
    process.say({ op: "exit", code: 0 });
    await reading;
  });

  test("gives a connection to the process that has waited longest, one an answer", async () => {
    const computer = new ScriptedComputer();
    const { process: one } = computer.launch();
    await one.listen(3, 8000);
    const other = await computer.fork(one);
    const order: string[] = [];
    const serve = async (process: typeof one, name: string) => {
      const ready = await process.read(3);
      expect(ready?.accepted).toHaveLength(1);
      order.push(name);
    };
    void serve(other, "other");
    await settled();
    void serve(one, "one");
    await settled();
    computer.host.connect(8000);
    await settled();
    computer.host.connect(8000);
    await settled();
    expect(order).toEqual(["other", "one"]);
  });

  test("does not let a newcomer overtake in the batch in which a connection comes", async () => {
    const computer = new ScriptedComputer();
    const { process: one } = computer.launch();
    await one.listen(3, 8000);
    const other = await computer.fork(one);
    const first = one.read(3);
    await settled();
    let overtook = false;
    void other.read(3).then(() => {
      overtook = true;
    });
    computer.host.connect(8000);
    expect((await first)?.accepted).toHaveLength(1);
    await settled();
    expect(overtook).toBe(false);
  });

  test("is accepted by whichever waiting process chance picks", async () => {
    const chances = [0.5, 0, 0.99];
    const computer = new ScriptedComputer({}, { random: () => chances.shift() ?? 0 });
    const { process: master } = computer.launch();
    await master.listen(3, 8000);
    const workers = [await computer.fork(master), await computer.fork(master)] as const;
    const taken: number[] = [];
    for (const [index, worker] of workers.entries()) void worker.accept(3, 10).then(() => taken.push(index));
    await settled();
    computer.host.connect(8000);
    await computer.clock.pass(1);
    expect(taken).toEqual([1]);
    // Back at the end of the queue, and first all the same.
    void workers[1].accept(3, 11).then(() => taken.push(1));
    await settled();
    chances.splice(0, chances.length, 0.99);
    computer.host.connect(8000);
    await computer.clock.pass(1);
    expect(taken).toEqual([1, 1]);
  });

  test("is served by the oldest connection first where a process waits at several", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000);
    await process.listen(4, 8001);
    computer.host.connect(8001);
    await computer.clock.pass(1);
    computer.host.connect(8000);
    const both = [3, 4].map((fd) => ({ fd, read: true, write: false }));
    await computer.clock.pass(1);
    computer.host.connect(8001);
    const order: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const ready = await process.wait(both);
      order.push(...ready.map(({ fd }) => fd));
    }
    expect(order).toEqual([4, 3, 4]);
  });

  test("of a stopped process is left to the others", async () => {
    const computer = new ScriptedComputer();
    const { process: one } = computer.launch();
    await one.listen(3, 8000);
    const other = await computer.fork(one);
    void one.accept(3, 4);
    await settled();
    computer.host.kill(one.pid, "SIGSTOP");
    const served = other.accept(3, 4);
    computer.host.connect(8000);
    expect(await served).toBeDefined();
  });

  test("gets back what a dead process was handed and had not named, bytes and all, first of all", async () => {
    const computer = new ScriptedComputer();
    const { process: one } = computer.launch();
    await one.listen(3, 8000);
    const other = await computer.fork(one);
    void other.read(3);
    await settled();
    const client = computer.host.connect(8000);
    void client.write(encoded("precious"));
    await settled();
    computer.host.connect(8000);
    computer.host.kill(other.pid, "SIGKILL");
    const accepted = await one.accept(3, 4);
    expect(accepted?.peer).toEqual(client.local);
    expect(decoded(accepted?.bytes)).toBe("precious");
  });

  test("gets back what a process was handed that then closes it", async () => {
    const computer = new ScriptedComputer();
    const { process: one } = computer.launch();
    await one.listen(3, 8000);
    const other = await computer.fork(one);
    const handed = other.read(3);
    computer.host.connect(8000);
    const connection = (await handed)?.accepted?.[0]?.connection ?? 0;
    other.say({ op: "close", fd: 3 }, { op: "accept", listener: 3, connection, fd: 4 });
    expect((await one.accept(3, 4))?.connection).toBe(connection);
    await settled();
    expect(other.broken).toEqual([{ fd: 4, errno: "ECONNABORTED" }]);
  });
});

describe("a connection that is offered", () => {
  /** A server at the end of its answer: all is said on 4, but for the reader's last word; another reader waits. */
  async function answered() {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000);
    const first = computer.host.connect(8000);
    await process.accept(3, 4);
    process.say({ op: "shutdown", fd: 4, how: "write" });
    const next = computer.host.connect(8000);
    void next.write(encoded("GET /next"));
    await settled();
    return { computer, process, first, next };
  }
  const draining = [{ fd: 4, read: true, write: false }];

  test("comes along with the last word of the one before", async () => {
    const { process, first, next } = await answered();
    const ready = process.wait(draining);
    first.close();
    const [over, offer] = await ready;
    expect(over).toMatchObject({ fd: 4, eof: true });
    expect(offer).toMatchObject({ fd: 3, offered: true });
    const [accepted] = offer?.accepted ?? [];
    expect(accepted?.peer).toEqual(next.local);
    expect(decoded(accepted?.bytes)).toBe("GET /next");
  });

  test("is first in the queue again when it is declined, bytes and all", async () => {
    const { computer, process, first, next } = await answered();
    const other = await computer.fork(process);
    computer.host.connect(8000);
    const ready = process.wait(draining);
    first.close();
    const connection = (await ready)[1]?.accepted?.[0]?.connection ?? 0;
    process.say({ op: "decline", connection });
    const accepted = await other.accept(3, 5);
    expect(accepted?.peer).toEqual(next.local);
    expect(decoded(accepted?.bytes)).toBe("GET /next");
  });

  test("is none while a process waits for the listener", async () => {
    const { computer, process, first, next } = await answered();
    const other = await computer.fork(process);
    // It takes the one that waits, and asks for another.
    expect((await other.accept(3, 5))?.peer).toEqual(next.local);
    const served = other.read(3);
    await settled();
    const ready = process.wait(draining);
    first.close();
    const late = computer.host.connect(8000);
    expect(await ready).toHaveLength(1);
    expect((await served)?.accepted?.[0]?.peer).toEqual(late.local);
  });

  test("is none before the answer is over, or after the listener is closed", async () => {
    const { process, first } = await answered();
    process.say({ op: "close", fd: 3 });
    const ready = process.wait(draining);
    first.close();
    expect(await ready).toHaveLength(1);

    const computer = new ScriptedComputer();
    const { process: reading } = computer.launch();
    await reading.listen(3, 8000);
    const sending = computer.host.connect(8000);
    await reading.accept(3, 4);
    computer.host.connect(8000);
    const end = reading.wait(draining);
    sending.close();
    expect(await end).toHaveLength(1);
  });

  test("goes back to the queue with the process's end", async () => {
    const { computer, process, first, next } = await answered();
    const other = await computer.fork(process);
    const ready = process.wait(draining);
    first.close();
    await ready;
    process.say({ op: "exit", code: 0 });
    expect((await other.accept(3, 5))?.peer).toEqual(next.local);
  });
});

describe("a connection", () => {
  async function connected(limits = {}) {
    const computer = new ScriptedComputer(limits);
    const { process } = computer.launch();
    await process.listen(3, 8000);
    const client = computer.host.connect(8000);
    await process.accept(3, 4);
    return { computer, process, client };
  }

  test("whose process dies after it has read everything, ends in peace", async () => {
    const { computer, process, client } = await connected();
    void client.write(encoded("GET /"));
    await process.read(4);
    computer.host.kill(process.pid, "SIGKILL");
    expect(await client.read()).toBeNull();
  });

  test("whose process dies with bytes unread, is reset", async () => {
    const { computer, process, client } = await connected();
    void client.write(encoded("GET /"));
    computer.host.kill(process.pid, "SIGKILL");
    await expect(client.read()).rejects.toMatchObject({ errno: "ECONNRESET" });
  });

  test("tells the process of a reset, and SIGPIPE of what is sent after it", async () => {
    const { process, client } = await connected();
    process.say({ op: "sigaction", signal: 13, disposition: "handle" });
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: encoded("unread") });
    client.close();
    await settled();
    expect(process.broken).toEqual([{ fd: 4, errno: "ECONNRESET" }]);
    expect(await process.read(4)).toEqual({ fd: 4, error: "ECONNRESET" });
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: encoded("more") });
    await settled();
    expect(process.signals).toEqual([13]);
  });

  test("makes a fast writer wait for a slow reader, in both directions", async () => {
    const { process, client } = await connected({ streamBuffer: 1000 });
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: new Uint8Array(1000) });
    let credit: number | undefined;
    void process.wait([{ fd: 4, read: false, write: true }]).then(([ready]) => {
      credit = ready?.credit;
    });
    await settled();
    expect(credit).toBeUndefined();
    expect((await client.read())?.byteLength).toBe(1000);
    await settled();
    expect(credit).toBe(1000);

    let written = false;
    void client.write(new Uint8Array(1000)).then(() => {
      written = true;
    });
    await settled();
    expect(written).toBe(false);
    await process.read(4);
    await settled();
    expect(written).toBe(true);
  });

  test("is open until the last process that shares it has closed it", async () => {
    const { computer, process, client } = await connected();
    const child = await computer.fork(process);
    process.say({ op: "close", fd: 4 });
    child.say({ op: "send", fd: 4, tid: child.pid, bytes: encoded("still here") });
    expect(decoded(await client.read())).toBe("still here");
    child.say({ op: "exit", code: 0 });
    expect(await client.read()).toBeNull();
  });

  test("half-closed by the client still gets its answer", async () => {
    const { process, client } = await connected();
    void client.write(encoded("question"));
    client.end();
    expect(await process.read(4)).toMatchObject({ fd: 4, eof: true });
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: encoded("answer") }, { op: "close", fd: 4 });
    expect(decoded(await client.read())).toBe("answer");
    expect(await client.read()).toBeNull();
  });

  test("closed by its own client answers nothing more", async () => {
    const { client } = await connected();
    const reading = client.read();
    client.close();
    expect(await reading).toBeNull();
    expect(await client.read()).toBeNull();
    await expect(client.write(encoded("x"))).rejects.toMatchObject({ errno: "EPIPE" });
  });
});
