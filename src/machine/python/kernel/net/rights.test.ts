import { describe, expect, test } from "vitest";
import type { Fd } from "../protocol.ts";
import { decoded, encoded, ScriptedComputer } from "../testing/computer.ts";
import type { ScriptedProcess } from "../testing/scripted-process.ts";

function send(process: ScriptedProcess, fd: Fd, text: string, rights?: Fd[]): void {
  process.say({ op: "send", fd, tid: process.pid, bytes: encoded(text), ...(rights && { rights }) });
}

describe("a descriptor that is sent through a Unix socket", () => {
  test("comes with its byte, and stands for the same", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch("server");
    process.say({ op: "socketpair", fds: [3, 4] });
    const child = await computer.fork(process);
    process.say({ op: "pipe", read: 5, write: 6 });
    send(process, 3, "before");
    send(process, 3, "F", [5]);
    process.say({ op: "close", fd: 5 });
    send(process, 6, "through the pipe");
    const ready = await child.read(4);
    expect(decoded(ready?.bytes)).toBe("beforeF");
    const [{ at, rights: [received] = [] } = { at: -1 }] = ready?.rights ?? [];
    expect([at, received?.description]).toEqual([6, { kind: "pipe", end: "read" }]);
    child.say({ op: "claim", right: received?.right ?? 0, fd: 9 });
    expect(decoded((await child.read(9))?.bytes)).toBe("through the pipe");
  });

  test("is closed with the socket that it waits in, and with the process that has not named it", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch("server");
    process.say(
      { op: "socketpair", fds: [3, 4] },
      { op: "pipe", read: 5, write: 6 },
      { op: "pipe", read: 7, write: 8 },
    );
    const child = await computer.fork(process);
    for (const fd of [5, 6, 7, 8]) child.say({ op: "close", fd });
    send(process, 3, "one", [6]);
    process.say({ op: "close", fd: 6 });
    await child.read(4);
    child.say({ op: "exit", code: 0 });
    expect((await process.read(5))?.eof).toBe(true);
    send(process, 3, "two", [8]);
    process.say({ op: "close", fd: 8 }, { op: "close", fd: 4 });
    expect((await process.read(7))?.eof).toBe(true);
  });
});
