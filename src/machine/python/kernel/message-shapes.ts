/**
 * What a message of a process must look like before the kernel acts on it.
 *
 * Processes are not trusted: code that a reader runs reaches its worker's line to the kernel and can post anything. A
 * shape for each one-way call and each call stands here, and the compiler asks for those that are missing. They say
 * what a message is, not what is allowed: numbers that merely make no sense (a port of 70 000) get an errno, as
 * programs expect.
 */
import {
  atLeast,
  buffer,
  choice,
  dictionary,
  either,
  exact,
  finite,
  list,
  maybe,
  nil,
  oneOf,
  ownBytes,
  plainData,
  type Shape,
  type ShapesBy,
  type ShapesOf,
  text,
  truth,
  tuple,
  whole,
} from "../../../gate/shape.ts";
import {
  type Call,
  type CallArguments,
  type CallName,
  type FileChange,
  type ForkImage,
  type Interest,
  longestMessage,
  type OneWayCall,
  type ProcessMessages,
  type TerminalModes,
} from "./protocol.ts";

/** Longest title of a process, in UTF-16 units. */
export const longestTitle = 1000;

/** Longer paths and names than any program has; those above Linux's limits get an errno. In UTF-16 units. */
const name = text(2 ** 20);
/** Of programs' arguments: what Linux does not take gets E2BIG. */
const argument = text(Number.MAX_SAFE_INTEGER);
/** What a message may bring along without naming it, in bytes. */
const spare = 64 * 1024;
const content = ownBytes(2 ** 30, spare);

/** Descriptors that a process gives away itself. */
const newFd = whole(0, 2 ** 20);
/** Descriptors that it names; those that it does not have get EBADF. */
const fd = finite;
const tid = whole(0);
const position = whole(0);
const inode = whole(1);
const time = finite;
/** Numbers that programs choose: process ids, signals, ports, modes. Those that make no sense get an errno. */
const number = finite;

/** Linux's SCM_MAX_FD. */
const mostRights = 253;

const positions = list(exact<{ fd: number; position: number }>({ fd, position }));

const fileChanges: ShapesBy<"kind", FileChange> = {
  create: { inode, path: name, type: oneOf("file", "directory", "socket"), mode: number, time },
  symlink: { inode, path: name, target: name, time },
  write: { inode, position: either(position, oneOf("end")), bytes: content, time },
  truncate: { inode, size: position, time },
  attributes: { inode, mode: maybe(number), mtime: maybe(time), atime: maybe(time) },
  rename: { from: name, to: name, time },
  link: { from: name, to: name, time },
  unlink: { path: name, time },
};

const statements: ShapesBy<"op", OneWayCall> = {
  booted: { executable: maybe(name) },
  cwd: { path: name },
  socket: { fd: newFd, datagrams: maybe(oneOf("udp", "unix")) },
  socketpair: { fds: tuple(newFd, newFd), datagrams: maybe(truth) },
  pipe: { read: newFd, write: newFd },
  fifo: { fd: newFd, inode, reads: truth, writes: truth },
  device: { fd: newFd, name: oneOf("null", "zero", "full", "random") },
  open: { fd: newFd, inode, flags: number },
  position: { fd: newFd, position },
  unread: { fd: newFd, bytes: content },
  dup: { from: newFd, to: newFd },
  close: { fd: newFd, unread: maybe(truth) },
  accept: { listener: newFd, connection: whole(0), fd: newFd },
  decline: { connection: whole(0) },
  send: { fd: newFd, tid, bytes: content, rights: maybe(list(fd, mostRights)) },
  claim: { right: whole(0), fd: newFd },
  shutdown: { fd: newFd, how: oneOf("read", "write", "both") },
  sigaction: { signal: whole(0, 128), disposition: oneOf("default", "ignore", "handle") },
  file: { change: choice<"kind", FileChange>("kind", fileChanges) },
  semaphoreClose: { handle: number },
  umask: { mask: number },
  title: { title: text(longestTitle) },
  memory: { bytes: whole(0, 2 ** 34) },
  threadStart: { tid },
  threadEnd: { tid },
  sleep: { tid },
  cancel: { call: whole(0) },
  exit: { code: number },
  abort: { signal: number },
};

const interest = exact<Interest>({ fd, read: truth, write: truth });
const terminalModes = exact<TerminalModes>({
  canonical: truth,
  echo: truth,
  signals: truth,
  outputNewline: truth,
  inputNewline: truth,
});
const argv = list(argument, 2 ** 20);
const env = dictionary(argument, 2 ** 20);

