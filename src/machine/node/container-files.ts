/** The files of one host: a folder of the container. */
import type { FileSystemAPI } from "@webcontainer/api";
import { FileError } from "../machine.ts";
import { Listeners } from "../observable-value.ts";

/** Where a host's programs are at home, as the lab knows it. It is the host's folder itself. */
const home = "/home/student";
/** Where everything else goes. */
const elsewhere = ".root";

/** Files of a host. Paths are the host's own, absolute. */
export class ContainerFiles {
  readonly changes = new Listeners<string>();
  readonly #fs: FileSystemAPI;
  readonly #folder: string;
  /** What the page wrote, by path. */
  readonly #written = new Map<string, string | Uint8Array>();
  readonly #stopWatching: () => void;

  private constructor(fs: FileSystemAPI, folder: string) {
    this.#fs = fs;
    this.#folder = folder;
    const watcher = fs.watch(folder, { recursive: true }, (_, name) => {
      const relative = typeof name === "string" ? name : new TextDecoder().decode(name);
      void this.#changed(this.#pathOf(relative));
    });
    this.#stopWatching = () => watcher.close();
  }

  static async open(fs: FileSystemAPI, folder: string): Promise<ContainerFiles> {
    await fs.mkdir(folder, { recursive: true });
    return new ContainerFiles(fs, folder);
  }

  /** The place in the container, relative to its working directory, of a path of the host. */
  place(path: string): string {
    const normal = new URL(path, "file:///").pathname.replace(/\/+$/, "");
    const decoded = decodeURIComponent(normal);
    if (decoded === home) return this.#folder;
    if (decoded.startsWith(`${home}/`)) return this.#folder + decoded.slice(home.length);
    return `${this.#folder}/${elsewhere}${decoded}`;
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    this.#written.set(path, content);
    await this.#put(path, content);
  }

  async read(path: string): Promise<Uint8Array> {
    try {
      return await this.#fs.readFile(this.place(path));
    } catch (error) {
      throw fileError(path, error);
    }
  }

  async remove(path: string): Promise<void> {
    this.#written.delete(path);
    try {
      await this.#fs.rm(this.place(path), { recursive: true });
    } catch (error) {
      throw fileError(path, error);
    }
  }

  /** Paths of all files below a folder, sorted. A folder that does not exist has none. */
  async list(folder: string): Promise<readonly string[]> {
    const found: string[] = [];
    const look = async (path: string) => {
      const entries = await this.#fs.readdir(this.place(path), { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const below = `${path.replace(/\/$/, "")}/${entry.name}`;
        if (entry.isDirectory()) await look(below);
        else found.push(below);
      }
    };
    await look(folder);
    return found.sort();
  }

  /** Puts every file back to what the page last wrote, and takes away the others. */
  async restore(): Promise<void> {
    for (const path of await this.list(home)) {
      if (!this.#written.has(path)) await this.#fs.rm(this.place(path), { force: true });
    }
    for (const [path, content] of this.#written) await this.#put(path, content);
  }

  dispose(): void {
    this.#stopWatching();
  }

  async #put(path: string, content: string | Uint8Array): Promise<void> {
    const place = this.place(path);
    try {
      const slash = place.lastIndexOf("/");
      await this.#fs.mkdir(place.slice(0, slash), { recursive: true });
      await this.#fs.writeFile(place, content);
    } catch (error) {
      throw fileError(path, error);
    }
  }

  /** The page's own writes are no news. */
  async #changed(path: string): Promise<void> {
    const written = this.#written.get(path);
    const now = await this.read(path).catch(() => undefined);
    if (now !== undefined && written !== undefined && sameContent(now, written)) return;
    this.changes.emit(path);
  }

  #pathOf(relative: string): string {
    const slashed = relative.startsWith("/") ? relative : `/${relative}`;
    return slashed.startsWith(`/${elsewhere}/`) ? slashed.slice(elsewhere.length + 1) : home + slashed;
  }
}

function sameContent(now: Uint8Array, written: string | Uint8Array): boolean {
  const bytes = typeof written === "string" ? new TextEncoder().encode(written) : written;
  return now.length === bytes.length && now.every((byte, index) => byte === bytes[index]);
}

function fileError(path: string, error: unknown): FileError {
  const message = error instanceof Error ? error.message : String(error);
  return new FileError(path, /\bE[A-Z]{3,}\b/.exec(message)?.[0] ?? message);
}
