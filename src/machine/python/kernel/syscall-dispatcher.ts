import { type Pid, signalNumbers } from "../../host-types.ts";
import type { KernelClock } from "./clock.ts";
import { SyscallError } from "./errno.ts";
import type { EventBatch } from "./event-batch.ts";
import { type Files, longestPath, refusal } from "./files/files.ts";
import { OpenFile } from "./files/open-file.ts";
import type { Limits } from "./limits.ts";
import { DatagramSocket } from "./net/datagram-socket.ts";
import type { Network } from "./net/network.ts";
import { Socket } from "./net/socket.ts";
import { type PendingCall, PendingSelect } from "./pending-select.ts";
import type { HostProc } from "./proc/host-proc.ts";
import { CharacterDevice } from "./process/character-device.ts";
import { FifoEnd, Fifos } from "./process/fifo.ts";
import { openPipe } from "./process/pipe.ts";
import type { ExecArguments, KernelProcess } from "./process/process.ts";
import type { ProcessTable } from "./process/process-table.ts";
import type { Semaphores } from "./process/semaphores.ts";
import { signalName } from "./process/signals.ts";
import {
  type Call,
  type CallArguments,
  type CallResult,
  type Fd,
  type FileChange,
  type Inode,
  inodesOfOneMaker,
  type OneWayCall,
  type ProcessMessages,
  pipeCapacity,
} from "./protocol.ts";
import { ProtocolError } from "./protocol-error.ts";
import { Tty } from "./terminal/tty.ts";

/** What syscalls are made of. */
export interface SyscallDispatcherParts {
  readonly clock: KernelClock;
  readonly batch: EventBatch;
  readonly limits: Limits;
  readonly files: Files;
  readonly network: Network;
  readonly processes: ProcessTable;
  readonly proc: HostProc;
  readonly semaphores: Semaphores;
}

/** Linux's MAX_ARG_STRLEN, and what it gives all of them together. */
const longestArgument = 128 * 1024;
const longestArguments = 2 * 1024 * 1024;

type CallOf<N extends Call["name"]> = Extract<Call, { name: N }>;

/** Does what processes of one host say and ask. */
export class SyscallDispatcher {
  readonly #fifos: Fifos;

  constructor(private readonly parts: SyscallDispatcherParts) {
    this.#fifos = new Fifos(parts.batch, Math.min(pipeCapacity, parts.limits.streamBuffer));
  }

  /** In order, until the process is over. */
  perform(process: KernelProcess, messages: ProcessMessages): void {
    for (const message of messages) {
      const { program } = process;
      if (message.op !== "memory") process.heard += 1;
      if (message.op === "call") this.#call(process, message);
      else this.#oneWay(process, message);
      // Of a program that has ended or been replaced nothing more is heard.
      if (process.dead || process.program !== program) return;
    }
  }

