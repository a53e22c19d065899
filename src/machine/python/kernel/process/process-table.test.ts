import { describe, expect, test } from "vitest";
import { settled } from "../../../../testing/virtual-clock.ts";
import { signalNumbers } from "../../../host-types.ts";
import { encoded, ScriptedComputer } from "../testing/computer.ts";
import type { ScriptedProcess } from "../testing/scripted-process.ts";

const image = () => ({ memory: new ArrayBuffer(0), resume: null });

function handle(process: ScriptedProcess, ...names: (keyof typeof signalNumbers)[]): void {
  for (const name of names) process.say({ op: "sigaction", signal: signalNumbers[name], disposition: "handle" });
}

function stateOf(computer: ScriptedComputer, process: ScriptedProcess) {
  return computer.host.processes.get().find(({ pid }) => pid === process.pid)?.state;
}

describe("a process from the page", () => {
  test("leads a session on a terminal, at home, with an environment", () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch("flask", "run");
    const { pid, parent, group, session, argv, cwd, env, descriptors, hostName } = process.start;
    expect([parent, group, session]).toEqual([1, pid, pid]);
    expect([argv, cwd, hostName]).toEqual([["flask", "run"], "/home/student", "test"]);
    expect(env).toEqual({
      HOME: "/home/student",
      USER: "student",
      PATH: "/usr/local/bin:/usr/bin:/bin",
      LANG: "C.UTF-8",
      PWD: "/home/student",
      TERM: "xterm-256color",
    });
    expect(descriptors.map(({ fd, description }) => [fd, description.kind])).toEqual([
      [0, "tty"],
      [1, "tty"],
      [2, "tty"],
    ]);
  });

  test("tells other programs when it started, on the clock by which they say what time it is", async () => {
    const computer = new ScriptedComputer();
    await computer.clock.pass(60_000);
    const { process } = computer.launch("server");
    const began = computer.clock.epoch();
    await computer.clock.pass(5000);
    expect(await process.call("processes", {})).toMatchObject([{ pid: process.pid, started: began }]);
  });

  test("tells in which state it is", async () => {
    const computer = new ScriptedComputer();
    computer.host.spawn(["server"]);
    const process = computer.executor.last;
    expect(stateOf(computer, process)).toBe("starting");
    process.say({ op: "booted" }, { op: "title", title: "gunicorn: master" });
    expect(stateOf(computer, process)).toBe("running");
    expect(computer.host.processes.get()[0]?.title).toBe("gunicorn: master");
    expect(computer.host.processes.get()[0]).not.toHaveProperty("memory");
    process.say({ op: "memory", bytes: 40_000_000 });
    expect(computer.host.processes.get()[0]?.memory).toBe(40_000_000);
    process.say({ op: "threadStart", tid: 77 });
    const sleeping = process.wait([], 10);
    await settled();
    expect(stateOf(computer, process)).toBe("running");
    process.say({ op: "threadEnd", tid: 77 });
    expect(stateOf(computer, process)).toBe("waiting");
    await computer.clock.pass(10);
    await sleeping;
    expect(stateOf(computer, process)).toBe("running");
    process.say({ op: "sleep", tid: process.pid });
    expect(stateOf(computer, process)).toBe("waiting");
  });

  test("whose worker dies is killed, and its terminal says why", async () => {
    const computer = new ScriptedComputer();
    const { process, launched, shown } = computer.launch("python", "app.py");
    process.crash("out of memory");
    expect(await launched.exit).toEqual({ kind: "killed", signal: "SIGSEGV" });
    expect(shown()).toBe(`python app.py (pid ${process.pid}): out of memory\r\n`);
    expect(computer.host.processes.get()).toEqual([]);
  });

  test("is silent once it is dead", async () => {
    const computer = new ScriptedComputer();
    const { process, shown, launched } = computer.launch();
    process.say(
      { op: "send", fd: 1, tid: process.pid, bytes: encoded("last words") },
      { op: "exit", code: 256 + 7 },
      { op: "send", fd: 1, tid: process.pid, bytes: encoded("from the grave") },
    );
    expect(await launched.exit).toEqual({ kind: "exited", code: 7 });
    expect(shown()).toBe("last words");
  });

  test("can be one too many", async () => {
    const computer = new ScriptedComputer({ processes: 2 });
    const { process } = computer.launch();
    await computer.fork(process);
    await expect(process.call("fork", { image: image(), positions: [] })).rejects.toMatchObject({ errno: "EAGAIN" });
    expect(() => computer.host.spawn(["x"])).toThrow("Resource temporarily unavailable");
    // A zombie counts, until somebody has waited for it.
    computer.executor.last.say({ op: "exit", code: 0 });
    await expect(process.call("fork", { image: image(), positions: [] })).rejects.toMatchObject({ errno: "EAGAIN" });
    await process.call("waitpid", { pid: -1, noHang: false });
    await expect(process.call("fork", { image: image(), positions: [] })).resolves.toBeGreaterThan(0);
  });
});

