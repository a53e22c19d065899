/**
 * The frame of the test double: speaks to the unmodified `@webcontainer/api` in the page above as far as the Node
 * machine uses it, and passes everything on to the double's computer. It proves nothing about StackBlitz's runtime.
 */
// The client's own copy: its wire format differs from that of later releases.
import { Comlink } from "../../node_modules/@webcontainer/api/dist/vendor/index.js";
import type { Behaviour, DoubleCall, Happening } from "./protocol.ts";

declare const behaviour: Behaviour;

type OnBytes = (bytes: Uint8Array | null) => void;
type OnChange = (kind: string, name: string) => void;

const session = crypto.randomUUID();
const outputs = new Map<number, OnBytes>();
const exits = new Map<number, (code: number) => void>();
const watchers = new Map<number, OnChange>();
let lastId = 0;

async function ask(call: DoubleCall): Promise<unknown> {
  const response = await fetch(`/call?session=${session}`, { method: "POST", body: JSON.stringify(call) });
  const answer: unknown = await response.json();
  if (typeof answer === "object" && answer !== null && "error" in answer) throw new Error(String(answer.error));
  return answer;
}

function toBytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function hear(happening: Happening): void {
  switch (happening.event) {
    case "output":
      outputs.get(happening.id)?.(toBytes(happening.base64));
      break;
    case "exit":
      outputs.get(happening.id)?.(null);
      exits.get(happening.id)?.(happening.code);
      break;
    case "changed":
      watchers.get(happening.id)?.(happening.kind, happening.name);
      break;
  }
}

const files = {
  async readFile(path: string, encoding?: string | null): Promise<string | Uint8Array> {
    const bytes = toBytes(String(await ask({ call: "read", path })));
    return encoding ? new TextDecoder().decode(bytes) : bytes;
  },
  writeFile: (path: string, data: string | Uint8Array) =>
    ask({ call: "write", path, base64: toBase64(typeof data === "string" ? new TextEncoder().encode(data) : data) }),
  readdir: (path: string) => ask({ call: "list", path }),
  mkdir: (path: string) => ask({ call: "mkdir", path }),
  rm: (path: string, options?: { recursive?: boolean; force?: boolean }) =>
    ask({ call: "rm", path, recursive: options?.recursive ?? false, force: options?.force ?? false }),
  rename: (from: string, to: string) => ask({ call: "rename", from, to }),
  async watch(path: string, _options: unknown, listener: OnChange): Promise<unknown> {
    const id = ++lastId;
    watchers.set(id, listener);
    await ask({ call: "watch", id, path });
    return Comlink.proxy({
      close: async () => {
        watchers.delete(id);
        await ask({ call: "unwatch", id });
      },
    });
  },
};

interface RunOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
}

const instance = {
  fs: () => Comlink.proxy(files),
  previewScript: () => null,
  runtimeInfo: async () => ({ path: "/bin", cwd: await ask({ call: "workdir" }) }),
  async run({ command, args, cwd = "", env = {} }: RunOptions, _out: unknown, _err: unknown, output?: OnBytes) {
    const id = ++lastId;
    if (output) outputs.set(id, output);
    const onExit = new Promise<number>((resolve) => exits.set(id, resolve));
    await ask({ call: "run", id, command, args, cwd, env });
    return Comlink.proxy({
      onExit,
      write: (text: string) => ask({ call: "input", id, text }),
      kill: () => ask({ call: "kill", id }),
      resize: () => {},
    });
  },
  on: () => Comlink.proxy(() => {}),
  teardown: () => ask({ call: "end" }),
};

async function build(): Promise<unknown> {
  if (typeof behaviour === "object") throw new Error(behaviour.refuses);
  return Comlink.proxy(instance);
}

if (behaviour !== "silent") {
  const events = new EventSource(`/events?session=${session}`);
  events.onmessage = ({ data }) => hear(JSON.parse(data));
  events.onopen = () => {
    events.onopen = null;
    const { port1, port2 } = new MessageChannel();
    Comlink.expose({ build }, port1);
    parent.postMessage({ type: "init" }, "*", [port2]);
  };
}
