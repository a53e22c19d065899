/** Two replicas in the file systems of two real interpreters, joined by the real kernel. */
import {
  type Arbitrary,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  oneof,
  record,
  array as several,
} from "fast-check";
import { loadPyodide } from "pyodide";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { KernelMessage, ProcessMessages } from "../../kernel/protocol.ts";
import { ScriptedComputer } from "../../kernel/testing/computer.ts";
import type { ScriptedProcess } from "../../kernel/testing/scripted-process.ts";
import { KernelChannel, type KernelPort } from "../channel.ts";
import { type FileSystem, type FsStream, moduleOf } from "../pyodide-internals.ts";
import { FileReplica } from "./file-replica.ts";

/** What the test uses of Emscripten's file system besides. */
interface WholeFileSystem extends FileSystem {
  write(stream: FsStream, buffer: Uint8Array, offset: number, length: number): number;
  readdir(path: string): string[];
  readFile(path: string): Uint8Array;
  stat(path: string): { mtime: Date; ino: number; nlink: number };
}

/** A process that has a replica: what it says waits until the kernel hears it, and the other way round. */
class Replicated {
  readonly replica: FileReplica;
  readonly #said: ProcessMessages[] = [];
  readonly #port: KernelPort;
  #heard = 0;

  constructor(
    readonly fs: WholeFileSystem,
    readonly process: ScriptedProcess,
  ) {
    this.#port = { postMessage: (messages) => this.#said.push(messages), onmessage: null };
    const channel = new KernelChannel(this.#port, (message) => this.#apply(message));
    this.replica = new FileReplica(fs, channel, process.pid);
    this.replica.fill(process.start.files);
    this.flush = () => channel.flush();
  }

  readonly flush: () => void;

  /** The kernel hears the next thing that this process has said. False if there is none. */
  speak(): boolean {
    this.flush();
    const messages = this.#said.shift();
    if (messages) this.process.say(...messages);
    return messages !== undefined;
  }

  /** The process hears the next thing that the kernel has said. False if there is none. */
  listen(): boolean {
    const message = this.process.heard[this.#heard];
    if (!message) return false;
    this.#heard += 1;
    this.#port.onmessage?.(new MessageEvent("message", { data: [message] }));
    return true;
  }

  /** Appends to a file, or puts text in the place of what it holds. */
  write(path: string, content: string, flags: "a" | "w"): void {
    const stream = this.fs.open(path, flags);
    const bytes = new TextEncoder().encode(content);
    this.fs.write(stream, bytes, 0, bytes.length);
    this.fs.close(stream);
  }

  /** The host's files below a folder, with their contents. */
  files(folder: string): Record<string, string> {
    const names = this.fs.readdir(folder).filter((name) => name !== "." && name !== "..");
    const paths = names.sort().map((name) => `${folder}/${name}`);
    return Object.fromEntries(paths.map((path) => [path, new TextDecoder().decode(this.fs.readFile(path))]));
  }

  #apply(message: KernelMessage): void {
    if (message.op === "file") this.replica.apply(message.change, message.author, message.refused);
  }
}

let systems: WholeFileSystem[];
let originals: { target: object; functions: object }[];

beforeAll(async () => {
  systems = await Promise.all([0, 1].map(async () => moduleOf(await loadPyodide()).FS as WholeFileSystem));
  originals = systems.flatMap(({ filesystems: { MEMFS } }) =>
    [MEMFS.ops_table.dir.node, MEMFS.ops_table.file.node, MEMFS.ops_table.file.stream].map((target) => ({
      target,
      functions: { ...target },
    })),
  );
}, 60_000);

// A replica watches the file system that it is given for ever.
beforeEach(() => restore());

function restore(): void {
  for (const { target, functions } of originals) {
    for (const name of Object.keys(target)) if (!(name in functions)) Reflect.deleteProperty(target, name);
    Object.assign(target, functions);
  }
}

let folders = 0;

/** Two processes of one host, and a folder that nobody has used yet. */
function pair() {
  restore();
  folders += 1;
  const folder = `/home/student/${folders}`;
  const computer = new ScriptedComputer();
  computer.host.writeFile(`${folder}/first.txt`, "first\n");
  const processes = systems.map((fs) => new Replicated(fs, computer.launch().process));
  const [one, other] = processes;
  if (!one || !other) throw new Error("There are not two");
  const settle = async () => {
    let busy = true;
    while (busy) {
      busy = false;
      for (const process of processes) {
        while (process.speak()) busy = true;
        await Promise.resolve();
        while (process.listen()) busy = true;
      }
      // The kernel speaks at the end of its turn.
      await new Promise((resolve) => setTimeout(resolve));
      if (processes.some((process) => process.listen())) busy = true;
    }
  };
  const kernel = () =>
    Object.fromEntries(
      computer.host
        .listFiles(folder)
        .map((path) => [path, new TextDecoder().decode(computer.host.readFile(path))] as const),
    );
  return { computer, folder, one, other, processes, settle, kernel };
}

const file = constantFrom("a", "b", "first.txt");
const who = integer({ min: 0, max: 1 });
/** Something that one of two processes does, or has done to it. */
const step = oneof(
  record({ who, act: constantFrom("append", "replace"), file, text: constantFrom("x\n", "yy\n", "zzz\n") }),
  record({ who, act: constantFrom("remove"), file }),
  record({ who, act: constantFrom("rename", "link"), file, to: file }),
  record({ who, act: constantFrom("speak", "listen") }),
);
type Step = typeof step extends Arbitrary<infer T> ? T : never;

/** A process takes a step, where it can. */
function take(one: Step, process: Replicated, folder: string): void {
  if (one.act === "speak") process.speak();
  else if (one.act === "listen") process.listen();
  else if ("file" in one) changeFile(one, process, folder);
}

function changeFile(one: Extract<Step, { file: string }>, process: Replicated, folder: string): void {
  const path = `${folder}/${one.file}`;
  if ("text" in one) process.write(path, one.text, one.act === "append" ? "a" : "w");
  else if (!process.fs.analyzePath(path).exists) return;
  else if (!("to" in one)) process.fs.unlink(path);
  else if (one.act === "link") {
    if (!process.fs.analyzePath(`${folder}/${one.to}`).exists) process.replica.link(path, `${folder}/${one.to}`);
  } else if (one.file !== one.to) process.fs.rename(path, `${folder}/${one.to}`);
}

describe("a replica", () => {
  test("begins with the files of its host", () => {
    const { folder, one } = pair();
    expect(one.files(folder)).toEqual({ [`${folder}/first.txt`]: "first\n" });
  });

  test("sees what another process, and the page, write, rename and remove", async () => {
    const { computer, folder, one, other, settle } = pair();
    one.write(`${folder}/note.txt`, "a note", "w");
    one.fs.rename(`${folder}/first.txt`, `${folder}/second.txt`);
    computer.host.writeFile(`${folder}/page.txt`, "from the page");
    await settle();
    expect(other.files(folder)).toEqual({
      [`${folder}/note.txt`]: "a note",
      [`${folder}/page.txt`]: "from the page",
      [`${folder}/second.txt`]: "first\n",
    });
    other.fs.unlink(`${folder}/note.txt`);
    await settle();
    expect(Object.keys(one.files(folder))).toEqual([`${folder}/page.txt`, `${folder}/second.txt`]);
  });

  test("keeps its own change until the kernel has ordered it, and both end alike", async () => {
    const { folder, one, other, settle, kernel } = pair();
    one.write(`${folder}/first.txt`, "of one", "w");
    other.write(`${folder}/first.txt`, "of the other", "w");
    expect(one.files(folder)).toEqual({ [`${folder}/first.txt`]: "of one" });
    await settle();
    expect(one.files(folder)).toEqual(kernel());
    expect(other.files(folder)).toEqual(kernel());
  });

  test("loses no line that two processes append at the same time", async () => {
    const { folder, one, other, settle, kernel } = pair();
    const path = `${folder}/log.txt`;
    one.write(path, "", "w");
    await settle();
    for (const number of [1, 2, 3]) {
      one.write(path, `one ${number}\n`, "a");
      other.write(path, `other ${number}\n`, "a");
    }
    await settle();
    const text = kernel()[path] ?? "";
    expect(text.trim().split("\n").sort()).toEqual(["one 1", "one 2", "one 3", "other 1", "other 2", "other 3"]);
    expect(one.files(folder)[path]).toBe(text);
    expect(other.files(folder)[path]).toBe(text);
  });

  test("reads and writes on through a descriptor whose file was removed by another", async () => {
    const { folder, one, other, settle } = pair();
    const stream = one.fs.open(`${folder}/first.txt`, "r+");
    await settle();
    other.fs.unlink(`${folder}/first.txt`);
    await settle();
    const bytes = new TextEncoder().encode("FIRST");
    expect(one.fs.write(stream, bytes, 0, 5)).toBe(5);
    await settle();
    expect(one.files(folder)).toEqual({});
    expect(other.files(folder)).toEqual({});
  });

  test("knows a file by each of its names, in every process and in one that begins later", async () => {
    const { computer, folder, one, other, processes, settle, kernel } = pair();
    const [first, second, third] = [`${folder}/first.txt`, `${folder}/second.txt`, `${folder}/third.txt`];
    one.replica.link(first, second);
    await settle();
    other.write(second, "second\n", "a");
    await settle();
    for (const { fs } of processes) {
      expect(new TextDecoder().decode(fs.readFile(first))).toBe("first\nsecond\n");
      expect(fs.stat(first)).toMatchObject({ ino: fs.stat(second).ino, nlink: 2 });
    }
    one.fs.rename(first, second); // Two names of one file: nothing happens.
    one.fs.rename(first, third);
    await settle();
    const [later] = systems;
    if (!later) throw new Error("There is no file system");
    restore();
    for (const path of [second, third]) later.unlink(path);
    const begun = new Replicated(later, computer.launch().process);
    expect(begun.files(folder)).toEqual({ [second]: "first\nsecond\n", [third]: "first\nsecond\n" });
    expect(later.stat(second)).toMatchObject({ ino: later.stat(third).ino, nlink: 2 });
    begun.fs.unlink(second);
    expect(later.stat(third).nlink).toBe(1);
    while (begun.speak());
    expect(kernel()).toEqual({ [third]: "first\nsecond\n" });
  });

  test("does not tell of the interpreter's own folders", () => {
    const { one } = pair();
    one.flush();
    while (one.speak());
    one.write("/lib/own", "own", "w");
    one.fs.unlink("/lib/own");
    expect(one.speak()).toBe(false);
  });

  test("ends as the kernel does, whatever two processes do and whoever is heard first", async () => {
    await assert(
      asyncProperty(several(step, { maxLength: 25 }), async (steps) => {
        const { folder, processes, settle, kernel } = pair();
        for (const one of steps) {
          const process = processes[one.who];
          if (process) take(one, process, folder);
        }
        await settle();
        const truth = kernel();
        for (const process of processes) expect(process.files(folder)).toEqual(truth);
      }),
      { numRuns: 100 },
    );
  });
});

test("a disk that is full is told at once, and has room again when something was removed", () => {
  restore();
  const [fs] = systems;
  if (!fs) throw new Error("There is no file system");
  const { process } = new ScriptedComputer().launch();
  const port: KernelPort = { postMessage: () => {}, onmessage: null };
  const limits = { fileBytes: 2000, files: process.start.files.length + 2 };
  const replica = new FileReplica(fs, new KernelChannel(port, () => {}), process.pid, undefined, limits);
  replica.fill(process.start.files);
  const write = (path: string, length: number) => {
    const stream = fs.open(path, "w");
    try {
      return fs.write(stream, new Uint8Array(length), 0, length);
    } finally {
      fs.close(stream);
    }
  };
  fs.mkdirTree("/home/student/disk");
  expect(() => write("/home/student/disk/large", 5000)).toThrow(fs.ErrnoError);
  write("/home/student/disk/small", 10);
  expect(() => write("/home/student/disk/third", 10)).toThrow(fs.ErrnoError);
  fs.unlink("/home/student/disk/large");
  write("/home/student/disk/third", 10);
});

test("a full disk is heard by the next write, whichever file that is of, and once", async () => {
  restore();
  const [fs] = systems;
  if (!fs) throw new Error("There is no file system");
  const process = new Replicated(fs, new ScriptedComputer({ fileBytes: 10_000 }).launch().process);
  process.write("/home/student/large", "x".repeat(20_000), "w");
  while (process.speak());
  await new Promise((resolve) => setTimeout(resolve));
  while (process.listen());
  expect(() => process.write("/home/student/small", "y", "w")).toThrow(fs.ErrnoError);
  process.write("/home/student/small", "y", "w");
  expect(new TextDecoder().decode(fs.readFile("/home/student/small"))).toBe("y");
});