describe("children", () => {
  test("are zombies until they are waited for", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    const child = await computer.fork(parent);
    child.say({ op: "exit", code: 5 });
    expect(stateOf(computer, child)).toBe("zombie");
    await expect(parent.call("kill", { pid: child.pid, signal: 0 })).resolves.toBeNull();
    expect(await parent.call("waitpid", { pid: child.pid, noHang: false })).toEqual({ pid: child.pid, status: 0x500 });
    expect(stateOf(computer, child)).toBeUndefined();
    await expect(parent.call("kill", { pid: child.pid, signal: 0 })).rejects.toMatchObject({ errno: "ESRCH" });
  });

  test("are waited for while they live", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    const one = await computer.fork(parent);
    const other = await computer.fork(parent);
    const waiting = parent.call("waitpid", { pid: other.pid, noHang: false });
    one.say({ op: "exit", code: 0 });
    await settled();
    computer.host.kill(other.pid, "SIGTERM");
    expect(await waiting).toEqual({ pid: other.pid, status: 15 });
  });

  test("that are nobody's business are reaped at once", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    parent.say({ op: "sigaction", signal: signalNumbers.SIGCHLD, disposition: "ignore" });
    const child = await computer.fork(parent);
    const waiting = parent.call("waitpid", { pid: -1, noHang: false });
    child.say({ op: "exit", code: 0 });
    await expect(waiting).rejects.toMatchObject({ errno: "ECHILD" });
    expect(stateOf(computer, child)).toBeUndefined();
  });

  test("whose parent dies go to init, dead ones to the grave", async () => {
    const computer = new ScriptedComputer();
    const { process: grandparent } = computer.launch();
    const parent = await computer.fork(grandparent);
    const living = await computer.fork(parent);
    const dead = await computer.fork(parent);
    dead.say({ op: "exit", code: 0 });
    computer.host.kill(parent.pid, "SIGKILL");
    expect(computer.host.processes.get().map(({ pid, parent: of }) => [pid, of])).toEqual([
      [grandparent.pid, 1],
      [parent.pid, grandparent.pid],
      [living.pid, 1],
    ]);
    living.say({ op: "exit", code: 0 });
    expect(stateOf(computer, living)).toBeUndefined();
  });

  test("of a fork have the same descriptors, signals and title", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    handle(parent, "SIGTERM");
    parent.say({ op: "title", title: "gunicorn: master" }, { op: "pipe", read: 3, write: 9 });
    const create = { kind: "create", inode: 1e8, path: "/tmp/x", type: "file", mode: 0o600, time: 1 } as const;
    parent.say({ op: "file", change: create }, { op: "open", fd: 5, inode: 1e8, flags: 2 });
    await parent.call("fork", { image: image(), positions: [{ fd: 5, position: 42 }] });
    const child = computer.executor.last;
    expect(child.start.image).toBeDefined();
    expect(child.start.parent).toBe(parent.pid);
    expect(child.start.dispositions).toEqual([{ signal: 15, disposition: "handle" }]);
    expect(child.start.descriptors.map(({ fd }) => fd)).toEqual([0, 1, 2, 3, 9, 5]);
    expect(child.start.descriptors.at(-1)?.description).toEqual({ kind: "file", inode: 1e8, flags: 2, position: 42 });
    expect(child.start.files.find(({ inode }) => inode === 1e8)?.path).toBe("/tmp/x");
    expect(computer.host.processes.get()[1]?.title).toBe("gunicorn: master");
  });

  test("of a spawn have what they are given, and ignore what their parent ignores", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    handle(parent, "SIGTERM");
    parent.say({ op: "sigaction", signal: signalNumbers.SIGPIPE, disposition: "ignore" });
    parent.say({ op: "pipe", read: 3, write: 4 });
    const pid = await parent.call("spawn", {
      argv: ["sh", "-c", "ls"],
      env: { A: "1" },
      cwd: "/tmp",
      fds: [
        { child: 1, parent: 4 },
        { child: 2, parent: 1 },
      ],
      newSession: true,
    });
    const { start } = computer.executor.last;
    expect(start).toMatchObject({
      pid,
      group: pid,
      session: pid,
      env: { A: "1" },
      cwd: "/tmp",
      argv: ["sh", "-c", "ls"],
    });
    expect(start.dispositions).toEqual([{ signal: 13, disposition: "ignore" }]);
    expect(start.descriptors.map(({ fd, description }) => [fd, description.kind])).toEqual([
      [1, "pipe"],
      [2, "tty"],
    ]);
    expect(start.image).toBeUndefined();
  });

  test("become another program, with the same pid and descriptors", async () => {
    const computer = new ScriptedComputer();
    const { process: before, launched } = computer.launch("gunicorn");
    before.say({ op: "pipe", read: 3, write: 4 });
    handle(before, "SIGHUP");
    void before.call("exec", { argv: ["gunicorn", "again"], env: {}, cwd: "/tmp", close: [4] });
    const after = computer.executor.last;
    expect(before.terminated).toBe(true);
    expect(after.start).toMatchObject({ pid: before.pid, argv: ["gunicorn", "again"], dispositions: [] });
    expect(after.start.descriptors.map(({ fd }) => fd)).toEqual([0, 1, 2, 3]);
    before.crash("the end of the old worker");
    before.sayLate({ op: "title", title: "a word of the old worker" });
    expect(stateOf(computer, after)).toBe("starting");
    expect(computer.host.processes.get()[0]?.title).toBe("gunicorn again");
    after.say(
      { op: "call", id: 1, name: "exec", tid: 1, arguments: { argv: ["third"], env: {}, cwd: "/", close: [] } },
      { op: "exit", code: 99 },
    );
    expect(computer.executor.last.start.argv).toEqual(["third"]);
    expect(computer.host.processes.get()[0]?.title).toBe("third");
    computer.executor.last.say({ op: "exit", code: 0 });
    expect(await launched.exit).toEqual({ kind: "exited", code: 0 });
  });
});

