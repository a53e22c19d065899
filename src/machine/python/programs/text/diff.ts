/** `diff`: what differs between two files, in its own form, or with `-u` in the form of patches. */
import { structuredPatch } from "diff";
import type { System } from "../../native/system.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { fitsWildcards } from "./wildcards.ts";

type Patch = ReturnType<typeof structuredPatch>;

/** Some other way of telling lines apart. */
function simplified(text: string, flags: ReadonlySet<string>): string {
  let result = text;
  if (flags.has("i")) result = result.toLowerCase();
  if (flags.has("w")) result = result.replace(/[ \t]+/g, "");
  else if (flags.has("b")) result = result.replace(/[ \t]+/g, " ").replace(/ $/gm, "");
  return flags.has("B") ? result.replace(/^\n/gm, "") : result;
}

export const diff = withOptions(
  {
    flags: "uqsibwBrNacdt",
    values: "ULxC",
    long: {
      unified: "u",
      brief: "q",
      recursive: "r",
      "new-file": "N",
      "report-identical-files": "s",
      "ignore-case": "i",
      "ignore-all-space": "w",
      "ignore-space-change": "b",
      "ignore-blank-lines": "B",
      text: "a",
      label: "L",
      exclude: "x",
      color: "t",
    },
  },
  async (system, options) => {
    const [one, other, ...more] = options.operands;
    if (one === undefined || other === undefined) {
      throw new UsageError(`missing operand after '${one ?? "diff"}'`);
    }
    if (more[0] !== undefined) throw new UsageError(`extra operand '${more[0]}'`);
    const input = one === "-" || other === "-" ? await system.readAll(0) : new Uint8Array();
    return new Comparison(system, options, input).compare(one, other);
  },
);

/** Compares files, and with `-r` folders. */
class Comparison {
  constructor(
    private readonly system: System,
    private readonly options: Options,
    /** What `-` stands for. */
    private readonly input: Uint8Array,
  ) {}

  /** The status: 0 where they are the same, 1 where they differ, 2 where one is not there. */
  async compare(one: string, other: string): Promise<number> {
    const [first, second] = [this.#isFolder(one), this.#isFolder(other)];
    if (first && second) return this.#folders(one, other);
    const [a, b] = [first ? within(one, other) : one, second ? within(other, one) : other];
    const missing = [a, b].filter((name) => !this.#isThere(name));
    for (const name of missing) await this.system.complain(`${name}: No such file or directory`);
    return missing.length > 0 ? 2 : this.#files(a, b, "");
  }

  async #folders(one: string, other: string): Promise<number> {
    const { flags, values } = this.options;
    const namesOf = (folder: string) =>
      this.system.files.names(this.system.path(folder)).filter((name) => !fitsWildcards(name, values.get("x")));
    const [left, right] = [new Set(namesOf(one)), new Set(namesOf(other))];
    let status = 0;
    for (const name of [...new Set([...left, ...right])].sort()) {
      const [a, b] = [below(one, name), below(other, name)];
      const only = !left.has(name) ? other : right.has(name) ? undefined : one;
      if (only !== undefined && !flags.has("N")) {
        await this.system.print(`Only in ${only.replace(/(?<=.)\/$/, "")}: ${name}\n`);
        status = 1;
      } else status = Math.max(status, await this.#entry(a, b));
    }
    return status;
  }

  async #entry(a: string, b: string): Promise<number> {
    const [first, second] = [this.#isFolder(a), this.#isFolder(b)];
    if (first && second) {
      if (this.options.flags.has("r")) return this.#folders(a, b);
      await this.system.print(`Common subdirectories: ${a} and ${b}\n`);
      return 0;
    }
    if (first !== second && this.#isThere(a) && this.#isThere(b)) {
      const kind = (isFolder: boolean) => (isFolder ? "directory" : "regular file");
      await this.system.print(`File ${a} is a ${kind(first)} while file ${b} is a ${kind(second)}\n`);
      return 1;
    }
    const options = this.system.args.filter((arg) => arg.startsWith("-")).join(" ");
    return this.#files(a, b, `diff ${options === "" ? "" : `${options} `}${a} ${b}\n`);
  }

  async #files(one: string, other: string, title: string): Promise<number> {
    const { flags, values } = this.options;
    const [a, b] = [this.#content(one), this.#content(other)];
    if (simplified(a, flags) === simplified(b, flags)) {
      if (flags.has("s")) await this.system.print(`Files ${one} and ${other} are identical\n`);
      return 0;
    }
    if (flags.has("q")) {
      await this.system.print(`Files ${one} and ${other} differ\n`);
      return 1;
    }
    const unified = flags.has("u") || values.has("U");
    const context = unified ? Number(values.get("U") ?? 3) : 0;
    const [left, right] =
      flags.has("i") || flags.has("w") || flags.has("b") ? [simplified(a, flags), simplified(b, flags)] : [a, b];
    const patch = structuredPatch(one, other, left, right, "", "", { context });
    await this.system.print(title + (unified ? asUnified(this.system, patch, one, other) : asNormal(patch)));
    return 1;
  }

  #isFolder(name: string): boolean {
    return name !== "-" && this.system.files.isFolder(this.system.path(name));
  }

  #isThere(name: string): boolean {
    return /^(?:-|\/dev\/null)$/.test(name) || this.system.files.status(this.system.path(name)) !== undefined;
  }

  #content(name: string): string {
    if (name === "-") return new TextDecoder().decode(this.input);
    // With -N what is not there is empty.
    if (name === "/dev/null" || !this.#isThere(name)) return "";
    return new TextDecoder().decode(this.system.files.read(this.system.path(name)));
  }
}

function below(folder: string, name: string): string {
  return `${folder.replace(/\/$/, "")}/${name}`;
}

/** A folder stands for the file in it that is called as the other is. */
function within(folder: string, other: string): string {
  return below(folder, other.slice(other.lastIndexOf("/") + 1));
}

function asUnified(system: System, { hunks }: Patch, one: string, other: string): string {
  const when = (name: string) =>
    new Date(system.files.status(system.path(name))?.mtime ?? Date.now())
      .toISOString()
      .replace("T", " ")
      .replace("Z", "000000 +0000");
  const range = (start: number, lines: number) =>
    lines === 1 ? String(start) : `${lines === 0 ? start - 1 : start},${lines}`;
  const shown = hunks.map(
    ({ oldStart, oldLines, newStart, newLines, lines }) =>
      `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${lines.map((line) => `${line}\n`).join("")}`,
  );
  return `--- ${one}\t${when(one)}\n+++ ${other}\t${when(other)}\n${shown.join("")}`;
}

function asNormal({ hunks }: Patch): string {
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) => {
      const range = (start: number, count: number) =>
        count < 2 ? String(count === 0 ? start - 1 : start) : `${start},${start + count - 1}`;
      const letter = oldLines === 0 ? "a" : newLines === 0 ? "d" : "c";
      const gone = marked(lines, "-", "<");
      const come = marked(lines, "+", ">");
      const between = gone.length > 0 && come.length > 0 ? "---\n" : "";
      return `${range(oldStart, oldLines)}${letter}${range(newStart, newLines)}\n${gone.join("")}${between}${come.join("")}`;
    })
    .join("");
}

/** Lines of one side, and that the last of them does not end. */
function marked(lines: readonly string[], sign: string, shown: string): string[] {
  return lines.flatMap((line, index) => {
    if (line.startsWith("\\")) return lines[index - 1]?.startsWith(sign) ? [`${line}\n`] : [];
    return line.startsWith(sign) ? [`${shown} ${line.slice(1)}\n`] : [];
  });
}
