import type { Clock } from "./clock.ts";
import { SyscallError } from "./errno.ts";
import { type Files, longestPath, refusal } from "./files/files.ts";
import { OpenFile } from "./files/open-file.ts";
import type { Limits } from "./limits.ts";
import type { Network } from "./net/network.ts";
import { Socket } from "./net/socket.ts";
import { NullDevice } from "./process/null-device.ts";
import { openPipe } from "./process/pipe.ts";
import type { Process, Program } from "./process/process.ts";
import type { ProcessTable } from "./process/process-table.ts";
import { signalName, signals } from "./process/signals.ts";
import { ProtocolError } from "./protocol-error.ts";
import {
  type Call,
  type CallArguments,
  type Fd,
  type FileChange,
  type FromProcess,
  type Inode,
  inodesOfOneMaker,
  type Pid,
  type Statement,
} from "./syscalls.ts";
import { Tty } from "./terminal/tty.ts";
import type { Turn } from "./turn.ts";
import { type PendingCall, Wait } from "./wait.ts";

/** What syscalls are made of. */
export interface SystemCallParts {
  readonly clock: Clock;
  readonly turn: Turn;
  readonly limits: Limits;
  readonly files: Files;
  readonly network: Network;
  readonly processes: ProcessTable;
}

/** Linux's MAX_ARG_STRLEN, and what it gives all of them together. */
const longestArgument = 128 * 1024;
const longestArguments = 2 * 1024 * 1024;

type CallOf<N extends Call["name"]> = Extract<Call, { name: N }>;

/** Does what processes of one host say and ask. */
export class SystemCalls {
  constructor(private readonly parts: SystemCallParts) {}

  /** In order, until the process is over. */
  perform(process: Process, messages: FromProcess): void {
    for (const message of messages) {
      const { program } = process;
      if (message.op === "call") this.#call(process, message);
      else this.#statement(process, message);
      // Of a program that has ended or been replaced nothing more is heard.
      if (process.dead || process.program !== program) return;
    }
  }