describe("signals", () => {
  test("terminate, are ignored or are told, as the process wants", async () => {
    const computer = new ScriptedComputer();
    const { process, launched } = computer.launch();
    computer.host.kill(process.pid, "SIGCHLD");
    computer.host.kill(process.pid, "SIGWINCH");
    handle(process, "SIGHUP", "SIGTERM");
    process.say({ op: "sigaction", signal: signalNumbers.SIGINT, disposition: "ignore" });
    for (const name of ["SIGHUP", "SIGINT", "SIGTERM"] as const) computer.host.kill(process.pid, name);
    await settled();
    expect(process.signals).toEqual([1, 15]);
    process.say({ op: "sigaction", signal: signalNumbers.SIGTERM, disposition: "default" });
    computer.host.kill(process.pid, "SIGTERM");
    expect(await launched.exit).toEqual({ kind: "killed", signal: "SIGTERM" });
  });

  test("KILL and STOP can be neither handled nor ignored", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    handle(process, "SIGKILL", "SIGSTOP");
    computer.host.kill(process.pid, "SIGSTOP");
    expect(stateOf(computer, process)).toBe("stopped");
    computer.host.kill(process.pid, "SIGKILL");
    expect(process.terminated).toBe(true);
  });

  test("wait while the process is stopped", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    handle(process, "SIGTERM");
    computer.host.kill(process.pid, "SIGSTOP");
    computer.host.kill(process.pid, "SIGTERM");
    computer.host.kill(process.pid, "SIGTERM");
    await settled();
    expect(process.messages).toEqual([{ op: "stop" }]);
    computer.host.kill(process.pid, "SIGCONT");
    await settled();
    expect(process.messages).toEqual([{ op: "stop" }, { op: "continue" }, { op: "signal", signal: 15 }]);
  });

  test("reach one process, a group, or all", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    const one = await computer.fork(parent);
    const other = await computer.fork(parent);
    for (const process of [parent, one, other]) handle(process, "SIGUSR1");
    await parent.call("setpgid", { pid: other.pid, group: 0 });
    expect(await other.call("getpgid", { pid: 0 })).toBe(other.pid);
    await parent.call("kill", { pid: 0, signal: signalNumbers.SIGUSR1 });
    expect([parent, one, other].map(({ signals: got }) => got.length)).toEqual([1, 1, 0]);
    await one.call("kill", { pid: -other.pid, signal: signalNumbers.SIGUSR1 });
    expect([parent, one, other].map(({ signals: got }) => got.length)).toEqual([1, 1, 1]);
    await one.call("kill", { pid: -1, signal: signalNumbers.SIGUSR1 });
    expect([parent, one, other].map(({ signals: got }) => got.length)).toEqual([2, 1, 2]);
    await expect(one.call("kill", { pid: -999, signal: 15 })).rejects.toMatchObject({ errno: "ESRCH" });
    await expect(one.call("kill", { pid: one.pid, signal: 99 })).rejects.toMatchObject({ errno: "EINVAL" });
    expect(() => computer.host.kill(999, "SIGTERM")).toThrow("No such process");
  });

  test("that a process sends itself come before the answer", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    handle(process, "SIGUSR1");
    await process.call("kill", { pid: process.pid, signal: signalNumbers.SIGUSR1 });
    expect(process.signals).toEqual([10]);
  });

  test("tell a parent of each child that ends", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    handle(parent, "SIGCHLD");
    const child = await computer.fork(parent);
    child.say({ op: "abort", signal: signalNumbers.SIGABRT });
    expect(await parent.call("waitpid", { pid: -1, noHang: true })).toEqual({ pid: child.pid, status: 6 });
    expect(parent.signals).toEqual([17]);
  });
});

