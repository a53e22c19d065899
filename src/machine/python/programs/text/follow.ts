/** `tail -f` and `tail -F`: what files grow by, in the order in which it happens. */
import { SyscallError } from "../../kernel/errno.ts";
import type { FileChange, Inode } from "../../kernel/protocol.ts";
import type { System } from "../../native/system.ts";

/** How often what has happened is printed, in milliseconds. */
const pause = 100;

/** A file that is followed. */
interface Followed {
  readonly name: string;
  readonly path: string;
  /** Undefined while there is none. */
  inode: Inode | undefined;
  /** Up to where it was printed. */
  position: number;
}

/** Something to print: of a file, or about one. */
type News =
  | { readonly kind: "text"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: "told"; readonly text: string };

/** What is printed of such files. */
export interface FollowedFiles {
  readonly names: readonly string[];
  /** The name of a file stands before what is of it. */
  readonly titled: boolean;
  /** A file is what has its name (`-F`), and not what had it at the start, wherever that is moved to (`-f`). */
  readonly byName: boolean;
}

/** Prints what files grow by, until a signal ends the process. */
export async function follow(system: System, { names, titled, byName }: FollowedFiles): Promise<never> {
  const watch = new Watch(system, names, byName);
  system.files.onChange = (change) => watch.hear(change);
  let latest = names.at(-1);
  while (true) {
    await system.sleep(pause);
    watch.look();
    for (const news of watch.take()) {
      if (news.kind === "told") {
        await system.complain(news.text);
        continue;
      }
      if (titled && latest !== news.name) await system.print(`\n==> ${news.name} <==\n`);
      latest = news.name;
      await system.write(1, news.bytes);
    }
  }
}

class Watch {
  readonly #files: Followed[];
  #news: News[] = [];

  constructor(
    private readonly system: System,
    names: readonly string[],
    private readonly byName: boolean,
  ) {
    this.#files = names.map((name) => {
      const path = system.path(name);
      const status = system.files.status(path);
      return { name, path, inode: status?.inode, position: status?.size ?? 0 };
    });
  }

  /** A change is seen where it happens: what a file held before it was emptied, or moved, comes before that. */
  hear(change: FileChange): void {
    if (change.kind === "truncate") {
      for (const file of this.#files) if (file.inode === change.inode) this.#shortened(file, change.size);
    } else if (this.byName && change.kind !== "write" && change.kind !== "attributes") {
      for (const file of this.#files) this.#lookAtName(file);
    }
  }

  /** What was written since. */
  look(): void {
    for (const file of this.#files) {
      if (this.byName) this.#lookAtName(file);
      this.#read(file);
    }
  }

  take(): readonly News[] {
    return this.#news.splice(0);
  }

  #shortened(file: Followed, size: number): void {
    if (size >= file.position) return;
    this.#tell(`${file.name}: file truncated`);
    file.position = 0;
  }

  #lookAtName(file: Followed): void {
    const inode = this.system.files.status(file.path)?.inode;
    if (inode === file.inode) return;
    this.#read(file);
    if (inode === undefined) {
      this.#tell(`'${file.name}' has become inaccessible: ${new SyscallError("ENOENT").message}`);
    } else {
      this.#tell(`'${file.name}' has ${file.inode === undefined ? "appeared" : "been replaced"};  following new file`);
    }
    file.inode = inode;
    file.position = 0;
  }

  #read(file: Followed): void {
    const { inode, name, position } = file;
    if (inode === undefined) return;
    let bytes: Uint8Array;
    try {
      bytes = this.system.files.readAt(inode, position);
    } catch (error) {
      // It is gone, and nobody has it open.
      if (!(error instanceof SyscallError)) throw error;
      return;
    }
    if (bytes.length === 0) return;
    file.position += bytes.length;
    this.#news.push({ kind: "text", name, bytes });
  }

  #tell(text: string): void {
    this.#news.push({ kind: "told", text });
  }
}
