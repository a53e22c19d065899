import type { System } from "../../native/system.ts";
import { contentOf, readFile, writeFile } from "./nano-file.ts";
import type { EditorKey } from "./nano-keys.ts";
import { drawn, type NanoView, type ScreenSize, textRows } from "./nano-screen.ts";
import { TextBuffer } from "./text-buffer.ts";

/** How it begins. */
export interface NanoStart {
  readonly file: string | undefined;
  readonly text: string;
  readonly dos: boolean;
  readonly message: string;
  /** From 1. */
  readonly row: number;
  readonly column: number;
  readonly numbers: boolean;
  readonly viewing: boolean;
}

/** A question in the line above the keys. `letters`: the keys that answer it; absent: a text, ended by Enter. */
interface Question {
  readonly label: string;
  text: string;
  readonly letters?: string;
  readonly answer: (text: string) => Promise<void> | void;
}

const editingKeys: NanoView["keys"] = [
  ["^G", "Help"],
  ["^X", "Exit"],
  ["^O", "Write Out"],
  ["^R", "Read File"],
  ["^F", "Where Is"],
  ["^\\", "Replace"],
  ["^K", "Cut"],
  ["^U", "Paste"],
  ["^C", "Location"],
  ["^/", "Go To Line"],
  ["M-U", "Undo"],
  ["M-E", "Redo"],
];
const questionKeys: NanoView["keys"] = [
  ["^C", "Cancel"],
  ["Enter", "Do it"],
];
const choiceKeys: NanoView["keys"] = [
  [" Y", "Yes"],
  [" N", "No"],
  ["^C", "Cancel"],
];
const helpKeys: NanoView["keys"] = [
  ["^X", "Close"],
  ["^V", "Next Page"],
  ["^Y", "Prev Page"],
];

const help = `^F means: hold Ctrl and press F.
M-U means: hold Alt and press U.

^S          Write the file, without a question
^O          Write it, under this name or another
^X          Leave; it asks whether to write what has changed

^F or F6    Look for a text
            (^W closes the tab in most browsers)
M-W         Look for it again
^\\          Replace a text by another
^/          Go to a line
^C          Say where the cursor is

^K          Cut the line; several in a row are kept together
^U          Put back what was cut
M-U, M-E    Undo, redo
^D, Delete  Delete the character behind the cursor
Tab         Four spaces where the file is indented with them,
            otherwise a tab

^A, ^E      Beginning and end of the line
^Y, ^V      A page up, a page down
M-\\, M-/    First line, last line
M-N         Line numbers

What is written here is shown in the editor beside this
shell, and a reloader restarts for it.`;

/** One file under the editor's hands. It draws itself, and takes keys. */
export class NanoSession {
  over = false;
  readonly #buffer: TextBuffer;
  #name: string | undefined;
  #message: string;
  #question: Question | undefined;
  /** The first line of the help that is shown; undefined while it is not. */
  #help: number | undefined;
  #top = 0;
  #size: ScreenSize = { columns: 80, rows: 24 };
  #numbers: boolean;
  #searched = "";
  /** What the file held when it was last read or written. */
  #onDisk: string | undefined;
  readonly #keys: ReadonlyMap<string, () => Promise<void> | void>;

  constructor(
    private readonly system: System,
    private readonly start: NanoStart,
  ) {
    this.#buffer = new TextBuffer(start.text);
    this.#name = start.file;
    this.#message = start.message;
    this.#numbers = start.numbers;
    this.#onDisk = start.file === undefined ? undefined : contentOf(system, start.file);
    this.#buffer.go({ row: start.row - 1, column: start.column - 1 });
    this.#keys = this.#keyTable();
  }