describe("sessions", () => {
  test("are begun by those who lead no group", async () => {
    const computer = new ScriptedComputer();
    const { process: parent } = computer.launch();
    await expect(parent.call("setsid", {})).rejects.toMatchObject({ errno: "EPERM" });
    const child = await computer.fork(parent);
    expect(await child.call("setsid", {})).toBe(child.pid);
    await expect(parent.call("setpgid", { pid: child.pid, group: parent.pid })).rejects.toMatchObject({
      errno: "EPERM",
    });
  });

  test("have one group in the foreground of their terminal", async () => {
    const computer = new ScriptedComputer();
    const { process: shell, launched } = computer.launch("sh");
    const job = await computer.fork(shell);
    await shell.call("setpgid", { pid: job.pid, group: 0 });
    await shell.call("tcsetpgrp", { fd: 0, group: job.pid });
    expect(await shell.call("tcgetpgrp", { fd: 0 })).toBe(job.pid);
    launched.terminal.input(encoded("\x03"));
    expect(await shell.call("waitpid", { pid: job.pid, noHang: false })).toEqual({ pid: job.pid, status: 2 });
    await expect(shell.call("tcsetpgrp", { fd: 0, group: 999 })).rejects.toMatchObject({ errno: "EPERM" });
    shell.say({ op: "pipe", read: 3, write: 4 });
    await expect(shell.call("tcgetpgrp", { fd: 3 })).rejects.toMatchObject({ errno: "ENOTTY" });
  });

  test("lose nobody when a leader dies: orphans go on, as below a shell", async () => {
    const computer = new ScriptedComputer();
    const { process: master, shown } = computer.launch();
    const worker = await computer.fork(master);
    computer.host.kill(master.pid, "SIGKILL");
    worker.say({ op: "send", fd: 1, tid: worker.pid, bytes: encoded("Parent changed, shutting down") });
    await settled();
    expect(shown()).toBe("Parent changed, shutting down");
    expect(worker.messages).toContainEqual({ op: "parent", pid: 1 });
  });
});

