/** The lab's files, kept the same in the editor and on both sides' computers. */
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { LabAsset, LabFile, SideName } from "../../lab-definition/schema.ts";
import type { Milliseconds } from "../../machine/machine.ts";
import { type BySide, sideNames } from "../basics/sides.ts";
import type { SideSession } from "../side/side-session.ts";

/** A file is written when nothing was typed for this long. */
const writeAfter: Milliseconds = 300;

/** A file that a program has changed, to be taken when the program pauses. */
interface PendingTake {
  readonly take: () => Promise<void>;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** The files of a lab. What is typed is written, and what programs write is shown, each after a pause. */
export class FileSync {
  readonly #sides: BySide<SideSession>;
  readonly #notWritten: (path: string, error: unknown) => void;
  readonly #files: Signal<readonly LabFile[]>;
  readonly #assets: Signal<readonly LabAsset[]>;
  readonly #writing = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #taking = new Map<string, PendingTake>();

  /** As the editor has them. */
  readonly files: ReadonlySignal<readonly LabFile[]>;
  /** Files that no editor shows. */
  readonly assets: ReadonlySignal<readonly LabAsset[]>;

  /** @param notWritten Hears of files that a side's computer has refused. */
  constructor(
    files: readonly LabFile[],
    sides: BySide<SideSession>,
    notWritten: (path: string, error: unknown) => void,
    assets: readonly LabAsset[] = [],
  ) {
    this.#files = signal(files);
    this.files = this.#files;
    this.#assets = signal(assets);
    this.assets = this.#assets;
    this.#sides = sides;
    this.#notWritten = notWritten;
  }

  /** Shows these files instead. Nothing is written. */
  show(files: readonly LabFile[]): void {
    this.#files.value = files;
  }

  /** Changes a file. Servers that run get it as soon as the reader pauses. */
  edit(path: string, text: string): void {
    this.#set(path, text);
    clearTimeout(this.#writing.get(path));
    this.#writing.set(
      path,
      setTimeout(() => void this.write(path), writeAfter),
    );
  }

  /** Adds a file, or takes it in the place of the one that has its path. */
  async put(file: LabFile | LabAsset): Promise<void> {
    const { path } = file;
    const others = this.#files.value.filter((each) => each.path !== path);
    const otherAssets = this.#assets.value.filter((each) => each.path !== path);
    batch(() => {
      this.#files.value = "text" in file ? [...others, file].toSorted(byPath) : others;
      this.#assets.value = "text" in file ? otherAssets : [...otherAssets, file].toSorted(byPath);
    });
    if ("text" in file) await this.#writeTo(sideNames, file);
    else await this.#try(path, () => Promise.all(sideNames.map((side) => this.#sides[side].writeAsset(file))));
  }

  /** Takes a file away, on both sides, too. */
  async remove(path: string): Promise<void> {
    clearTimeout(this.#writing.get(path));
    this.#writing.delete(path);
    batch(() => {
      this.#files.value = this.#files.value.filter((each) => each.path !== path);
      this.#assets.value = this.#assets.value.filter((each) => each.path !== path);
    });
    await this.#try(path, () => Promise.all(sideNames.map((side) => this.#sides[side].removeFile(path))));
  }

  /** Writes at once what was to be written when the reader pauses. */
  async writePending(): Promise<void> {
    const paths = [...this.#writing.keys()];
    for (const timer of this.#writing.values()) clearTimeout(timer);
    await Promise.all(paths.map((path) => this.write(path)));
  }

  /** Writes a file, as the editor has it, to each side that has a server or a shell. */
  async write(path: string): Promise<void> {
    this.#writing.delete(path);
    const file = this.#files.value.find((each) => each.path === path);
    if (file !== undefined) await this.#writeTo(sideNames, file);
  }

  /** A program of a side has changed a file, a shell perhaps. When it pauses, the editor and the other side follow. */
  changedOutside(side: SideName, path: string): void {
    if (!this.#files.value.some((file) => file.path === path)) return;
    const key = `${side} ${path}`;
    clearTimeout(this.#taking.get(key)?.timer);
    const take = () => {
      this.#taking.delete(key);
      return this.#take(side, path);
    };
    this.#taking.set(key, { take, timer: setTimeout(() => void take(), writeAfter) });
  }

  /** Takes now what programs have changed: a server that is about to start starts with it. */
  async takePending(): Promise<void> {
    const pending = [...this.#taking.values()];
    for (const { timer } of pending) clearTimeout(timer);
    await Promise.all(pending.map(({ take }) => take()));
  }

  async #take(side: SideName, path: string): Promise<void> {
    const text = await this.#sides[side].readFile(path);
    const before = this.#files.value.find((file) => file.path === path)?.text;
    // What the reader is typing comes later, and counts.
    if (text === undefined || text === before || this.#writing.has(path)) return;
    // One that was only touched says what it said before, and needs no restart.
    this.#sides[side].fileChanged();
    this.#set(path, text);
    await this.#writeTo(
      sideNames.filter((each) => each !== side),
      { path, text },
    );
  }

  #set(path: string, text: string): void {
    this.#files.value = this.#files.value.map((file) => (file.path === path ? { path, text } : file));
  }

  async #writeTo(sides: readonly SideName[], file: LabFile): Promise<void> {
    await this.#try(file.path, () => Promise.all(sides.map((side) => this.#sides[side].writeFile(file))));
  }

  async #try(path: string, change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
    } catch (error) {
      this.#notWritten(path, error);
    }
  }
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
