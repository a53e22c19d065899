import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settled } from "../../../testing/virtual-clock.ts";
import { attacks } from "./testing/attacks.ts";
import { encoded, ScriptedComputer } from "./testing/computer.ts";
import type { ScriptedProcess } from "./testing/scripted-process.ts";

/** A host that is attacked, a bystander on it, and another host, each with a server. */
async function lab() {
  const computer = new ScriptedComputer();
  const bystander = computer.launch("bystander");
  await bystander.process.listen(3, 8000);
  const attacker = computer.launch("attacker");
  const other = computer.kernel.host("other");
  other.spawn(["server"]);
  const otherServer = computer.executor.last;
  otherServer.say({ op: "booted" });
  await otherServer.listen(3, 8000);
  return { computer, bystander, attacker, other, otherServer };
}

/** A server that gets a connection, and answers what it is asked. */
async function answers(host: ScriptedComputer["host"], server: ScriptedProcess): Promise<void> {
  const accepting = server.accept(3, 4);
  const client = host.connect(8000);
  void client.write(encoded("ping"));
  expect((await accepting)?.bytes).toEqual(encoded("ping"));
  server.say({ op: "send", fd: 4, tid: server.pid, bytes: encoded("pong") }, { op: "close", fd: 4 });
  expect(await client.read()).toEqual(encoded("pong"));
  client.close();
}

/** What came through a message channel, as structured clones have it; the value itself where it cannot be sent. */
function sent(message: unknown): unknown {
  try {
    return structuredClone(message);
  } catch {
    return message;
  }
}

describe("a process that speaks to the kernel by hand", () => {
  test.each(attacks)("%s", async (_name, messages, outcome) => {
    const { computer, bystander, attacker, other, otherServer } = await lab();
    const properties = Reflect.ownKeys(Object.prototype).join();
    for (const message of messages()) attacker.process.post(sent(message));
    await settled();
    expect(attacker.process.terminated).toBe(outcome !== "goes on");
    if (outcome === "ended") {
      expect(attacker.shown()).toMatch(
        /attacker \(pid \d+\) sent the kernel what is no system call: .+, and was ended/,
      );
      expect(await attacker.launched.exit).toEqual({ kind: "killed", signal: "SIGKILL" });
    }
    expect(bystander.process.terminated).toBe(false);
    await answers(computer.host, bystander.process);
    await answers(other, otherServer);
    expect(Reflect.ownKeys(Object.prototype).join()).toBe(properties);
    computer.kernel.dispose();
    await settled();
    expect(computer.host.usage()).toMatchObject({ processes: 0, descriptors: 0, connections: 0 });
    expect(other.usage()).toMatchObject({ processes: 0, descriptors: 0, connections: 0 });
  });

  test("is told by an errno what programs may ask for and cannot have", async () => {
    const { attacker } = await lab();
    const refused: Record<string, unknown> = {};
    const note = (what: string, answer: Promise<unknown>) =>
      answer.then(
        (value) => (refused[what] = value),
        (error: unknown) => (refused[what] = Reflect.get(Object(error), "errno")),
      );
    const { process } = attacker;
    const program = { env: {}, cwd: "/", fds: [], newSession: false };
    await note("argument", process.call("spawn", { ...program, argv: ["a", "b".repeat(200_000)] }));
    const environment = { A: "b".repeat(3e6) };
    await note("environment", process.call("exec", { argv: ["a"], env: environment, cwd: "/", close: [] }));
    await note("folder", process.call("spawn", { ...program, argv: ["a"], cwd: `/${"a".repeat(5000)}` }));
    await note("group", process.call("spawn", { ...program, argv: ["a"], group: -5 }));
    await note("port", process.call("bind", { fd: 3, address: "127.0.0.1", port: 70_000 }));
    await note("signal", process.call("kill", { pid: process.pid, signal: 1000 }));
    await note("inode", process.call("createExclusive", { path: "/tmp/a", mode: 0, inode: 1 }));
    await note("path", process.call("createExclusive", { path: `/tmp/${"a/".repeat(3000)}`, mode: 0, inode: 1e8 }));
    expect(refused).toEqual({
      argument: "E2BIG",
      environment: "E2BIG",
      folder: "ENAMETOOLONG",
      group: "EINVAL",
      port: "EBADF",
      signal: "EINVAL",
      inode: "EINVAL",
      path: "ENAMETOOLONG",
    });
    expect(process.terminated).toBe(false);
  });

  test("has only so many calls under way, and waits only for so much", async () => {
    const { attacker } = await lab();
    const { process } = attacker;
    const outcomes = new Map<unknown, number>();
    const count = (what: unknown) => outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
    for (let calls = 0; calls < 5000; calls += 1) {
      process
        .wait([{ fd: 0, read: true, write: false }])
        .catch((error: unknown) => count(Reflect.get(Object(error), "errno")));
    }
    await settled();
    expect(outcomes).toEqual(new Map([["EAGAIN", 5000 - 4096]]));
    const { process: watcher } = (await lab()).attacker;
    const interests = new Array(5000).fill({ fd: 0, read: true, write: false });
    for (let calls = 0; calls < 3; calls += 1) void watcher.wait(interests);
    await expect(watcher.wait(interests)).rejects.toMatchObject({ errno: "ENOMEM" });
  });

  test("is ended where the kernel fails with what it says, and nobody else is", async () => {
    const { computer, attacker, bystander } = await lab();
    const failing = attacker.process;
    // A worker that cannot be sent what it is to hear: no message that fits makes it so today.
    failing.send = () => {
      throw new DOMException("could not be cloned", "DataCloneError");
    };
    void failing.call("getpgid", { pid: 0 });
    await settled();
    expect(failing.terminated).toBe(true);
    expect(attacker.shown()).toMatch(
      /attacker \(pid \d+\) made the kernel fail \(.*could not be cloned.*\), and was ended/,
    );
    await answers(computer.host, bystander.process);
  });
});

