/** A command line of a side: what stands in it, what was last run, and what is wrong with it. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type CommandProblem, parseCommand, type SplitCommand } from "../command/parse-command-line.ts";

/** A command line that can be edited while its program runs. */
export class EditableCommand {
  readonly #problem: Signal<CommandProblem | undefined> = signal(undefined);
  readonly #started = signal("");
  readonly #edited = signal(false);

  /** What stands in it; it runs at the next start. */
  readonly text: Signal<string>;
  /** What its program was last started with. */
  readonly started: ReadonlySignal<string> = this.#started;
  /** Why it could not be run when that was last tried. */
  readonly problem: ReadonlySignal<CommandProblem | undefined> = this.#problem;
  /** It has been changed since its program started with it: not while that is on its way for the first time. */
  readonly changed: ReadonlySignal<boolean>;
  /** A file was changed after its program started. */
  readonly edited: ReadonlySignal<boolean> = this.#edited;

  /**
   * @param original as the lab's author wrote it
   * @param alive its program is there or on its way
   */
  constructor(
    readonly original: string,
    readonly alive: ReadonlySignal<boolean>,
  ) {
    this.text = signal(original);
    this.changed = computed(() => alive.value && !["", this.text.value].includes(this.#started.value));
  }

  /** The command in it. `undefined` if it cannot be run, and the line says why. */
  check(): SplitCommand | undefined {
    const parsed = parseCommand(this.text.value);
    this.#problem.value = parsed.ok ? undefined : parsed.problem;
    return parsed.ok ? parsed.command : undefined;
  }

  /** What the reader types. A problem that was shown goes away. */
  edit(text: string): void {
    batch(() => {
      this.text.value = text;
      this.#problem.value = undefined;
    });
  }

  /** Its program is about to start, with the command and the files as they stand. */
  begins(): void {
    this.#started.value = this.text.value;
    this.#edited.value = false;
  }

  /** A file was changed. A program that runs has begun with the older one. */
  fileChanged(): void {
    this.#edited.value = this.alive.value;
  }

  /** The change of a file is in use, or nothing runs that could be older. */
  filesInUse(): void {
    this.#edited.value = false;
  }

  /** As at the beginning, but for what stands in it. */
  forget(): void {
    this.#edited.value = false;
    this.#problem.value = undefined;
  }
}
