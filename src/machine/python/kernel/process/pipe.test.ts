import { describe, expect, test } from "vitest";
import { settled } from "../../../../testing/virtual-clock.ts";
import { decoded, encoded, ScriptedComputer } from "../testing/computer.ts";

describe("a pipe", () => {
  test("ends when its last writer is gone", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    parent.say({ op: "pipe", read: 3, write: 4 });
    const child = await computer.fork(parent);
    parent.say({ op: "close", fd: 4 });
    child.say({ op: "send", fd: 4, tid: child.pid, bytes: encoded("bye") });
    expect(await parent.read(3)).toEqual({ fd: 3, bytes: encoded("bye"), shared: true });
    const end = parent.read(3);
    child.say({ op: "exit", code: 0 });
    expect(await end).toEqual({ fd: 3, eof: true });
  });

  test("kills a writer that nobody reads, unless it says otherwise", async () => {
    const computer = new ScriptedComputer();
    const { process, launched } = computer.launch();
    process.say({ op: "pipe", read: 3, write: 4 }, { op: "close", fd: 3 });
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: encoded("x") });
    expect(await launched.exit).toEqual({ kind: "killed", signal: "SIGPIPE" });

    const { process: python } = computer.launch();
    python.say({ op: "sigaction", signal: 13, disposition: "ignore" });
    python.say({ op: "pipe", read: 3, write: 4 }, { op: "close", fd: 3 });
    await settled();
    expect(python.broken).toEqual([{ fd: 4, errno: "EPIPE" }]);
    const [ready] = await python.wait([{ fd: 4, read: false, write: true }]);
    expect(ready).toEqual({ fd: 4, credit: 0, error: "EPIPE" });
  });

  test("makes its writer wait for its reader", async () => {
    const computer = new ScriptedComputer({ streamBuffer: 100 });
    const { process } = computer.launch();
    process.say({ op: "pipe", read: 3, write: 4 });
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: new Uint8Array(100) });
    const writable = process.wait([{ fd: 4, read: false, write: true }]);
    let answered = false;
    void writable.then(() => {
      answered = true;
    });
    await settled();
    expect(answered).toBe(false);
    await process.read(3);
    expect(await writable).toEqual([{ fd: 4, credit: 100 }]);
  });

  test("is one thing under several numbers", async () => {
    const { process } = new ScriptedComputer().launch();
    process.say({ op: "pipe", read: 3, write: 4 }, { op: "dup", from: 4, to: 1 }, { op: "close", fd: 4 });
    process.say({ op: "send", fd: 1, tid: process.pid, bytes: encoded("x") });
    expect(decoded((await process.read(3))?.bytes)).toBe("x");
    process.say({ op: "dup", from: 0, to: 1 });
    expect(await process.read(3)).toEqual({ fd: 3, eof: true });
  });
});

describe("a socket pair", () => {
  test("carries both ways, across a fork", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    parent.say({ op: "socketpair", fds: [3, 4] });
    const child = await computer.fork(parent);
    parent.say({ op: "close", fd: 4 });
    child.say({ op: "close", fd: 3 });
    child.say({ op: "send", fd: 4, tid: child.pid, bytes: encoded("ping") });
    expect(decoded((await parent.read(3))?.bytes)).toBe("ping");
    parent.say({ op: "send", fd: 3, tid: parent.pid, bytes: encoded("pong") });
    expect(decoded((await child.read(4))?.bytes)).toBe("pong");
    child.say({ op: "exit", code: 0 });
    expect(await parent.read(3)).toEqual({ fd: 3, eof: true });
  });
});
