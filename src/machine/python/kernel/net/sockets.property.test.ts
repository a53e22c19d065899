/**
 * Whatever happens in whatever order: no byte and no connection is lost, doubled or served twice, nobody sends
 * more than there is room for, and every end is seen.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settled } from "../../../../testing/virtual-clock.ts";
import type { KernelHost } from "../kernel-host.ts";
import type { Ready } from "../protocol.ts";
import { decoded, encoded, ScriptedComputer } from "../testing/computer.ts";
import type { ScriptedProcess } from "../testing/scripted-process.ts";

/** `size` bytes of an endless row in which every position is recognisable. */
function row(from: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (from + index) % 251);
}

/** One direction as the test expects it. */
class Expected {
  sent = 0;
  readonly received: number[] = [];
  ended = false;

  next(size: number): Uint8Array {
    const chunk = row(this.sent, size);
    this.sent += size;
    return chunk;
  }

  take(chunk: Uint8Array | undefined): void {
    this.received.push(...(chunk ?? []));
  }
}

/** A process's end of a stream: it waits, and sends within its credit, as the process side does. */
class ProcessEnd {
  readonly incoming = new Expected();
  readonly outgoing = new Expected();
  credit: number;
  finished = false;
  /** It waits for room, and for nothing else. */
  blocked = false;
  #pending: Promise<void> | undefined;

  constructor(
    private readonly process: ScriptedProcess,
    private readonly readFd: number,
    private readonly writeFd: number,
    private readonly capacity: number,
  ) {
    this.credit = capacity;
  }

  send(size: number): void {
    const allowed = Math.min(size, this.credit);
    if (allowed === 0) return;
    this.credit -= allowed;
    const { pid } = this.process;
    this.process.say({ op: "send", fd: this.writeFd, tid: pid, bytes: this.outgoing.next(allowed) });
  }

  /** Begins to wait, unless it does already. */
  wait(read: boolean, write: boolean): void {
    if (this.#pending !== undefined || !(read || write)) return;
    const interests = [
      { fd: this.readFd, read, write: write && this.readFd === this.writeFd },
      ...(this.readFd === this.writeFd ? [] : [{ fd: this.writeFd, read: false, write }]),
    ].filter((interest) => interest.read || interest.write);
    this.blocked = !read;
    this.#pending = this.process.wait(interests).then((ready) => {
      this.#pending = undefined;
      this.blocked = false;
      for (const one of ready) this.#take(one);
    });
  }

  /** Reads until the end has come. */
  async drain(): Promise<void> {
    for (let round = 0; round < 200 && !this.incoming.ended; round += 1) {
      this.wait(true, false);
      await settled();
    }
  }

  #take(ready: Ready): void {
    expect(ready.error).toBeUndefined();
    if (this.incoming.ended) expect(ready.bytes).toBeUndefined();
    this.incoming.take(ready.bytes);
    if (ready.eof) this.incoming.ended = true;
    if (ready.credit === undefined) return;
    // An end that has been shut down counts as writable, because writing would not wait.
    if (!this.finished) expect(ready.credit).toBeGreaterThan(0);
    expect(ready.credit).toBeLessThanOrEqual(this.capacity);
    this.credit = ready.credit;
  }
}

const capacity = 64;
const side = fc.constantFrom("one" as const, "other" as const);
const streamStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("send" as const), side, size: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), side, read: fc.boolean(), write: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("settle" as const) }) },
);

/** Two ends in two processes are driven at random, then both shut down and read to the end. */
async function exchange(
  ends: { one: ProcessEnd; other: ProcessEnd },
  steps: (typeof streamStep extends fc.Arbitrary<infer Step> ? Step : never)[],
  finish: () => void,
): Promise<void> {
  for (const step of steps) {
    if (step.kind === "settle") await settled();
    else if (step.kind === "send") ends[step.side].send(step.size);
    else ends[step.side].wait(step.read, step.write);
  }
  await settled();
  // Both wait for room, and read nothing meanwhile: so they would for ever on Linux too.
  if (ends.one.blocked && ends.other.blocked) return;
  // Otherwise nobody waits for room once both have read what there is.
  for (let round = 0; round < 3; round += 1) {
    for (const end of [ends.one, ends.other]) end.wait(true, false);
    await settled();
  }
  expect([ends.one.blocked, ends.other.blocked]).toEqual([false, false]);
  finish();
  ends.one.finished = true;
  ends.other.finished = true;
  await Promise.all([ends.one.drain(), ends.other.drain()]);
  expect(ends.other.incoming.received).toEqual([...row(0, ends.one.outgoing.sent)]);
  expect(ends.one.incoming.received).toEqual([...row(0, ends.other.outgoing.sent)]);
}

