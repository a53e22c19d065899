/** What processes and the kernel say to each other, a line each, as `strace -f -T` prints it. */
import { signalName } from "../kernel/process/signals.ts";
import type { Executing, Executor, KernelMessage, ProcessListener, ProcessStart } from "../kernel/protocol.ts";

/** Characters of a text or of bytes that are shown, as strace's `-s`. */
const longestText = 64;
/** Entries of a list that are shown. */
const mostEntries = 8;

interface Pending {
  readonly text: string;
  readonly since: number;
}

/** An executor whose processes are traced. */
export class TracedExecutor implements Executor {
  readonly #executor: Executor;
  readonly #print: (line: string) => void;
  readonly #now: () => number;

  /** `print` hears each line; `now` is in milliseconds. */
  constructor(executor: Executor, print: (line: string) => void, now: () => number) {
    this.#executor = executor;
    this.#print = print;
    this.#now = now;
  }

  start(start: ProcessStart, listener: ProcessListener): Executing {
    const trace = new ProcessTrace(`${start.hostName} ${start.pid}`, this.#print, this.#now);
    trace.began(start);
    const executing = this.#executor.start(start, {
      onMessage: (message) => {
        trace.processSaid(message);
        listener.onMessage(message);
      },
      onCrash: (reason) => {
        trace.ended(`crashed: ${reason}`);
        listener.onCrash(reason);
      },
      onMisbehaviour: (what) => {
        trace.ended(what);
        listener.onMisbehaviour(what);
      },
    });
    return {
      send: (messages) => {
        for (const message of messages) trace.kernelSaid(message);
        executing.send(messages);
      },
      terminate: () => {
        trace.ended("terminated");
        executing.terminate();
      },
    };
  }
}

class ProcessTrace {
  readonly #who: string;
  readonly #print: (line: string) => void;
  readonly #now: () => number;
  readonly #pending = new Map<number, Pending>();
  #over = false;

  constructor(who: string, print: (line: string) => void, now: () => number) {
    this.#who = who;
    this.#print = print;
    this.#now = now;
  }

  began({ argv, env, cwd, parent, image }: ProcessStart): void {
    if (image) this.#line(`fork() by ${parent} = 0`);
    else {
      const variables = `${Object.keys(env).length} vars`;
      this.#line(`execve(${shown(argv[0] ?? "")}, ${shown(argv)}, /* ${variables} */) in ${shown(cwd)}`);
    }
  }

  /** A message of the process, which nobody has looked at yet. */
  processSaid(message: unknown): void {
    if (!Array.isArray(message)) this.#line(`says what is no message: ${shown(message)}`);
    else for (const part of message) this.#saidPart(part);
  }

  kernelSaid(message: KernelMessage): void {
    switch (message.op) {
      case "answer":
        this.#answered(message.call, shown(message.result));
        break;
      case "failure":
        this.#answered(message.call, `-1 ${message.errno}`);
        break;
      case "signal":
        this.#line(`--- ${signalName(message.signal)} ---`);
        break;
      default: {
        const { op, ...rest } = message;
        this.#line(`<-- ${op}(${fields(rest)})`);
      }
    }
  }

  /** Calls that were never answered are shown as strace shows them. */
  ended(how: string): void {
    if (this.#over) return;
    this.#over = true;
    for (const { text } of this.#pending.values()) this.#line(`${text} <unfinished ...>`);
    this.#line(`+++ ${how} +++`);
  }

  #saidPart(part: unknown): void {
    const { op, id, name, tid: _, arguments: args, ...rest } = ownFields(part);
    if (op === "call" && typeof id === "number") {
      this.#pending.set(id, { text: `${String(name)}(${fields(ownFields(args))})`, since: this.#now() });
    } else this.#line(`${String(op)}(${fields(rest)})`);
  }

  #answered(call: number, result: string): void {
    const pending = this.#pending.get(call);
    this.#pending.delete(call);
    const text = pending?.text ?? `<call ${call}>`;
    const seconds = pending === undefined ? "" : ` <${((this.#now() - pending.since) / 1000).toFixed(6)}>`;
    this.#line(`${text} = ${result}${seconds}`);
  }

  #line(text: string): void {
    this.#print(`[${this.#who}] ${text}`);
  }
}

function ownFields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : { value };
}

/** `3, "text"..., {read=true}`: names only where there are several fields. */
function fields(record: Record<string, unknown>): string {
  const entries = Object.entries(record);
  if (entries.length === 1) return shown(entries[0]?.[1]);
  return entries.map(([name, value]) => `${name}=${shown(value)}`).join(", ");
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "string") return shownText(value);
  if (value instanceof Uint8Array) {
    return `${shownText(new TextDecoder().decode(value.subarray(0, longestText)), value.length)}/${value.length}`;
  }
  if (value instanceof ArrayBuffer) return `/* ${value.byteLength} bytes */`;
  if (Array.isArray(value)) {
    const more = value.length > mostEntries ? ", ..." : "";
    return `[${value.slice(0, mostEntries).map(shown).join(", ")}${more}]`;
  }
  if (typeof value === "object") return `{${fields(ownFields(value))}}`;
  return String(value);
}

function shownText(text: string, length = text.length): string {
  const quoted = JSON.stringify(text.slice(0, longestText));
  return length > longestText ? `${quoted}...` : quoted;
}