  #oneWay(process: KernelProcess, call: OneWayCall): void {
    const { descriptors } = process;
    const { batch, limits, network, processes } = this.parts;
    switch (call.op) {
      case "booted":
        process.booted(call.executable ?? "");
        break;
      case "cwd":
        if (call.path.length <= longestPath) process.cwd = call.path;
        break;
      case "socket":
        descriptors.set(
          call.fd,
          call.datagrams === undefined
            ? new Socket(batch, network, limits.backlog)
            : new DatagramSocket(batch, call.datagrams, network.datagrams),
        );
        break;
      case "socketpair": {
        const [one, other] = call.datagrams
          ? DatagramSocket.pair(batch, network.datagrams)
          : Socket.pair(batch, network, limits.streamBuffer);
        descriptors.set(call.fds[0], one);
        descriptors.set(call.fds[1], other);
        break;
      }
      case "pipe": {
        const { reader, writer } = openPipe(batch, Math.min(pipeCapacity, limits.streamBuffer));
        descriptors.set(call.read, reader);
        descriptors.set(call.write, writer);
        break;
      }
      case "fifo":
        this.#attempt(process, call.fd, () => {
          this.parts.files.checkFifo(call.inode);
          descriptors.set(call.fd, this.#fifos.open(call.inode, call.reads, call.writes));
        });
        break;
      case "device":
        descriptors.set(call.fd, new CharacterDevice(batch, call.name));
        break;
      case "open":
        this.#attempt(process, call.fd, () => {
          descriptors.set(call.fd, new OpenFile(batch, this.parts.files, call.inode, call.flags));
        });
        break;
      case "position": {
        const file = descriptors.find(call.fd);
        if (file instanceof OpenFile) file.moved(process, call.position);
        break;
      }
      case "unread":
        descriptors.find(call.fd)?.unread(call.bytes);
        break;
      case "dup":
        this.#attempt(process, call.to, () => descriptors.duplicate(call.from, call.to));
        break;
      case "close":
        descriptors.close(call.fd, call.unread ?? false);
        break;
      case "accept": {
        const handed = process.unclaimed.get(call.connection);
        process.unclaimed.delete(call.connection);
        if (handed === undefined) process.broken(call.fd, "ECONNABORTED");
        else descriptors.set(call.fd, handed.claimed());
        break;
      }
      case "decline": {
        const handed = process.unclaimed.get(call.connection);
        handed?.from.requeue(process, handed);
        break;
      }
      case "send":
        this.#attempt(process, call.fd, () => {
          const rights = call.rights?.map((right) => descriptors.get(right));
          descriptors.get(call.fd).send(call.bytes, process, call.fd, call.tid, rights);
        });
        break;
      case "claim": {
        const description = process.claim(call.right);
        if (description === undefined) process.broken(call.fd, "EBADF");
        else descriptors.set(call.fd, description.description);
        description?.release();
        break;
      }
      case "shutdown":
        this.#attempt(process, call.fd, () => descriptors.get(call.fd).shutdown(call.how));
        break;
      case "sigaction":
        processes.setDisposition(process, call.signal, call.disposition);
        break;
      case "file":
        this.#changeFile(process, call.change);
        break;
      case "semaphoreClose":
        process.semaphores.close(call.handle);
        break;
      case "umask":
        process.umask = call.mask & 0o777;
        break;
      case "title":
        process.rename(call.title);
        break;
      case "memory":
        process.grew(call.bytes);
        break;
      case "threadStart":
        process.threadStarted(call.tid);
        break;
      case "threadEnd":
        process.threadEnded(call.tid);
        break;
      case "sleep":
        process.threadRests(call.tid);
        break;
      case "cancel":
        process.cancel(call.call);
        break;
      case "exit":
        processes.end(process, { kind: "exited", code: call.code & 0xff });
        break;
      case "abort":
        processes.end(process, { kind: "killed", signal: signalName(call.signal) ?? "SIGABRT" });
        break;
    }
  }

  /** A one-way call cannot fail where it is made: what is wrong with it is reported on its descriptor. */
  #attempt(process: KernelProcess, fd: Fd, act: () => void): void {
    try {
      act();
    } catch (error) {
      process.broken(fd, refusal(error));
    }
  }

  #changeFile(process: KernelProcess, change: FileChange): void {
    try {
      if (change.kind === "create" || change.kind === "symlink") this.#checkInode(change.inode);
      this.parts.files.apply(change, process.pid);
    } catch (error) {
      process.notify({ op: "file", change, author: process.pid, refused: refusal(error) });
    }
  }

  /** Inodes of the page, and of what there is, are not for processes to give away. Throws EINVAL. */
  #checkInode(inode: Inode): void {
    if (inode < inodesOfOneMaker || this.parts.files.has(inode)) throw new SyscallError("EINVAL");
  }

  #call(process: KernelProcess, call: Call): void {
    if (process.awaits(call.id)) throw new ProtocolError(`sent the kernel what is no system call: two with one number`);
    try {
      if (process.callsUnderWay >= this.parts.limits.pendingCalls) throw new SyscallError("EAGAIN");
      this.#perform(process, call);
    } catch (error) {
      process.fail(call.id, refusal(error));
    }
  }

  #perform(process: KernelProcess, call: Call): void {
    const { processes, files } = this.parts;
    switch (call.name) {
      case "bind": {
        const { fd, address, port, path } = call.arguments;
        const bound = anySocket(process, fd);
        const mode = 0o777 & ~process.umask;
        process.answer(call, path === undefined ? bound.bind(address, port) : bound.bindPath(path, address, mode));
        return;
      }
      case "listen":
        socket(process, call.arguments.fd).listen(call.arguments.backlog);
        process.answer(call, null);
        return;
      case "connect":
        this.#connect(process, call);
        return;
      case "sendDatagram":
        process.answer(
          call,
          datagramSocket(process, call.arguments.fd).sendDatagram(call.arguments.bytes, call.arguments.to),
        );
        return;
      case "wait":
        this.#wait(process, call);
        return;
      case "fork": {
        const { image, positions } = call.arguments;
        process.answer(call, processes.fork(process, image, positions).pid);
        return;
      }
      case "spawn":
        process.answer(call, this.#spawn(process, call.arguments));
        return;
      case "exec":
        this.#exec(process, call.arguments);
        return;
      case "waitpid":
        this.#waitpid(process, call);
        return;
      case "kill":
        processes.kill(process, call.arguments.pid, call.arguments.signal);
        process.answer(call, null);
        return;
      case "setpgid":
        processes.setGroup(process, call.arguments.pid, call.arguments.group);
        process.answer(call, null);
        return;
      case "getpgid": {
        const { pid } = call.arguments;
        process.answer(call, (pid === 0 ? process : processes.get(pid)).group);
        return;
      }
      case "setsid":
        process.answer(call, processes.setSession(process));
        return;
      case "tcgetpgrp":
        process.answer(call, tty(process, call.arguments.fd).foreground);
        return;
      case "tcsetpgrp": {
        const terminal = tty(process, call.arguments.fd);
        const { group } = call.arguments;
        if (!processes.hasGroup(group, process.session)) throw new SyscallError("EPERM");
        this.#changeTerminal(process, terminal, call, () => terminal.setForeground(group));
        return;
      }
      case "tcgetattr": {
        const { modes, size } = tty(process, call.arguments.fd);
        process.answer(call, { modes, ...size });
        return;
      }
      case "tcsetattr": {
        const terminal = tty(process, call.arguments.fd);
        this.#changeTerminal(process, terminal, call, () => terminal.setModes(call.arguments.modes));
        return;
      }
      case "makeFifo":
        files.createFifo(call.arguments.path, call.arguments.mode & 0o777);
        process.answer(call, null);
        return;
      case "fifoMet":
        this.#fifoMet(process, call);
        return;
      case "flock":
        this.#flock(process, call);
        return;
      case "lockRange":
        this.#lockRange(process, call);
        return;
      case "findLock":
        process.answer(call, this.#findLock(process, call.arguments));
        return;
      case "semaphoreOpen": {
        const semaphore = this.parts.semaphores.open(call.arguments.name, call.arguments.value);
        process.semaphores.add(semaphore);
        process.answer(call, semaphore.handle);
        return;
      }
      case "semaphoreUnlink":
        this.parts.semaphores.unlink(call.arguments.name);
        process.answer(call, null);
        return;
      case "semaphoreWait":
        this.#semaphoreWait(process, call);
        return;
      case "semaphorePost":
        this.parts.semaphores.post(process.semaphores.get(call.arguments.handle), call.arguments.most);
        process.answer(call, null);
        return;
      case "semaphoreValue":
        process.answer(call, process.semaphores.get(call.arguments.handle).value);
        return;
      case "createExclusive": {
        const { path, mode, inode } = call.arguments;
        this.#checkInode(inode);
        files.createExclusive(path, mode, inode, process.pid);
        process.answer(call, null);
        return;
      }
      case "files":
        process.answer(call, files.entries());
        return;
      case "proc":
        process.answer(call, this.parts.proc.entries(call.arguments.path, call.arguments.deep, process));
        return;
      case "processes": {
        const { clock } = this.parts;
        const began = clock.epoch() - clock.now();
        process.answer(
          call,
          Array.from(processes.all(), ({ pid, parent, group, session, state, title, started, memory = 0 }) => {
            return { pid, parent, group, session, state, title, started: began + started, memory };
          }),
        );
        return;
      }
      case "sockets":
        process.answer(call, Array.from(processes.all()).flatMap(socketsOf));
        return;
    }
  }

  #semaphoreWait(process: KernelProcess, call: CallOf<"semaphoreWait">): void {
    const { semaphores } = this.parts;
    const semaphore = process.semaphores.get(call.arguments.handle);
    if (semaphores.tryWait(semaphore)) {
      process.answer(call, null);
      return;
    }
    if (call.arguments.noBlock) throw new SyscallError("EAGAIN");
    const giveUp = semaphores.wait(semaphore, () => process.answer(call, null));
    process.addPending(call.id, call.tid, { cancel: giveUp, resume: () => {} });
  }

  #connect(process: KernelProcess, call: CallOf<"connect">): void {
    const { fd, noBlock = false, ...destination } = call.arguments;
    const connecting = anySocket(process, fd);
    if (connecting instanceof DatagramSocket) {
      process.answer(call, connecting.connect(destination));
      return;
    }
    let over = false;
    const giveUp = connecting.connect(destination, (outcome) => {
      over = true;
      if (typeof outcome === "string") process.fail(call.id, outcome);
      else process.answer(call, outcome);
    });
    if (over) return;
    if (noBlock) {
      giveUp();
      throw new SyscallError("EAGAIN");
    }
    process.addPending(call.id, call.tid, { cancel: giveUp, resume: () => {} });
  }

  #wait(process: KernelProcess, call: CallOf<"wait">): void {
    const { interests, timeout } = call.arguments;
    if (process.watched + interests.length > this.parts.limits.watched) throw new SyscallError("ENOMEM");
    const watched = interests.map((interest) => ({ interest, description: process.descriptors.get(interest.fd) }));
    const { clock, batch } = this.parts;
    const wait = new PendingSelect(process, watched, timeout, clock, batch, (ready) => process.answer(call, ready));
    process.addPending(call.id, call.tid, wait, watched.length);
    const [only, ...others] = watched;
    // Waiting for several things, or for a while, is no reading: Linux does not mind it either.
    if (others.length > 0 || timeout !== null || !only?.interest.read || only.interest.write) return;
    const { description } = only;
    if (!(description instanceof Tty)) return;
    const ask = () => this.#stopInBackground(process, description, "SIGTTIN");
    ask();
    if (process.stopped)
      process.addPending(call.id, call.tid, { cancel: () => wait.cancel(), resume: () => ask() || wait.resume() }, 1);
  }

  /** Changes a terminal, once the process may: from the background it is stopped first, and asks again when it goes on. */
  #changeTerminal(
    process: KernelProcess,
    terminal: Tty,
    call: CallOf<"tcsetattr"> | CallOf<"tcsetpgrp">,
    change: () => void,
  ): void {
    const ask = (): boolean => {
      if (this.#stopInBackground(process, terminal, "SIGTTOU")) return true;
      change();
      process.answer(call, null);
      return false;
    };
    if (ask()) process.addPending(call.id, call.tid, { cancel: () => {}, resume: () => void ask() }, 0);
  }

  /**
   * Who reads from, or changes, a terminal whose keyboard another group has is stopped, with its group, unless it ignores or handles that. True if
   * that was so.
   */
  #stopInBackground(process: KernelProcess, terminal: Tty, signal: "SIGTTIN" | "SIGTTOU"): boolean {
    if (terminal.foreground === 0 || process.group === terminal.foreground || process.session !== terminal.session)
      return false;
    if (process.disposition(signalNumbers[signal]) !== "default") return false;
    this.parts.processes.signalGroup(process.group, signal);
    return true;
  }

  #spawn(process: KernelProcess, wanted: CallArguments<"spawn">): Pid {
    const { argv, env, cwd, fds, newSession, group, foreground, positions = [] } = wanted;
    checkProgram(wanted);
    if (group !== undefined && group < 0) throw new SyscallError("EINVAL");
    const terminal = foreground === undefined ? undefined : tty(process, foreground);
    const inherited = fds.map(({ child, parent }) => [child, process.descriptors.get(parent)] as const);
    const childPositions = fds.flatMap(({ child, parent }) =>
      positions.filter(({ fd }) => fd === parent).map(({ position }) => ({ fd: child, position })),
    );
    const options = { newSession, group, positions: childPositions };
    const child = this.parts.processes.spawn(process, { argv, env, cwd }, inherited, options);
    terminal?.setForeground(child.group);
    return child.pid;
  }

  #exec(process: KernelProcess, wanted: CallArguments<"exec">): void {
    const { argv, env, cwd, close, positions = [] } = wanted;
    checkProgram(wanted);
    for (const fd of close) process.descriptors.close(fd, false);
    this.parts.processes.exec(process, { argv, env, cwd }, positions);
  }

  #waitpid(process: KernelProcess, call: CallOf<"waitpid">): void {
    const { pid, noHang, untraced = false } = call.arguments;
    const found = this.parts.processes.waitpid(process, { pid, untraced }, noHang, (status) => {
      if (status === null) process.fail(call.id, "ECHILD");
      else process.answer(call, status);
    });
    if (found !== null && isPending(found)) process.addPending(call.id, call.tid, found);
    else process.answer(call, found);
  }

  #flock(process: KernelProcess, call: CallOf<"flock">): void {
    const { fd, kind, noBlock } = call.arguments;
    const file = process.descriptors.get(fd);
    if (!(file instanceof OpenFile)) throw new SyscallError("EBADF");
    if (kind === "unlock") {
      file.lock.unlock(file);
      process.answer(call, null);
      return;
    }
    if (file.lock.tryLock(file, kind)) {
      process.answer(call, null);
      return;
    }
    if (noBlock) throw new SyscallError("EAGAIN");
    const giveUp = file.lock.wait(file, kind, () => process.answer(call, null));
    process.addPending(call.id, call.tid, { cancel: giveUp, resume: () => {} });
  }

  #fifoMet(process: KernelProcess, call: CallOf<"fifoMet">): void {
    const end = process.descriptors.get(call.arguments.fd);
    if (!(end instanceof FifoEnd)) throw new SyscallError("EBADF");
    if (end.met || (call.arguments.noBlock && end.reads)) {
      process.answer(call, null);
      return;
    }
    if (call.arguments.noBlock) throw new SyscallError("ENXIO");
    const giveUp = end.waitForOther(() => process.answer(call, null));
    process.addPending(call.id, call.tid, { cancel: giveUp, resume: () => {} });
  }

  #lockRange(process: KernelProcess, call: CallOf<"lockRange">): void {
    const { fd, kind, start, end = toTheEnd, noBlock } = call.arguments;
    const file = process.descriptors.get(fd);
    if (!(file instanceof OpenFile)) throw new SyscallError("EBADF");
    if (end <= start) throw new SyscallError("EINVAL");
    if (kind === "unlock") {
      file.records.unlock(process.pid, { start, end });
      process.answer(call, null);
      return;
    }
    const wanted = { owner: process.pid, kind, start, end };
    if (file.records.tryLock(wanted)) {
      process.answer(call, null);
      return;
    }
    if (noBlock) throw new SyscallError("EAGAIN");
    const giveUp = file.records.wait(wanted, () => process.answer(call, null));
    process.addPending(call.id, call.tid, { cancel: giveUp, resume: () => {} });
  }

  #findLock(
    process: KernelProcess,
    { fd, kind, start, end = toTheEnd }: CallArguments<"findLock">,
  ): CallResult<"findLock"> {
    const file = process.descriptors.get(fd);
    if (!(file instanceof OpenFile)) throw new SyscallError("EBADF");
    const found = file.records.conflict({ owner: process.pid, kind, start, end });
    if (found === undefined) return null;
    const { owner: pid, kind: held, start: first, end: last } = found;
    return { kind: held, start: first, end: last === toTheEnd ? undefined : last, pid };
  }
}

