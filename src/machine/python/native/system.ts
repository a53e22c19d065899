import { type Milliseconds, type Pid, type Signal, signalNumbers } from "../../host-types.ts";
import { SyscallError } from "../kernel/errno.ts";
import type {
  CallArguments,
  CallName,
  CallResult,
  ChildStatus,
  Fd,
  Interest,
  KernelMessage,
  ProcessStart,
  Ready,
  SignalNumber,
  TerminalModes,
} from "../kernel/protocol.ts";
import { KernelChannel, type KernelPort } from "../process/channel.ts";
import { NativeDescriptors } from "./descriptors.ts";
import { FileTree, resolvePath } from "./file-tree.ts";

/** A program without CPython. Answers its exit code. */
export type NativeProgram = (system: System) => Promise<number>;

/** What is spawned. */
export interface Spawning {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The child's descriptors, by the parent's. */
  readonly fds: readonly { child: Fd; parent: Fd }[];
  /** 0 for a group of its own. */
  readonly group?: Pid;
  /** Its group gets the terminal that is the parent's standard input. */
  readonly foreground?: boolean;
  /** A session of its own, without a terminal. */
  readonly newSession?: boolean;
  /** Signals that it ignores, whatever its parent does. */
  readonly ignores?: readonly SignalNumber[];
}

/** Longest title of a process that the kernel takes, in UTF-16 units. */
const longestTitle = 1000;

type SignalHandler = (signal: SignalNumber) => void;

/** What a native process sees of its computer. */
export class System {
  readonly pid: Pid;
  readonly parent: Pid;
  readonly group: Pid;
  readonly session: Pid;
  readonly hostName: string;
  /** What `ps` shows of it at first. */
  readonly title: string;
  /** What it was started as, without folders. */
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  cwd: string;
  /** What new files are not to allow. */
  umask: number;
  readonly files: FileTree;
  readonly descriptors: NativeDescriptors;
  readonly #channel: KernelChannel;
  readonly #handlers = new Map<SignalNumber, SignalHandler>();
  readonly #ignored: Set<SignalNumber>;
  /** Signals that this process ignored when it began, as whoever started it wanted. */
  readonly ignoredFromTheStart: ReadonlySet<SignalNumber>;
  #stopped: PromiseWithResolvers<void> | undefined;
  readonly #encoder = new TextEncoder();