describe("any sequence of sends, waits and ends", () => {
  test("on a TCP connection between processes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(streamStep, { maxLength: 60 }), async (steps) => {
        const computer = new ScriptedComputer({ streamBuffer: capacity });
        const { process: server } = computer.launch();
        const { process: client } = computer.launch();
        await server.listen(3, 8000);
        client.say({ op: "socket", fd: 4 });
        await client.call("connect", { fd: 4, address: "localhost", port: 8000 });
        await server.accept(3, 4);
        const ends = {
          one: new ProcessEnd(server, 4, 4, capacity),
          other: new ProcessEnd(client, 4, 4, capacity),
        };
        await exchange(ends, steps, () => {
          server.say({ op: "shutdown", fd: 4, how: "write" });
          client.say({ op: "shutdown", fd: 4, how: "write" });
        });
        expect([...server.broken, ...client.broken]).toEqual([]);
      }),
    );
  });

  test("on two pipes between processes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(streamStep, { maxLength: 60 }), async (steps) => {
        const computer = new ScriptedComputer({ streamBuffer: capacity });
        const { process: parent } = computer.launch();
        parent.say({ op: "pipe", read: 3, write: 4 }, { op: "pipe", read: 5, write: 6 });
        const child = await computer.fork(parent);
        parent.say({ op: "close", fd: 4 }, { op: "close", fd: 5 });
        child.say({ op: "close", fd: 3 }, { op: "close", fd: 6 });
        const ends = {
          one: new ProcessEnd(parent, 3, 6, capacity),
          other: new ProcessEnd(child, 5, 4, capacity),
        };
        await exchange(ends, steps, () => {
          parent.say({ op: "close", fd: 6 });
          child.say({ op: "close", fd: 4 });
        });
      }),
    );
  });

  test("by several readers of one pipe: each byte comes to one of them, in order to each", async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("send" as const), size: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ kind: fc.constant("read" as const), reader: fc.nat(2) }),
      fc.record({ kind: fc.constant("settle" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const computer = new ScriptedComputer();
        const { process: writer } = computer.launch();
        writer.say({ op: "pipe", read: 3, write: 4 });
        const readers = [await computer.fork(writer), await computer.fork(writer), await computer.fork(writer)];
        for (const reader of readers) reader.say({ op: "close", fd: 4 });
        const received: Uint8Array[][] = readers.map(() => []);
        const all: Uint8Array[] = [];
        const ends = new Set<ScriptedProcess>();
        const read = async (index: number): Promise<void> => {
          const ready = await readers[index]?.read(3);
          if (ready?.bytes !== undefined) {
            received[index]?.push(ready.bytes);
            all.push(ready.bytes);
          }
          if (ready?.eof && readers[index] !== undefined) ends.add(readers[index]);
        };
        let sent = 0;
        for (const step of steps) {
          if (step.kind === "settle") await settled();
          else if (step.kind === "read") void read(step.reader);
          else {
            writer.say({ op: "send", fd: 4, tid: writer.pid, bytes: row(sent, step.size) });
            sent += step.size;
          }
        }
        writer.say({ op: "close", fd: 4 });
        for (const index of readers.keys()) {
          await read(index);
          await read(index);
        }
        expect(ends.size).toBe(3);
        expect(all.flatMap((chunk) => [...chunk])).toEqual([...row(0, sent)]);
        const count = received.flat().reduce((sum, chunk) => sum + chunk.byteLength, 0);
        expect(count).toBe(sent);
      }),
    );
  });
});

