import { joinBytes } from "../kernel/bytes.ts";
import type { Errno } from "../kernel/errno.ts";
import { defaultLimits } from "../kernel/limits.ts";
import {
  type AcceptedConnection,
  type Datagram,
  type Fd,
  type InheritedDescriptor,
  type Inode,
  type Interest,
  initialCredit,
  pipeCapacity,
  type Ready,
  type ReceivedRight,
  type SocketAddress,
} from "../kernel/protocol.ts";
import { beforeAll, type KernelChannel } from "./channel.ts";
import { emscriptenErrno, linuxNumberOf } from "./errno-numbers.ts";
import { MemfsDevices } from "./memfs-devices.ts";
import type { FileSystem, FsStream, StreamOperations } from "./pyodide-internals.ts";
import { writtenBytes } from "./written-bytes.ts";

const mode = { pipe: 0o010600, socket: 0o140777, terminal: 0o020620 } as const;

/** Up to `length` of the bytes that came in several pieces; what brings descriptors along begins a read of its own. */
function takenTogether({ chunks, rights }: DescriptorState, length: number): Uint8Array {
  const taken: Uint8Array[] = [];
  let size = 0;
  for (let next = chunks[0]; next && size < length && !rights.has(next); next = chunks[0]) {
    const part = next.subarray(0, length - size);
    if (part.length === next.length) chunks.shift();
    else chunks[0] = next.subarray(part.length);
    taken.push(part);
    size += part.length;
  }
  return joinBytes(taken, size);
}

/** The address of a socket pair's ends. */
const nameless: SocketAddress = { address: "", port: 0 };

/** What a descriptor of the kernel stands for, and what of it is already here in the process. */
class DescriptorState {
  readonly chunks: Uint8Array[] = [];
  readonly accepted: AcceptedConnection[] = [];
  /** Of a socket of datagrams. */
  family: "udp" | "unix" | undefined;
  readonly datagrams: Datagram[] = [];
  /** Descriptors that came along with a chunk. */
  readonly rights = new Map<Uint8Array, Fd[]>();
  eof = false;
  error: Errno | undefined;
  credit: number;
  local: SocketAddress | undefined;
  peer: SocketAddress | undefined;
  listening = false;
  writeShut = false;
  /** How often the kernel had something for it. */
  arrivals = 0;
  /** A named pipe: another writer may come after its end. */
  named = false;
  /** Closing it resets the connection, as without time to linger. */
  resets = false;
  /** A non-blocking attempt found nothing here: the next one must ask the kernel. */
  foundNothing = false;
  constructor(
    readonly kind: "socket" | "pipe" | "tty",
    /** How much was said to the kernel before it was made. */
    readonly since: number,
    public columns = 80,
    public rows = 24,
  ) {
    this.credit = kind === "pipe" ? pipeCapacity : initialCredit;
  }

  get readable(): boolean {
    const { chunks, datagrams, accepted } = this;
    return chunks.length > 0 || datagrams.length > 0 || this.eof || this.error !== undefined || accepted.length > 0;
  }

  get writable(): boolean {
    return this.credit > 0 || this.error !== undefined;
  }
}

/**
 * The descriptors of a process that the kernel stands behind: sockets, pipes, terminals.
 *
 * Each is also a stream of Emscripten, so that C code and Python agree on numbers and `close`, `dup` and `fstat` work
 * from both. What can wait (`recv`, `accept`) never does so here: it answers `EAGAIN` and Python waits by `select` (see
 * `posix/_socket.py`).
 */
export class Descriptors {
  readonly #operations: StreamOperations;
  readonly #devices: MemfsDevices;
  /** Streams that other processes read from, too, of which bytes may be here. */
  readonly #shared = new Map<DescriptorState, Fd>();
  /** Connections that came without being asked for, and are declined before the process next speaks to the kernel. */
  readonly #offers: { readonly description: DescriptorState; readonly connection: AcceptedConnection }[] = [];

