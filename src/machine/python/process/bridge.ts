import type { ArchiveRequest } from "../frame/archive.ts";
import type { ProcessStart } from "../kernel/protocol.ts";
import type { KernelChannel } from "./channel.ts";
import type { Descriptors } from "./descriptors.ts";
import { linuxErrorText, linuxNumberOf } from "./errno-numbers.ts";
import type { CreationMask } from "./files/creation-mask.ts";
import type { FileReplica } from "./files/file-replica.ts";
import type { ProcReplica } from "./files/proc-replica.ts";
import { hashingCalls } from "./hashing.ts";
import type { LocalTime } from "./local-time.ts";
import type { Interrupts } from "./waiting/interrupts.ts";
import { IntervalTimer } from "./waiting/interval-timer.ts";
import type { Suspension } from "./waiting/suspension.ts";
import type { ThreadWaiters } from "./waiting/thread-waiters.ts";
import { createWaitingCalls } from "./waiting/waiting-calls.ts";

/** What the bridge stands on. */
export interface BridgeParts {
  readonly start: ProcessStart;
  readonly channel: KernelChannel;
  readonly descriptors: Descriptors;
  readonly replica: FileReplica;
  readonly proc: ProcReplica;
  readonly creationMask: CreationMask;
  readonly waiters: ThreadWaiters;
  readonly interrupts: Interrupts;
  readonly localTime: LocalTime;
  readonly suspension: Suspension;
  /** How many Python frames of the running thread a forked child goes on in. */
  readonly framesThatGoOn: () => number;
  /** Copies the interpreter's memory for a fork; `takeCopy` hands it over. False: the browser has no memory for it. */
  readonly copyMemory: () => boolean;
  readonly takeCopy: () => { memory: ArrayBuffer; resume: unknown };
  /** Starts one more carrier for Python threads. */
  readonly startCarrier: () => void;
  readonly isProgram: (path: string) => boolean;
  /** URL of the script with what CPython takes from OpenSSL. */
  readonly hashingScript: string;
  readonly memoryBytes: () => number;
  /** Puts a file of the archive at a path: empty, or why it cannot be had. */
  readonly bringFromArchive: (kind: ArchiveRequest["kind"], name: string, path: string) => Promise<string>;
}

/** A function as Python calls it. */
export type BridgeFunction = (...args: never[]) => unknown;

/** The functions that the Python modules of `posix/` call, by name: `bridge.js` there. */
export type Bridge = Readonly<Record<string, BridgeFunction>>;

const sigalrm = 14;

/**
 * Builds the bridge of one process.
 *
 * Errors are numbers, because an exception that crosses costs more than the whole call: functions return 0 or a value,
 * or a negative errno. Those that wait (`waiting-calls.ts`) return a slot (`suspension.ts`). Times are milliseconds.
 */
