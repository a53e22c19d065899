import { errnoText, isErrno } from "../kernel/errno";
import type { CallArguments, CallName, CallResult, ProcessStart } from "../kernel/syscalls";
import type { KernelChannel } from "./channel";
import type { Descriptors } from "./descriptors";
import { errnoName, errnoNumber } from "./errno-numbers";
import type { Interrupts } from "./interrupts";
import type { Replica } from "./replica";
import { type Outcome, outcome, type Waits } from "./waits";

/** What the bridge stands on. */
export interface BridgeParts {
  readonly start: ProcessStart;
  readonly channel: KernelChannel;
  readonly descriptors: Descriptors;
  readonly replica: Replica;
  readonly waits: Waits;
  readonly interrupts: Interrupts;
  /** Copies the interpreter's memory for a fork; `sendCopy` hands it over. */
  readonly copyMemory: () => void;
  readonly takeCopy: () => { memory: ArrayBuffer; resume: unknown };
  /** Starts one more carrier for Python threads. */
  readonly startCarrier: () => void;
  readonly isProgram: (path: string) => boolean;
  readonly memoryBytes: () => number;
}

/**
 * The functions that the Python modules of `posix/` call: `bridge.js` there.
 *
 * Errors are numbers, because an exception that crosses costs more than the whole call: functions that wait resolve to 0 or an errno, others
 * return a negative errno. Times are milliseconds; -1 means for ever.
 */
export type Bridge = ReturnType<typeof createBridge>;

