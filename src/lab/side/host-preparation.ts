/** What has to be done on a side's computer before its programs start, each step once. */
import type { LabFile } from "../../lab-definition/schema.ts";
import type { ExitStatus } from "../../machine/machine.ts";
import { parseCommand, type SplitCommand } from "../command/parse-command-line.ts";

/** The lab's file that lists packages, as pip reads it. */
const requirementsFile = "requirements.txt";

/** Runs a step, and shows it. `undefined`: nobody waits for it any more. */
export type PreparationStep = (line: string, command: SplitCommand) => Promise<ExitStatus | undefined>;

/** The preparation of one host. */
export class HostPreparation {
  /** Undefined: what the lab's own files ask for. */
  #lines: readonly string[] | undefined;
  /** Steps that have run. */
  readonly #done = new Set<string>();
  /** Settles when those who asked before have been served. */
  #before: Promise<unknown> = Promise.resolve();

  /** @param usual what runs after pip */
  constructor(readonly usual: readonly string[] = []) {}

  /** These command lines run, instead of pip with what `requirements.txt` asks for and what usually follows. */
  runs(lines: readonly string[]): void {
    this.#lines = lines;
  }

  /** The host is another one, or as it was at the beginning. */
  forget(): void {
    this.#done.clear();
  }

  /**
   * Runs what has not been run yet, one who asks after another.
   *
   * @returns the line that failed, after which nothing else is run; `undefined` if everything is done
   */
  run(files: readonly LabFile[], step: PreparationStep): Promise<string | undefined> {
    const mine = this.#before.then(() => this.#run(files, step));
    this.#before = mine.catch(() => {});
    return mine;
  }

  async #run(files: readonly LabFile[], run: PreparationStep): Promise<string | undefined> {
    const requirements = files.find(({ path }) => path === requirementsFile)?.text;
    const packages = requirements === undefined ? [] : [`pip install -r ${requirementsFile}`];
    for (const line of this.#lines ?? [...packages, ...this.usual]) {
      const parsed = parseCommand(line);
      // What a line reads may have changed since it ran.
      const step = `${line}\n${requirements ?? ""}`;
      if (this.#done.has(step) || !parsed.ok) continue;
      const status = await run(line, parsed.command);
      if (status?.kind !== "exited" || status.code !== 0) return line;
      this.#done.add(step);
    }
    return undefined;
  }
}