describe("any sequence of connects, hand-overs and deaths", () => {
  const worker = fc.nat(3);
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("connect" as const), writes: fc.boolean() }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("wait" as const), worker }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("name" as const), worker }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("answer" as const), worker }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("kill" as const), worker }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), worker }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("stop" as const), worker }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("continue" as const), worker }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("settle" as const) }) },
  );
  const signalOf = { kill: "SIGKILL", stop: "SIGSTOP", continue: "SIGCONT" } as const;

  /** A worker that takes connections, names them some time, and answers them some time later. */
  class Worker {
    /** Connections that it gave a descriptor while it was alive and had the listener. */
    readonly named: number[] = [];
    readonly firstBytes = new Map<number, string>();
    readonly #handed: number[] = [];
    readonly #toAnswer: number[] = [];
    #waiting = false;
    #left = false;

    constructor(readonly process: ScriptedProcess) {}

    async wait(): Promise<void> {
      if (this.#waiting || this.#left || this.process.terminated) return;
      this.#waiting = true;
      const ready = await this.process.read(3);
      this.#waiting = false;
      for (const { connection, bytes: first } of ready?.accepted ?? []) {
        this.firstBytes.set(connection, decoded(first));
        this.#handed.push(connection);
      }
    }

    name(): void {
      const connection = this.#handed.shift();
      if (connection === undefined || this.process.terminated) return;
      const fd = 100 + connection;
      this.process.say({ op: "accept", listener: 3, connection, fd });
      if (this.#left) return;
      this.named.push(connection);
      this.#toAnswer.push(fd);
    }

    answer(): void {
      const fd = this.#toAnswer.shift();
      if (fd === undefined) return;
      const { pid } = this.process;
      this.process.say({ op: "send", fd, tid: pid, bytes: encoded(`by ${pid}`) }, { op: "close", fd });
    }

    take(kind: "wait" | "name" | "answer" | "leave" | keyof typeof signalOf, host: KernelHost): void {
      switch (kind) {
        case "wait":
          void this.wait();
          return;
        case "name":
        case "answer":
        case "leave":
          this[kind]();
          return;
        default:
          if (!this.process.terminated) host.kill(this.process.pid, signalOf[kind]);
      }
    }

    leave(): void {
      this.#left = true;
      this.process.say({ op: "close", fd: 3 });
    }
  }

  /** All that a client hears until the end. */
  async function heard(client: { read(): Promise<Uint8Array | null> }): Promise<string> {
    let answer = "";
    for (let chunk = await client.read(); chunk !== null; chunk = await client.read()) answer += decoded(chunk);
    return answer;
  }

  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  /** Has four workers and their master take the steps, and looks at what came of every connection. */
  async function play(steps: readonly Step[]): Promise<void> {
    const computer = new ScriptedComputer();
    const { process: master } = computer.launch();
    await master.listen(3, 8000, 1000);
    const workers: Worker[] = [];
    for (let count = 0; count < 4; count += 1) workers.push(new Worker(await computer.fork(master)));
    const answers: Promise<string>[] = [];
    const requests: string[] = [];

    for (const step of steps) {
      if (step.kind === "settle") await settled();
      else if (step.kind === "connect") {
        const client = computer.host.connect(8000);
        requests.push(step.writes ? `request ${requests.length}` : "");
        void client.write(encoded(requests.at(-1) ?? ""));
        answers.push(heard(client));
      } else workers[step.worker]?.take(step.kind, computer.host);
    }

    // In the end the others die, and the master serves what nobody has named.
    await settled();
    for (const { process } of workers) if (!process.terminated) computer.host.kill(process.pid, "SIGKILL");
    const byOthers = new Set(workers.flatMap(({ named }) => named));
    const last = new Worker(master);
    for (let left = byOthers.size; left < answers.length; left += 1) {
      await last.wait();
      last.name();
      last.answer();
    }
    const named = [...workers, last].flatMap((one) => one.named);
    expect(named.toSorted((a, b) => a - b)).toEqual(answers.map((_, index) => index + 1));
    for (const [index, answer] of (await Promise.all(answers)).entries()) {
      const connection = index + 1;
      const server = [...workers, last].find((one) => one.named.includes(connection));
      expect(server?.firstBytes.get(connection)).toBe(requests[index]);
      // A worker that died in between leaves its client without an answer, but not without an end.
      expect([`by ${server?.process.pid}`, ...(server === last ? [] : [""])]).toContain(answer);
    }
  }

  test("hands every connection to one process at a time, loses none, and answers none twice", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), (steps) => play(steps)),
      {
        numRuns: 300,
        examples: [
          // It closes the listener that it waits for, and a connection comes in the same batch.
          [
            [
              { kind: "wait", worker: 1 },
              { kind: "connect", writes: false },
              { kind: "leave", worker: 1 },
              { kind: "settle" },
              { kind: "name", worker: 1 },
            ],
          ],
        ],
      },
    );
  });
});