// [threat: kernel-message]
test("whatever a process sends, the kernel does what a system call does, or ends it", async () => {
  const properties = Reflect.ownKeys(Object.prototype).join();
  const { computer, bystander, other, otherServer } = await lab();
  let sentSoFar = 0;
  let ended = 0;
  let attacker = computer.launch("attacker");
  const words = attacks
    .flatMap(([, messages]) => messages())
    .flatMap((message) => (Array.isArray(message) ? message : [message]));
  const anything = fc.anything({
    withTypedArray: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withBigInt: true,
    maxDepth: 2,
  });
  const wild = fc.oneof(
    fc.constantFrom<unknown>(...words),
    fc.constantFrom<unknown>(...good),
    fc
      .tuple(fc.constantFrom(...good, ...words), fc.string(), anything)
      .map(([word, name, value]) => ({ ...Object(word), [name]: value })),
    fc.tuple(fc.constantFrom(...good), fc.nat(), anything).map(([word, at, value]) => mutated(word, at, value)),
    anything,
  );
  const messages = fc.oneof(
    { weight: 9, arbitrary: fc.array(wild, { minLength: 1, maxLength: 12 }) },
    { weight: 1, arbitrary: anything },
  );
  await fc.assert(
    fc.asyncProperty(messages, async (message) => {
      sentSoFar += Array.isArray(message) ? message.length : 1;
      attacker.process.post(message);
      if (!attacker.process.terminated) return;
      ended += 1;
      // Its children are its own, and as bad.
      for (const { pid } of computer.host.processes.get()) {
        if (pid !== bystander.process.pid) computer.host.kill(pid, "SIGKILL");
      }
      computer.executor.started.length = 0;
      await computer.clock.pass(20);
      attacker = computer.launch("attacker");
    }),
    { numRuns: 25_000, endOnFailure: true },
  );
  await settled();
  expect(sentSoFar).toBeGreaterThan(100_000);
  expect(ended).toBeGreaterThan(1000);
  expect(bystander.process.terminated).toBe(false);
  await answers(computer.host, bystander.process);
  await answers(other, otherServer);
  expect(computer.host.ports.get()).toContain(8000);
  expect(Reflect.ownKeys(Object.prototype).join()).toBe(properties);
  computer.kernel.dispose();
  await settled();
  expect(computer.host.usage()).toMatchObject({ processes: 0, descriptors: 0, connections: 0 });
}, 60_000);