  #statement(process: Process, statement: Statement): void {
    const { descriptors } = process;
    const { turn, limits, network, processes } = this.parts;
    switch (statement.op) {
      case "booted":
        process.booted();
        break;
      case "socket":
        descriptors.set(statement.fd, new Socket(turn, network, limits.backlog));
        break;
      case "socketpair": {
        const [one, other] = Socket.pair(turn, network, limits.streamBuffer);
        descriptors.set(statement.fds[0], one);
        descriptors.set(statement.fds[1], other);
        break;
      }
      case "pipe": {
        const { reader, writer } = openPipe(turn, limits.streamBuffer);
        descriptors.set(statement.read, reader);
        descriptors.set(statement.write, writer);
        break;
      }
      case "null":
        descriptors.set(statement.fd, new NullDevice(turn));
        break;
      case "open":
        this.#attempt(process, statement.fd, () => {
          descriptors.set(statement.fd, new OpenFile(turn, this.parts.files, statement.inode, statement.flags));
        });
        break;
      case "position": {
        const file = descriptors.find(statement.fd);
        if (file instanceof OpenFile) file.moved(process, statement.position);
        break;
      }
      case "unread":
        descriptors.find(statement.fd)?.unread(statement.bytes);
        break;
      case "dup":
        this.#attempt(process, statement.to, () => descriptors.duplicate(statement.from, statement.to));
        break;
      case "close":
        descriptors.close(statement.fd, statement.unread ?? false);
        break;
      case "accept": {
        const handed = process.handedOver.get(statement.connection);
        process.handedOver.delete(statement.connection);
        if (handed === undefined) process.broken(statement.fd, "ECONNABORTED");
        else descriptors.set(statement.fd, Socket.accepted(turn, network, handed.connection));
        break;
      }
      case "decline": {
        const handed = process.handedOver.get(statement.connection);
        handed?.from.takeBack(process, handed);
        break;
      }
      case "send":
        this.#attempt(process, statement.fd, () => {
          descriptors.get(statement.fd).send(statement.bytes, process, statement.fd, statement.tid);
        });
        break;
      case "shutdown":
        this.#attempt(process, statement.fd, () => descriptors.get(statement.fd).shutdown(statement.how));
        break;
      case "sigaction":
        processes.setDisposition(process, statement.signal, statement.disposition);
        break;
      case "file":
        this.#changeFile(process, statement.change);
        break;
      case "umask":
        process.umask = statement.mask & 0o777;
        break;
      case "title":
        process.rename(statement.title);
        break;
      case "memory":
        process.grew(statement.bytes);
        break;
      case "threadStart":
        process.threadStarted(statement.tid);
        break;
      case "threadEnd":
      case "sleep":
        process.threadRests(statement.tid);
        break;
      case "cancel":
        process.cancel(statement.call);
        break;
      case "exit":
        processes.end(process, { kind: "exited", code: statement.code & 0xff });
        break;
      case "abort":
        processes.end(process, { kind: "killed", signal: signalName(statement.signal) ?? "SIGABRT" });
        break;
    }
  }

  /** A statement cannot fail where it is made: what is wrong with it is told of its descriptor. */
  #attempt(process: Process, fd: Fd, act: () => void): void {
    try {
      act();
    } catch (error) {
      process.broken(fd, refusal(error));
    }
  }

  #changeFile(process: Process, change: FileChange): void {
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

  #call(process: Process, call: Call): void {
    if (process.awaits(call.id)) throw new ProtocolError(`sent the kernel what is no system call: two with one number`);
    try {
      if (process.callsUnderWay >= this.parts.limits.pendingCalls) throw new SyscallError("EAGAIN");
      this.#perform(process, call);
    } catch (error) {
      process.fail(call.id, refusal(error));
    }
  }

  #perform(process: Process, call: Call): void {
    const { processes, files } = this.parts;
    switch (call.name) {
      case "bind": {
        const { fd, address, port } = call.arguments;
        process.answer(call, socket(process, fd).bind(address, port));
        return;
      }
      case "listen":
        socket(process, call.arguments.fd).listen(call.arguments.backlog);
        process.answer(call, null);
        return;
      case "connect":
        this.#connect(process, call);
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
        if (!processes.hasGroup(call.arguments.group, process.session)) throw new SyscallError("EPERM");
        terminal.setForeground(call.arguments.group);
        process.answer(call, null);
        return;
      }
      case "tcgetattr": {
        const { modes, size } = tty(process, call.arguments.fd);
        process.answer(call, { modes, ...size });
        return;
      }
      case "tcsetattr":
        tty(process, call.arguments.fd).setModes(call.arguments.modes);
        process.answer(call, null);
        return;
      case "flock":
        this.#flock(process, call);
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
      case "processes":
        process.answer(
          call,
          Array.from(processes.all(), ({ pid, parent, group, session, state, title, started }) => {
            return { pid, parent, group, session, state, title, started };
          }),
        );
        return;
    }
  }

  #connect(process: Process, call: CallOf<"connect">): void {
    const { fd, address, port } = call.arguments;
    let over = false;
    const giveUp = socket(process, fd).connect(address, port, (outcome) => {
      over = true;
      if (typeof outcome === "string") process.fail(call.id, outcome);
      else process.answer(call, outcome);
    });
    if (!over) process.waits(call.id, call.tid, { cancel: giveUp, resume: () => {} });
  }

  #wait(process: Process, call: CallOf<"wait">): void {
    const { interests, timeout } = call.arguments;
    if (process.watched + interests.length > this.parts.limits.watched) throw new SyscallError("ENOMEM");
    const watched = interests.map((interest) => ({ interest, description: process.descriptors.get(interest.fd) }));
    const { clock, turn } = this.parts;
    const wait = new Wait(process, watched, timeout, clock, turn, (ready) => process.answer(call, ready));
    process.waits(call.id, call.tid, wait, watched.length);
    const [only, ...others] = watched;
    // Waiting for several things, or for a while, is no reading: Linux does not mind it either.
    if (others.length > 0 || timeout !== null || !only?.interest.read || only.interest.write) return;
    const { description } = only;
    if (!(description instanceof Tty)) return;
    const ask = () => this.#askFromBackground(process, description);
    ask();
    if (process.stopped)
      process.waits(call.id, call.tid, { cancel: () => wait.cancel(), resume: () => ask() || wait.resume() }, 1);
  }

  /** Who reads from a terminal whose keyboard another group has is stopped, with its group. True if that was so. */
  #askFromBackground(process: Process, terminal: Tty): boolean {
    if (terminal.foreground === 0 || process.group === terminal.foreground || process.session !== terminal.session)
      return false;
    if (process.disposition(signals.SIGTTIN) !== "default") return false;
    this.parts.processes.signalGroup(process.group, "SIGTTIN");
    return true;
  }

  #spawn(process: Process, wanted: CallArguments<"spawn">): Pid {
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

  #exec(process: Process, wanted: CallArguments<"exec">): void {
    const { argv, env, cwd, close, positions = [] } = wanted;
    checkProgram(wanted);
    for (const fd of close) process.descriptors.close(fd, false);
    this.parts.processes.exec(process, { argv, env, cwd }, positions);
  }

  #waitpid(process: Process, call: CallOf<"waitpid">): void {
    const { pid, noHang, untraced = false } = call.arguments;
    const found = this.parts.processes.waitpid(process, { pid, untraced }, noHang, (status) => {
      if (status === null) process.fail(call.id, "ECHILD");
      else process.answer(call, status);
    });
    if (found !== null && isPending(found)) process.waits(call.id, call.tid, found);
    else process.answer(call, found);
  }

  #flock(process: Process, call: CallOf<"flock">): void {
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
    process.waits(call.id, call.tid, { cancel: giveUp, resume: () => {} });
  }
}

/** As execve(2), whose limits Linux gives in bytes. Throws E2BIG, ENAMETOOLONG. */
function checkProgram({ argv, env, cwd }: Program): void {
  if (cwd.length > longestPath) throw new SyscallError("ENAMETOOLONG");
  let size = 0;
  const add = (argument: string): void => {
    size += argument.length;
    if (argument.length > longestArgument || size > longestArguments) throw new SyscallError("E2BIG");
  };
  for (const argument of argv) add(argument);
  for (const name in env) add(`${name}=${env[name]}`);
}

function isPending(found: object): found is PendingCall {
  return "cancel" in found;
}

/** Throws EBADF, ENOTSOCK. */
function socket(process: Process, fd: Fd): Socket {
  const description = process.descriptors.get(fd);
  if (description instanceof Socket) return description;
  throw new SyscallError("ENOTSOCK");
}

/** Throws EBADF, ENOTTY. */
function tty(process: Process, fd: Fd): Tty {
  const description = process.descriptors.get(fd);
  if (description instanceof Tty) return description;
  throw new SyscallError("ENOTTY");
}
