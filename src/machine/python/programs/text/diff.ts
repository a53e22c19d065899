/** `diff`: what differs between two files, in its own form, or with `-u` in the form of patches. */

import { structuredPatch } from "diff";
import { descriptorOfPath } from "../../native/descriptor-paths.ts";
import type { System } from "../../native/system.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { blanksBetween, tabulator } from "./tabulators.ts";
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
    flags: "uqsibwBrNacdtyS",
    values: "ULxCW",
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
      context: "c",
      "side-by-side": "y",
      "suppress-common-lines": "S",
      width: "W",
    },
  },
  async (system, options) => {
    const [one, other, ...more] = options.operands;
    if (one === undefined || other === undefined) {
      throw new UsageError(`missing operand after '${one ?? "diff"}'`);
    }
    if (more[0] !== undefined) throw new UsageError(`extra operand '${more[0]}'`);
    const input = isInput(one) || isInput(other) ? await system.readAll(0) : new Uint8Array();
    return new Comparison(system, options, input).compare(one, other);
  },
);

function isInput(name: string): boolean {
  return name === "-" || descriptorOfPath(name) === 0;
}

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
    const { flags } = this.options;
    const [a, b] = [this.#content(one), this.#content(other)];
    if (simplified(a, flags) === simplified(b, flags)) {
      if (flags.has("s")) await this.system.print(`Files ${one} and ${other} are identical\n`);
      return 0;
    }
    if (flags.has("q")) {
      await this.system.print(`Files ${one} and ${other} differ\n`);
      return 1;
    }
    const { context, show } = this.#form();
    const [left, right] =
      flags.has("i") || flags.has("w") || flags.has("b") ? [simplified(a, flags), simplified(b, flags)] : [a, b];
    const patch = structuredPatch(one, other, left, right, "", "", { context });
    await this.system.print(title + show(patch, one, other));
    return 1;
  }

  /** How differences are shown, and with how many lines around them. */
  #form(): { readonly context: number; show(patch: Patch, one: string, other: string): string } {
    const { flags, values } = this.options;
    const context = Number(values.get("U") ?? values.get("C") ?? 3);
    if (flags.has("y")) {
      const width = Number(values.get("W") ?? 130);
      return { context: Number.MAX_SAFE_INTEGER, show: (patch) => asColumns(patch, width, flags.has("S")) };
    }
    if (flags.has("c") || values.has("C")) return { context, show: (...shown) => asContext(this.system, ...shown) };
    if (flags.has("u") || values.has("U")) return { context, show: (...shown) => asUnified(this.system, ...shown) };
    return { context: 0, show: asNormal };
  }

  #isFolder(name: string): boolean {
    return name !== "-" && this.system.files.isFolder(this.system.path(name));
  }

  #isThere(name: string): boolean {
    return isInput(name) || name === "/dev/null" || this.system.files.status(this.system.path(name)) !== undefined;
  }

  #content(name: string): string {
    if (isInput(name)) return new TextDecoder().decode(this.input);
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

/** When a file was changed. */
function changedAt(system: System, name: string): string {
  return new Date(system.files.status(system.path(name))?.mtime ?? Date.now())
    .toISOString()
    .replace("T", " ")
    .replace("Z", "000000 +0000");
}

/** `3`, or `3,5`, both inclusive; where there is no line, the one before. */
function range(start: number, lines: number): string {
  return lines < 2 ? String(lines === 0 ? start - 1 : start) : `${start},${start + lines - 1}`;
}

/** With the lines around, of the one file and then of the other: `!` is changed, `-` gone, `+` new. */
function asContext(system: System, { hunks }: Patch, one: string, other: string): string {
  const shown = hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const marks = changes(lines);
    const side = (sign: "-" | "+") =>
      lines.some((line) => line.startsWith(sign))
        ? lines.flatMap((line, at) =>
            line.startsWith(sign) || line.startsWith(" ") ? [`${marks[at]} ${line.slice(1)}\n`] : [],
          )
        : [];
    return [
      "***************\n",
      `*** ${range(oldStart, oldLines)} ****\n`,
      ...side("-"),
      `--- ${range(newStart, newLines)} ----\n`,
      ...side("+"),
    ].join("");
  });
  return `*** ${one}\t${changedAt(system, one)}\n--- ${other}\t${changedAt(system, other)}\n${shown.join("")}`;
}

