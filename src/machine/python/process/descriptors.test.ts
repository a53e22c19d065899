/** A process's descriptors in the file system of a real interpreter, with the real kernel behind them. */
import { loadPyodide } from "pyodide";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { settled } from "../../../testing/virtual-clock.ts";
import type { OneWayCall } from "../kernel/protocol.ts";
import { decoded, encoded, ScriptedComputer } from "../kernel/testing/computer.ts";
import type { ScriptedProcess } from "../kernel/testing/scripted-process.ts";
import { KernelChannel, type KernelPort } from "./channel.ts";
import { Descriptors } from "./descriptors.ts";
import { CreationMask } from "./files/creation-mask.ts";
import { FileReplica } from "./files/file-replica.ts";
import { ProcReplica } from "./files/proc-replica.ts";
import { type FileSystem, moduleOf } from "./pyodide-internals.ts";
import { outcome, ThreadWaiters } from "./waiting/thread-waiters.ts";
import { createWaitingCalls } from "./waiting/waiting-calls.ts";

/** A process with descriptors: what it says the kernel hears at once. */
class Peer {
  readonly descriptors: Descriptors;
  readonly channel: KernelChannel;
  readonly #port: KernelPort;
  #heard = 0;

  constructor(
    fs: FileSystem,
    private readonly process: ScriptedProcess,
  ) {
    this.#port = { postMessage: (messages) => process.say(...structuredClone(messages)), onmessage: null };
    this.channel = new KernelChannel(this.#port, (message) => {
      if (message.op === "broken") this.descriptors.broken(message.fd, message.errno, message.heard);
      else if (message.op === "abandoned") this.descriptors.abandoned(message.fd, message.heard);
    });
    // The computer has said for it that it is booted.
    this.channel.said = 1;
    this.descriptors = new Descriptors(fs, this.channel, () => process.pid);
    this.channel.onFlush = () => this.descriptors.putBackShared();
    this.descriptors.inherit(process.start.descriptors, () => {});
  }

  /** Waits until something can be read there. */
  async readable(fd: number): Promise<void> {
    const args = { interests: [{ fd, read: true, write: false }], timeout: null };
    const { answer } = this.channel.call("wait", args, this.process.pid);
    await this.listen();
    const said = await answer;
    if (said.ok) this.descriptors.take(said.result);
  }

  /** Hears what the kernel has said since. */
  async listen(): Promise<void> {
    await settled();
    const messages = this.process.heard.slice(this.#heard);
    this.#heard = this.process.heard.length;
    this.#port.onmessage?.(new MessageEvent("message", { data: structuredClone(messages) }));
  }

  receive(fd: number, length: number): string | number {
    const got = this.descriptors.receive(fd, length, false);
    return typeof got === "number" ? got : decoded(got);
  }
}

let fs: FileSystem;
beforeAll(async () => {
  fs = moduleOf(await loadPyodide()).FS;
}, 60_000);

const streams: { name: string; make: OneWayCall }[] = [
  { name: "a pipe", make: { op: "pipe", read: 3, write: 4 } },
  { name: "a socket pair", make: { op: "socketpair", fds: [3, 4] } },
];

describe.each(streams)("$name that two processes read", ({ make }) => {
  let parent: ScriptedProcess;
  let other: ScriptedProcess;
  let reader: Peer;
  beforeEach(async () => {
    const computer = new ScriptedComputer();
    parent = computer.launch().process;
    parent.say(make);
    other = await computer.fork(parent);
    reader = new Peer(fs, await computer.fork(parent));
    parent.say({ op: "close", fd: 3 });
    parent.say({ op: "send", fd: 4, tid: parent.pid, bytes: encoded("onetwo") });
    await reader.readable(3);
  });

  test("keeps for the next what one has not read", async () => {
    expect(reader.receive(3, 3)).toBe("one");
    const next = other.read(3);
    reader.channel.flush();
    expect(decoded((await next)?.bytes)).toBe("two");
  });

  test("gives the same process the rest, then the end", async () => {
    other.say({ op: "exit", code: 0 });
    parent.say({ op: "exit", code: 0 });
    expect(reader.receive(3, 3)).toBe("one");
    reader.descriptors.close(4);
    reader.channel.flush();
    await reader.readable(3);
    expect(reader.receive(3, 9)).toBe("two");
    await reader.readable(3);
    expect(reader.receive(3, 9)).toBe(0);
  });

  test("keeps what was not read of a descriptor that is closed", async () => {
    reader.descriptors.close(3);
    reader.channel.flush();
    expect(decoded((await other.read(3))?.bytes)).toBe("onetwo");
  });
});

test("a child reads what came before the fork and its parent has not read", async () => {
  const computer = new ScriptedComputer();
  const { process } = computer.launch();
  const parent = new Peer(fs, process);
  const first = parent.descriptors.pair("pipe");
  const second = parent.descriptors.otherOfPair();
  parent.descriptors.send(second, encoded("onetwo"));
  await parent.readable(first);
  expect(parent.receive(first, 3)).toBe("one");
  parent.descriptors.putBackAll();
  parent.channel.flush();
  const child = await computer.fork(process);
  expect(decoded((await child.read(first))?.bytes)).toBe("two");
});

test.each(["pipe", "socketpair"] as const)(
  "what the kernel says of a closed %s is not said of the next",
  async (kind) => {
    const { process } = new ScriptedComputer().launch();
    const peer = new Peer(fs, process);
    peer.channel.post({ op: "sigaction", signal: 13, disposition: "ignore" });
    const first = peer.descriptors.pair(kind);
    const second = peer.descriptors.otherOfPair();
    peer.descriptors.close(first);
    peer.channel.flush();
    await settled();
    peer.descriptors.close(second);
    expect([peer.descriptors.pair(kind), peer.descriptors.otherOfPair()]).toEqual([first, second]);
    await peer.listen();
    expect(peer.descriptors.send(second, encoded("x"))).toBe(1);
    peer.descriptors.close(first);
    peer.channel.flush();
    await peer.listen();
    expect(peer.descriptors.send(second, encoded("x"))).toBeLessThan(0);
  },
);

test("all threads that wait for a descriptor are woken by what one of them is answered", async () => {
  const { process } = new ScriptedComputer().launch();
  const peer = new Peer(fs, process);
  const read = peer.descriptors.pair("pipe");
  const write = peer.descriptors.otherOfPair();
  const unrelated = peer.descriptors.pair("pipe");
  const { calls } = createWaitingCalls({
    pid: process.pid,
    channel: peer.channel,
    descriptors: peer.descriptors,
    replica: new FileReplica(fs, peer.channel, process.pid),
    proc: new ProcReplica(fs),
    creationMask: new CreationMask(fs, 0o022),
    waiters: new ThreadWaiters(),
    currentThread: () => process.pid,
    takeCopy: () => ({ memory: new ArrayBuffer(0), resume: null }),
    bringFromArchive: () => Promise.resolve(""),
  });
  const looking = calls.wait(`${unrelated},${read}`, "", -1, false);
  const reading = calls.wait(`${read}`, "", -1, false);
  const others: string[] = [];
  void calls.wait(`${unrelated}`, "", -1, false).then(() => others.push("woken"));
  peer.descriptors.send(write, encoded("bytes"));
  peer.channel.flush();
  await peer.listen();
  expect(await Promise.all([looking, reading])).toEqual([outcome.ready, outcome.ready]);
  expect(peer.receive(read, 9)).toBe("bytes");
  expect(others).toEqual([]);
});
