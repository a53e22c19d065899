import type { Milliseconds } from "../../../host-types.ts";
import { type Errno, SyscallError } from "../errno.ts";
import type {
  AcceptedConnection,
  CallArguments,
  CallName,
  CallResult,
  Executing,
  Executor,
  Fd,
  Interest,
  KernelMessage,
  ProcessListener,
  ProcessMessages,
  ProcessStart,
  Ready,
} from "../protocol.ts";

interface WaitingCall {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A process whose program is the test: it speaks the protocol, and remembers what it is told. */
export class ScriptedProcess implements Executing {
  /** All messages except answers, in order. */
  readonly messages: KernelMessage[] = [];
  /** All that it was told, answers too, in order. */
  readonly heard: KernelMessage[] = [];
  terminated = false;
  #lastCall = 0;
  readonly #calls = new Map<number, WaitingCall>();

  constructor(
    readonly start: ProcessStart,
    private readonly listener: ProcessListener,
  ) {}

  /** The worker dies by itself. */
  crash(reason: string): void {
    this.listener.onCrash(reason);
  }

  get pid(): number {
    return this.start.pid;
  }

  /** Signals that it was told of. */
  get signals(): number[] {
    return this.messages.flatMap((message) => (message.op === "signal" ? [message.signal] : []));
  }

  /** Descriptors of which it was told that they are broken. */
  get broken(): { fd: Fd; errno: Errno }[] {
    return this.messages.flatMap((message) =>
      message.op === "broken" ? [{ fd: message.fd, errno: message.errno }] : [],
    );
  }

  send(messages: KernelMessage[]): void {
    for (const message of messages) {
      this.heard.push(message);
      if (message.op === "answer") this.#take(message.call)?.resolve(message.result);
      else if (message.op === "failure") this.#take(message.call)?.reject(new SyscallError(message.errno));
      else this.messages.push(message);
    }
  }

  terminate(): void {
    this.terminated = true;
  }

  /** Says something, in one message. A worker that was ended is silent. */
  say(...messages: ProcessMessages): void {
    if (!this.terminated) this.listener.onMessage(messages);
  }

  /** Posts whatever it likes, as code that has got hold of the line does. */
  post(message: unknown): void {
    if (!this.terminated) this.listener.onMessage(message);
  }

  /** What a worker said before it was ended arrives late. */
  sayLate(...messages: ProcessMessages): void {
    this.listener.onMessage(messages);
  }

  /** Asks something, from the main thread unless said otherwise. */
  call<N extends CallName>(name: N, args: CallArguments<N>, tid = this.pid): Promise<CallResult<N>> {
    return this.begin(name, args, tid).answer;
  }

  /** Asks something that may be cancelled. */
  begin<N extends CallName>(
    name: N,
    args: CallArguments<N>,
    tid = this.pid,
  ): { id: number; answer: Promise<CallResult<N>> } {
    this.#lastCall += 1;
    const id = this.#lastCall;
    const answer = new Promise<CallResult<N>>((resolve, reject) => {
      // The kernel keeps name and result together; the map of calls cannot say so.
      this.#calls.set(id, { resolve: (result) => resolve(result as CallResult<N>), reject });
    });
    // A process that dies leaves its calls unanswered or failed, and no test is interested in that.
    answer.catch(() => {});
    const call = { op: "call", id, name, tid, arguments: args } as ProcessMessages[number];
    if (!this.terminated) this.listener.onMessage([call]);
    return { id, answer };
  }

  wait(interests: Interest[], timeout: Milliseconds | null = null): Promise<Ready[]> {
    return this.call("wait", { interests, timeout });
  }

  /** Waits until `fd` can be read, and answers what came. */
  async read(fd: Fd, timeout: Milliseconds | null = null): Promise<Ready | undefined> {
    const [ready] = await this.wait([{ fd, read: true, write: false }], timeout);
    return ready;
  }

  /** Listens on a port. */
  async listen(fd: Fd, port: number, backlog = 128): Promise<void> {
    this.say({ op: "socket", fd });
    await this.call("bind", { fd, address: "127.0.0.1", port });
    await this.call("listen", { fd, backlog });
  }

  /** Waits for a connection and names it. */
  async accept(listener: Fd, fd: Fd): Promise<AcceptedConnection | undefined> {
    const ready = await this.read(listener);
    const accepted = ready?.accepted?.[0];
    if (accepted !== undefined) this.say({ op: "accept", listener, connection: accepted.connection, fd });
    return accepted;
  }

  #take(call: number): WaitingCall | undefined {
    const waiting = this.#calls.get(call);
    this.#calls.delete(call);
    return waiting;
  }
}

/** Runs nothing: each process is there for the test to speak for it. */
export class ScriptedExecutor implements Executor {
  readonly started: ScriptedProcess[] = [];

  /** The process that was started last. */
  get last(): ScriptedProcess {
    const last = this.started.at(-1);
    if (last === undefined) throw new Error("No process was started");
    return last;
  }

  start(start: ProcessStart, listener: ProcessListener): ScriptedProcess {
    const process = new ScriptedProcess(start, listener);
    this.started.push(process);
    return process;
  }
}
