import headless from "@xterm/headless";
import { describe, expect, test } from "vitest";
import { settled } from "../../../../testing/virtual-clock.ts";
import { NativeComputer } from "../../native/testing/native-computer.ts";

const columns = 60;
const rows = 12;

/** Nano on a terminal of its own, with what that shows. */
class Editing {
  readonly #screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  readonly #running: ReturnType<NativeComputer["start"]>;

  constructor(computer: NativeComputer, ...args: string[]) {
    this.#running = computer.start("nano", ...args);
    this.#running.terminal.resize({ columns, rows });
    this.#running.terminal.onOutput((bytes) => this.#screen.write(bytes));
  }

  get exit() {
    return this.#running.exit;
  }

  type(keys: string): void {
    this.#running.terminal.input(new TextEncoder().encode(keys));
  }

  /** Waits until the screen holds this; all of it. */
  async sees(text: string | RegExp): Promise<string> {
    for (let turn = 0; turn < 500; turn += 1) {
      const shown = this.rows.join("\n");
      if (typeof text === "string" ? shown.includes(text) : text.test(shown)) return shown;
      await settled();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`Never saw ${text}:\n${this.rows.join("\n")}`);
  }

  get rows(): string[] {
    const { active } = this.#screen.buffer;
    return Array.from(
      { length: rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? "",
    );
  }

  get cursor(): { row: number; column: number } {
    const { cursorX, cursorY } = this.#screen.buffer.active;
    return { row: cursorY, column: cursorX };
  }
}

const ctrl = (letter: string) => String.fromCharCode(letter.charCodeAt(0) & 0x1f);

function opened(text: string | Uint8Array, ...args: string[]): { computer: NativeComputer; nano: Editing } {
  const computer = new NativeComputer();
  computer.write("app.py", text);
  return { computer, nano: new Editing(computer, "app.py", ...args) };
}

describe("nano", () => {
  test("opens, edits, saves and leaves, and others see the file", async () => {
    const { computer, nano } = opened("one\ntwo\nthree\n");
    expect((await nano.sees("[ Read 3 lines ]")).split("\n").slice(0, 4)).toEqual([
      expect.stringContaining("app.py"),
      "one",
      "two",
      "three",
    ]);
    nano.type("\x1b[B\x1b[Fx\ry");
    await nano.sees(/^one\ntwox\ny\nthree$/m);
    expect(nano.cursor).toEqual({ row: 3, column: 1 });
    expect(nano.rows[0]).toContain("Modified");
    nano.type(ctrl("O"));
    await nano.sees("File Name to Write: app.py");
    nano.type("\r");
    await nano.sees("[ Wrote 4 lines ]");
    expect(computer.read("app.py")).toBe("one\ntwox\ny\nthree\n");
    nano.type(ctrl("X"));
    expect(await nano.exit).toEqual({ kind: "exited", code: 0 });
  });

  test("asks before it loses what has changed", async () => {
    const { computer, nano } = opened("one\n");
    await nano.sees("Read 1 line");
    nano.type(`new ${ctrl("X")}`);
    await nano.sees("Save modified buffer? Y or N");
    nano.type(ctrl("C"));
    await nano.sees("[ Cancelled ]");
    nano.type(`${ctrl("X")}n`);
    await nano.exit;
    expect(computer.read("app.py")).toBe("one\n");
  });

  test("makes a new file, under the name that it is given", async () => {
    const computer = new NativeComputer();
    const nano = new Editing(computer);
    await nano.sees("New Buffer");
    nano.type(`print(1)${ctrl("X")}y`);
    await nano.sees("File Name to Write:");
    nano.type("made.py\r");
    expect(await nano.exit).toEqual({ kind: "exited", code: 0 });
    // A last line is ended.
    expect(computer.read("made.py")).toBe("print(1)\n");
  });

  test("cuts lines together, puts them back, and takes changes back", async () => {
    const { nano } = opened("a\nb\nc\nd\n");
    await nano.sees("Read 4 lines");
    nano.type(`${ctrl("K")}${ctrl("K")}`);
    await nano.sees(/^c\nd$/m);
    nano.type(`\x1b[B${ctrl("U")}`);
    await nano.sees(/^c\na\nb\nd$/m);
    nano.type("\x1bu\x1bu\x1bu");
    await nano.sees(/^a\nb\nc\nd$/m);
    nano.type("\x1be");
    await nano.sees(/^b\nc\nd$/m);
  });

  test("looks for a text, around the end, and replaces it", async () => {
    const { nano } = opened("port = 80\nhost = 1\nPort = 81\n");
    await nano.sees("Read 3 lines");
    nano.type(`${ctrl("F")}port\r`);
    await nano.sees(/line|Where Is/);
    await expect.poll(() => nano.cursor).toEqual({ row: 3, column: 0 });
    nano.type("\x1bw");
    await nano.sees("[ Search Wrapped ]");
    nano.type(`${ctrl("F")}nowhere\r`);
    await nano.sees('[ "nowhere" not found ]');
    nano.type("\x1c80\r");
    await nano.sees("Replace with");
    nano.type("5000\r");
    await nano.sees("[ Replaced 1 occurrence ]");
    await nano.sees("port = 5000");
  });

  test("goes to a line, says where it is, and has a page of help", async () => {
    const { nano } = opened(Array.from({ length: 50 }, (_, index) => `line ${index + 1}\n`).join(""), "+30");
    await nano.sees(/^line 30$/m);
    nano.type(`\x1f45,3\r${ctrl("C")}`);
    await nano.sees("[ line 45/51, col 3/8 ]");
    nano.type(ctrl("G"));
    await nano.sees("^F means: hold Ctrl and press F");
    nano.type(`${ctrl("V")}${ctrl("V")}${ctrl("V")}${ctrl("V")}`);
    await nano.sees("shell, and a reloader restarts for it.");
    nano.type(ctrl("X"));
    await nano.sees(/^line 45$/m);
    nano.type(ctrl("Y"));
    await nano.sees(/^line 39$/m);
  });

  test("asks when another has written the file meanwhile", async () => {
    const { computer, nano } = opened("one\n");
    await nano.sees("Read 1 line");
    computer.write("app.py", "from the editor pane\n");
    nano.type(`x${ctrl("S")}`);
    await nano.sees("File on disk has changed meanwhile; OVERWRITE it? Y or N");
    nano.type("n");
    await nano.sees(/^xone$/m);
    expect(computer.read("app.py")).toBe("from the editor pane\n");
    nano.type(`${ctrl("S")}y`);
    await nano.sees("[ Wrote 1 line ]");
    expect(computer.read("app.py")).toBe("xone\n");
  });

  test("keeps the line ends of Windows, and says so", async () => {
    const { computer, nano } = opened("one\r\ntwo\r\n");
    await nano.sees("(converted from DOS format)");
    nano.type(`0${ctrl("S")}`);
    await nano.sees("[ Wrote 2 lines ]");
    expect(computer.read("app.py")).toBe("0one\r\ntwo\r\n");
  });

  test("shows lines that are wider than the terminal, tabs, and characters of two columns", async () => {
    const { nano } = opened(`${"0123456789".repeat(10)}\n\tx\n日本\n`);
    const shown = await nano.sees("Read 3 lines");
    expect(shown.split("\n").slice(1, 4)).toEqual([`${"0123456789".repeat(10).slice(0, 59)}>`, "        x", "日本"]);
    nano.type("\x1b[F");
    await nano.sees(/^<.*9$/m);
    nano.type("\x1b[B\x1b[B\x1b[Dé");
    await nano.sees("日é本");
  });

  test("indents with spaces where the file does", async () => {
    const { nano } = opened("def f():\n    pass\n");
    await nano.sees("Read 2 lines");
    nano.type("\x1b[6~\tx");
    await nano.sees(/^ {4}x$/m);
  });

  test("changes nothing in view mode", async () => {
    const { nano } = opened("one\n", "-v");
    await nano.sees("Read 1 line");
    nano.type("x");
    await nano.sees("[ Nothing is changed in view mode ]");
    nano.type(ctrl("X"));
    expect(await nano.exit).toEqual({ kind: "exited", code: 0 });
  });

  test.each([
    ["nano /tmp", 'nano: "/tmp" is a directory'],
    ["nano bytes", "nano: bytes is not text in UTF-8"],
    ["nano zero", "nano: zero is a binary file"],
    ["nano -Y app.py", "nano: -Y is unknown here"],
    ["nano a b", "nano: one file at a time, here"],
    ["echo x | nano app.py", "nano: it edits at a terminal"],
    ["nano app.py > out; cat out", "nano: it edits at a terminal"],
    ["vim app.py", "vim: not on this machine: nano FILE edits at this terminal"],
  ])("says what is wrong: %s", async (line, message) => {
    const computer = new NativeComputer();
    computer.write("app.py", "");
    computer.write("bytes", new Uint8Array([0x66, 0xff, 0xfe]));
    computer.write("zero", "a\0b");
    expect((await computer.sh(line)).output).toContain(message);
  });

  test("cannot write where there is no folder, and stays", async () => {
    const computer = new NativeComputer();
    const nano = new Editing(computer, "no/such.py");
    await nano.sees("[ New File ]");
    nano.type(`x${ctrl("S")}`);
    await nano.sees("[ Error writing no/such.py: No such file or directory ]");
    nano.type(ctrl("X"));
    await nano.sees("Save modified buffer?");
  });

  test("gives the terminal back when it is ended", async () => {
    const computer = new NativeComputer();
    computer.write("app.py", "x\n");
    const shell = computer.start("sh", "-c", "nano app.py; echo back");
    while (!shell.shown().includes("Read 1 line")) await new Promise((resolve) => setTimeout(resolve, 2));
    await computer.sh("pkill nano");
    await shell.exit;
    expect(shell.shown()).toContain("\x1b[?1049lback\n");
  });
});