  constructor(start: ProcessStart, port: KernelPort, programs: ReadonlyMap<string, string>) {
    const [command = "", ...args] = start.argv;
    this.pid = start.pid;
    this.parent = start.parent;
    this.group = start.group;
    this.session = start.session;
    this.hostName = start.hostName;
    this.title = start.argv.join(" ");
    this.name = command.slice(command.lastIndexOf("/") + 1);
    this.args = args;
    this.env = start.env;
    this.cwd = start.cwd;
    this.umask = start.umask;
    const ignored = start.dispositions.filter(({ disposition }) => disposition === "ignore");
    this.#ignored = new Set(ignored.map(({ signal }) => signal));
    this.ignoredFromTheStart = new Set(this.#ignored);
    this.#channel = new KernelChannel(port, (message) => this.#onMessage(message));
    this.files = new FileTree(start.files, programs, start.pid, (change) => {
      this.#channel.post({ op: "file", change });
    });
    this.descriptors = new NativeDescriptors(
      {
        files: this.files,
        post: (call) => this.#channel.post(call),
        wait: (interests, signal) => this.wait(interests, null, signal),
        tid: start.pid,
      },
      start.descriptors,
    );
    this.#channel.post({ op: "booted", executable: `/usr/bin/${this.name}` });
    this.#channel.flush();
  }

  /** An absolute path; what is empty names nothing, and stays empty. */
  path(path: string): string {
    return path === "" ? "" : resolvePath(this.cwd, path);
  }

  /** Has the files tell what is so now, where a path leads into `/proc`. An absolute path. */
  async lookAt(path: string): Promise<void> {
    if (path !== "/proc" && !path.startsWith("/proc/")) return;
    this.files.showProc(await this.call("proc", { path: "/proc", deep: true }));
  }

  // What it reads and writes.

  read(fd: Fd, signal?: AbortSignal): Promise<Uint8Array | null> {
    return this.descriptors.read(fd, signal);
  }

  /** Reads up to the end, or until there are more than `most` bytes. */
  async readAll(fd: Fd, most = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (let bytes = await this.read(fd); bytes !== null; bytes = size > most ? null : await this.read(fd)) {
      chunks.push(bytes);
      size += bytes.length;
    }
    const whole = new Uint8Array(size);
    let offset = 0;
    for (const chunk of chunks) {
      whole.set(chunk, offset);
      offset += chunk.length;
    }
    return whole;
  }

  async write(fd: Fd, content: string | Uint8Array): Promise<void> {
    await this.#running();
    await this.descriptors.write(fd, typeof content === "string" ? this.#encoder.encode(content) : content);
    this.#channel.flush();
  }

  /** To its standard output. */
  print(text: string): Promise<void> {
    return this.write(1, text);
  }

  /** A line on its standard error, after its name. */
  complain(text: string): Promise<void> {
    return this.write(2, `${this.name}: ${text}\n`);
  }

  async wait(interests: Interest[], timeout: Milliseconds | null, signal?: AbortSignal): Promise<Ready[]> {
    const { id, answer } = this.#channel.call("wait", { interests, timeout }, this.pid);
    if (signal === undefined) return resultOf(await answer);
    const aborted = Promise.withResolvers<Ready[]>();
    const giveUp = () => {
      this.#channel.cancel(id);
      aborted.resolve([]);
    };
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp);
    // What comes although the call was given up counts all the same.
    const answered = answer.then((result) => {
      const ready = resultOf(result);
      if (!signal.aborted) return ready;
      this.descriptors.take(ready);
      return [];
    });
    try {
      return await Promise.race([answered, aborted.promise]);
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  async sleep(milliseconds: Milliseconds): Promise<void> {
    this.#channel.post({ op: "sleep", tid: this.pid });
    this.#channel.flush();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await this.#running();
  }

  /** Sends what has gathered. */
  flush(): void {
    this.#channel.flush();
  }

  /** Nothing more is sent; the peer hears of it. */
  shutdownWriting(fd: Fd): void {
    this.#channel.post({ op: "shutdown", fd, how: "write" });
    this.#channel.flush();
  }

  // Other processes.

  spawn(spawning: Spawning): Promise<Pid> {
    const { argv, env, cwd, fds, group, foreground = false, newSession = false, ignores = [] } = spawning;
    // A child ignores what its parent does when it is made, so that this is so for a moment: no message comes between.
    for (const signal of ignores) this.#channel.post({ op: "sigaction", signal, disposition: "ignore" });
    const child = this.call("spawn", {
      argv: [...argv],
      env: { ...env },
      cwd,
      fds: [...fds],
      newSession,
      positions: this.descriptors.positions(),
      ...(group === undefined ? {} : { group }),
      ...(foreground && { foreground: 0 }),
    });
    for (const signal of ignores) {
      const own = this.#ignored.has(signal) ? "ignore" : this.#handlers.has(signal) ? "handle" : "default";
      this.#channel.post({ op: "sigaction", signal, disposition: own });
    }
    if (ignores.length > 0) this.#channel.flush();
    return child;
  }

  /** Null when nothing is to be told yet and `noHang` says not to wait. Throws ECHILD. */
  waitpid(pid: number, options: { noHang: boolean; untraced: boolean }): Promise<ChildStatus | null> {
    return this.call("waitpid", { pid, ...options });
  }

  /** Throws ESRCH, EINVAL. */
  async kill(pid: number, signal: SignalNumber): Promise<void> {
    await this.call("kill", { pid, signal });
  }

  processes(): Promise<CallResult<"processes">> {
    return this.call("processes", {});
  }

  /** Hears a signal instead of what it does by default. */
  onSignal(name: Signal, handler: SignalHandler): void {
    this.onSignalNumber(signalNumbers[name], handler);
  }

  /** Hears a signal, by its number, instead of what it does by default. */
  onSignalNumber(signal: SignalNumber, handler: SignalHandler): void {
    this.#handlers.set(signal, handler);
    this.#ignored.delete(signal);
    this.#channel.post({ op: "sigaction", signal, disposition: "handle" });
  }

  /** What a signal does from now on where nobody hears it; children inherit what is ignored. */
  setDisposition(signal: SignalNumber, disposition: "default" | "ignore"): void {
    this.#handlers.delete(signal);
    if (disposition === "ignore") this.#ignored.add(signal);
    else this.#ignored.delete(signal);
    this.#channel.post({ op: "sigaction", signal, disposition });
  }

  setUmask(mask: number): void {
    this.umask = mask;
    this.#channel.post({ op: "umask", mask });
  }

  /** What `ps` shows. */
  setTitle(title: string): void {
    this.#channel.post({ op: "title", title: title.slice(0, longestTitle) });
  }

  /** Ends this process by a signal. */
  abort(signal: SignalNumber): void {
    this.#channel.post({ op: "abort", signal });
    this.#channel.flush();
  }

  // The terminal.

  async setForeground(fd: Fd, group: Pid): Promise<void> {
    await this.call("tcsetpgrp", { fd, group });
  }

  /** Throws ENOTTY. */
  terminal(fd: Fd): Promise<{ modes: TerminalModes; columns: number; rows: number }> {
    return this.call("tcgetattr", { fd });
  }

  async setTerminalModes(fd: Fd, modes: TerminalModes): Promise<void> {
    await this.call("tcsetattr", { fd, modes });
  }

  /** Asks the kernel. Throws `SyscallError`. */
  async call<N extends CallName>(name: N, args: CallArguments<N>): Promise<CallResult<N>> {
    return resultOf(await this.#channel.call(name, args, this.pid).answer);
  }

  /** The process is over; nothing after this is heard. */
  async exit(code: number): Promise<void> {
    await this.#running();
    this.#channel.post({ op: "exit", code });
    this.#channel.flush();
  }

  /** A stopped process does nothing until it goes on. */
  #running(): Promise<void> | undefined {
    return this.#stopped?.promise;
  }

  #onMessage(message: KernelMessage): void {
    switch (message.op) {
      case "file":
        this.files.onFileChange(message);
        break;
      case "position":
        this.descriptors.moved(message.fd, message.position);
        break;
      case "broken":
        this.descriptors.broken(message.fd, message.errno);
        break;
      case "signal":
        this.#handlers.get(message.signal)?.(message.signal);
        break;
      case "stop":
        this.#stopped ??= Promise.withResolvers();
        break;
      case "continue":
        this.#stopped?.resolve();
        this.#stopped = undefined;
    }
  }
}

function resultOf<T>(
  answer: { ok: true; result: T } | { ok: false; errno: ConstructorParameters<typeof SyscallError>[0] },
): T {
  if (answer.ok) return answer.result;
  throw new SyscallError(answer.errno);
}