  constructor(
    private readonly fs: FileSystem,
    private readonly channel: KernelChannel,
    /** The thread that runs now, for the kernel's request events. */
    private readonly currentThread: () => number,
  ) {
    fs.MAX_OPEN_FDS = defaultLimits.openFiles - 1;
    this.#devices = new MemfsDevices(fs, channel);
    this.#operations = {
      close: (stream) => this.#closed(stream),
      getattr: (stream) => this.#attributes(stream),
      write: (stream, buffer, offset, length) => this.#writeFromC(stream, buffer, offset, length),
      read: () => {
        throw new this.fs.ErrnoError(emscriptenErrno("EAGAIN"));
      },
    };
  }

  /** Makes the descriptors that a new process begins with. Files are opened by `openFile`. */
  inherit(inherited: readonly InheritedDescriptor[], openFile: (descriptor: InheritedDescriptor) => void): void {
    for (const descriptor of inherited) {
      const existing = this.fs.getStream(descriptor.fd);
      if (existing) this.fs.close(existing);
    }
    this.#openFile = openFile;
    for (const descriptor of inherited) this.#inherit(descriptor, beforeAll);
  }

  #openFile: (descriptor: InheritedDescriptor) => void = () => {};

  /** `since`: how much was said to the kernel before it came. */
  #inherit(descriptor: InheritedDescriptor, since: number): void {
    const { fd, same, description } = descriptor;
    if (description.kind === "file") {
      this.#openFile(descriptor);
      return;
    }
    const duplicated = same === undefined ? undefined : this.fs.getStream(same);
    if (duplicated) {
      this.fs.createStream(duplicated, fd);
      return;
    }
    if (description.kind === "device") {
      this.#devices.inherit(fd, description.name);
      return;
    }
    const made = new DescriptorState(
      description.kind === "tty" ? "tty" : description.kind === "pipe" ? "pipe" : "socket",
      since,
      ...(description.kind === "tty" ? [description.columns, description.rows] : []),
    );
    if (description.kind === "listener") {
      made.listening = true;
      made.local = { address: description.address, port: description.port };
    } else if (description.kind === "pipe") {
      made.named = description.named ?? false;
    } else if (description.kind === "socket") {
      made.local = description.local;
    } else if (description.kind === "connection") {
      made.local = description.local;
      made.peer = description.peer;
    } else if (description.kind === "datagram") {
      made.family = description.family;
      made.local = description.local;
      made.peer = description.peer;
    }
    this.#createStream(made, fd);
  }

  /** From now on so many may be open, as `RLIMIT_NOFILE` has it. */
  limit(openFiles: number): void {
    this.fs.MAX_OPEN_FDS = Math.min(openFiles, defaultLimits.openFiles) - 1;
  }

  /** Whether so many more descriptors may be open. Emscripten's files count, and meet the limit in Emscripten. */
  #hasRoom(count: number): boolean {
    let free = 0;
    for (let fd = 0; fd <= this.fs.MAX_OPEN_FDS && free < count; fd += 1) if (!this.fs.streams[fd]) free += 1;
    return free === count;
  }

  /** A new socket, of a stream unless said otherwise; its number, or a negative errno. */
  socket(datagrams?: "udp" | "unix"): Fd {
    if (!this.#hasRoom(1)) return -linuxNumberOf("EMFILE");
    const description = new DescriptorState("socket", this.channel.said);
    description.family = datagrams;
    if (datagrams === "unix") description.local = nameless;
    const { fd } = this.#createStream(description);
    this.channel.post({ op: "socket", fd, ...(datagrams && { datagrams }) });
    return fd;
  }

  /** Two new descriptors; the first one's number, or a negative errno. `otherOfPair` gives the second. */
  pair(kind: "pipe" | "socketpair" | "datagrams"): Fd {
    if (!this.#hasRoom(2)) return -linuxNumberOf("EMFILE");
    const make = () => {
      const description = new DescriptorState(kind === "pipe" ? "pipe" : "socket", this.channel.said);
      if (kind !== "pipe") description.local = description.peer = nameless;
      if (kind === "datagrams") description.family = "unix";
      return this.#createStream(description).fd;
    };
    const first = make();
    const second = make();
    this.#secondOfPair = second;
    this.channel.post(
      kind === "pipe"
        ? { op: "pipe", read: first, write: second }
        : { op: "socketpair", fds: [first, second], ...(kind === "datagrams" && { datagrams: true }) },
    );
    return first;
  }

  /** One end of a named pipe, whoever has the other; its number, or a negative errno. */
  fifo(inode: Inode, reads: boolean, writes: boolean): Fd {
    if (!this.#hasRoom(1)) return -linuxNumberOf("EMFILE");
    const description = new DescriptorState("pipe", this.channel.said);
    description.named = true;
    const { fd } = this.#createStream(description);
    this.channel.post({ op: "fifo", fd, inode, reads, writes });
    return fd;
  }

  #secondOfPair = -1;

  /** The second descriptor of the pair made last. */
  otherOfPair(): Fd {
    return this.#secondOfPair;
  }

  /** Duplicates any descriptor, Emscripten's files too; `to` -1 means the lowest free number. */
  dup(from: Fd, to: Fd): Fd {
    const stream = this.fs.getStream(from);
    if (!stream) return -linuxNumberOf("EBADF");
    if (from === to) return to;
    if (to < 0 && !this.#hasRoom(1)) return -linuxNumberOf("EMFILE");
    if (to > this.fs.MAX_OPEN_FDS) return -linuxNumberOf("EBADF");
    const existing = to < 0 ? undefined : this.fs.getStream(to);
    if (existing) this.fs.close(existing);
    const made = this.fs.createStream(stream, to);
    this.channel.post({ op: "dup", from, to: made.fd });
    return made.fd;
  }

  /** Closes any descriptor. */
  close(fd: Fd): void {
    const stream = this.fs.getStream(fd);
    if (stream) this.fs.close(stream);
  }

  /** Whether the kernel stands behind the number (otherwise it is a file of Emscripten's, or nothing). */
  isKernelDescriptor(fd: Fd): boolean {
    return this.#get(fd) !== undefined;
  }

  isSocket(fd: Fd): boolean {
    return this.#get(fd)?.kind === "socket";
  }

  /** `udp` or `unix` for a socket of datagrams, else nothing. */
  datagramFamily(fd: Fd): string {
    return this.#get(fd)?.family ?? "";
  }

  isTerminal(fd: Fd): boolean {
    return this.#get(fd)?.kind === "tty";
  }

  isListening(fd: Fd): boolean {
    return this.#get(fd)?.listening === true;
  }

  /**
   * A terminal's size: 65,536 for each column and one for each row. Otherwise -EBADF or -ENOTTY. One number, because
   * a command line's parser asks for each of its options anew, and an array costs as much as ten numbers.
   */
  terminalSize(fd: Fd): number {
    const description = this.#get(fd);
    if (description?.kind !== "tty") return -linuxNumberOf(this.fs.getStream(fd) ? "ENOTTY" : "EBADF");
    return (description.columns ?? 80) * 0x1_0000 + (description.rows ?? 24);
  }

  /** The kernel says that the terminal has another size, in characters. A process has one terminal at most. */
  resizeTerminals(columns: number, rows: number): void {
    for (const stream of this.fs.streams) {
      const description = stream && this.#descriptionOf(stream);
      if (description && description.kind === "tty") {
        description.columns = columns;
        description.rows = rows;
      }
    }
  }

  /** The numbers that stand for something of the kernel's or for a device, which a child can inherit. */
  open(): Fd[] {
    return this.fs.streams.flatMap((stream, fd) =>
      stream && (this.#descriptionOf(stream) || this.#devices.isAt(fd)) ? [fd] : [],
    );
  }

  /** The first number of the lists (`3,4`) that is not open, or -1. */
  firstBad(reading: string, writing: string): Fd {
    return [...numbers(reading), ...numbers(writing)].find((fd) => !this.fs.getStream(fd)) ?? -1;
  }

  /**
   * The numbers that are ready here and now, as `3,4|5`: to read, to write. Files always are. `bad`: one is not open.
   */
  ready(reading: string, writing: string): string {
    if (this.firstBad(reading, writing) >= 0) return "bad";
    const toRead = numbers(reading).filter((fd) => this.#get(fd)?.readable ?? true);
    const toWrite = numbers(writing).filter((fd) => this.#get(fd)?.writable ?? true);
    return `${toRead.join()}|${toWrite.join()}`;
  }

  /** How a file was opened, as open(2) has it: 0 to read, 1 to write, 2 for both. What is no file is for both. */
  accessOf(fd: Fd): number {
    return this.isKernelDescriptor(fd) ? 2 : (this.fs.getStream(fd)?.flags ?? 0) & 3;
  }

  /** How often the kernel had something to read there, for who wants to hear of each once. */
  arrivals(fd: Fd): number {
    return this.#get(fd)?.arrivals ?? 0;
  }

  /** Whether nothing comes after what is here. */
  isAtEnd(fd: Fd): boolean {
    return this.#get(fd)?.eof ?? false;
  }

  /** SO_LINGER without time: the other end hears of a reset when it is closed. */
  resetWhenClosed(fd: Fd, resets: boolean): void {
    const description = this.#get(fd);
    if (description) description.resets = resets;
  }

  /** `POLLHUP` and `POLLERR` for a descriptor that is ready to read. */
  pollExtra(fd: Fd): number {
    const description = this.#get(fd);
    if (description?.error !== undefined) return 8 | 16;
    return description?.kind === "pipe" && description.eof && description.chunks.length === 0 ? 16 : 0;
  }

  /** What to ask the kernel for. */
  interests(reading: string, writing: string): Interest[] {
    const interests = new Map<Fd, Interest>();
    for (const fd of numbers(reading)) interests.set(fd, { fd, read: true, write: false });
    for (const fd of numbers(writing)) interests.set(fd, { fd, read: interests.has(fd), write: true });
    return [...interests.values()].filter(({ fd }) => this.isKernelDescriptor(fd));
  }

  /** What these numbers stand for now, for `take`. */
  asked(interests: readonly Interest[]): ReadonlyMap<Fd, DescriptorState | undefined> {
    return new Map(interests.map(({ fd }) => [fd, this.#get(fd)]));
  }

  /**
   * Takes in what the kernel answered, whether or not somebody still waits for it. `asked`: what the numbers stood for
   * when it was asked; since then they may have been closed and given anew.
   */
  take(ready: readonly Ready[], asked: ReadonlyMap<Fd, DescriptorState | undefined> = new Map()): void {
    for (const one of ready) {
      const { fd, accepted = [], datagrams = [], rights = [], offered, bytes, shared, eof, credit, error } = one;
      const description = asked.get(fd) ?? this.#get(fd);
      if (!description) continue;
      description.foundNothing = false;
      const ended = (eof === true && !description.eof) || error !== undefined;
      if (ended || accepted.length + datagrams.length + (bytes?.length ?? 0) > 0) description.arrivals += 1;
      description.accepted.push(...accepted);
      description.datagrams.push(...datagrams);
      if (offered) this.#offers.push(...accepted.map((connection) => ({ description, connection })));
      if (bytes && bytes.length > 0) this.#takeBytes(description, bytes, rights);
      if (shared) this.#shared.set(description, fd);
      if (eof) description.eof = true;
      if (credit !== undefined) description.credit = credit;
      if (error !== undefined) description.error = error;
    }
  }

  /** Bytes that bring descriptors along begin a chunk, and nothing else is read with them. */
  #takeBytes(description: DescriptorState, bytes: Uint8Array, rights: NonNullable<Ready["rights"]>): void {
    let from = 0;
    for (const { at } of rights) {
      if (at > from) description.chunks.push(bytes.subarray(from, at));
      from = at;
    }
    for (const [index, { at, rights: received }] of rights.entries()) {
      const chunk = bytes.subarray(at, rights[index + 1]?.at);
      description.rights.set(
        chunk,
        received.map((right) => this.#claim(right)),
      );
      description.chunks.push(chunk);
    }
    if (rights.length === 0) description.chunks.push(bytes);
  }

  #claim({ right, description }: ReceivedRight): Fd {
    const fd = this.fs.nextfd();
    const since = this.channel.said;
    this.channel.post({ op: "claim", right, fd });
    this.#inherit({ fd, description }, since);
    return fd;
  }

  #lastRights: Fd[] = [];

  /** The descriptors that came along with the bytes received last; who does not ask for them loses them. */
  takeRights(): Fd[] {
    return this.#lastRights.splice(0);
  }

  /** Tells the kernel which of the connections that it offered the program has not accepted. */
  declineOffers(): void {
    for (const { description, connection } of this.#offers.splice(0)) {
      const index = description.accepted.indexOf(connection);
      if (index < 0) continue;
      description.accepted.splice(index, 1);
      this.channel.post({ op: "decline", connection: connection.connection });
    }
  }

  /**
   * Puts back what is here of streams that other processes read, too, and what the program has not read: without, two
   * that take turns by a lock would wait for each other's bytes.
   */
  putBackShared(): void {
    for (const [description, fd] of this.#shared) {
      if (this.#get(fd) === description) this.#putBack(description, fd);
    }
    this.#shared.clear();
  }

  /** The same of every stream, before another process gets one of its descriptors. */
  putBackAll(): void {
    for (const stream of this.fs.streams) {
      const description = stream && this.#descriptionOf(stream);
      if (description && description.kind !== "tty") this.#putBack(description, stream.fd);
    }
  }

  #putBack(description: DescriptorState, fd: Fd): void {
    if (description.chunks.length === 0 || description.rights.size > 0) return;
    const chunks = description.chunks.splice(0);
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    // Exactly as long: a chunk may be a view of more, which would travel along.
    const bytes = joinBytes(chunks, size).slice();
    // The end comes after them, and will be told again.
    description.eof = false;
    this.channel.post({ op: "unread", fd, bytes });
  }

  /** The kernel says that a connection broke. `heard` as in its message. */
  broken(fd: Fd, errno: Errno, heard: number): void {
    const description = this.#get(fd);
    if (description && description.since < heard) description.error = errno;
  }

  /** The kernel says that nobody reads any more what is sent there. */
  abandoned(fd: Fd, heard: number): void {
    const description = this.#get(fd);
    if (description && description.since < heard) description.writeShut = true;
  }

  /** Whether this process may have closed the other end of that pipe or socket, and not heard of it yet. Asked once. */
  mayBeAbandoned(fd: Fd): boolean {
    if (!this.#closedEnd) return false;
    const description = this.#get(fd);
    if (description?.kind !== "pipe" && description?.peer?.port !== 0) return false;
    this.#closedEnd = false;
    return true;
  }

  #closedEnd = false;

  /** A descriptor for the next accepted connection, or a negative errno. */
  accept(listener: Fd): Fd {
    const description = this.#get(listener);
    if (!description) return -linuxNumberOf("EBADF");
    if (!description.listening) return -linuxNumberOf("EINVAL");
    if (description.accepted.length > 0 && !this.#hasRoom(1)) return -linuxNumberOf("EMFILE");
    const next = description.accepted.shift();
    if (!next) return -linuxNumberOf("EAGAIN");
    const made = new DescriptorState("socket", this.channel.said);
    made.local = next.local;
    made.peer = next.peer;
    if (next.bytes && next.bytes.length > 0) made.chunks.push(next.bytes);
    made.eof = next.eof ?? false;
    made.credit = next.credit ?? initialCredit;
    const fd = this.#createStream(made).fd;
    this.channel.post({ op: "accept", listener, connection: next.connection, fd });
    return fd;
  }

  /** Whether a non-blocking attempt must now look into the kernel: true at every second one in a row. */
  mustAsk(fd: Fd): boolean {
    const description = this.#get(fd);
    if (!description) return false;
    // What was written into a pipe can be read at once; over a network that is never sure.
    if (description.kind === "pipe" || description.peer?.port === 0 || description.family) return true;
    const before = description.foundNothing;
    description.foundNothing = !before;
    return before;
  }

  #lastSender = "";
  #lastLength = 0;

  /** Of the datagram that was received last: `address:port` of who sent it, and how long it was. */
  lastDatagram(): [string, number] {
    return [this.#lastSender, this.#lastLength];
  }

  #receiveDatagram(description: DescriptorState, length: number, peek: boolean): Uint8Array | number {
    const [first] = description.datagrams;
    if (first === undefined) {
      if (description.error !== undefined) {
        const { error } = description;
        description.error = undefined;
        return -linuxNumberOf(error);
      }
      return description.eof ? 0 : -linuxNumberOf("EAGAIN");
    }
    if (!peek) description.datagrams.shift();
    this.#lastSender = text(first.from);
    this.#lastLength = first.bytes.length;
    return first.bytes.subarray(0, length);
  }

  /** Up to `length` bytes, 0 at the end, or a negative errno. Of a datagram, what does not fit is lost. */
  receive(fd: Fd, length: number, peek: boolean): Uint8Array | number {
    const description = this.#get(fd);
    if (!description) return -linuxNumberOf("EBADF");
    if (description.family) return this.#receiveDatagram(description, length, peek);
    for (const lost of this.takeRights()) this.close(lost);
    const first = description.chunks[0];
    const rights = first && description.rights.get(first);
    if (rights && !peek) {
      this.#lastRights = rights;
      description.rights.delete(first);
    }
    if (first === undefined) {
      if (description.error !== undefined) return -linuxNumberOf(this.#takeErrno(description));
      if (description.kind === "socket" && description.peer === undefined && !description.eof) {
        return -linuxNumberOf("ENOTCONN");
      }
      if (!description.eof) return -linuxNumberOf("EAGAIN");
      // ^D ends one read of a terminal, not all; nor does a writer end those of a named pipe that others write to.
      if (description.kind === "tty" || description.named) description.eof = false;
      return 0;
    }
    if (length === 0) return new Uint8Array(0);
    if (first.length < length && description.chunks.length > 1 && !peek && !rights) {
      return takenTogether(description, length);
    }
    if (first.length <= length) {
      if (!peek) description.chunks.shift();
      return first;
    }
    if (!peek) description.chunks[0] = first.subarray(length);
    return first.subarray(0, length);
  }

  /** How many bytes were sent, or a negative errno; `EAGAIN` when there is no room. Takes the array over. */
  send(fd: Fd, bytes: Uint8Array, rights?: Fd[]): number {
    const description = this.#get(fd);
    if (!description) return -linuxNumberOf("EBADF");
    if (description.error !== undefined)
      return -linuxNumberOf(this.#takeErrno(description) === "ECONNRESET" ? "ECONNRESET" : "EPIPE");
    if (description.writeShut) return -linuxNumberOf("EPIPE");
    if (description.kind === "socket" && description.peer === undefined) return -linuxNumberOf("ENOTCONN");
    if (bytes.length === 0) return 0;
    if (description.credit <= 0) return -linuxNumberOf("EAGAIN");
    const part = bytes.length <= description.credit ? bytes : bytes.slice(0, description.credit);
    description.credit -= part.length;
    if (rights) this.putBackAll();
    this.channel.post({ op: "send", fd, tid: this.currentThread(), bytes: part, ...(rights && { rights }) });
    return part.length;
  }

  /** 0 or an errno. */
  shutdown(fd: Fd, how: "read" | "write" | "both"): number {
    const description = this.#get(fd);
    if (!description) return linuxNumberOf("EBADF");
    if (description.peer === undefined && !description.listening) return linuxNumberOf("ENOTCONN");
    if (how !== "read") description.writeShut = true;
    if (how !== "write") description.eof = true;
    this.channel.post({ op: "shutdown", fd, how });
    return 0;
  }

  /** `SO_ERROR`: the pending error as a number, taken. */
  takeError(fd: Fd): number {
    const description = this.#get(fd);
    if (!description || description.error === undefined) return 0;
    return linuxNumberOf(this.#takeErrno(description));
  }

  /** `address:port` of this end, or an empty string where it has none. */
  localAddress(fd: Fd): string {
    return text(this.#get(fd)?.local);
  }

  /** `address:port` of the other end, or an empty string. */
  peerAddress(fd: Fd): string {
    return text(this.#get(fd)?.peer);
  }

  /** The kernel has bound the socket. */
  bound(fd: Fd, local: SocketAddress): void {
    const description = this.#get(fd);
    if (description) description.local = local;
  }

  /** The kernel has made it a listener. */
  listens(fd: Fd): void {
    const description = this.#get(fd);
    if (description) description.listening = true;
  }

  /** The kernel has connected it, or not. */
  connected(fd: Fd, result: { local: SocketAddress; peer: SocketAddress; credit: number } | Errno): void {
    const description = this.#get(fd);
    if (!description) return;
    if (typeof result === "string") {
      description.error = result;
      return;
    }
    description.local = result.local;
    description.peer = result.peer;
    description.credit = result.credit;
  }

  /** While a non-blocking connect is under way the socket is not writable. */
  connecting(fd: Fd): void {
    const description = this.#get(fd);
    if (description) description.credit = 0;
  }

  #closed(stream: FsStream): void {
    const description = this.#descriptionOf(stream);
    if (description && this.#shared.delete(description)) this.#putBack(description, stream.fd);
    const unread = (description?.chunks.length ?? 0) > 0 || description?.resets === true;
    if (description?.kind === "pipe" || description?.peer?.port === 0) this.#closedEnd = true;
    this.channel.post({ op: "close", fd: stream.fd, ...(unread ? { unread } : {}) });
  }

  #get(fd: Fd): DescriptorState | undefined {
    const stream = this.fs.getStream(fd);
    return stream ? this.#descriptionOf(stream) : undefined;
  }

  #descriptionOf(stream: FsStream): DescriptorState | undefined {
    return stream.description instanceof DescriptorState ? stream.description : undefined;
  }

  #takeErrno(description: DescriptorState): Errno {
    const errno = description.error ?? "EIO";
    description.error = undefined;
    // After a reset the connection is at its end.
    description.eof = true;
    description.writeShut = true;
    return errno;
  }

  #createStream(description: DescriptorState, fd = -1): FsStream {
    return this.fs.createStream(
      {
        description,
        flags: 2,
        path: `/dev/${description.kind}`,
        position: 0,
        seekable: false,
        node: this.fs.lookupPath("/dev/null").node ?? undefinedNode(),
        stream_ops: this.#operations,
        ...(description.kind === "tty" ? { tty: terminal(description) } : {}),
      },
      fd,
    );
  }

  #attributes(stream: FsStream): unknown {
    const kind = this.#descriptionOf(stream)?.kind ?? "pipe";
    const now = new Date();
    const type = kind === "tty" ? mode.terminal : kind === "pipe" ? mode.pipe : mode.socket;
    return {
      dev: 1,
      ino: 1000 + stream.fd,
      mode: type,
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size: 0,
      atime: now,
      mtime: now,
      ctime: now,
      blksize: 4096,
      blocks: 0,
    };
  }

  /** C code cannot wait: what exceeds the credit is handed to the kernel all the same, which holds it. */
  #writeFromC(stream: FsStream, buffer: Uint8Array, offset: number, length: number): number {
    const description = this.#descriptionOf(stream);
    if (!description) throw new this.fs.ErrnoError(emscriptenErrno("EBADF"));
    if (description.error !== undefined) throw new this.fs.ErrnoError(emscriptenErrno("EPIPE"));
    const bytes = writtenBytes(buffer, offset, length);
    description.credit -= length;
    this.channel.post({ op: "send", fd: stream.fd, tid: this.currentThread(), bytes });
    return length;
  }
}

function undefinedNode(): never {
  throw new Error("The file system has no /dev/null");
}

function numbers(list: string): number[] {
  return list === "" ? [] : list.split(",").map(Number);
}

function text(address: SocketAddress | undefined): string {
  return address ? `${address.address}:${address.port}` : "";
}

/** What makes C's `isatty` and `TIOCGWINSZ` answer. */
function terminal(description: DescriptorState): unknown {
  return {
    ops: {
      ioctl_tcgets: () => ({ c_iflag: 0o400, c_oflag: 5, c_cflag: 191, c_lflag: 35387, c_cc: new Array(32).fill(0) }),
      ioctl_tcsets: () => 0,
      ioctl_tiocgwinsz: () => [description.rows, description.columns],
    },
  };
}