/** Where a lock ends that is to hold for all that a file will have. */
const toTheEnd = Number.MAX_SAFE_INTEGER;

/** As execve(2), whose limits Linux gives in bytes. Throws E2BIG, ENAMETOOLONG. */
function checkProgram({ argv, env, cwd }: ExecArguments): void {
  if (cwd.length > longestPath) throw new SyscallError("ENAMETOOLONG");
  let size = 0;
  const add = (argument: string): void => {
    size += argument.length;
    if (argument.length > longestArgument || size > longestArguments) throw new SyscallError("E2BIG");
  };
  for (const argument of argv) add(argument);
  for (const name in env) add(`${name}=${env[name]}`);
}

function socketsOf({ pid, descriptors }: KernelProcess): CallResult<"sockets"> {
  return Array.from(descriptors.entries()).flatMap(([fd, description]): CallResult<"sockets"> => {
    const described = description.describe(0);
    if (described.kind === "listener") {
      const { address, port } = described;
      const { queueLength: queued, longestQueue: backlog } = description;
      return [{ pid, fd, state: "listen", local: { address, port }, queued, backlog }];
    }
    if (described.kind !== "connection") return [];
    return [{ pid, fd, state: "established", local: described.local, peer: described.peer, queued: 0, backlog: 0 }];
  });
}

