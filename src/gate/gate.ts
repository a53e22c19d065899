/**
 * The gate between what is trusted and what is not: calls over a message port, each with a name and shapes that both
 * sides know beforehand.
 *
 * What comes in is plain data. No object of one side can be reached from the other, neither by a path nor by a
 * callback: there is nothing to follow. The first message that does not fit, or the first one too many, closes the gate
 * for good.
 */
import { type CrossingError, crossingError, type ErrorWords, readError, writeError } from "./error-words.ts";
import { record, type Shape, text, whole } from "./shape.ts";

/** A call: what it takes and what it answers. */
export interface CallShape<Arguments extends readonly unknown[], Result> {
  readonly arguments: Shape<Arguments>;
  readonly result: Shape<Result>;
}

/** Calls that one side answers, by name. */
export type Contract = Readonly<Record<string, CallShape<readonly unknown[], unknown>>>;

type ArgumentsOf<C> = C extends CallShape<infer Arguments, unknown> ? Arguments : never;
type ResultOf<C> = C extends CallShape<readonly unknown[], infer Result> ? Result : never;
/** What does a call: one without a result may answer nothing at all. */
type Act<Arguments extends readonly unknown[], Result> = [Result] extends [undefined]
  ? (...args: Arguments) => void
  : (...args: Arguments) => Result | Handover<Result> | Promise<Result | Handover<Result>>;

/** What a side does when it is called. */
export type Offered<C extends Contract> = {
  readonly [N in keyof C]: Act<ArgumentsOf<C[N]>, ResultOf<C[N]>>;
};

/** The same, as the other side calls it. */
export type Callable<C extends Contract> = {
  readonly [N in keyof C]: (...args: ArgumentsOf<C[N]>) => Promise<ResultOf<C[N]>>;
};

/** Describes a call by the shapes of its arguments and of its result. */
export function call<Arguments extends readonly unknown[], Result>(
  takes: Shape<Arguments>,
  answers: Shape<Result>,
): CallShape<Arguments, Result> {
  return { arguments: takes, result: answers };
}

/** An answer some of whose parts change hands instead of being copied. */
export class Handover<T> {
  constructor(
    readonly value: T,
    readonly parts: Transferable[],
  ) {}
}

/** How much a gate takes from the other side. */
export interface GateLimits {
  /** Calls that may be under way at once. */
  readonly pending: number;
  /** Messages a second, on average; those of three seconds may come at once. */
  readonly rate: number;
}

/** One side of a gate. */
export interface GateSide<Here extends Contract, There extends Contract> {
  /** The calls that this side answers. */
  readonly offers: Here;
  /** What it does then. */
  readonly does: Offered<Here>;
  /** The calls that the other side answers. */
  readonly expects: There;
  /** Classes of errors that cross as what they are; all others cross as plain ones. */
  readonly errors?: readonly ErrorWords[];
  readonly limits?: GateLimits;
  /** Called once if the other side sends what does not fit. The gate is closed by then. */
  readonly refused?: (reason: string) => void;
}

/** An open gate. */
export interface Gate<There extends Contract> {
  /** The other side's calls. They reject with the other side's error, or with `GateClosed`. */
  readonly there: Callable<There>;
  /** The same, with parts of the arguments that change hands: `gate.handing(port).boot(port)`. */
  handing(...parts: Transferable[]): Callable<There>;
  /** Closes it; calls under way are rejected. */
  close(): void;
}

/** The gate is closed, and the call will not be answered. */
export class GateClosed extends Error {
  override readonly name = "GateClosed";

  constructor(reason: string) {
    super(`The line is closed: ${reason}`);
  }
}

const defaultLimits: GateLimits = { pending: 2000, rate: 20_000 };
const longestName = 100;
const anything = (_value: unknown): _value is unknown => true;
const callMessage = record({ call: whole(0), name: text(longestName), arguments: anything });
const answerMessage = record({ answer: whole(0), value: anything });
const failureMessage = record({ failure: whole(0), error: crossingError });

interface Pending {
  readonly result: Shape<unknown>;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Opens this side of a gate over a port that nobody else uses. */
export function openGate<Here extends Contract, There extends Contract>(
  port: MessagePort,
  side: GateSide<Here, There>,
): Gate<There> {
  const gate = new PortGate(port, side);
  const handing = (...parts: Transferable[]) =>
    callable(side.expects, (name, shape, args) => gate.call(name, shape, args, parts));
  return { there: handing(), handing, close: () => gate.close("it was given up") };
}

/** An object with a method for each call of a contract. */
function callable<C extends Contract>(
  contract: C,
  send: (name: string, shape: CallShape<readonly unknown[], unknown>, args: readonly unknown[]) => Promise<unknown>,
): Callable<C> {
  const methods: object = Object.fromEntries(
    Object.entries(contract).map(([name, shape]) => [name, (...args: unknown[]) => send(name, shape, args)]),
  );
  if (!hasCalls(methods, contract)) throw new Error("A call is missing");
  return methods;
}

function hasCalls<C extends Contract>(methods: object, contract: C): methods is Callable<C> {
  return Object.keys(contract).every((name) => typeof Reflect.get(methods, name) === "function");
}

class PortGate<Here extends Contract, There extends Contract> {
  readonly #port: MessagePort;
  readonly #side: GateSide<Here, There>;
  readonly #offered: ReadonlyMap<string, CallShape<readonly unknown[], unknown>>;
  readonly #limits: GateLimits;
  readonly #errors: readonly ErrorWords[];
  readonly #pending = new Map<number, Pending>();
  #last = 0;
  /** Calls of the other side that have not been answered yet. */
  #answering = 0;
  #closed: string | undefined;
  /** Messages that the other side may send now. */
  #allowance: number;
  #allowanceAt = performance.now();

