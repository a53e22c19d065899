import type { Pid, Tid } from "../../../host-types.ts";
import type { ArchiveRequest } from "../../frame/archive.ts";
import type { CallArguments, CallName, CallResult } from "../../kernel/protocol.ts";
import type { KernelChannel } from "../channel.ts";
import type { Descriptors } from "../descriptors.ts";
import { linuxNumberOf } from "../errno-numbers.ts";
import type { CreationMask } from "../files/creation-mask.ts";
import type { FileReplica } from "../files/file-replica.ts";
import type { ProcReplica } from "../files/proc-replica.ts";
import { deriveAside } from "../hashing.ts";
import { outcome, type ThreadWait, type ThreadWaiters, type WaitOutcome } from "./thread-waiters.ts";

/** The order of the bits that Python knows modes by (`posix/termios.py`). */
const terminalModes = ["canonical", "echo", "signals", "outputNewline", "inputNewline"] as const;

/** What the calls stand on. */
export interface WaitingParts {
  readonly pid: Pid;
  readonly channel: KernelChannel;
  readonly descriptors: Descriptors;
  readonly replica: FileReplica;
  readonly proc: ProcReplica;
  readonly creationMask: CreationMask;
  readonly waiters: ThreadWaiters;
  readonly currentThread: () => Tid;
  readonly takeCopy: () => { memory: ArrayBuffer; resume: unknown };
  readonly bringFromArchive: (kind: ArchiveRequest["kind"], name: string, path: string) => Promise<string>;
}

/**
 * The functions of the bridge that wait. They resolve to 0 or an errno (a number of this CPython), those with a value
 * to the value or a negative errno. `main`: the main thread waits, so signals interrupt it. Times in milliseconds, -1
 * for ever.
 */