/** The sign of each line: `!` where lines are gone and others have come in their place. */
function changes(lines: readonly string[]): string[] {
  const marks = lines.map((line) => line.charAt(0));
  for (let at = 0; at < marks.length; at += 1) {
    if (marks[at] === " ") continue;
    let end = at;
    while (end < marks.length && marks[end] !== " ") end += 1;
    const block = marks.slice(at, end);
    if (block.includes("-") && block.includes("+")) marks.fill("!", at, end);
    at = end;
  }
  return marks;
}

/** Both files beside each other, in so many columns. */
function asColumns({ hunks }: Patch, width: number, onlyChanged: boolean): string {
  // The second column begins at a tabulator, and is as wide as the first.
  const gutter = 3;
  const middle = Math.floor(width / 2) + Math.floor((tabulator + gutter) / 2) + (width % 2);
  const offset = middle - (middle % tabulator);
  const half = Math.max(0, Math.min(offset - gutter, width - offset));
  const between = Math.floor((half + offset - 1) / 2);
  const row = (a: string | undefined, sign: string, b: string | undefined): string => {
    const first = (a ?? "").slice(0, half);
    if (sign === " " && b !== undefined) return `${first}${blanksBetween(first.length, offset)}${b.slice(0, half)}\n`;
    const marked = `${first}${blanksBetween(first.length, between)}${sign}`;
    return b === undefined ? `${marked}\n` : `${marked}${blanksBetween(between + 1, offset)}${b.slice(0, half)}\n`;
  };
  const rows = hunks.flatMap(({ lines }) => pairs(lines));
  return rows
    .filter(({ sign }) => sign !== " " || !onlyChanged)
    .map(({ a, sign, b }) => row(a, sign, b))
    .join("");
}

/** A line of either file, or of both. */
interface Pair {
  readonly a?: string;
  readonly sign: string;
  readonly b?: string;
}

function pairs(lines: readonly string[]): Pair[] {
  const rows: Pair[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    if (line.startsWith(" ")) {
      rows.push({ a: line.slice(1), sign: " ", b: line.slice(1) });
      at += 1;
      continue;
    }
    let end = at;
    while (/^[-+\\]/.test(lines[end] ?? "")) end += 1;
    const block = lines.slice(at, end);
    const of = (sign: string) => block.filter((each) => each.startsWith(sign)).map((each) => each.slice(1));
    const [gone, come] = [of("-"), of("+")];
    for (let index = 0; index < Math.max(gone.length, come.length); index += 1) {
      const [a, b] = [gone[index], come[index]];
      const sign = a === undefined ? ">" : b === undefined ? "<" : "|";
      rows.push({ sign, ...(a !== undefined && { a }), ...(b !== undefined && { b }) });
    }
    at = end;
  }
  return rows;
}

function asUnified(system: System, { hunks }: Patch, one: string, other: string): string {
  const counted = (start: number, lines: number) =>
    lines === 1 ? String(start) : `${lines === 0 ? start - 1 : start},${lines}`;
  const shown = hunks.map(
    ({ oldStart, oldLines, newStart, newLines, lines }) =>
      `@@ -${counted(oldStart, oldLines)} +${counted(newStart, newLines)} @@\n${lines.map((line) => `${line}\n`).join("")}`,
  );
  return `--- ${one}\t${changedAt(system, one)}\n+++ ${other}\t${changedAt(system, other)}\n${shown.join("")}`;
}

function asNormal({ hunks }: Patch): string {
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) => {
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
