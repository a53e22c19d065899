import type { IFileSystem } from "just-bash/browser";
import { SyscallError } from "../../kernel/errno.ts";
import type { FileStatus } from "../../kernel/files/files.ts";
import { descriptorOfPath } from "../../native/descriptor-paths.ts";
import { resolvePath } from "../../native/file-tree.ts";
import type { System } from "../../native/system.ts";

type Stat = Awaited<ReturnType<IFileSystem["stat"]>>;
type Content = Parameters<IFileSystem["writeFile"]>[1];
type Encoding = Parameters<IFileSystem["writeFile"]>[2];
/** A text each of whose characters is a byte. */
type ByteString = Awaited<ReturnType<NonNullable<IFileSystem["readFileBytes"]>>>;

/**
 * A host's files, as just-bash's commands want them. What cannot be done throws with the name of the error first, as
 * they expect.
 */
export class JustBashFiles implements IFileSystem {
  constructor(private readonly system: System) {}

  async readFile(path: string, options?: Parameters<IFileSystem["readFile"]>[1]): Promise<string> {
    const bytes = await this.readFileBuffer(path);
    return isBinary(options) ? latin1(bytes) : new TextDecoder().decode(bytes);
  }

  async readFileBytes(path: string): Promise<ByteString> {
    return asBytes(latin1(await this.readFileBuffer(path)));
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    if (path === "/dev/null") return new Uint8Array();
    const own = descriptorOfPath(path);
    if (own !== undefined && this.system.descriptors.has(own)) return this.system.readAll(own);
    return attempt("open", path, () => this.system.files.read(path));
  }

  async writeFile(path: string, content: Content, options?: Encoding): Promise<void> {
    this.#write(path, bytesOf(content, options), "whole");
  }

  async appendFile(path: string, content: Content, options?: Encoding): Promise<void> {
    this.#write(path, bytesOf(content, options), "append");
  }

