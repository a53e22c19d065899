import { expect, test } from "vitest";
import { encoded, ScriptedComputer } from "../testing/computer.ts";

test("/dev/null swallows what is written, ends at once when read, and is inherited", async () => {
  const computer = new ScriptedComputer();
  const { process, shown } = computer.launch("sh");
  process.say({ op: "device", fd: 5, name: "null" }, { op: "send", fd: 5, tid: process.pid, bytes: encoded("lost") });
  expect(await process.read(5)).toEqual({ fd: 5, eof: true });
  expect(shown()).toBe("");
  const fds = [{ child: 0, parent: 5 }];
  await process.call("spawn", { argv: ["cat"], env: {}, cwd: "/", fds, newSession: false });
  expect(computer.executor.last.start.descriptors).toEqual([{ fd: 0, description: { kind: "device", name: "null" } }]);
});