describe("descriptors", () => {
  test("beyond the limit arrive broken", async () => {
    const computer = new ScriptedComputer({ openFiles: 4 });
    const { process } = computer.launch();
    process.say({ op: "socket", fd: 3 }, { op: "socket", fd: 4 });
    await settled();
    expect(process.broken).toEqual([{ fd: 4, errno: "EMFILE" }]);
    await expect(process.read(4)).rejects.toMatchObject({ errno: "EBADF" });
  });

  test("that do not exist are told as broken", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    process.say({ op: "send", fd: 9, tid: process.pid, bytes: encoded("x") }, { op: "dup", from: 9, to: 10 });
    process.say({ op: "close", fd: 9 });
    await settled();
    expect(process.broken).toEqual([
      { fd: 9, errno: "EBADF" },
      { fd: 10, errno: "EBADF" },
    ]);
  });
});

describe("a host", () => {
  test("stops everything and can start again", async () => {
    const computer = new ScriptedComputer();
    const { process, launched } = computer.launch();
    await process.listen(3, 8000);
    await computer.fork(process);
    const client = computer.host.connect(8000);
    const reading = client.read().catch((error: unknown) => error);
    computer.host.stop();
    expect(await reading).toMatchObject({ errno: "ECONNRESET" });
    expect(await launched.exit).toEqual({ kind: "killed", signal: "SIGKILL" });
    expect(computer.executor.started.every(({ terminated }) => terminated)).toBe(true);
    expect(computer.host.processes.get()).toEqual([]);
    expect(computer.host.ports.get()).toEqual([]);
    const { process: again } = computer.launch();
    await again.listen(3, 8000);
    expect(computer.host.ports.get()).toEqual([8000]);
  });

  test("tells of its processes and ports once a batch", async () => {
    const computer = new ScriptedComputer();
    const counts: number[] = [];
    const ports: (readonly number[])[] = [];
    computer.host.processes.subscribe((list) => counts.push(list.length));
    const unsubscribe = computer.host.ports.subscribe((list) => ports.push(list));
    const { process } = computer.launch();
    computer.launch();
    await process.listen(3, 8000);
    await settled();
    expect(counts).toEqual([0, 2]);
    expect(ports).toEqual([[], [8000]]);
    unsubscribe();
    process.say({ op: "close", fd: 3 });
    await settled();
    expect(ports).toHaveLength(2);
  });

  test("knows nothing of another", async () => {
    const computer = new ScriptedComputer();
    const { process } = computer.launch();
    await process.listen(3, 8000);
    const other = computer.kernel.host("other");
    await expect(other.connect(8000).opened()).rejects.toMatchObject({ errno: "ECONNREFUSED" });
    expect(other.processes.get()).toEqual([]);
    expect(computer.kernel.host("other")).toBe(other);
  });
});

describe("a child that is stopped", () => {
  test("is told of once to a parent that asks for it", async () => {
    const computer = new ScriptedComputer();
    const { process: shell } = computer.launch("sh");
    const child = await computer.fork(shell);
    const waiting = shell.call("waitpid", { pid: child.pid, noHang: false, untraced: true });
    await shell.call("kill", { pid: child.pid, signal: signalNumbers.SIGTSTP });
    expect(await waiting).toEqual({ pid: child.pid, status: (signalNumbers.SIGTSTP << 8) | 0x7f });
    expect(await shell.call("waitpid", { pid: child.pid, noHang: true, untraced: true })).toBeNull();
    await shell.call("kill", { pid: child.pid, signal: signalNumbers.SIGCONT });
    await shell.call("kill", { pid: child.pid, signal: signalNumbers.SIGSTOP });
    expect(await shell.call("waitpid", { pid: -1, noHang: true })).toBeNull();
    expect(await shell.call("waitpid", { pid: -1, noHang: true, untraced: true })).toEqual({
      pid: child.pid,
      status: (signalNumbers.SIGSTOP << 8) | 0x7f,
    });
  });
});