/** Builds the bridge of one process. */
export function createBridge(parts: BridgeParts) {
  const { start, channel, descriptors, replica, waits, interrupts } = parts;
  const idle: (() => void)[] = [];

  async function number<N extends CallName>(name: N, args: CallArguments<N>): Promise<number> {
    const answer = await channel.call(name, args, start.pid).answer;
    interrupts.turnBegins();
    return answer.ok ? 0 : errnoNumber(answer.errno);
  }

  /** The result where it is a number, else a negative errno. */
  async function resultOf<N extends CallName>(
    name: N,
    args: CallArguments<N>,
    value: (result: CallResult<N>) => number,
    transfer: Transferable[] = [],
  ): Promise<number> {
    const answer = await channel.call(name, args, start.pid, transfer).answer;
    interrupts.turnBegins();
    return answer.ok ? value(answer.result) : -errnoNumber(answer.errno);
  }

  function afterWait<T>(promise: Promise<T>): Promise<T> {
    channel.flush();
    return promise.then((value) => {
      interrupts.turnBegins();
      return value;
    });
  }

  return {
    // --- waiting ---
    newToken: () => waits.newToken(),
    park: (token: number, milliseconds: number, main: boolean) => afterWait(waits.park(token, milliseconds, main)),
    unpark: (token: number) => waits.unpark(token),
    sleep: (milliseconds: number, main: boolean) => afterWait(waits.begin(main, milliseconds).promise),
    tick: () => afterWait(nextTurn()),
    forever: () => afterWait(new Promise<never>(() => {})),
    wait(reading: string, writing: string, milliseconds: number, main: boolean): Promise<Outcome> {
      const wait = waits.begin(main, -1);
      const timeout = milliseconds < 0 ? null : milliseconds;
      const call = channel.call("wait", { interests: descriptors.interests(reading, writing), timeout }, start.pid);
      let answered = false;
      call.answer.then((answer) => {
        answered = true;
        if (answer.ok) descriptors.take(answer.result);
        wait.end(answer.ok && answer.result.length === 0 ? outcome.timedOut : outcome.ready);
      });
      return afterWait(wait.promise).then((how) => {
        if (!answered) channel.cancel(call.id);
        return how;
      });
    },

    // --- threads ---
    runThread(): void {
      const wake = idle.pop();
      if (wake) wake();
      else parts.startCarrier();
    },
    idleCarrier: () => afterWait(new Promise<void>((resolve) => idle.push(resolve))),

    // --- signals ---
    takeSignal: () => waits.takeSignal(),
    signalsPending: () => waits.signalsPending,
    simulateSignal: (signal: number) => waits.signal(signal),
    signalAction: (signal: number, disposition: "default" | "ignore" | "handle") =>
      channel.tell({ op: "sigaction", signal, disposition }),
    ...timer((signal) => waits.signal(signal)),

    // --- this process ---
    pid: () => start.pid,
    parentPid: () => start.parent,
    session: () => start.session,
    hostName: () => start.hostName,
    cores: () => navigator.hardwareConcurrency,
    memoryBytes: () => parts.memoryBytes(),
    errorText: (errno: number) => textOf(errnoName(errno)),
    toObject: (pairs: [string, string][]) => Object.fromEntries(pairs),
    title: (title: string) => channel.tell({ op: "title", title }),
    exit(code: number): void {
      replica.flushTouches();
      channel.tell({ op: "exit", code });
      channel.flush();
    },
    abort(signal: number): void {
      channel.tell({ op: "abort", signal });
      channel.flush();
    },

    // --- other processes ---
    copyMemory: () => parts.copyMemory(),
    fork(): Promise<number> {
      const image = parts.takeCopy();
      return resultOf("fork", { image, positions: replica.positions() }, (pid) => pid, [image.memory]);
    },
    isProgram: (path: string) => parts.isProgram(path),
    spawn(argv: string[], env: Record<string, string>, cwd: string, fds: string, newSession: boolean, group: number) {
      const mapping = fds === "" ? [] : fds.split(",").map((pair) => pair.split(":").map(Number));
      return resultOf(
        "spawn",
        {
          argv,
          env,
          cwd,
          fds: mapping.map(([child = 0, parent = 0]) => ({ child, parent })),
          newSession,
          ...(group >= 0 ? { group } : {}),
        },
        (pid) => pid,
      );
    },
    exec: (argv: string[], env: Record<string, string>, cwd: string, close: number[]) =>
      number("exec", { argv, env, cwd, close, positions: replica.positions() }),
    async waitpid(pid: number, noHang: boolean, main: boolean): Promise<string | number> {
      const wait = waits.begin(main && !noHang, -1);
      const call = channel.call("waitpid", { pid, noHang }, start.pid);
      let result: string | number | undefined;
      call.answer.then((answer) => {
        if (!answer.ok) result = -errnoNumber(answer.errno);
        else result = answer.result === null ? 0 : `${answer.result.pid}:${answer.result.status}`;
        wait.end(outcome.ready);
      });
      await afterWait(wait.promise);
      if (result === undefined) channel.cancel(call.id);
      return result ?? "interrupted";
    },
    kill: (pid: number, signal: number) => number("kill", { pid, signal }),
    getpgid: (pid: number) => resultOf("getpgid", { pid }, (group) => group),
    setpgid: (pid: number, group: number) => number("setpgid", { pid, group }),
    setsid: () => resultOf("setsid", {}, (session) => session),
    tcgetpgrp: (fd: number) => resultOf("tcgetpgrp", { fd }, (group) => group),
    tcsetpgrp: (fd: number, group: number) => number("tcsetpgrp", { fd, group }),

    // --- descriptors ---
    openDescriptors: () => descriptors.open(),
    touch: (fd: number, atime: number, mtime: number) => (replica.touch(fd, atime, mtime) ? 0 : errnoNumber("EBADF")),
    firstBad: (reading: string, writing: string) => descriptors.firstBad(reading, writing),
    ready: (reading: string, writing: string) => descriptors.ready(reading, writing),
    pollExtra: (fd: number) => descriptors.pollExtra(fd),
    mustAsk: (fd: number) => descriptors.mustAsk(fd),
    isKernelDescriptor: (fd: number) => descriptors.isKernelDescriptor(fd),
    isSocket: (fd: number) => descriptors.isSocket(fd),
    isTerminal: (fd: number) => descriptors.isTerminal(fd),
    isListening: (fd: number) => descriptors.isListening(fd),
    terminalSize: (fd: number) => descriptors.terminalSize(fd),
    statusFlags: (fd: number) => (descriptors.isKernelDescriptor(fd) ? 2 : 0),
    dup: (from: number, to: number) => descriptors.dup(from, to),
    close: (fd: number) => descriptors.close(fd),
    pipe: () => descriptors.pair("pipe"),
    socketpair: () => descriptors.pair("socketpair"),
    otherOfPair: (_first: number) => descriptors.otherOfPair(),
    flock: (fd: number, kind: "shared" | "exclusive" | "unlock", noBlock: boolean) =>
      number("flock", { fd, kind, noBlock }),

    // --- sockets ---
    socket: () => descriptors.socket(),
    async bind(fd: number, address: string, port: number): Promise<number> {
      const answer = await channel.call("bind", { fd, address, port }, start.pid).answer;
      if (!answer.ok) return errnoNumber(answer.errno);
      descriptors.bound(fd, answer.result);
      return 0;
    },
    async listen(fd: number, backlog: number): Promise<number> {
      const failed = await number("listen", { fd, backlog });
      if (failed === 0) descriptors.listens(fd);
      return failed;
    },
    async connect(fd: number, address: string, port: number, milliseconds: number): Promise<number> {
      const call = channel.call("connect", { fd, address, port }, start.pid);
      const timeout = milliseconds < 0 ? undefined : nextTurnAfter(milliseconds);
      const answer = await (timeout ? Promise.race([call.answer, timeout]) : call.answer);
      if (answer === undefined) {
        channel.cancel(call.id);
        return errnoNumber("ETIMEDOUT");
      }
      if (!answer.ok) return errnoNumber(answer.errno);
      descriptors.connected(fd, answer.result);
      return 0;
    },
    connectStart(fd: number, address: string, port: number): void {
      descriptors.connecting(fd);
      channel.call("connect", { fd, address, port }, start.pid).answer.then((answer) => {
        descriptors.connected(fd, answer.ok ? answer.result : answer.errno);
      });
    },
    accept: (fd: number) => descriptors.accept(fd),
    recv: (fd: number, length: number, peek: boolean) => descriptors.receive(fd, length, peek),
    send: (fd: number, bytes: Uint8Array) => descriptors.send(fd, bytes),
    shutdown: (fd: number, how: "read" | "write" | "both") => descriptors.shutdown(fd, how),
    takeError: (fd: number) => descriptors.takeError(fd),
    localAddress: (fd: number) => descriptors.localAddress(fd),
    peer: (fd: number) => descriptors.peerAddress(fd),
  };
}