  #write(path: string, bytes: Uint8Array, how: "whole" | "append"): void {
    if (path === "/dev/null") return;
    const { files, umask } = this.system;
    attempt("open", path, () => {
      const inode = files.fileForWriting(path, 0o666 & ~umask);
      if (how === "whole") files.truncate(inode);
      files.write(inode, how === "whole" ? 0 : "end", bytes);
    });
  }

  async exists(path: string): Promise<boolean> {
    return path === "/dev/null" || descriptorOfPath(path) !== undefined || this.system.files.status(path) !== undefined;
  }

  async stat(path: string): Promise<Stat> {
    return this.#stat(path, "follow");
  }

  async lstat(path: string): Promise<Stat> {
    return this.#stat(path, "keep");
  }

  #stat(path: string, last: "follow" | "keep"): Stat {
    const status = this.system.files.status(path, last);
    if (status === undefined) throw new Error(`ENOENT: no such file or directory, stat '${path}'`);
    return statOf(status);
  }

  async mkdir(path: string, options?: { recursive?: boolean }): Promise<void> {
    const { files, umask } = this.system;
    const parts = path.split("/").filter((part) => part !== "");
    attempt("mkdir", path, () => {
      if (!options?.recursive) {
        files.create(path, "directory", 0o777 & ~umask);
        return;
      }
      for (let length = 1; length <= parts.length; length += 1) {
        const folder = `/${parts.slice(0, length).join("/")}`;
        if (!files.isFolder(folder)) files.create(folder, "directory", 0o777 & ~umask);
      }
    });
  }

  async readdir(path: string): Promise<string[]> {
    return attempt("scandir", path, () => this.system.files.names(path));
  }

  async readdirWithFileTypes(path: string) {
    const names = await this.readdir(path);
    return names.map((name) => {
      const type = this.system.files.status(`${path}/${name}`, "keep")?.type;
      return { name, isFile: type === "file", isDirectory: type === "directory", isSymbolicLink: type === "symlink" };
    });
  }

  async rm(path: string, options?: { recursive?: boolean; force?: boolean }): Promise<void> {
    const { files } = this.system;
    const status = files.status(path, "keep");
    if (status === undefined && options?.force) return;
    attempt("rm", path, () => {
      if (status?.type === "directory" && options?.recursive) this.#empty(path);
      files.unlink(path);
    });
  }

  #empty(folder: string): void {
    const { files } = this.system;
    for (const name of files.names(folder)) {
      const path = `${folder}/${name}`;
      if (files.status(path, "keep")?.type === "directory") this.#empty(path);
      files.unlink(path);
    }
  }

  async cp(from: string, to: string, options?: { recursive?: boolean }): Promise<void> {
    if (!this.system.files.isFolder(from)) {
      await this.writeFile(to, await this.readFileBuffer(from));
      return;
    }
    if (!options?.recursive) throw new Error(`EISDIR: illegal operation on a directory, cp '${from}'`);
    await this.mkdir(to, { recursive: true });
    for (const name of await this.readdir(from)) await this.cp(`${from}/${name}`, `${to}/${name}`, options);
  }

  async mv(from: string, to: string): Promise<void> {
    attempt("rename", from, () => this.system.files.rename(from, to));
  }

  resolvePath(base: string, path: string): string {
    return resolvePath(base, path);
  }

  getAllPaths(): string[] {
    const paths: string[] = [];
    const walk = (folder: string): void => {
      for (const name of this.system.files.names(folder === "" ? "/" : folder)) {
        const path = `${folder}/${name}`;
        paths.push(path);
        if (this.system.files.status(path, "keep")?.type === "directory") walk(path);
      }
    };
    walk("");
    return paths;
  }

  async chmod(path: string, mode: number): Promise<void> {
    const status = this.system.files.status(path);
    if (status === undefined) throw new Error(`ENOENT: no such file or directory, chmod '${path}'`);
    this.system.files.setMode(status.inode, mode);
  }

  async symlink(target: string, path: string): Promise<void> {
    attempt("symlink", path, () => this.system.files.link(path, target));
  }

  async link(from: string, to: string): Promise<void> {
    attempt("link", to, () => this.system.files.addName(from, to));
  }

  async readlink(path: string): Promise<string> {
    const status = this.system.files.status(path, "keep");
    if (status?.target !== undefined) return status.target;
    throw new Error(
      `${status === undefined ? "ENOENT: no such file or directory" : "EINVAL: invalid argument"}, readlink '${path}'`,
    );
  }

  async realpath(path: string): Promise<string> {
    return this.#real(path, 0);
  }

  #real(path: string, links: number): string {
    if (links > 40) throw new Error(`ELOOP: too many symbolic links, realpath '${path}'`);
    const parts = path.split("/").filter((part) => part !== "");
    for (let length = 1; length <= parts.length; length += 1) {
      const here = `/${parts.slice(0, length).join("/")}`;
      const status = this.system.files.status(here, "keep");
      if (status === undefined) throw new Error(`ENOENT: no such file or directory, realpath '${path}'`);
      if (status.target === undefined) continue;
      const folder = here.slice(0, here.lastIndexOf("/")) || "/";
      return this.#real(`${resolvePath(folder, status.target)}/${parts.slice(length).join("/")}`, links + 1);
    }
    return `/${parts.join("/")}`;
  }

  async utimes(path: string, _accessed: Date, modified: Date): Promise<void> {
    const status = this.system.files.status(path);
    if (status === undefined) throw new Error(`ENOENT: no such file or directory, utimes '${path}'`);
    this.system.files.touch(status.inode, modified.getTime());
  }
}

function statOf({ type, mode, size, mtime, inode }: FileStatus): Stat {
  return {
    isFile: type === "file",
    isDirectory: type === "directory",
    isSymbolicLink: type === "symlink",
    mode,
    size: type === "directory" ? 4096 : size,
    mtime: new Date(mtime),
    ino: inode,
    dev: 1,
  };
}

function attempt<T>(what: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    throw new Error(`${error.errno}: ${error.message.toLowerCase()}, ${what} '${path}'`);
  }
}

function isBinary(options: Parameters<IFileSystem["readFile"]>[1]): boolean {
  const encoding = typeof options === "object" ? options?.encoding : options;
  return encoding === "binary" || encoding === "latin1";
}

function bytesOf(content: Content, options: Encoding): Uint8Array {
  if (typeof content !== "string") return content;
  return isBinary(options) ? fromLatin1(content) : new TextEncoder().encode(content);
}

/** A text each of whose characters is a byte. */
export function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join("");
}

/** The bytes of a text in which each character stands for one. */
export function fromLatin1(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** just-bash marks such texts by a type of its own, which it does not export. */
function asBytes(text: unknown): ByteString {
  if (!isByteString(text)) throw new RangeError("A text of bytes has a character above 255.");
  return text;
}

function isByteString(text: unknown): text is ByteString {
  return typeof text === "string" && /^[\0-\xff]*$/.test(text);
}