export function createWaitingCalls(parts: WaitingParts) {
  const { channel, descriptors, replica, waiters, currentThread } = parts;
  const idle: (() => void)[] = [];
  /** Threads that wait for descriptors. */
  const selecting = new Map<ThreadWait, { readonly reading: string; readonly writing: string }>();

  /** What one thread was answered is here for all others that wait for the same descriptor. */
  function wakeOthersWhoFind(answered: ThreadWait): void {
    for (const [wait, { reading, writing }] of selecting) {
      if (wait === answered) continue;
      const found = descriptors.ready(reading, writing);
      // Who waits for what another thread has closed goes on waiting, as on Linux.
      if (found !== "|" && found !== "bad") wait.end(outcome.ready);
    }
  }

  async function number<N extends CallName>(name: N, args: CallArguments<N>): Promise<number> {
    const answer = await channel.call(name, args, currentThread()).answer;
    return answer.ok ? 0 : linuxNumberOf(answer.errno);
  }

  async function resultOf<N extends CallName, T = number>(
    name: N,
    args: CallArguments<N>,
    value: (result: CallResult<N>) => T,
    transfer: Transferable[] = [],
  ): Promise<T | number> {
    const answer = await channel.call(name, args, currentThread(), transfer).answer;
    return answer.ok ? value(answer.result) : -linuxNumberOf(answer.errno);
  }

  /** The kernel cannot see what a thread waits for inside the process, only that it does. */
  function asleep<T>(promise: Promise<T>): Promise<T> {
    channel.post({ op: "sleep", tid: currentThread() });
    return promise;
  }

  const calls = {
    park: (token: number, milliseconds: number, main: boolean) => asleep(waiters.park(token, milliseconds, main)),
    sleep: (milliseconds: number, main: boolean) =>
      // Browsers stretch a chain of short timers to 4 ms each; giving way needs none.
      milliseconds === 0 ? nextTurn().then(() => outcome.timedOut) : asleep(waiters.begin(main, milliseconds).promise),
    tick: () => nextTurn(),
    forever: () => new Promise<never>(() => {}),
    idleCarrier: () => new Promise<void>((resolve) => idle.push(resolve)),

    bringFromArchive: (kind: ArchiveRequest["kind"], name: string, path: string) =>
      asleep(parts.bringFromArchive(kind, name, path)),
    deriveAside: (...args: Parameters<typeof deriveAside>) => asleep(deriveAside(...args)),

    async wait(reading: string, writing: string, milliseconds: number, main: boolean): Promise<WaitOutcome> {
      const wait = waiters.begin(main, -1);
      selecting.set(wait, { reading, writing });
      const timeout = milliseconds < 0 ? null : milliseconds;
      const interests = descriptors.interests(reading, writing);
      const asked = descriptors.asked(interests);
      const call = channel.call("wait", { interests, timeout }, currentThread());
      let answered = false;
      let over = false;
      call.answer.then((answer) => {
        answered = true;
        if (answer.ok) descriptors.take(answer.result, asked);
        wakeOthersWhoFind(wait);
        // Then nothing of the program goes on with what was offered.
        if (over) channel.flush();
        wait.end(answer.ok && answer.result.length === 0 ? outcome.timedOut : outcome.ready);
      });
      const how = await wait.promise;
      selecting.delete(wait);
      over = true;
      if (!answered) channel.cancel(call.id);
      return how;
    },

    async waitpid(pid: number, noHang: boolean, untraced: boolean, main: boolean): Promise<string | number> {
      const wait = waiters.begin(main && !noHang, -1);
      const call = channel.call("waitpid", { pid, noHang, untraced }, currentThread());
      let result: string | number | undefined;
      call.answer.then((answer) => {
        if (!answer.ok) result = -linuxNumberOf(answer.errno);
        else result = answer.result === null ? 0 : `${answer.result.pid}:${answer.result.status}`;
        wait.end(outcome.ready);
      });
      await wait.promise;
      if (result === undefined) channel.cancel(call.id);
      return result ?? "interrupted";
    },

    fork(): Promise<number> {
      descriptors.putBackAll();
      const image = parts.takeCopy();
      return resultOf("fork", { image, positions: replica.positions.shareAll() }, (pid) => pid, [image.memory]);
    },
    spawn(argv: string[], env: Record<string, string>, cwd: string, fds: string, newSession: boolean, group: number) {
      const pairs = fds === "" ? [] : fds.split(",").map((pair) => pair.split(":").map(Number));
      const mapping = pairs.map(([child = 0, parent = 0]) => ({ child, parent }));
      descriptors.putBackAll();
      const positions = replica.positions.shareAll();
      const args = { argv, env, cwd, fds: mapping, newSession, positions, ...(group >= 0 ? { group } : {}) };
      return resultOf("spawn", args, (pid) => pid);
    },
    exec(argv: string[], env: Record<string, string>, cwd: string, close: number[]): Promise<number> {
      descriptors.putBackAll();
      return number("exec", { argv, env, cwd, close, positions: replica.positions.all() });
    },
    /** `ENOTSUP` for a file that is no business of the kernel's. */
    createExclusive: (path: string, mode: number) =>
      replica.createExclusive(path, parts.creationMask.apply(mode), currentThread()),
    /** A handle, or a negative errno; `value` -1: of one that is there. */
    semaphoreOpen: (name: string, value: number) =>
      resultOf("semaphoreOpen", { name, ...(value < 0 ? {} : { value }) }, (handle) => handle),
    makeFifo: (path: string, mode: number) => number("makeFifo", { path, mode: parts.creationMask.apply(mode) }),
    /** How the wait for the other side of a named pipe ended, or a negative errno. */
    async fifoMet(fd: number, noBlock: boolean, milliseconds: number, main: boolean): Promise<number> {
      const wait = waiters.begin(main && !noBlock, milliseconds);
      const call = channel.call("fifoMet", { fd, noBlock }, currentThread());
      let result: number | undefined;
      call.answer.then((answer) => {
        result = answer.ok ? outcome.ready : -linuxNumberOf(answer.errno);
        wait.end(outcome.ready);
      });
      const how = await wait.promise;
      if (result !== undefined) return result;
      channel.cancel(call.id);
      return how;
    },
    semaphoreUnlink: (name: string) => number("semaphoreUnlink", { name }),
    semaphorePost: (handle: number, most: number) => number("semaphorePost", { handle, most }),
    semaphoreValue: (handle: number) => resultOf("semaphoreValue", { handle }, (value) => value),
    /** How the wait ended, or a negative errno. With 0 milliseconds it is over at once. */
    async semaphoreWait(handle: number, milliseconds: number, main: boolean): Promise<number> {
      const noBlock = milliseconds === 0;
      const wait = waiters.begin(main && !noBlock, noBlock ? -1 : milliseconds);
      const call = channel.call("semaphoreWait", { handle, noBlock }, currentThread());
      let result: number | undefined;
      let over = false;
      call.answer.then((answer) => {
        // Nobody waits any more: what was taken in the last moment goes back.
        if (over && answer.ok) number("semaphorePost", { handle, most: Number.MAX_SAFE_INTEGER });
        if (answer.ok) result = outcome.ready;
        else result = answer.errno === "EAGAIN" ? outcome.timedOut : -linuxNumberOf(answer.errno);
        wait.end(outcome.ready);
      });
      const how = await wait.promise;
      over = true;
      if (result !== undefined) return result;
      channel.cancel(call.id);
      return how;
    },
    /** Puts into `/proc` what the kernel says of a path there, an absolute one. */
    async showProc(path: string): Promise<number> {
      const answer = await channel.call("proc", { path, deep: false }, currentThread()).answer;
      if (!answer.ok) return linuxNumberOf(answer.errno);
      parts.proc.show(path, answer.result);
      return 0;
    },
    kill: (pid: number, signal: number) => number("kill", { pid, signal }),
    getpgid: (pid: number) => resultOf("getpgid", { pid }, (group) => group),
    setpgid: (pid: number, group: number) => number("setpgid", { pid, group }),
    setsid: () => resultOf("setsid", {}, (session) => session),
    tcgetpgrp: (fd: number) => resultOf("tcgetpgrp", { fd }, (group) => group),
    tcsetpgrp: (fd: number, group: number) => number("tcsetpgrp", { fd, group }),
    /** The modes as bits, in the order of `terminalModes`. */
    terminalModes: (fd: number) =>
      resultOf("tcgetattr", { fd }, ({ modes }) =>
        terminalModes.reduce((bits, mode, index) => bits | (modes[mode] ? 1 << index : 0), 0),
      ),
    setTerminalModes: (fd: number, bits: number) => {
      const [canonical = false, echo = false, signals = false, outputNewline = false, inputNewline = false] =
        terminalModes.map((_, index) => (bits & (1 << index)) !== 0);
      const modes = { canonical, echo, signals, outputNewline, inputNewline };
      return resultOf("tcsetattr", { fd, modes }, () => 0);
    },
    flock: (fd: number, kind: "shared" | "exclusive" | "unlock", noBlock: boolean) =>
      number("flock", { fd, kind, noBlock }),
    /** `length`: 0 is to the end. */
    lockRange: (fd: number, kind: "shared" | "exclusive" | "unlock", start: number, length: number, noBlock: boolean) =>
      number("lockRange", { fd, kind, start, ...(length > 0 && { end: start + length }), noBlock }),
    /** `kind:start:length:pid` of the lock that is in the way, or an empty text. */
    findLock: (fd: number, kind: "shared" | "exclusive", start: number, length: number) =>
      resultOf("findLock", { fd, kind, start, ...(length > 0 && { end: start + length }) }, (found) =>
        found === null
          ? ""
          : `${found.kind}:${found.start}:${found.end === undefined ? 0 : found.end - found.start}:${found.pid}`,
      ),

    /** `path`: of a Unix socket, absolute or abstract; else empty. */
    async bind(fd: number, address: string, port: number, path: string): Promise<number> {
      const args = { fd, address, port, ...(path === "" ? {} : { path }) };
      const answer = await channel.call("bind", args, currentThread()).answer;
      if (!answer.ok) return linuxNumberOf(answer.errno);
      descriptors.bound(fd, answer.result);
      return 0;
    },
    async listen(fd: number, backlog: number): Promise<number> {
      const failed = await number("listen", { fd, backlog });
      if (failed === 0) descriptors.listens(fd);
      return failed;
    },
    /** Sends one datagram: to whom the socket is connected, where `address` and `path` are empty. `path` as for `bind`. */
    async sendDatagram(fd: number, bytes: Uint8Array, address: string, port: number, path: string): Promise<number> {
      const to = { address, port, ...(path === "" ? {} : { path }) };
      const args = { fd, bytes, ...(address === "" && path === "" ? {} : { to }) };
      const answer = await channel.call("sendDatagram", args, currentThread()).answer;
      if (!answer.ok) return linuxNumberOf(answer.errno);
      descriptors.bound(fd, answer.result);
      return 0;
    },
    /** `path` as for `bind`. A Unix socket that may wait for 0 ms answers `EAGAIN` where it would have to. */
    async connect(fd: number, address: string, port: number, path: string, milliseconds: number): Promise<number> {
      const unix = path === "" ? {} : { path, noBlock: milliseconds === 0 };
      const call = channel.call("connect", { fd, address, port, ...unix }, currentThread());
      const answer = await (milliseconds < 0 || (milliseconds === 0 && path !== "")
        ? call.answer
        : Promise.race([call.answer, after(milliseconds)]));
      if (answer === undefined) {
        channel.cancel(call.id);
        return linuxNumberOf("ETIMEDOUT");
      }
      if (!answer.ok) return linuxNumberOf(answer.errno);
      descriptors.connected(fd, answer.result);
      return 0;
    },
  };

  return {
    calls,
    /** Lets an idle carrier take a thread; false if there is none. */
    wakeCarrier(): boolean {
      const wake = idle.pop();
      wake?.();
      return wake !== undefined;
    },
  };
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

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