export function createBridge(parts: BridgeParts): Bridge {
  const { start, channel, descriptors, replica, waiters, suspension } = parts;
  const timer = new IntervalTimer(() => waiters.signal(sigalrm));
  const { calls, wakeCarrier } = createWaitingCalls({
    ...parts,
    pid: start.pid,
    currentThread: () => suspension.thread,
  });

  return {
    ...slots(calls, parts),
    take: (slot: number) => suspension.take(slot),

    ...hashingCalls(parts.hashingScript),

    // --- threads ---
    newToken: () => waiters.newToken(),
    unpark: (token: number) => waiters.unpark(token),
    runThread(): void {
      if (!wakeCarrier()) parts.startCarrier();
    },
    threadBegins(number: number): void {
      suspension.thread = start.pid + number;
      channel.post({ op: "threadStart", tid: suspension.thread });
    },
    threadEnds: () => channel.post({ op: "threadEnd", tid: suspension.thread }),

    // --- signals ---
    takeSignal: () => waiters.takeSignal(),
    signalsPending: () => waiters.signalsPending,
    simulateSignal: (signal: number) => waiters.signal(signal),
    signalAction: (signal: number, disposition: "default" | "ignore" | "handle") =>
      channel.post({ op: "sigaction", signal, disposition }),
    setTimer: (milliseconds: number, interval: number) => timer.set(milliseconds, interval),
    timerLeft: () => timer.left,

    // --- this process ---
    pid: () => start.pid,
    parentPid: () => start.parent,
    session: () => start.session,
    hostName: () => start.hostName,
    cores: () => navigator.hardwareConcurrency,
    chooseTimeZone: (isSet: boolean, variable: string) => parts.localTime.choose(isSet ? variable : undefined),
    memoryBytes: () => parts.memoryBytes(),
    errorText: (errno: number) => linuxErrorText(errno),
    toObject: (pairs: [string, string][]) => Object.fromEntries(pairs),
    isProgram: (path: string) => parts.isProgram(path),
    framesThatGoOn: () => parts.framesThatGoOn(),
    copyMemory: () => parts.copyMemory(),
    exit(code: number): void {
      replica.flushTouches();
      replica.positions.post();
      channel.post({ op: "exit", code });
      channel.flush();
    },
    abort(signal: number): void {
      channel.post({ op: "abort", signal });
      channel.flush();
    },

    // --- descriptors ---
    openDescriptors: () => [...descriptors.open(), ...replica.positions.all().map(({ fd }) => fd)],
    semaphoreClose: (handle: number) => channel.post({ op: "semaphoreClose", handle }),
    umask(mask: number): number {
      const before = parts.creationMask.mask;
      parts.creationMask.mask = mask;
      channel.post({ op: "umask", mask });
      return before;
    },
    link: (from: string, to: string) => replica.link(from, to),
    touch: (fd: number, atime: number, mtime: number) =>
      replica.touch(fd, atime, mtime) ? 0 : -linuxNumberOf("EBADF"),
    firstBad: (reading: string, writing: string) => descriptors.firstBad(reading, writing),
    ready: (reading: string, writing: string) => descriptors.ready(reading, writing),
    pollExtra: (fd: number) => descriptors.pollExtra(fd),
    arrivals: (fd: number) => descriptors.arrivals(fd),
    isAtEnd: (fd: number) => descriptors.isAtEnd(fd),
    resetWhenClosed: (fd: number, resets: boolean) => descriptors.resetWhenClosed(fd, resets),
    mustAsk: (fd: number) => descriptors.mustAsk(fd),
    limitDescriptors: (openFiles: number) => descriptors.limit(openFiles),
    isKernelDescriptor: (fd: number) => descriptors.isKernelDescriptor(fd),
    isSocket: (fd: number) => descriptors.isSocket(fd),
    isTerminal: (fd: number) => descriptors.isTerminal(fd),
    isListening: (fd: number) => descriptors.isListening(fd),
    terminalSize: (fd: number) => descriptors.terminalSize(fd),
    statusFlags: (fd: number) => descriptors.accessOf(fd),
    dup: (from: number, to: number) => descriptors.dup(from, to),
    close: (fd: number) => descriptors.close(fd),
    pipe: () => descriptors.pair("pipe"),
    socketpair: (datagrams: boolean) => descriptors.pair(datagrams ? "datagrams" : "socketpair"),
    fifo: (inode: number, reads: boolean, writes: boolean) => descriptors.fifo(inode, reads, writes),
    otherOfPair: (_first: number) => descriptors.otherOfPair(),

    // --- sockets ---
    socket: (datagrams: string) =>
      descriptors.socket(datagrams === "udp" || datagrams === "unix" ? datagrams : undefined),
    datagramFamily: (fd: number) => descriptors.datagramFamily(fd),
    lastDatagram: () => descriptors.lastDatagram(),
    mayBeAbandoned: (fd: number) => descriptors.mayBeAbandoned(fd),
    connectStart(fd: number, address: string, port: number): void {
      descriptors.connecting(fd);
      channel.call("connect", { fd, address, port }, suspension.thread).answer.then((answer) => {
        descriptors.connected(fd, answer.ok ? answer.result : answer.errno);
      });
    },
    accept: (fd: number) => descriptors.accept(fd),
    recv: (fd: number, length: number, peek: boolean) => descriptors.receive(fd, length, peek),
    send: (fd: number, bytes: Uint8Array) => descriptors.send(fd, bytes),
    shutdown: (fd: number, how: "read" | "write" | "both") => descriptors.shutdown(fd, how),
    sendWithRights: (fd: number, bytes: Uint8Array, rights: number[]) => descriptors.send(fd, bytes, rights),
    takeRights: () => descriptors.takeRights(),
    takeError: (fd: number) => descriptors.takeError(fd),
    localAddress: (fd: number) => descriptors.localAddress(fd),
    peer: (fd: number) => descriptors.peerAddress(fd),
  };
}

/** Functions that wait, as Python calls them: each returns the slot of its wait. */
function slots(calls: Readonly<Record<string, (...args: never[]) => Promise<unknown>>>, parts: BridgeParts): Bridge {
  const { channel, interrupts, suspension } = parts;
  const turnBegins = <T>(value: T): T => {
    interrupts.turnBegins();
    return value;
  };
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      (...args: never[]) => {
        const promise: Promise<unknown> = Reflect.apply(call, undefined, args.map(withinNumbers));
        channel.flush();
        return suspension.begin(promise.then(turnBegins));
      },
    ]),
  );
}

/** Python's large numbers come as such. No number that the kernel knows is as large, and it says so of the largest. */
function withinNumbers(argument: unknown): unknown {
  if (typeof argument !== "bigint") return argument;
  return argument > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
}