/** Words that fit, for mutations: one of each kind that a server says. */
const good: readonly object[] = [
  { op: "socket", fd: 5 },
  { op: "socketpair", fds: [6, 7] },
  { op: "pipe", read: 8, write: 9 },
  { op: "fifo", fd: 13, inode: 3, reads: true, writes: false },
  { op: "call", id: 9, name: "makeFifo", tid: 1, arguments: { path: "/tmp/fifo", mode: 0o644 } },
  { op: "call", id: 10, name: "fifoMet", tid: 1, arguments: { fd: 13, noBlock: true } },
  { op: "open", fd: 10, inode: 3e8, flags: 2 },
  { op: "unread", fd: 3, bytes: new Uint8Array(4) },
  { op: "dup", from: 1, to: 11 },
  { op: "close", fd: 5, unread: true },
  { op: "accept", listener: 3, connection: 1, fd: 12 },
  { op: "send", fd: 1, tid: 2, bytes: new Uint8Array(4) },
  { op: "send", fd: 9, tid: 2, bytes: new Uint8Array(4) },
  { op: "shutdown", fd: 6, how: "both" },
  { op: "sigaction", signal: 15, disposition: "handle" },
  { op: "file", change: { kind: "create", inode: 3e8, path: "/tmp/a", type: "file", mode: 0o644, time: 1 } },
  { op: "file", change: { kind: "write", inode: 3e8, position: "end", bytes: new Uint8Array(4), time: 1 } },
  { op: "file", change: { kind: "rename", from: "/tmp/a", to: "/tmp/b", time: 1 } },
  { op: "file", change: { kind: "link", from: "/tmp/a", to: "/tmp/b", time: 1 } },
  { op: "title", title: "a title" },
  { op: "threadStart", tid: 3 },
  { op: "cancel", call: 2 },
  { op: "call", id: 1, name: "bind", tid: 1, arguments: { fd: 5, address: "127.0.0.1", port: 9000 } },
  { op: "call", id: 2, name: "listen", tid: 1, arguments: { fd: 5, backlog: 5 } },
  { op: "call", id: 3, name: "connect", tid: 1, arguments: { fd: 5, address: "127.0.0.1", port: 9000 } },
  {
    op: "call",
    id: 4,
    name: "wait",
    tid: 1,
    arguments: { interests: [{ fd: 5, read: true, write: true }], timeout: 10 },
  },
  {
    op: "call",
    id: 5,
    name: "spawn",
    tid: 1,
    arguments: { argv: ["a"], env: {}, cwd: "/", fds: [{ child: 1, parent: 1 }], newSession: true },
  },
  { op: "call", id: 6, name: "waitpid", tid: 1, arguments: { pid: -1, noHang: false } },
  { op: "call", id: 7, name: "tcgetattr", tid: 1, arguments: { fd: 0 } },
  { op: "call", id: 8, name: "flock", tid: 1, arguments: { fd: 10, kind: "exclusive", noBlock: true } },
];

/** The word with one of its properties, at any depth, replaced. */
function mutated(word: object, at: number, value: unknown): unknown {
  const names = Object.keys(word);
  const name = names[at % names.length] ?? "op";
  const inner: unknown = Reflect.get(word, name);
  const deeper = typeof inner === "object" && inner !== null && !ArrayBuffer.isView(inner) && at % 3 > 0;
  const replaced = deeper ? mutated(inner, Math.floor(at / names.length), value) : value;
  return Array.isArray(word) ? word.with(at % word.length, replaced) : { ...word, [name]: replaced };
}
