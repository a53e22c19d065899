/**
 * What a process and the kernel say to each other.
 *
 * A process numbers its own descriptors (the lowest free number, as POSIX asks), because nobody else changes its
 * table; the kernel keeps the same table to know what a descriptor stands for, what a child inherits and what
 * a dead process leaves behind.
 *
 * Three forms: a *one-way call* cannot fail where it is made; a *call* has an answer; a *kernel message* may come
 * unasked. They travel in order over one `MessagePort`. Everything is plain data.
 */
import type { Milliseconds, Pid, Port, Tid } from "../../host-types.ts";
import type { Errno } from "./errno.ts";

/** The number of a descriptor, within its process. */
export type Fd = number;
/** A signal's number, as on Linux. */
export type SignalNumber = number;
/** Names a file's content, whatever its path. Unique within a host; made by whoever creates the file. */
export type Inode = number;
/** Names an established connection, unique within a host. */
export type ConnectionId = number;

/** What may be sent on a new connection or tty before the first `Ready.credit`, in bytes. */
export const initialCredit = 256 * 1024;

/** The same of a pipe: what it holds, as Linux's does. Programs that wait for each other show it. */
export const pipeCapacity = 64 * 1024;

/**
 * Inodes below are the kernel's own (what the page writes). A process makes its inodes from
 * `pid * inodesOfOneMaker` upwards, so that no two ever make the same.
 */
export const inodesOfOneMaker = 2 ** 24;

/**
 * How many calls, one-way ones included, a message may hold; a process that sends more in one is ended. A process sends
 * what has gathered in several messages, well before.
 */
export const longestMessage = 1000;

/** What is to happen when a signal arrives. */
export type Disposition = "default" | "ignore" | "handle";

/** A change of a host's files. Every process holds a replica; the kernel orders the changes. */
export type FileChange =
  | {
      kind: "create";
      inode: Inode;
      path: string;
      type: "file" | "directory" | "socket" | "fifo";
      mode: number;
      time: Milliseconds;
    }
  | { kind: "symlink"; inode: Inode; path: string; target: string; time: Milliseconds }
  | { kind: "write"; inode: Inode; position: number | "end"; bytes: Uint8Array; time: Milliseconds }
  | { kind: "truncate"; inode: Inode; size: number; time: Milliseconds }
  | { kind: "attributes"; inode: Inode; mode?: number; mtime?: Milliseconds; atime?: Milliseconds }
  | { kind: "rename"; from: string; to: string; time: Milliseconds }
  | { kind: "link"; from: string; to: string; time: Milliseconds } // a hard link: one more name
  | { kind: "unlink"; path: string; time: Milliseconds };

/**
 * A file or folder as a new process receives it. `path` is absent once it is unlinked but still open. A file with
 * several names (hard links) comes once for each. Times: epoch milliseconds.
 */
export interface FileEntry {
  inode: Inode;
  path?: string;
  type: "file" | "directory" | "symlink" | "socket" | "fifo";
  mode: number;
  mtime: Milliseconds;
  atime: Milliseconds;
  content?: Uint8Array;
  target?: string;
}

/** Devices that need no driver. */
export type DeviceName = "null" | "zero" | "full" | "random";

/** Where they stand. */
export const devicePaths: ReadonlyMap<string, DeviceName> = new Map([
  ["/dev/null", "null"],
  ["/dev/zero", "zero"],
  ["/dev/full", "full"],
  ["/dev/random", "random"],
  ["/dev/urandom", "random"],
]);

/** What a descriptor stands for, as a new process receives it. */
export type DescriptorKind =
  | { kind: "tty"; columns: number; rows: number }
  | { kind: "pipe"; end: "read" | "write"; named?: true } // `named`: after its end more may come, from another writer
  | { kind: "socket"; local?: SocketAddress }
  | { kind: "listener"; port: Port; address: string }
  | { kind: "connection"; local: SocketAddress; peer: SocketAddress }
  | { kind: "datagram"; family: "udp" | "unix"; local?: SocketAddress; peer?: SocketAddress }
  | { kind: "device"; name: DeviceName }
  | { kind: "file"; inode: Inode; flags: number; position: number };