  /** What to print. */
  draw(size: ScreenSize): string {
    this.#size = size;
    const buffer = this.#buffer;
    const { row } = buffer.place;
    const space = textRows(size);
    if (row < this.#top || row >= this.#top + space) this.#top = Math.max(0, row - Math.floor(space / 2));
    const question = this.#question;
    return drawn(
      {
        ...(this.#help === undefined
          ? {
              title: this.#name ?? "New Buffer",
              modified: buffer.modified,
              lines: buffer.lines,
              cursor: buffer.place,
              top: this.#top,
              numbers: this.#numbers,
            }
          : {
              title: "Help",
              modified: false,
              lines: help.split("\n"),
              cursor: { row: this.#help, column: 0 },
              top: this.#help,
              numbers: false,
            }),
        message: this.#message,
        question,
        keys: this.#shownKeys(question),
      },
      size,
    );
  }

  /** Does what a key means. */
  async press(key: EditorKey): Promise<void> {
    this.#message = "";
    if (this.#help !== undefined) this.#help = this.#afterHelp(this.#help, "name" in key ? key.name : "");
    else if (this.#question !== undefined) await this.#toQuestion(this.#question, key);
    else if ("text" in key) this.#edit(() => this.#buffer.insert(key.text));
    else {
      const act = this.#keys.get(key.name);
      if (act !== undefined) await act();
      else if (/^(?:\^|M-)/.test(key.name)) this.#message = `Unbound key: ${key.name}`;
    }
  }

  /** Where the help goes on, or undefined: any key that does not move it closes it. */
  #afterHelp(top: number, name: string): number | undefined {
    const page = textRows(this.#size);
    const steps: Readonly<Record<string, number>> = {
      up: -1,
      down: 1,
      "page-up": -page,
      "^Y": -page,
      "page-down": page,
      "^V": page,
    };
    const step = steps[name];
    if (step === undefined) return undefined;
    return Math.max(0, Math.min(help.split("\n").length - page, top + step));
  }

  #shownKeys(question: Question | undefined): NanoView["keys"] {
    if (this.#help !== undefined) return helpKeys;
    if (question === undefined) return editingKeys;
    return question.letters === undefined ? questionKeys : choiceKeys;
  }

  #keyTable(): ReadonlyMap<string, () => Promise<void> | void> {
    const buffer = this.#buffer;
    const edit = (change: () => void) => () => this.#edit(change);
    const page = () => Math.max(1, textRows(this.#size) - 2);
    const many = (names: string, act: () => Promise<void> | void) =>
      names.split(" ").map((name) => [name, act] as const);
    return new Map<string, () => Promise<void> | void>([
      ...many(
        "enter",
        edit(() => buffer.insert("\n")),
      ),
      ...many(
        "tab",
        edit(() => buffer.insert(this.#indent())),
      ),
      ...many(
        "backspace",
        edit(() => buffer.backspace()),
      ),
      ...many(
        "delete ^D",
        edit(() => buffer.delete()),
      ),
      ...many(
        "^K",
        edit(() => buffer.cutLine() || this.#say("Nothing was cut")),
      ),
      ...many(
        "^U",
        edit(() => buffer.paste() || this.#say("Cutbuffer is empty")),
      ),
      ...many(
        "M-U",
        edit(() => buffer.undo() || this.#say("Nothing to undo")),
      ),
      ...many(
        "M-E",
        edit(() => buffer.redo() || this.#say("Nothing to redo")),
      ),
      ...many("left ^B", () => buffer.left()),
      ...many("right", () => buffer.right()),
      ...many("up ^P", () => buffer.down(-1)),
      ...many("down ^N", () => buffer.down(1)),
      ...many("home ^A", () => buffer.home()),
      ...many("end ^E", () => buffer.end()),
      ...many("page-up ^Y", () => buffer.down(-page())),
      ...many("page-down ^V", () => buffer.down(page())),
      ...many("word-right", () => buffer.word(1)),
      ...many("word-left", () => buffer.word(-1)),
      ...many("first-line M-\\ M-|", () => buffer.go({ row: 0, column: 0 })),
      ...many("last-line M-/ M-?", () => buffer.go({ row: buffer.lines.length - 1, column: Number.MAX_SAFE_INTEGER })),
      ...many("^F ^W F6", () => this.#askSearch()),
      ...many("M-W", () => (this.#searched === "" ? this.#askSearch() : this.#search(this.#searched))),
      ...many("^\\", () => this.#askReplace()),
      ...many("^_", () => this.#askLine()),
      ...many("^C", () => this.#tellPlace()),
      ...many("^G F1", () => {
        this.#help = 0;
      }),
      ...many("M-N", () => {
        this.#numbers = !this.#numbers;
      }),
      ...many("^L", () => {}),
      ...many("^O F3", () => this.#askName(() => {})),
      ...many("^S", () => (this.#name === undefined ? this.#askName(() => {}) : this.#save(this.#name))),
      ...many("^R", () => this.#askFile()),
      ...many("^X F2", () => this.#leave()),
    ]);
  }

  #say(message: string): void {
    this.#message = message;
  }

  #edit(change: () => void): void {
    if (this.start.viewing) this.#say("Nothing is changed in view mode");
    else change();
  }

  #indent(): string {
    return this.#buffer.lines.some((line) => /^ {2,}\S/.test(line)) ? "    " : "\t";
  }

  // Questions.

  async #toQuestion(question: Question, key: EditorKey): Promise<void> {
    if ("text" in key) {
      if (question.letters === undefined) question.text += key.text;
      else if (question.letters.includes(key.text.toLowerCase())) await this.#answer(question, key.text.toLowerCase());
      return;
    }
    if (key.name === "^C" || key.name === "^G" || key.name === "^X") {
      this.#question = undefined;
      this.#say("Cancelled");
    } else if (question.letters !== undefined) return;
    else if (key.name === "enter") await this.#answer(question, question.text);
    else if (key.name === "backspace") question.text = [...question.text].slice(0, -1).join("");
    else if (key.name === "^U" || key.name === "^K") question.text = "";
  }

  async #answer(question: Question, text: string): Promise<void> {
    this.#question = undefined;
    await question.answer(text);
  }

  #ask(label: string, text: string, answer: Question["answer"]): void {
    this.#question = { label, text, answer };
  }

  #askWhether(label: string, answer: (yes: boolean) => Promise<void> | void): void {
    this.#question = { label, text: "", letters: "yn", answer: (letter) => answer(letter === "y") };
  }

  // The file.

  #leave(): void {
    if (!this.#buffer.modified) {
      this.over = true;
      return;
    }
    this.#askWhether("Save modified buffer? Y or N", (yes) => {
      if (yes) this.#askName(() => this.#end());
      else this.over = true;
    });
  }

  #end(): void {
    this.over = true;
  }

  #askName(then: () => void): void {
    if (this.start.viewing) {
      this.#say("Nothing is changed in view mode");
      return;
    }
    this.#ask("File Name to Write", this.#name ?? "", async (name) => {
      if (name === "") this.#say("Cancelled");
      else if (name !== this.#name && contentOf(this.system, name) !== undefined) {
        this.#askWhether(`File "${name}" exists; OVERWRITE? Y or N`, (yes) =>
          yes ? this.#write(name, then) : undefined,
        );
      } else await this.#save(name, then);
    });
  }

  /** Writes, unless the file is no longer what was read: then it asks first. */
  async #save(name: string, then: () => void = () => {}): Promise<void> {
    const isOther = name === this.#name && contentOf(this.system, name) !== this.#onDisk;
    if (!isOther) await this.#write(name, then);
    else {
      this.#askWhether("File on disk has changed meanwhile; OVERWRITE it? Y or N", (yes) =>
        yes ? this.#write(name, then) : undefined,
      );
    }
  }

  async #write(name: string, then: () => void): Promise<void> {
    const { message, written } = await writeFile(this.system, name, this.#buffer.text, this.start.dos);
    this.#say(message);
    if (!written) return;
    this.#name = name;
    this.#onDisk = contentOf(this.system, name);
    this.#buffer.wasSaved();
    then();
  }

  #askFile(): void {
    this.#ask("File to insert", "", (name) => {
      const read = readFile(this.system, name);
      if ("why" in read) this.#say(read.why);
      else if (read.message === "New File") this.#say(`"${name}" not found`);
      else {
        this.#edit(() => this.#buffer.insert(read.text));
        this.#say(read.message);
      }
    });
  }

  // Places.

  #askSearch(): void {
    this.#ask(this.#searched === "" ? "Search" : `Search [${this.#searched}]`, "", (text) =>
      this.#search(text || this.#searched),
    );
  }