  constructor(port: MessagePort, side: GateSide<Here, There>) {
    this.#port = port;
    this.#side = side;
    this.#offered = new Map(Object.entries(side.offers));
    this.#limits = side.limits ?? defaultLimits;
    this.#errors = side.errors ?? [];
    this.#allowance = this.#limits.rate * 3;
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    port.onmessageerror = () => this.#refuse("a message could not be read");
  }

  call(
    name: string,
    shape: CallShape<readonly unknown[], unknown>,
    args: readonly unknown[],
    parts: Transferable[],
  ): Promise<unknown> {
    if (this.#closed !== undefined) return Promise.reject(new GateClosed(this.#closed));
    this.#last += 1;
    const number = this.#last;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    try {
      this.#port.postMessage({ call: number, name, arguments: args }, parts);
    } catch (error) {
      // Something in the arguments cannot be sent, or was sent before.
      return Promise.reject(error);
    }
    this.#pending.set(number, { result: shape.result, resolve, reject });
    return promise;
  }

  close(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#port.onmessage = null;
    this.#port.onmessageerror = null;
    this.#port.close();
    for (const { reject } of this.#pending.values()) reject(new GateClosed(reason));
    this.#pending.clear();
  }

  #refuse(reason: string): void {
    if (this.#closed !== undefined) return;
    this.close(reason);
    this.#side.refused?.(reason);
  }

  #receive(data: unknown): void {
    if (this.#closed !== undefined) return;
    if (!this.#isAllowed()) this.#refuse("it was sent more messages than it takes");
    else if (callMessage(data)) this.#called(data.call, data.name, data.arguments);
    else if (answerMessage(data)) this.#answered(data.answer, data.value);
    else if (failureMessage(data)) this.#failed(data.failure, data.error);
    else this.#refuse("a message is neither a call nor an answer");
  }

  #isAllowed(): boolean {
    if (this.#allowance < 1) {
      const now = performance.now();
      const { rate } = this.#limits;
      this.#allowance = Math.min(rate * 3, this.#allowance + ((now - this.#allowanceAt) / 1000) * rate);
      this.#allowanceAt = now;
    }
    this.#allowance -= 1;
    return this.#allowance >= 0;
  }

  #called(number: number, name: string, args: unknown): void {
    const shape = this.#offered.get(name);
    if (shape === undefined) this.#refuse("a call has a name that is not known");
    else if (!shape.arguments(args)) this.#refuse(`the arguments of ${name} do not fit`);
    else if (this.#answering >= this.#limits.pending) this.#refuse("it was asked more at once than it takes");
    else void this.#answer(number, name, args);
  }

  /** Never rejects. */
  async #answer(number: number, name: string, args: readonly unknown[]): Promise<void> {
    this.#answering += 1;
    const answer = await this.#act(name, args);
    this.#answering -= 1;
    if (this.#closed !== undefined) return;
    if ("error" in answer) this.#port.postMessage({ failure: number, error: answer.error });
    else this.#port.postMessage({ answer: number, value: answer.value }, answer.parts);
  }

  /** Never rejects. */
  async #act(
    name: string,
    args: readonly unknown[],
  ): Promise<{ value: unknown; parts: Transferable[] } | { error: CrossingError }> {
    try {
      const act: unknown = Reflect.get(this.#side.does, name);
      if (typeof act !== "function") throw new Error(`Nothing does ${name}`);
      const value: unknown = await Reflect.apply(act, this.#side.does, args);
      return value instanceof Handover ? value : { value, parts: [] };
    } catch (error) {
      return { error: writeError(error, this.#errors) };
    }
  }

  #answered(number: number, value: unknown): void {
    const pending = this.#pending.get(number);
    if (pending?.result(value)) {
      this.#pending.delete(number);
      pending.resolve(value);
    } else this.#refuse(pending === undefined ? "an answer came that nobody waits for" : "an answer does not fit");
  }

  #failed(number: number, error: CrossingError): void {
    const pending = this.#pending.get(number);
    this.#pending.delete(number);
    if (pending === undefined) this.#refuse("a failure came that nobody waits for");
    else pending.reject(readError(error, this.#errors));
  }
}