/** An inherited descriptor. */
export interface InheritedDescriptor {
  fd: Fd;
  /** An earlier one that stands for the very same, as after dup. */
  same?: Fd;
  description: DescriptorKind;
}

/** Of a Unix socket: what the program named it, empty if nothing, and port 0. */
export interface SocketAddress {
  address: string;
  port: Port;
}

/** A call without an answer. */
export type OneWayCall =
  | { op: "booted"; executable?: string } // the interpreter runs: the process leaves the state `starting`. `executable`: what `/proc` says of it
  | { op: "cwd"; path: string } // where it stands now, absolute
  | { op: "socket"; fd: Fd; datagrams?: "udp" | "unix" } // without `datagrams` a stream, of either family
  | { op: "socketpair"; fds: [Fd, Fd]; datagrams?: boolean }
  | { op: "pipe"; read: Fd; write: Fd }
  | { op: "fifo"; fd: Fd; inode: Inode; reads: boolean; writes: boolean } // opens a named pipe, whoever has its other side; see the call `fifoMet`
  | { op: "device"; fd: Fd; name: DeviceName } // opens it
  | { op: "open"; fd: Fd; inode: Inode; flags: number }
  | { op: "position"; fd: Fd; position: number } // of a file that other processes may hold by the same description
  | { op: "unread"; fd: Fd; bytes: Uint8Array } // of a stream: the process has read more than it wanted, and others are to have it
  | { op: "dup"; from: Fd; to: Fd } // closes `to` first, as dup2
  | { op: "close"; fd: Fd; unread?: boolean } // `unread`: the process holds bytes of it that were never read, which makes a TCP close a reset
  | { op: "accept"; listener: Fd; connection: ConnectionId; fd: Fd } // names a connection that came with `Ready.accepted`
  | { op: "decline"; connection: ConnectionId } // one that came with `Ready.offered`
  | { op: "send"; fd: Fd; tid: Tid; bytes: Uint8Array; rights?: readonly Fd[] } // connection, pipe or tty; within the credit. `rights`: descriptors that come along (SCM_RIGHTS)
  | { op: "claim"; right: number; fd: Fd } // names a descriptor that came with `Ready.rights`
  | { op: "shutdown"; fd: Fd; how: "read" | "write" | "both" }
  | { op: "sigaction"; signal: SignalNumber; disposition: Disposition }
  | { op: "file"; change: FileChange }
  | { op: "semaphoreClose"; handle: number }
  | { op: "umask"; mask: number } // for its children
  | { op: "title"; title: string }
  | { op: "memory"; bytes: number } // the interpreter's memory has this size now
  | { op: "threadStart"; tid: Tid } // a thread other than the main one begins to run: a process waits when all its threads do
  | { op: "threadEnd"; tid: Tid }
  | { op: "sleep"; tid: Tid } // the thread waits for something that the kernel does not see; until its next call is answered
  | { op: "cancel"; call: number } // gives up a waiting call; its answer may still come and then counts
  | { op: "exit"; code: number }
  | { op: "abort"; signal: SignalNumber }; // the process ends itself by a signal

/** What a process waits for on one descriptor. */
export interface Interest {
  fd: Fd;
  read: boolean;
  write: boolean;
}

/** A descriptor that came through a Unix socket. */
export interface ReceivedRight {
  right: number;
  description: DescriptorKind;
}

/** What came in one piece, and from whom: of a Unix socket without a name, from the empty address. */
export interface Datagram {
  bytes: Uint8Array;
  from: SocketAddress;
}

/** A connection taken from a backlog, with what has already come on it. */
export interface AcceptedConnection {
  connection: ConnectionId;
  local: SocketAddress;
  peer: SocketAddress;
  bytes?: Uint8Array;
  eof?: boolean;
  /** How many bytes may be sent without waiting. */
  credit?: number;
}

