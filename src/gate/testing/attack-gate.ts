/** One side of a gate under a hundred thousand messages that nobody of ours would send. */
import { type Callable, type Contract, type GateLimits, openGate } from "../gate.ts";

/** One side of a gate, and what fits it: the messages are made from that. */
export interface Target<Here extends Contract, There extends Contract> {
  /** What the attacked side offers. */
  readonly offers: Here;
  /** What it may ask. */
  readonly expects: There;
  readonly limits?: GateLimits;
  /** For each call that it offers, arguments with every property that there is. */
  readonly calls: { readonly [N in keyof Here]: readonly (readonly unknown[])[] };
  /** For each call that it may make, answers with every property that there is. */
  readonly answers: { readonly [N in keyof There]: readonly unknown[] };
  /** Places below which anything may stand, in the form `start.arguments.1`. */
  readonly anything?: readonly string[];
  /** Properties whose own properties may have any names. */
  readonly dictionaries?: readonly string[];
}

/** What came of it. */
export interface Outcome {
  /** Repeats the same messages. */
  readonly seed: number;
  readonly refused: number;
  readonly accepted: number;
  /** What should not have been accepted, or should have been. */
  readonly wrong: readonly string[];
}

const deepest = deep(1000);

/** Values that no shape takes, wherever they stand. */
const poison: readonly (() => unknown)[] = [
  () => Number.NaN,
  () => 1n,
  () => new Date(0),
  () => /x/,
  () => new Error("x"),
  () => new Set(["x"]),
  () => new Map([[1, 1n]]),
  () => new Uint8Array(new SharedArrayBuffer(4)),
  () => new Float64Array(1),
  () => new Array(3),
  () => Object.assign([1n], { kind: "x" }),
  () => JSON.parse('{"__proto__":{"ref":{"current":null}}}'),
  () => ({ type: "SET", path: ["__proto__", "ref"], value: { type: "RAW", value: 1 } }),
  () => deepest,
];

/** Values that a shape may take in one place, and not in another. */
const odd: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => "",
  () => "constructor",
  () => "__proto__",
  () => "\u202e",
  () => -1,
  () => 0.5,
  () => 2 ** 53,
  () => Number.POSITIVE_INFINITY,
  () => true,
  () => [],
  () => ({}),
  () => new Uint8Array(3),
  () => new ArrayBuffer(3),
  () => [["a", "b"]],
];

/** Names that mean something to objects, and one that means nothing. */
const names = ["constructor", "toString", "then", "path", "type", "ref", "aPropertyThatNobodyNamed"];

/** Whole messages that are none. */
const nonsense: readonly (() => unknown)[] = [
  ...poison,
  ...odd,
  () => ({ call: 1, name: "constructor", arguments: [] }),
  () => ({ call: 1, name: "__proto__", arguments: [] }),
  () => ({ answer: 2, value: undefined }),
  () => ({ failure: 2, error: { name: "Error", message: "", detail: undefined } }),
  () => ({ id: "x", type: "APPLY", path: ["constructor"], argumentList: [] }),
];

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { deep: value };
  return value;
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Container = Record<string, unknown> | unknown[];

function isContainer(value: unknown): value is Container {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** A copy whose containers are its own. What lives, like ports, is the same. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (!isContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copied(part)]));
}

function put(container: Container, key: string, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

interface Place {
  readonly container: Container;
  readonly key: string;
}

/** A port that hears what is sent by hand, and says nothing. */
class DeadPort extends EventTarget implements MessagePort {
  onmessage: MessagePort["onmessage"] = null;
  onmessageerror: MessagePort["onmessageerror"] = null;
  closed = false;

  postMessage(): void {}

  start(): void {}

  close(): void {
    this.closed = true;
  }
}

/** A message of the right form; `name` is the call that it belongs to. */
interface Sample {
  readonly name: string;
  readonly message: Container;
}

/** What has to become of a message. For some it depends: then what is acted upon is looked at. */
type Verdict = "refuse" | "accept" | "be careful";

/** Makes messages: nonsense, and what fits, changed once or several times. */
class Messages {
  constructor(
    private readonly samples: readonly Sample[],
    private readonly anything: readonly string[],
    private readonly random: () => number,
  ) {}

  next(): { readonly sample: Sample; readonly data: unknown; readonly must: Verdict } {
    const sample = this.pick(this.samples);
    const way = this.random();
    if (way < 0.05) return { sample, data: this.pick(nonsense)(), must: "refuse" };
    const data = copied(sample.message);
    if (!isContainer(data)) throw new Error("A sample is no message");
    if (way < 0.1) return { sample, data, must: "accept" };
    for (let changes = Math.floor(this.random() * 3); changes > 0; changes -= 1) this.change(data, sample.name);
    if (way < 0.5) return { sample, data, must: "be careful" };
    this.spoil(data, sample.name);
    return { sample, data, must: "refuse" };
  }

  private pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.random() * values.length)];
    if (value === undefined) throw new Error("There is nothing to choose from");
    return value;
  }

  private places(container: Container, path: string): readonly Place[] {
    return Object.entries(container).flatMap(([key, part]) => {
      const here = `${path}.${key}`;
      if (this.anything.includes(here)) return [];
      return [{ container, key }, ...(isContainer(part) ? this.places(part, here) : [])];
    });
  }

  private change(message: Container, name: string): void {
    const all = this.places(message, name);
    if (all.length === 0) return;
    const { container, key } = this.pick(all);
    const way = this.random();
    if (way < 0.5) put(container, key, this.pick(odd)());
    else if (way < 0.6 && !Array.isArray(container)) put(container, this.pick(names), this.pick(odd)());
    else if (way < 0.8) Reflect.deleteProperty(container, key);
    else if (Array.isArray(container)) container.push(...container, this.pick(odd)());
    else put(container, key, { ...container });
  }

  private spoil(message: Container, name: string): void {
    const all = this.places(message, name);
    const { container, key } =
      all.length > 0 ? this.pick(all) : { container: message, key: "aPropertyThatNobodyNamed" };
    put(container, key, this.pick(poison)());
  }
}

