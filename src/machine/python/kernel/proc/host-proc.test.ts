import { describe, expect, test } from "vitest";
import { NativeComputer } from "../../native/testing/native-computer.ts";
import type { ProcEntry } from "../protocol.ts";
import { ScriptedComputer } from "../testing/computer.ts";

/** What a file of `/proc` holds, or where a link leads, as a process is told. */
async function look(path: string, computer = new ScriptedComputer()): Promise<string | undefined> {
  const { process } = computer.launch("server", "--port", "80");
  process.say({ op: "booted", executable: "/usr/local/bin/python3" });
  return said(await process.call("proc", { path, deep: false }));
}

function said([entry]: readonly ProcEntry[]): string | undefined {
  if (entry?.type === "file") return entry.content;
  return entry?.type === "symlink" ? entry.target : entry?.type;
}

describe("/proc of a process", () => {
  test("tells what it is", async () => {
    expect(await look("/proc/self/cmdline")).toBe("server\0--port\x0080\0");
    expect(await look("/proc/2/comm")).toBe("server\n");
    expect(await look("/proc/self/exe")).toBe("/usr/local/bin/python3");
    expect(await look("/proc/self/environ")).toContain("USER=student\0");
    const status = await look("/proc/self/status");
    for (const line of ["Name:\tserver", "State:\tR (running)", "Pid:\t2", "PPid:\t1", "Threads:\t1", "Umask:\t0022"]) {
      expect(status?.split("\n")).toContain(line);
    }
    expect((await look("/proc/self/stat"))?.split(" ").slice(0, 6)).toEqual(["2", "(server)", "R", "1", "2", "2"]);
    expect((await look("/proc/self/stat"))?.trim().split(" ")).toHaveLength(52);
  });

  test("follows it: where it stands, its threads, what it calls itself", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch("server");
    process.say(
      { op: "cwd", path: "/tmp" },
      { op: "threadStart", tid: 1_000_001 },
      { op: "title", title: "server: master" },
      { op: "pipe", read: 3, write: 4 },
    );
    const ask = async (path: string) => said(await process.call("proc", { path, deep: false }));
    expect(await ask("/proc/self/cwd")).toBe("/tmp");
    expect(await ask("/proc/self/status")).toContain("\nThreads:\t2\n");
    expect(await ask("/proc/self/cmdline")).toBe("server: master\0");
    expect(await ask("/proc/self/fd/0")).toBe("/dev/pts/0");
    expect(await ask("/proc/self/fd/3")).toMatch(/^pipe:\[\d+\]$/);
    expect(await ask("/proc/self/fd/3")).toBe(await ask("/proc/self/fd/4"));
    expect(await ask("/proc/self/fd/5")).toBeUndefined();
    process.say({ op: "threadEnd", tid: 1_000_001 });
    expect(await ask("/proc/self/status")).toContain("\nThreads:\t1\n");
  });

  test("is there as long as the process, and a zombie has none of its files", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch("parent");
    const child = await computer.fork(process);
    child.say({ op: "exit", code: 0 });
    const status = said(await process.call("proc", { path: `/proc/${child.pid}/status`, deep: false }));
    expect(status).toContain("State:\tZ (zombie)");
    expect(await process.call("proc", { path: `/proc/${child.pid}/cwd`, deep: false })).toEqual([]);
    await process.call("waitpid", { pid: child.pid, noHang: false });
    expect(await process.call("proc", { path: `/proc/${child.pid}`, deep: false })).toEqual([]);
  });
});

describe("/proc of the computer", () => {
  test("lists sockets in the form of Linux", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch("server");
    await process.listen(3, 8000);
    const [, row] = said(await process.call("proc", { path: "/proc/net/tcp", deep: false }))?.split("\n") ?? [];
    expect(row).toMatch(/^ {3}0: 0100007F:1F40 00000000:0000 0A .* 1000 {8}0 \d+ +$/);
  });

  test("tells how long it is up, and how many wanted a processor", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch("server");
    await computer.clock.pass(60_000);
    const [entry] = await process.call("proc", { path: "/proc/uptime", deep: false });
    expect(entry).toMatchObject({ content: "60.00 0.00\n" });
    const [load] = await process.call("proc", { path: "/proc/loadavg", deep: false });
    // One process that runs for a minute: 1 - 1/e.
    expect(load).toMatchObject({ content: expect.stringMatching(/^0\.63 0\.18 0\.06 1\/1 2\n$/) });
  });

  test("has folders with their members, and nothing where nothing is", async () => {
    const { process } = new ScriptedComputer().launch("server");
    const names = (entries: readonly ProcEntry[]) => entries.map(({ path }) => path);
    expect(names(await process.call("proc", { path: "/proc", deep: false }))).toEqual(
      expect.arrayContaining(["/proc", "/proc/2", "/proc/self", "/proc/meminfo", "/proc/sys"]),
    );
    expect(names(await process.call("proc", { path: "/proc/sys/kernel/", deep: false }))).toContain(
      "/proc/sys/kernel/hostname",
    );
    expect(await process.call("proc", { path: "/proc/none/at/all", deep: true })).toEqual([]);
    expect(await process.call("proc", { path: "/proc/self/cwd/x", deep: false })).toEqual([]);
  });
});

describe("programs of the shell", () => {
  test.each([
    ["cat /proc/self/comm", "cat\n"],
    ["cd /proc/self && cat comm", "cat\n"],
    ["sh -c 'head -c 2 < /proc/$$/cmdline; echo' x y", "sh\n"],
    ["[ -d /proc/$$ ] && echo alive; [ -d /proc/99999 ] || echo none", "alive\nnone\n"],
    ["for each in /proc/[0-9]*; do [ -e $each/status ] && echo ok; done", "ok\n"],
    ["sleep 100 & [ -d /proc/$! ] && kill $!; wait $! 2>/dev/null; [ -d /proc/$! ] || echo gone", "gone\n"],
    ["readlink /proc/$$/cwd; grep -c ^Name /proc/self/status", "/home/student\n1\n"],
    ["cat /proc/nothing", "cat: /proc/nothing: No such file or directory\n"],
  ])("%s", async (line, output) => {
    expect((await new NativeComputer().sh(line)).output).toBe(output);
  });
});
