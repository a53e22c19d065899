import { describe, expect, test } from "vitest";
import { settled, VirtualClock } from "../../../testing/virtual-clock.ts";
import { signalNumbers } from "../../host-types.ts";
import { Kernel } from "../kernel/kernel.ts";
import { ScriptedExecutor } from "../kernel/testing/scripted-process.ts";
import { TracedExecutor } from "./syscall-trace.ts";

/** A process on a kernel that is traced, and the lines so far. */
function traced() {
  const executor = new ScriptedExecutor();
  const lines: string[] = [];
  let now = 0;
  const kernel = new Kernel({
    clock: new VirtualClock(100),
    executor: new TracedExecutor(
      executor,
      (line) => lines.push(line),
      () => now,
    ),
  });
  const launched = kernel.host("production").spawn(["gunicorn", "app:app"], { cwd: "/home/student" });
  return {
    process: executor.last,
    launched,
    lines,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe("a trace of system calls", () => {
  test("shows a program, what it says, and what it is answered after how long", async () => {
    const { process, lines, pass } = traced();
    process.say({ op: "booted" }, { op: "socket", fd: 3 });
    const bound = process.call("bind", { fd: 3, address: "127.0.0.1", port: 8000 });
    pass(12);
    await bound;
    await expect(process.call("bind", { fd: 9, address: "127.0.0.1", port: 1 })).rejects.toThrow();
    expect(lines[0]).toMatch(
      /^\[production \d+\] execve\("gunicorn", \["gunicorn", "app:app"\], \/\* \d+ vars \*\/\) in "\/home\/student"$/,
    );
    expect(lines.slice(1).map((line) => line.replace(/^\[production \d+\] /, ""))).toEqual([
      "booted()",
      "socket(3)",
      `bind(fd=3, address="127.0.0.1", port=8000) = {address="127.0.0.1", port=8000} <0.012000>`,
      `bind(fd=9, address="127.0.0.1", port=1) = -1 EBADF <0.000000>`,
    ]);
  });

  test("shows bytes as text, no more than a line's worth", async () => {
    const { process, lines } = traced();
    process.say({
      op: "send",
      fd: 1,
      tid: process.pid,
      bytes: new TextEncoder().encode("HTTP/1.1 200 OK\r\n".repeat(9)),
    });
    await settled();
    expect(lines.at(-1)).toMatch(/send\(fd=1, bytes="HTTP\/1\.1 200 OK\\r\\n.{0,70}"\.\.\.\/153\)$/);
  });

  test("shows signals, waits that never end, and the end", async () => {
    const { process, launched, lines } = traced();
    process.say({ op: "sigaction", signal: signalNumbers.SIGWINCH, disposition: "handle" });
    void process.wait([{ fd: 0, read: true, write: false }]).catch(() => {});
    launched.terminal.resize({ columns: 100, rows: 30 });
    await settled();
    process.say({ op: "exit", code: 3 });
    await settled();
    expect(lines.slice(2).map((line) => line.replace(/^\[production \d+\] /, ""))).toEqual([
      "<-- windowSize(columns=100, rows=30)",
      "--- SIGWINCH ---",
      "exit(3)",
      "wait(interests=[{fd=0, read=true, write=false}], timeout=NULL) <unfinished ...>",
      "+++ terminated +++",
    ]);
  });

  test("shows what is no message at all, and hides it from nobody", async () => {
    const { process, launched, lines } = traced();
    Reflect.apply(process.say, process, [{ op: 7 }]);
    expect(lines.at(-1)).not.toBe(lines[0]);
    await expect(launched.exit).resolves.toMatchObject({ kind: "killed" });
  });
});
