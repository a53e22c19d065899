/** `du`: how much files and folders take. */
import type { FileStatus } from "../../kernel/files/files.ts";
import type { System } from "../../native/system.ts";
import { shortAmount } from "../amounts-of-bytes.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { fitsWildcards } from "../text/wildcards.ts";
import { sizeOnDisc } from "./file-kinds.ts";

/** By which a file grows on the disc, in bytes. */
const block = 4096;

/** How amounts are counted and shown. */
interface Measure {
  of(status: FileStatus): number;
  shown(bytes: number): string;
}

/** Throws `UsageError`. */
function measureOf({ flags, values }: Options): Measure {
  const apparent = flags.has("b") || flags.has("A");
  const given = values.get("B");
  const unit = flags.has("b") ? 1 : flags.has("m") ? 1024 ** 2 : given === undefined ? 1024 : unitOf(given);
  return {
    of: (status) => {
      const size = sizeOnDisc(status);
      if (apparent) return size;
      return status.type === "symlink" ? 0 : Math.ceil(size / block) * block;
    },
    // A letter without digits is shown, too.
    shown: (bytes) =>
      flags.has("h") ? shortAmount(bytes) : `${Math.ceil(bytes / unit)}${/^\D/.exec(given ?? "") ?? ""}`,
  };
}

function unitOf(word: string): number {
  const [, digits, letter = ""] = /^(\d*)([KMG]?)$/i.exec(word) ?? [];
  if (digits === undefined || word === "") throw new UsageError(`invalid -B argument '${word}'`);
  return Number(digits || 1) * 1024 ** (letter === "" ? 0 : "KMG".indexOf(letter.toUpperCase()) + 1);
}

class Count {
  total = 0;
  readonly #lines: string[] = [];
  /** Files that were counted by another of their names. */
  readonly #counted = new Set<number>();
  readonly #most: number;
  readonly #measure: Measure;

  constructor(
    private readonly system: System,
    private readonly options: Options,
  ) {
    const { flags, values } = options;
    const depth = values.get("d");
    if (depth !== undefined && !/^\d+$/.test(depth)) throw new UsageError(`invalid maximum depth ‘${depth}’`);
    if (flags.has("s") && flags.has("a")) throw new UsageError("cannot both summarize and show all entries");
    this.#most = flags.has("s") ? 0 : Number(depth ?? Number.POSITIVE_INFINITY);
    this.#measure = measureOf(options);
  }

  /** What an operand and all below it take, in bytes; lines of them wait to be taken. */
  add(name: string, depth = 0): number {
    const { flags, values } = this.options;
    const follows = flags.has("L") || (flags.has("D") && depth === 0);
    const status = this.system.files.status(this.system.path(name), follows ? "follow" : "keep");
    if (status === undefined || fitsWildcards(name.replace(/^.*\//s, ""), values.get("X"))) return 0;
    if (status.links > 1 && status.type === "file" && !flags.has("l")) {
      if (this.#counted.has(status.inode)) return 0;
      this.#counted.add(status.inode);
    }
    const own = this.#measure.of(status);
    if (status.type !== "directory") {
      if (depth === 0 || (flags.has("a") && depth <= this.#most)) this.#show(own, name);
      return own;
    }
    const before = name.endsWith("/") ? name : `${name}/`;
    let [files, folders] = [0, 0];
    for (const each of this.system.files.names(this.system.path(name))) {
      const below = this.system.files.status(this.system.path(before + each), "keep");
      const size = this.add(before + each, depth + 1);
      if (below?.type === "directory") folders += size;
      else files += size;
    }
    if (depth <= this.#most) this.#show(own + files + (flags.has("S") ? 0 : folders), name);
    return own + files + folders;
  }

  #show(bytes: number, name: string): void {
    this.#lines.push(`${this.#measure.shown(bytes)}\t${name}${this.options.flags.has("0") ? "\0" : "\n"}`);
  }

  /** The lines since they were last taken. */
  taken(): string {
    return this.#lines.splice(0).join("");
  }

  showTotal(): void {
    this.#show(this.total, "total");
  }
}

/** `du [-ahsbcmkS] [-d DEPTH] [-B UNIT] [--apparent-size] [--exclude=PATTERN] [PATH…]` */
export const du = withOptions(
  {
    flags: "ahsbckmSlLDHPx0A",
    values: "dBXt",
    long: {
      all: "a",
      "apparent-size": "A",
      "block-size": "B",
      bytes: "b",
      "count-links": "l",
      dereference: "L",
      exclude: "X",
      "human-readable": "h",
      "max-depth": "d",
      null: "0",
      "one-file-system": "x",
      "separate-dirs": "S",
      summarize: "s",
      total: "c",
    },
  },
  async (system, options) => {
    const { flags, operands } = options;
    const count = new Count(system, options);
    let code = 0;
    for (const name of operands.length > 0 ? operands : ["."]) {
      if (name === "" || system.files.status(system.path(name), "keep") === undefined) {
        await system.complain(`cannot access '${name}': No such file or directory`);
        code = 1;
        continue;
      }
      count.total += count.add(name);
      await system.print(count.taken());
    }
    if (flags.has("c")) {
      count.showTotal();
      await system.print(count.taken());
    }
    return code;
  },
);
