/** The lab's files on a side's computer: written where they are not yet as the editor has them, and read back. */
import type { LabFile } from "../../lab-definition/schema.ts";
import { FileError, type Host } from "../../machine/machine.ts";

/** The lab's files on one host. */
export class HostFiles {
  /** Texts as they last were on the host, by their paths. */
  readonly #inPlace = new Map<string, string>();

  /** @param home The folder that the paths are relative to. */
  constructor(readonly home: string) {}

  /** The path of a lab's file, of a path on the host. `undefined` if it lies elsewhere. */
  pathOf(path: string): string | undefined {
    return path.startsWith(`${this.home}/`) ? path.slice(this.home.length + 1) : undefined;
  }

  /** Writes the files that are not there yet as the editor has them. What a shell has changed since stays. */
  async putInPlace(host: Host, files: readonly LabFile[]): Promise<void> {
    for (const file of files) if (this.#inPlace.get(file.path) !== file.text) await this.write(host, file);
  }

  /** Writes a file. Rejects with `FileError`; the next `putInPlace` then tries again. */
  async write(host: Host, { path, text }: LabFile): Promise<void> {
    this.#inPlace.set(path, text);
    try {
      await host.writeFile(`${this.home}/${path}`, text);
    } catch (error) {
      this.#inPlace.delete(path);
      throw error;
    }
  }

  /** A file as it now is on the host. `undefined` if it is gone, or no text. */
  async read(host: Host, path: string): Promise<string | undefined> {
    try {
      const bytes = await host.readFile(`${this.home}/${path}`);
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      this.#inPlace.set(path, text);
      return text;
    } catch (error) {
      if (error instanceof FileError || error instanceof TypeError) return undefined;
      throw error;
    }
  }

  /** Nothing is known to be in place: the host is gone, or its files were put back. */
  forget(): void {
    this.#inPlace.clear();
  }
}