/** Sends `count` messages. Each meets a gate of its own. */
export async function attackGate<Here extends Contract, There extends Contract>(
  target: Target<Here, There>,
  count: number,
  seed = Math.floor(Math.random() * 2 ** 32),
): Promise<Outcome> {
  const samples = samplesOf(target);
  const messages = new Messages(samples, target.anything ?? [], randomly(seed));
  const firstAsked = Object.keys(target.expects)[0];
  const known = new Set(samples.flatMap(({ message }) => propertiesOf(message)));
  /** Whether what reached the code consists of what the samples consist of. */
  const isClean = (value: unknown, free = false): boolean => {
    if (typeof value === "bigint" || typeof value === "function" || Number.isNaN(value)) return false;
    if (!isContainer(value)) return true;
    const isKnown = (name: string) => free || Array.isArray(value) || known.has(name);
    return Object.entries(value).every(
      ([name, part]) => isKnown(name) && isClean(part, target.dictionaries?.includes(name)),
    );
  };
  const wrong: string[] = [];
  let accepted = 0;
  for (let sent = 0; sent < count; sent += 1) {
    const { sample, data, must } = messages.next();
    const heard: unknown[] = [];
    const isOpen = shoot(target, "answer" in sample.message ? sample.name : firstAsked, data, heard);
    if (isOpen) accepted += 1;
    // An answer is heard of a moment later.
    if (sent % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    const isRight = must === "be careful" || isOpen === (must === "accept");
    const isTold = isOpen || heard.length === 0;
    if (!isRight || !isTold || !heard.every((each) => isClean(each))) wrong.push(`${must}: ${described(data)}`);
    if (wrong.length > 5) break;
  }
  return { seed, refused: count - accepted, accepted, wrong };
}

function samplesOf<Here extends Contract, There extends Contract>(target: Target<Here, There>): readonly Sample[] {
  const calls = Object.entries(target.calls).flatMap(([name, all]) =>
    all.map((args) => ({ name, message: { call: 1, name, arguments: [...args] } })),
  );
  const answers = Object.entries(target.answers).flatMap(([name, all]) =>
    all.map((value) => ({ name, message: { answer: 1, value } })),
  );
  const missing = [...Object.keys(target.offers), ...Object.keys(target.expects)].filter(
    (name) => ![...calls, ...answers].some((sample) => sample.name === name),
  );
  if (missing.length > 0) throw new Error(`There are no messages for ${missing.join()}`);
  return [...calls, ...answers];
}

/** Whether a fresh gate is still open after a message. `heard` gets what reached the code behind it. */
function shoot<Here extends Contract, There extends Contract>(
  { offers, expects, limits }: Target<Here, There>,
  asked: string | undefined,
  data: unknown,
  heard: unknown[],
): boolean {
  const port = new DeadPort();
  let refusals = 0;
  const gate = openGate<Contract, Contract>(port, {
    offers,
    does: Object.fromEntries(Object.keys(offers).map((name) => [name, (...args: unknown[]) => void heard.push(args)])),
    expects,
    ...(limits ? { limits } : {}),
    refused: () => {
      refusals += 1;
    },
  });
  if (asked !== undefined) ask(gate.there, asked, heard);
  const { onmessage } = port;
  if (onmessage === null) throw new Error("The gate does not listen");
  Reflect.apply(onmessage, port, [new MessageEvent("message", { data })]);
  if (port.closed !== (refusals === 1) || port.closed !== (port.onmessage === null))
    throw new Error("It is half closed");
  return !port.closed;
}

function ask(there: Callable<Contract>, name: string, heard: unknown[]): void {
  there[name]?.().then(
    (value) => heard.push(value),
    () => {}, // The gate was closed, as it should.
  );
}

function propertiesOf(value: unknown): readonly string[] {
  if (!isContainer(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...propertiesOf(part)]);
}

/** A message, for whoever has to find out why it was not refused. */
function described(data: unknown): string {
  try {
    return JSON.stringify(data, (_name, value: unknown) => {
      if (typeof value === "bigint" || Number.isNaN(value)) return String(value);
      return typeof value === "object" && value !== null && !isContainer(value) ? value.constructor.name : value;
    }).slice(0, 2000);
  } catch (error) {
    return String(error);
  }
}