/** glibc's words for an errno; those that the kernel does not use have none of their own. */
function textOf(name: string): string {
  return isErrno(name) ? errnoText(name) : name;
}

const turns = new MessageChannel();
const waitingForTurn: (() => void)[] = [];
turns.port1.onmessage = () => waitingForTurn.shift()?.();

/** Resolves after the worker has looked at everything that has come in. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waitingForTurn.push(resolve);
    turns.port2.postMessage(null);
  });
}

function nextTurnAfter(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** `setitimer(ITIMER_REAL)`: SIGALRM after a while, and again. */
function timer(raise: (signal: number) => void) {
  const sigalrm = 14;
  let due = 0;
  let handle: ReturnType<typeof setTimeout> | undefined;
  const left = () => Math.max(0, due - performance.now());
  function arm(milliseconds: number, interval: number): void {
    due = performance.now() + milliseconds;
    handle = setTimeout(() => {
      handle = undefined;
      due = 0;
      raise(sigalrm);
      if (interval > 0) arm(interval, interval);
    }, milliseconds);
  }
  return {
    setTimer(milliseconds: number, interval: number): number {
      const before = left();
      clearTimeout(handle);
      due = 0;
      if (milliseconds > 0) arm(milliseconds, interval);
      return before;
    },
    timerLeft: left,
  };
}
