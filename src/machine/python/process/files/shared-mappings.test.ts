/** `mmap` of two real interpreters, joined by the real kernel. */
import { loadPyodide, type PyodideInterface } from "pyodide";
import { beforeAll, expect, test } from "vitest";
import type { KernelMessage, ProcessMessages } from "../../kernel/protocol.ts";
import { ScriptedComputer } from "../../kernel/testing/computer.ts";
import type { ScriptedProcess } from "../../kernel/testing/scripted-process.ts";
import { KernelChannel, type KernelPort } from "../channel.ts";
import { moduleOf } from "../pyodide-internals.ts";
import { FileReplica } from "./file-replica.ts";

/** An interpreter with a replica, whose kernel hears it when it is flushed. */
class Interpreter {
  readonly replica: FileReplica;
  readonly #channel: KernelChannel;
  readonly #port: KernelPort;
  #heard = 0;

  constructor(
    private readonly pyodide: PyodideInterface,
    private readonly process: ScriptedProcess,
  ) {
    this.#port = {
      postMessage: (messages: ProcessMessages) => process.say(...structuredClone(messages)),
      onmessage: null,
    };
    this.#channel = new KernelChannel(this.#port, (message) => this.#apply(message));
    const module = moduleOf(pyodide);
    this.replica = new FileReplica(module.FS, this.#channel, process.pid, () => module.HEAPU8);
    this.#channel.onFlush = () => this.replica.mappings.publish();
    this.replica.fill(process.start.files);
  }

  run(source: string): unknown {
    return this.pyodide.runPython(source);
  }

  /** Says what there is to say. */
  speak(): void {
    this.#channel.flush();
  }

  /** Hears what the kernel has said since. */
  listen(): void {
    const messages = this.process.heard.slice(this.#heard);
    this.#heard = this.process.heard.length;
    this.#port.onmessage?.(new MessageEvent("message", { data: structuredClone(messages) }));
  }

  #apply(message: KernelMessage): void {
    if (message.op === "file") this.replica.apply(message.change, message.author, message.refused);
  }
}

let pyodides: PyodideInterface[] = [];
beforeAll(async () => {
  pyodides = await Promise.all([loadPyodide(), loadPyodide()]);
}, 120_000);

const map = `
import mmap, os
fd = os.open("/tmp/shared", os.O_RDWR | os.O_CREAT)
os.ftruncate(fd, 16)
memory = mmap.mmap(fd, 16)
os.close(fd)
`;

test("what one writes the other has when the kernel has told of it, and neither loses what it wrote elsewhere", async () => {
  const computer = new ScriptedComputer();
  const [one, other] = pyodides.map((pyodide) => new Interpreter(pyodide, computer.launch("python").process));
  if (one === undefined || other === undefined) throw new Error("two interpreters were to be there");
  const settle = async () => {
    for (const each of [one, other, one, other]) {
      each.speak();
      // The kernel's event batch ends, and its answers leave.
      await new Promise(setImmediate);
      each.listen();
    }
  };
  one.run(map);
  await settle();
  other.run(map);
  await settle();
  one.run(`memory[2:5] = b"one"`);
  other.run(`memory[8] = 7`);
  await settle();
  const both = "00006f6e6500000007";
  expect(one.run("bytes(memory[:9]).hex()")).toBe(both);
  expect(other.run("bytes(memory[:9]).hex()")).toBe(both);
  expect(other.run(`open("/tmp/shared", "rb").read()[:9].hex()`)).toBe(both);
  // A write to the file is one to the memory.
  one.run(`
with open("/tmp/shared", "r+b") as file:
    file.seek(14)
    file.write(b"ab")
`);
  await settle();
  expect(other.run("bytes(memory[14:]).decode()")).toBe("ab");
  expect(one.run("bytes(memory[14:]).decode()")).toBe("ab");
  // What was written last is in the file when the mapping is closed, and what comes after is not taken for memory.
  other.run(`memory[0] = 255; memory.close(); import array; junk = array.array("B", bytes(100_000))`);
  await settle();
  expect(one.run("memory[0]")).toBe(255);
  expect(other.replica.mappings.all()).toEqual([]);
  expect(one.replica.mappings.all()).toMatchObject([{ length: 16, position: 0 }]);
});

test("SQLite's write-ahead log is one for both, and what a closed connection had as memory is nobody's any more", async () => {
  const computer = new ScriptedComputer();
  const [one, other] = pyodides.map((pyodide) => new Interpreter(pyodide, computer.launch("python").process));
  if (one === undefined || other === undefined) throw new Error("two interpreters were to be there");
  // Whoever runs has the database for itself: the other has heard all that was said before.
  const turn = async (who: Interpreter, source: string) => {
    const result = who.run(source);
    for (const each of [one, other]) {
      each.speak();
      await new Promise(setImmediate);
      for (const hearer of [one, other]) hearer.listen();
    }
    return result;
  };
  const connect = `
import sqlite3
db = sqlite3.connect("/tmp/logged.db", isolation_level=None)
db.execute("pragma journal_mode=wal").fetchone()[0]
`;
  const write = (who: string, count: number) => `
for number in range(${count}):
    db.execute("insert into visits values (?, ?)", ("${who}", "x" * 500))
`;
  const count = `str(db.execute("select who, count(*) from visits group by who order by who").fetchall())`;
  expect(await turn(one, connect)).toBe("wal");
  await turn(one, `db.execute("create table visits (who, what)")`);
  expect(await turn(other, connect)).toBe("wal");
  for (let round = 0; round < 3; round += 1) {
    await turn(one, write("one", 20));
    await turn(other, write("other", 20));
  }
  const all = "[('one', 60), ('other', 60)]";
  expect(await turn(one, count)).toBe(all);
  expect(await turn(other, count)).toBe(all);
  // Without a checkpoint, as a process does that is not the last with the database open.
  await turn(other, "db.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True); db.close()");
  expect(other.replica.mappings.all()).toEqual([]);
  expect(one.replica.mappings.all()).toHaveLength(1);
  await turn(one, write("one", 20));
  expect(await turn(other, `${connect}${count}`)).toBe("[('one', 80), ('other', 60)]");
  expect(await turn(other, `db.execute("pragma integrity_check").fetchone()[0]`)).toBe("ok");
  await turn(other, "db.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True); db.close()");
  await turn(one, "db.close()");
  expect(one.replica.mappings.all()).toEqual([]);
});

test("a second mapping of a file in the same process has what was written into the first", async () => {
  const computer = new ScriptedComputer();
  const [pyodide] = pyodides;
  if (pyodide === undefined) throw new Error("an interpreter was to be there");
  const one = new Interpreter(pyodide, computer.launch("python").process);
  const name = "/tmp/twice";
  one.run(map.replace("/tmp/shared", name));
  one.run(`
memory[:3] = b"abc"
fd = os.open("${name}", os.O_RDWR)
second = mmap.mmap(fd, 16)
`);
  expect(one.run('second[:4] == b"abc" + bytes(1)')).toBe(true);
  one.run('second[3:5] = b"de"');
  one.speak();
  expect(one.run('memory[:5] == b"abcde"')).toBe(true);
});