  #search(text: string): void {
    if (text === "") return;
    this.#searched = text;
    const before = this.#buffer.place;
    const found = this.#buffer.find(text);
    if (found === undefined) {
      this.#say(`"${text}" not found`);
      return;
    }
    const isSame = found.row === before.row && found.column === before.column;
    const isBack = found.row < before.row || (found.row === before.row && found.column < before.column);
    this.#say(isSame ? "This is the only occurrence" : isBack ? "Search Wrapped" : "");
    this.#buffer.go(found);
  }

  #askReplace(): void {
    if (this.start.viewing) {
      this.#say("Nothing is changed in view mode");
      return;
    }
    this.#ask("Search (to replace)", "", (text) => {
      if (text !== "") this.#ask("Replace with", "", (other) => this.#replaceAll(text, other));
    });
  }

  /** All of them, from the beginning on. */
  #replaceAll(text: string, other: string): void {
    const buffer = this.#buffer;
    const looked = text.toLowerCase();
    let count = 0;
    for (let row = 0; row < buffer.lines.length; row += 1) {
      for (let from = 0; ; ) {
        const column = (buffer.lines[row] ?? "").toLowerCase().indexOf(looked, from);
        if (column === -1) break;
        buffer.go({ row, column });
        buffer.replace(text.length, other);
        from = column + other.length;
        count += 1;
      }
    }
    this.#say(count === 0 ? `"${text}" not found` : `Replaced ${count} occurrence${count === 1 ? "" : "s"}`);
  }

  #askLine(): void {
    this.#ask("Enter line number, column number", "", (text) => {
      const [, row, column = "1"] = /^\s*(\d+)(?:\s*,\s*(\d+))?\s*$/.exec(text) ?? [];
      if (row === undefined) this.#say("Invalid line or column number");
      else this.#buffer.go({ row: Number(row) - 1, column: Number(column) - 1 });
    });
  }

  #tellPlace(): void {
    const { row, column } = this.#buffer.place;
    const { lines } = this.#buffer;
    const length = lines[row]?.length ?? 0;
    this.#say(`line ${row + 1}/${lines.length}, col ${column + 1}/${length + 1}`);
  }
}
