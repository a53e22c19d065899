/** `gzip`, `gunzip` and `zcat`. */
import { gunzipSync, gzipSync } from "fflate";
import { SyscallError } from "../../kernel/errno.ts";
import type { System } from "../../native/system.ts";
import { type Options, withOptions } from "../options.ts";

const known = {
  flags: "cdfklnNqrtvh123456789",
  values: "S",
  long: {
    stdout: "c",
    "to-stdout": "c",
    decompress: "d",
    uncompress: "d",
    force: "f",
    keep: "k",
    list: "l",
    quiet: "q",
    recursive: "r",
    test: "t",
    verbose: "v",
    best: "9",
    fast: "1",
    suffix: "S",
  },
};

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

class Compression {
  readonly #unpacks: boolean;
  readonly #toOutput: boolean;
  readonly #level: (typeof levels)[number];

  constructor(
    private readonly system: System,
    private readonly flags: ReadonlySet<string>,
  ) {
    this.#unpacks = flags.has("d") || flags.has("t") || flags.has("l") || system.name !== "gzip";
    this.#toOutput = flags.has("c") || system.name === "zcat";
    this.#level = levels.find((level) => flags.has(String(level))) ?? 6;
  }

  /** The status: 1 where something could not be done, 2 where it was left. */
  async one(name: string): Promise<number> {
    const { system, flags } = this;
    if (name === "-") return this.#stream();
    const shown =
      this.#unpacks && !/\.gz$/.test(name) && system.files.status(system.path(name)) === undefined
        ? `${name}.gz`
        : name;
    const path = system.path(shown);
    const status = system.files.status(path);
    if (status === undefined) return this.#fails(`${this.#unpacks ? shown : name}: No such file or directory`);
    if (status.type === "directory") return this.#leaves(`${name} is a directory -- ignored`);
    const bytes = system.files.read(path);
    if (this.#unpacks && !/\.(?:gz|tgz|z)$/i.test(shown) && !this.#toOutput && !flags.has("t") && !flags.has("l")) {
      return this.#leaves(`${shown}: unknown suffix -- ignored`);
    }
    if (!this.#unpacks && /\.gz$/.test(shown) && !flags.has("f")) {
      return this.#leaves(`${shown} already has .gz suffix -- unchanged`);
    }
    const result = this.#changed(bytes, flags.has("n") ? undefined : shown.replace(/^.*\//s, ""));
    if (result === undefined) return this.#fails(`${shown}: not in gzip format`);
    if (flags.has("t")) return 0;
    if (flags.has("l")) return this.#list(shown, bytes, result);
    if (this.#toOutput) {
      await system.write(1, result);
      return 0;
    }
    return this.#store(shown, path, result, status.mode);
  }

  async #stream(): Promise<number> {
    const result = this.#changed(await this.system.readAll(0));
    if (result === undefined) return this.#fails("stdin: not in gzip format");
    if (!this.flags.has("t")) await this.system.write(1, result);
    return 0;
  }

  #changed(bytes: Uint8Array, name?: string): Uint8Array | undefined {
    if (!this.#unpacks)
      return gzipSync(bytes, { level: this.#level, ...(name === undefined ? {} : { filename: name }) });
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return this.#toOutput && this.flags.has("f") ? bytes : undefined;
    try {
      return gunzipSync(bytes);
    } catch {
      return undefined;
    }
  }

  async #list(name: string, packed: Uint8Array, plain: Uint8Array): Promise<number> {
    const ratio = plain.length === 0 ? 0 : (1 - packed.length / plain.length) * 100;
    await this.system.print(
      `         compressed        uncompressed  ratio uncompressed_name\n${String(packed.length).padStart(19)} ${String(plain.length).padStart(19)} ${ratio.toFixed(1).padStart(5)}% ${name.replace(/\.gz$/, "")}\n`,
    );
    return 0;
  }

  async #store(name: string, path: string, result: Uint8Array, mode: number): Promise<number> {
    const { system, flags } = this;
    const renamed = (text: string) =>
      this.#unpacks ? text.replace(/\.tgz$/, ".tar").replace(/\.(?:gz|z)$/i, "") : `${text}.gz`;
    const target = renamed(path);
    if (system.files.status(target) !== undefined && !flags.has("f")) {
      return this.#leaves(`${renamed(name)} already exists;\tnot overwritten`);
    }
    const inode = system.files.fileForWriting(target);
    system.files.truncate(inode);
    if (result.length > 0) system.files.write(inode, 0, result);
    system.files.setMode(inode, mode);
    if (!flags.has("k")) system.files.unlink(path);
    system.flush();
    if (flags.has("v"))
      await system.write(2, `${name}:\t -- ${flags.has("k") ? "created" : "replaced with"} ${renamed(name)}\n`);
    return 0;
  }

  async #fails(message: string): Promise<number> {
    await this.#say(message);
    return 1;
  }

  async #leaves(message: string): Promise<number> {
    if (!this.flags.has("q")) await this.#say(message);
    return 2;
  }

  /** All of them speak as gzip. */
  async #say(message: string): Promise<void> {
    await this.system.write(2, `gzip: ${message}\n`);
  }
}

/** `gzip [-c] [-d] [-k] [-l] [-t] [FILE]…`, `gunzip`, `zcat` */
export const gzip = withOptions(known, async (system, { flags, operands }: Options) => {
  const compression = new Compression(system, flags);
  let status = 0;
  for (const name of operands.length > 0 ? operands : ["-"]) {
    try {
      const one = await compression.one(name);
      if (one !== 0 && status !== 1) status = one;
    } catch (error) {
      if (!(error instanceof SyscallError) || error.errno === "EPIPE") throw error;
      await system.write(2, `gzip: ${name}: ${error.message}\n`);
      status = 1;
    }
  }
  return status;
});