/** What happened on a descriptor. Bytes and connections in it are taken: the process has them now. */
export interface Ready {
  fd: Fd;
  /** Listener: taken from the backlog (one at a time, so that others get theirs). */
  accepted?: AcceptedConnection[];
  /**
   * The process did not ask for what it is handed here: what it does not accept before it next speaks to the kernel it
   * declines.
   */
  offered?: boolean;
  /** Datagrams that had come. */
  datagrams?: Datagram[];
  /** All bytes that had come. */
  bytes?: Uint8Array;
  /**
   * Other processes read from it, too: bytes that the program has not read before the process next speaks to the kernel
   * go back, by `unread`.
   */
  shared?: true;
  /** Descriptors that came along with the byte at a position. */
  rights?: { at: number; rights: ReceivedRight[] }[];
  /** After these bytes nothing more comes. On a tty (^D) only the next read ends: more may come after it. */
  eof?: boolean;
  /**
   * How many bytes may now be sent without waiting: takes the place of what was left. Every connection and tty
   * starts with `initialCredit`, a pipe with `pipeCapacity`. Sending more (several processes share a descriptor, each with a credit) loses nothing.
   */
  credit?: number;
  /** The descriptor has failed: the next operation on it raises this. */
  error?: Errno;
}

/**
 * How a child ended, as `waitpid` sees it: `(code << 8)` or the signal's number; `0x137f` for one stopped by signal 19.
 */
export interface ChildStatus {
  pid: Pid;
  status: number;
}

/** What stands somewhere in `/proc`. */
export type ProcEntry =
  | { path: string; type: "directory" }
  | { path: string; type: "file"; content: string }
  | { path: string; type: "symlink"; target: string };

/** Terminal settings that the kernel honours. */
export interface TerminalModes {
  canonical: boolean;
  echo: boolean;
  /** ^C ^Z ^\ make signals. */
  signals: boolean;
  /** `\n` goes out as `\r\n`. */
  outputNewline: boolean;
  /** `\r` comes in as `\n`. */
  inputNewline: boolean;
}

/** The memory of a process that forks, and what the child needs to go on in it. Opaque to the kernel. */
export interface ForkImage {
  /** Transferred, never copied. */
  memory: ArrayBuffer;
  /** What the process layer wants to find again in the child (frame to resume, inodes, …). */
  resume: unknown;
}

