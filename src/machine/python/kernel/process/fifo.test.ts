import { describe, expect, test } from "vitest";
import { settled } from "../../../../testing/virtual-clock.ts";
import { encoded, ScriptedComputer } from "../testing/computer.ts";
import type { ScriptedProcess } from "../testing/scripted-process.ts";

async function made(): Promise<{ computer: ScriptedComputer; inode: number; reader: ScriptedProcess }> {
  const computer = new ScriptedComputer();
  const { process: reader } = computer.launch("reader");
  await reader.call("makeFifo", { path: "/tmp/pipe", mode: 0o644 });
  const inode = (await reader.call("files", {})).find(({ path }) => path === "/tmp/pipe")?.inode ?? 0;
  return { computer, inode, reader };
}

describe("a named pipe", () => {
  test("is a file that no second one may be, and every process hears of it", async () => {
    const { computer, reader } = await made();
    await expect(reader.call("makeFifo", { path: "/tmp/pipe", mode: 0 })).rejects.toMatchObject({ errno: "EEXIST" });
    await expect(reader.call("makeFifo", { path: "/no/pipe", mode: 0 })).rejects.toMatchObject({ errno: "ENOENT" });
    const { process } = computer.launch("other");
    expect(process.start.files).toContainEqual(
      expect.objectContaining({ path: "/tmp/pipe", type: "fifo", mode: 0o644 }),
    );
  });

  test("lets who opens it wait for the other side, and ends when the last writer is gone, until another comes", async () => {
    const { computer, inode, reader } = await made();
    reader.say({ op: "fifo", fd: 3, inode, reads: true, writes: false });
    const met = reader.call("fifoMet", { fd: 3, noBlock: false });
    let answered = false;
    void met.then(() => {
      answered = true;
    });
    await settled();
    expect(answered).toBe(false);
    const { process: writer } = computer.launch("writer");
    writer.say({ op: "fifo", fd: 5, inode, reads: false, writes: true });
    expect(await met).toBe(null);
    expect(await writer.call("fifoMet", { fd: 5, noBlock: true })).toBe(null);
    writer.say({ op: "send", fd: 5, tid: writer.pid, bytes: encoded("one") }, { op: "close", fd: 5 });
    expect(await reader.read(3)).toEqual({ fd: 3, bytes: encoded("one"), eof: true });
    writer.say({ op: "fifo", fd: 5, inode, reads: false, writes: true });
    const next = reader.read(3);
    writer.say({ op: "send", fd: 5, tid: writer.pid, bytes: encoded("two") });
    expect(await next).toEqual({ fd: 3, bytes: encoded("two") });
  });

  test("refuses a writer that will not wait for a reader, and breaks one whose reader is gone", async () => {
    const { computer, inode, reader } = await made();
    const { process: writer } = computer.launch("writer");
    writer.say({ op: "sigaction", signal: 13, disposition: "ignore" });
    writer.say({ op: "fifo", fd: 5, inode, reads: false, writes: true });
    await expect(writer.call("fifoMet", { fd: 5, noBlock: true })).rejects.toMatchObject({ errno: "ENXIO" });
    reader.say({ op: "fifo", fd: 3, inode, reads: true, writes: false });
    expect(await reader.call("fifoMet", { fd: 3, noBlock: true })).toBe(null);
    reader.say({ op: "close", fd: 3 });
    await settled();
    expect(writer.broken).toEqual([{ fd: 5, errno: "EPIPE" }]);
    await expect(writer.call("fifoMet", { fd: 1, noBlock: true })).rejects.toMatchObject({ errno: "EBADF" });
  });

  test("gives up waiting with its process", async () => {
    const { computer, inode, reader } = await made();
    const { process: waiting, launched } = computer.launch("waiting");
    waiting.say({ op: "fifo", fd: 3, inode, reads: false, writes: true });
    void waiting.call("fifoMet", { fd: 3, noBlock: false }).catch(() => {});
    await settled();
    computer.host.kill(launched.pid, "SIGKILL");
    await settled();
    reader.say({ op: "fifo", fd: 3, inode, reads: true, writes: false });
    let met = false;
    void reader.call("fifoMet", { fd: 3, noBlock: false }).then(() => {
      met = true;
    });
    await settled();
    expect(met).toBe(false);
  });
});