function isPending(found: object): found is PendingCall {
  return "cancel" in found;
}

/** Throws EBADF, ENOTSOCK, EOPNOTSUPP. */
function datagramSocket(process: KernelProcess, fd: Fd): DatagramSocket {
  const description = anySocket(process, fd);
  if (description instanceof DatagramSocket) return description;
  throw new SyscallError("EOPNOTSUPP");
}

/** Throws EBADF, ENOTSOCK. */
function anySocket(process: KernelProcess, fd: Fd): Socket | DatagramSocket {
  const description = process.descriptors.get(fd);
  if (description instanceof Socket || description instanceof DatagramSocket) return description;
  throw new SyscallError("ENOTSOCK");
}

/** Throws EBADF, ENOTSOCK, EOPNOTSUPP. */
function socket(process: KernelProcess, fd: Fd): Socket {
  const description = process.descriptors.get(fd);
  if (description instanceof Socket) return description;
  if (description instanceof DatagramSocket) throw new SyscallError("EOPNOTSUPP");
  throw new SyscallError("ENOTSOCK");
}

/** Throws EBADF, ENOTTY. */
function tty(process: KernelProcess, fd: Fd): Tty {
  const description = process.descriptors.get(fd);
  if (description instanceof Tty) return description;
  throw new SyscallError("ENOTTY");
}