/** Calls with an answer: arguments and result of each. A failed one answers an errno. */
export interface Calls {
  /**
   * `path`: of a Unix socket, where its file is to stand, absolute; or its abstract name, which begins with a zero.
   * Then `address` is the name as it is shown.
   */
  bind: { arguments: { fd: Fd; address: string; port: Port; path?: string }; result: SocketAddress };
  listen: { arguments: { fd: Fd; backlog: number }; result: null };
  /**
   * Resolves when the connection stands in the other's backlog. `path`: of a Unix socket, as for `bind`. `noBlock`:
   * fails with EAGAIN where it would have to wait for that.
   */
  connect: {
    arguments: { fd: Fd; address: string; port: Port; path?: string; noBlock?: boolean };
    result: { local: SocketAddress; peer: SocketAddress; credit: number };
  };
  /**
   * Sends one datagram: to whom the socket is connected, or to whom is named, `path` as for `bind`. Fails with EAGAIN
   * where a Unix socket has no room. Answers the socket's own address, which it may have got only now.
   */
  sendDatagram: {
    arguments: { fd: Fd; bytes: Uint8Array; to?: { address: string; port: Port; path?: string } };
    result: SocketAddress;
  };
  /**
   * `select`: answers as soon as something is ready, or an empty list when `timeout` (null: never) is over.
   * A listener's connection is handed to one waiting process only, the one that has waited longest.
   */
  wait: { arguments: { interests: readonly Interest[]; timeout: Milliseconds | null }; result: Ready[] };
  /** `positions`: where each file descriptor of the parent stands. */
  fork: { arguments: { image: ForkImage; positions: readonly { fd: Fd; position: number }[] }; result: Pid };
  /**
   * Starts a program in a child; `fds` maps the child's descriptors to the parent's; others are closed. `group`: 0 for
   * a new one. `positions`: where files of the parent stand, by the parent's descriptors.
   */
  spawn: {
    arguments: {
      argv: readonly string[];
      env: Record<string, string>;
      cwd: string;
      fds: readonly { child: Fd; parent: Fd }[];
      newSession: boolean;
      group?: Pid;
      /** A terminal that the child's group gets at once, before it can ask for a key. */
      foreground?: Fd;
      positions?: readonly { fd: Fd; position: number }[];
    };
    result: Pid;
  };
  /** Replaces the program of this process; never answers when it succeeds. */
  exec: {
    arguments: {
      argv: readonly string[];
      env: Record<string, string>;
      cwd: string;
      close: readonly Fd[];
      positions?: readonly { fd: Fd; position: number }[];
    };
    result: never;
  };
  /**
   * `pid` as for waitpid(2). With `noHang`, null when no child has ended yet. `untraced`: stopped children count too,
   * once each.
   */
  waitpid: { arguments: { pid: number; noHang: boolean; untraced?: boolean }; result: ChildStatus | null };
  /** `pid` as for kill(2); signal 0 only checks. */
  kill: { arguments: { pid: number; signal: SignalNumber }; result: null };
  setpgid: { arguments: { pid: Pid; group: Pid }; result: null };
  getpgid: { arguments: { pid: Pid }; result: Pid };
  setsid: { arguments: Record<string, never>; result: Pid };
  tcgetpgrp: { arguments: { fd: Fd }; result: Pid };
  tcsetpgrp: { arguments: { fd: Fd; group: Pid }; result: null };
  tcgetattr: { arguments: { fd: Fd }; result: { modes: TerminalModes; columns: number; rows: number } };
  tcsetattr: { arguments: { fd: Fd; modes: TerminalModes }; result: null };
  /** Waits for the lock unless `noBlock`. */
  flock: { arguments: { fd: Fd; kind: "shared" | "exclusive" | "unlock"; noBlock: boolean }; result: null };
  /** A lock of a file's bytes from `start` up to `end`, as fcntl(2) has them; left out: to its end. */
  lockRange: {
    arguments: {
      fd: Fd;
      kind: "shared" | "exclusive" | "unlock";
      start: number;
      end?: number;
      noBlock: boolean;
    };
    result: null;
  };
  /** The lock that is in the way of one; null if none is. */
  findLock: {
    arguments: { fd: Fd; kind: "shared" | "exclusive"; start: number; end?: number };
    result: { kind: "shared" | "exclusive"; start: number; end: number | undefined; pid: Pid } | null;
  };
  /** As sem_open(3), exclusively where a `value` is given. Answers a handle, which a forked child has, too. */
  semaphoreOpen: { arguments: { name: string; value?: number }; result: number };
  semaphoreUnlink: { arguments: { name: string }; result: null };
  /** Waits until there is one, unless `noBlock`, and takes it. */
  semaphoreWait: { arguments: { handle: number; noBlock: boolean }; result: null };
  /** Gives one back. Fails with EOVERFLOW where there are `most`. */
  semaphorePost: { arguments: { handle: number; most: number }; result: null };
  semaphoreValue: { arguments: { handle: number }; result: number };
  /** Makes a named pipe where nothing may stand, as mkfifo(3). */
  makeFifo: { arguments: { path: string; mode: number }; result: null };
  /**
   * Waits until somebody has the other side of a named pipe open, as open(2) does. `noBlock`: fails with ENXIO where
   * nobody has, but for who reads.
   */
  fifoMet: { arguments: { fd: Fd; noBlock: boolean }; result: null };
  /** Creates a file that must not exist (`O_CREAT|O_EXCL`), the same answer for all replicas. */
  createExclusive: { arguments: { path: string; mode: number; inode: Inode }; result: null };
  /** All files of the host, for a replica that has to begin anew. */
  files: { arguments: Record<string, never>; result: FileEntry[] };
  /**
   * What stands at a path below `/proc`, and the members of a folder with it, or `deep` all that is below; empty if
   * nothing does.
   */
  proc: { arguments: { path: string; deep: boolean }; result: ProcEntry[] };
  processes: {
    arguments: Record<string, never>;
    result: {
      pid: Pid;
      parent: Pid;
      group: Pid;
      session: Pid;
      state: string;
      title: string;
      /** Epoch milliseconds: programs do not share the kernel's own clock. */
      started: Milliseconds;
      memory: number;
    }[];
  };
  /** The TCP sockets that processes of the host hold, listening or connected. */
  sockets: {
    arguments: Record<string, never>;
    result: {
      pid: Pid;
      fd: Fd;
      state: "listen" | "established";
      local: SocketAddress;
      peer?: SocketAddress;
      /** Connections that wait to be accepted, and how many may. */
      queued: number;
      backlog: number;
    }[];
  };
}

