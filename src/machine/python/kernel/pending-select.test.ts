import { describe, expect, test } from "vitest";
import { settled } from "../../../testing/virtual-clock.ts";
import { decoded, encoded, ScriptedComputer } from "./testing/computer.ts";

describe("a wait", () => {
  test("sleeps as long as it was asked to", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    let woke: number | undefined;
    void process.wait([], 250).then((ready) => {
      expect(ready).toEqual([]);
      woke = computer.clock.now();
    });
    await computer.clock.pass(1000);
    expect(woke).toBe(250);
  });

  test("of no time only looks", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    process.say({ op: "pipe", read: 3, write: 4 });
    expect(await process.read(3, 0)).toBeUndefined();
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: encoded("x") });
    expect(decoded((await process.read(3, 0))?.bytes)).toBe("x");
  });

  test("answers all that is ready at that moment", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    process.say({ op: "pipe", read: 3, write: 4 }, { op: "pipe", read: 5, write: 6 });
    const waiting = process.wait([3, 4, 5].map((fd) => ({ fd, read: true, write: true })));
    process.say(
      { op: "send", fd: 4, tid: process.pid, bytes: encoded("a") },
      { op: "send", fd: 6, tid: process.pid, bytes: encoded("b") },
    );
    const ready = await waiting;
    expect(ready.map(({ fd }) => fd)).toEqual([3, 4, 5]);
    expect(ready.map((one) => decoded(one.bytes))).toEqual(["a", "", "b"]);
  });

  test("for a descriptor that is not there fails", async () => {
    const { process } = new ScriptedComputer().launch();
    await expect(process.read(77)).rejects.toMatchObject({ errno: "EBADF" });
  });

  test("that was cancelled takes nothing", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    process.say({ op: "pipe", read: 3, write: 4 });
    const { id, answer } = process.begin("wait", { interests: [{ fd: 3, read: true, write: false }], timeout: null });
    await settled();
    process.say({ op: "cancel", call: id }, { op: "send", fd: 4, tid: process.pid, bytes: encoded("kept") });
    let answered = false;
    void answer.then(() => {
      answered = true;
    });
    await settled();
    expect(answered).toBe(false);
    expect(decoded((await process.read(3))?.bytes)).toBe("kept");
  });

  test("of a stopped process is answered when it goes on, late if need be", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    process.say({ op: "pipe", read: 3, write: 4 });
    const sleeping = process.wait([], 100);
    const reading = process.read(3);
    await settled();
    computer.host.kill(process.pid, "SIGSTOP");
    process.say({ op: "send", fd: 4, tid: process.pid, bytes: encoded("x") });
    let answers = 0;
    void sleeping.then(() => (answers += 1));
    void reading.then(() => (answers += 1));
    await computer.clock.pass(500);
    expect(answers).toBe(0);
    computer.host.kill(process.pid, "SIGCONT");
    await settled();
    expect(answers).toBe(2);
  });

  test("for a file is over at once", async () => {
    const { process } = new ScriptedComputer().launch();
    process.say(
      { op: "file", change: { kind: "create", inode: 1e8, path: "/tmp/x", type: "file", mode: 0o644, time: 1 } },
      { op: "open", fd: 3, inode: 1e8, flags: 0 },
    );
    expect(await process.read(3)).toEqual({ fd: 3 });
  });
});