type CallShapes = { readonly [Name in CallName]: ShapesOf<CallArguments<Name>> };

const calls: CallShapes = {
  bind: { fd, address: name, port: number, path: maybe(name) },
  listen: { fd, backlog: number },
  connect: { fd, address: name, port: number, path: maybe(name), noBlock: maybe(truth) },
  sendDatagram: {
    fd,
    bytes: content,
    to: maybe(
      exact<{ address: string; port: number; path?: string }>({ address: name, port: number, path: maybe(name) }),
    ),
  },
  wait: { interests: list(interest), timeout: either(nil, atLeast(0)) },
  fork: { image: exact<ForkImage>({ memory: buffer(2 ** 34), resume: plainData(100_000) }), positions },
  spawn: {
    argv,
    env,
    cwd: name,
    fds: list(exact<{ child: number; parent: number }>({ child: newFd, parent: fd })),
    newSession: truth,
    group: maybe(number),
    foreground: maybe(fd),
    positions: maybe(positions),
  },
  exec: { argv, env, cwd: name, close: list(fd), positions: maybe(positions) },
  waitpid: { pid: number, noHang: truth, untraced: maybe(truth) },
  kill: { pid: number, signal: number },
  setpgid: { pid: number, group: number },
  getpgid: { pid: number },
  setsid: {},
  tcgetpgrp: { fd },
  tcsetpgrp: { fd, group: number },
  tcgetattr: { fd },
  tcsetattr: { fd, modes: terminalModes },
  flock: { fd, kind: oneOf("shared", "exclusive", "unlock"), noBlock: truth },
  lockRange: {
    fd,
    kind: oneOf("shared", "exclusive", "unlock"),
    start: position,
    end: maybe(position),
    noBlock: truth,
  },
  findLock: { fd, kind: oneOf("shared", "exclusive"), start: position, end: maybe(position) },
  semaphoreOpen: { name, value: maybe(number) },
  semaphoreUnlink: { name },
  semaphoreWait: { handle: number, noBlock: truth },
  semaphorePost: { handle: number, most: number },
  semaphoreValue: { handle: number },
  makeFifo: { path: name, mode: number },
  fifoMet: { fd, noBlock: truth },
  createExclusive: { path: name, mode: number, inode },
  files: {},
  proc: { path: name, deep: truth },
  processes: {},
  sockets: {},
};

const isStatement = choice<"op", OneWayCall>("op", statements);
const callShapes = new Map<unknown, Shape<unknown>>(
  Object.entries(calls).map(([name, shapes]) => [name, exact<Record<string, unknown>>(shapes)]),
);

/** A call before it is known which. */
interface AnyCall {
  readonly op: "call";
  readonly id: number;
  readonly name: string;
  readonly tid: number;
  readonly arguments: unknown;
}

const anyCall = exact<AnyCall>({
  op: oneOf("call"),
  id: whole(0),
  name: text(100),
  tid,
  arguments: (value): value is unknown => value !== undefined,
});

function isWord(value: unknown): value is OneWayCall | Call {
  if (anyCall(value)) return callShapes.get(value.name)?.(value.arguments) ?? false;
  return isStatement(value);
}

function opOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "op")
    ? Reflect.get(value, "op")
    : undefined;
}

/** Whether a message is one that a process may send. On the way of every request: it makes no garbage. */
export const processMessages: Shape<ProcessMessages> = (value): value is ProcessMessages => {
  if (!Array.isArray(value) || value.length > longestMessage) return false;
  for (let at = 0; at < value.length; at += 1) if (!isWord(value[at])) return false;
  return true;
};

/** What is wrong with a message that is none, for people. */
export function whatIsWrong(message: unknown): string {
  if (!Array.isArray(message)) return "it is no list";
  if (message.length > longestMessage) return `it has ${message.length} parts, and ${longestMessage} is the limit`;
  const wrong = message.find((word) => !isWord(word));
  if (anyCall(wrong)) {
    return callShapes.has(wrong.name) ? `the arguments of ${wrong.name} do not fit` : "a call has no known name";
  }
  const op = opOf(wrong);
  return typeof op === "string" && (op === "call" || Object.hasOwn(statements, op))
    ? `a ${op} does not fit`
    : "a part of it is nothing known";
}