/** The name of a call. */
export type CallName = keyof Calls;
/** What a call is given. */
export type CallArguments<N extends CallName> = Calls[N]["arguments"];
/** What a call is answered with, unless it fails. */
export type CallResult<N extends CallName> = Calls[N]["result"];

/** A call under way. `id` is unique within the process. `tid` is the thread that waits. */
export type Call = {
  [N in CallName]: { op: "call"; id: number; name: N; tid: Tid; arguments: CallArguments<N> };
}[CallName];

/** What a process sends, in order. Several calls travel in one message. */
export type ProcessMessages = (OneWayCall | Call)[];

/**
 * What the kernel sends to a process. `heard`: how many calls of the process, one-way ones included and `memory` left
 * out, it had heard by then. A number that was closed and given anew since is not meant.
 */
export type KernelMessage =
  | { op: "answer"; call: number; result: unknown }
  | { op: "failure"; call: number; errno: Errno }
  | { op: "signal"; signal: SignalNumber }
  /**
   * Comes to every replica, the author's too; `author` is the pid that made the change, 0 for the page. With `refused`
   * it comes to the author alone: the change did not happen (another's came first, or the disk is full).
   * A `create` refused with EEXIST where a file stands: that file's inode takes the place of the author's, and
   * the kernel does the same with all that the author goes on to say of it.
   */
  | { op: "file"; change: FileChange; author: Pid; refused?: Errno }
  /** Another process that holds the same description of a file has moved on in it. */
  | { op: "position"; fd: Fd; position: number; heard: number }
  /** The process's terminal has another size, in characters. Comes before SIGWINCH, and to who gets none. */
  | { op: "windowSize"; columns: number; rows: number }
  /** The connection broke: the next operation raises `errno`. */
  | { op: "broken"; fd: Fd; errno: Errno; heard: number }
  /** The other end of a Unix socket was closed: whoever writes gets EPIPE at once, and reads what has come. */
  | { op: "abandoned"; fd: Fd; heard: number }
  /** The process has a new parent, because its own has died. */
  | { op: "parent"; pid: Pid }
  /** SIGSTOP and SIGCONT: the process sits still in between. */
  | { op: "stop" }
  | { op: "continue" };

/** All that a new process needs to know. */
export interface ProcessStart {
  pid: Pid;
  parent: Pid;
  group: Pid;
  session: Pid;
  hostName: string;
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  umask: number;
  descriptors: InheritedDescriptor[];
  files: FileEntry[];
  /** Signals that stay ignored (or, after a fork, handled) in the child. */
  dispositions: { signal: SignalNumber; disposition: Disposition }[];
  /** Present in the child of a fork: the parent's memory. */
  image?: ForkImage;
}

/** What the kernel is called with about a process that runs. None of these throws. */
export interface ProcessListener {
  /** A message of the process. Nothing is known of it: it should be a `ProcessMessages`. */
  onMessage(message: unknown): void;
  /** The worker died by itself (out of memory, a trap). */
  onCrash(reason: string): void;
  /** The process did what none may do, e.g. it floods the kernel with messages: it is to be ended. */
  onMisbehaviour(what: string): void;
}

/** Where processes run. The kernel asks for one and gets a port to it; ending one is immediate. */
export interface Executor {
  /** Starts a worker for the process. */
  start(start: ProcessStart, listener: ProcessListener): Executing;
}

/** A process that runs. */
export interface Executing {
  /** Transferables are found by the executor. */
  send(messages: KernelMessage[]): void;
  /** Ends it at once, whatever it does. */
  terminate(): void;
}
