/** The lab's files on a side's computer: written where they are not yet as the editor has them, and read back. */
import type { LabAsset, LabFile } from "../../lab-definition/schema.ts";
import { FileError, type Host } from "../../machine/machine.ts";

/** The lab's files on one host. */
export class HostFiles {
  /** Texts and bytes as they last were on the host, by their paths. */
  readonly #inPlace = new Map<string, string | Uint8Array>();
  /** Paths that were ever written to it. */
  readonly #written = new Set<string>();

  /** @param home The folder that the paths are relative to. */
  constructor(readonly home: string) {}

  /** The path of a lab's file, of a path on the host. `undefined` if it lies elsewhere. */
  pathOf(path: string): string | undefined {
    return path.startsWith(`${this.home}/`) ? path.slice(this.home.length + 1) : undefined;
  }

  /**
   * Writes the files that are not there yet as the editor has them, and removes those that it has no more. What a shell
   * has changed since stays.
   */
  async putInPlace(host: Host, files: readonly LabFile[], assets: readonly LabAsset[] = []): Promise<void> {
    const wanted = new Set([...files, ...assets].map(({ path }) => path));
    for (const path of [...this.#written]) if (!wanted.has(path)) await this.remove(host, path);
    for (const file of files) if (this.#inPlace.get(file.path) !== file.text) await this.write(host, file);
    for (const asset of assets) if (this.#inPlace.get(asset.path) !== asset.bytes) await this.writeBytes(host, asset);
  }

  /** Removes a file. One that is gone already is no problem. Rejects with `FileError`. */
  async remove(host: Host, path: string): Promise<void> {
    this.#inPlace.delete(path);
    try {
      await host.removeFile(`${this.home}/${path}`);
    } catch (error) {
      if (!(error instanceof FileError && error.errno === "ENOENT")) throw error;
    }
  }

  /** Writes a file as it is. Rejects with `FileError`; the next `putInPlace` then tries again. */
  async writeBytes(host: Host, { path, bytes }: LabAsset): Promise<void> {
    await this.#put(host, path, bytes);
  }

  /** Writes a file. Rejects with `FileError`; the next `putInPlace` then tries again. */
  async write(host: Host, { path, text }: LabFile): Promise<void> {
    await this.#put(host, path, text);
  }

  async #put(host: Host, path: string, content: string | Uint8Array): Promise<void> {
    this.#inPlace.set(path, content);
    this.#written.add(path);
    try {
      await host.writeFile(`${this.home}/${path}`, content);
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

  /** Nothing is known to be in place: its files were put back to what was written, those too that were removed since. */
  forget(): void {
    this.#inPlace.clear();
  }

  /** The host is gone, with all files. */
  hostGone(): void {
    this.#inPlace.clear();
    this.#written.clear();
  }
}
