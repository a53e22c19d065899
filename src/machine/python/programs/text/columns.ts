/** `cut` and `paste`: parts of lines, and lines beside each other. */
import type { System } from "../../native/system.ts";
import { UsageError, withOptions } from "../options.ts";
import { contentOfInput, eachInput, linesTogether } from "./each-input.ts";

/** `1,3-5,7-` as ranges. Throws `UsageError`. */
function rangesOf(text: string, what: string): readonly (readonly [from: number, to: number])[] {
  return text.split(/[, ]/).map((part) => {
    const [, from, dash, to] = /^(\d*)(-?)(\d*)$/.exec(part) ?? [];
    if (dash === undefined || (from === "" && to === "")) throw new UsageError(`invalid ${what}`);
    if (from === "0")
      throw new UsageError(`${what === "field range" ? "fields" : "byte/character positions"} are numbered from 1`);
    const begin = from === "" ? 1 : Number(from);
    const end = dash === "" ? begin : to === "" ? Number.POSITIVE_INFINITY : Number(to);
    if (end < begin) throw new UsageError("invalid decreasing range");
    return [begin, end] as const;
  });
}

/** `cut -d SEPARATOR -f FIELDS [FILE]…`, `cut -c CHARACTERS [FILE]…` */
export const cut = withOptions(
  {
    flags: "snzC",
    values: "bcfdO",
    long: {
      bytes: "b",
      characters: "c",
      fields: "f",
      delimiter: "d",
      "only-delimited": "s",
      complement: "C",
      "output-delimiter": "O",
      "zero-terminated": "z",
    },
  },
  async (system, { flags, values, operands }) => {
    const [fields, characters] = [values.get("f"), values.get("c") ?? values.get("b")];
    if (fields === undefined && characters === undefined) {
      throw new UsageError(
        "you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.",
      );
    }
    const separator = values.get("d") ?? "\t";
    if (separator.length > 1)
      throw new UsageError("the delimiter must be a single character\nTry 'cut --help' for more information.");
    const ranges = rangesOf(
      fields ?? characters ?? "",
      fields === undefined ? "byte or character range" : "field range",
    );
    const isWanted = (at: number) => ranges.some(([from, to]) => at + 1 >= from && at + 1 <= to) !== flags.has("C");
    const between = values.get("O") ?? (fields === undefined ? "" : separator);
    const end = flags.has("z") ? "\0" : "\n";
    const shown = (line: string): string => {
      if (fields === undefined) {
        return (
          Array.from(line)
            .filter((_, at) => isWanted(at))
            .join(between) + end
        );
      }
      if (!line.includes(separator)) return flags.has("s") ? "" : line + end;
      return (
        line
          .split(separator)
          .filter((_, at) => isWanted(at))
          .join(between) + end
      );
    };
    return eachInput(system, operands, async (chunks) => {
      for await (const lines of linesTogether(chunks, end)) {
        const text = lines.map(shown).join("");
        if (text !== "") await system.print(text);
      }
    });
  },
);

async function linesOfFile(system: System, name: string): Promise<string[]> {
  const text = new TextDecoder().decode(await contentOfInput(system, name));
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** `paste [-d SIGNS] [-s] FILE…`; each `-` takes a line of standard input. */
export const paste = withOptions(
  { flags: "sz", values: "d", long: { serial: "s", delimiters: "d" } },
  async (system, { flags, values, operands }) => {
    const names = operands.length > 0 ? operands : ["-"];
    const missing = names.find((name) => name !== "-" && system.files.status(system.path(name)) === undefined);
    if (missing !== undefined) {
      await system.complain(`${missing}: No such file or directory`);
      return 1;
    }
    const given = (values.get("d") ?? "\t").replace(
      /\\([nt0\\])/g,
      (_, letter: string) => ({ n: "\n", t: "\t", "0": "\x00" })[letter] ?? letter,
    );
    const signs = Array.from(given);
    const sign = (at: number) => (signs.length === 0 ? "" : (signs[at % signs.length] ?? "").replace("\x00", ""));
    const joined = (parts: readonly string[]) =>
      parts.map((part, at) => (at === 0 ? part : sign(at - 1) + part)).join("");
    const input = names.includes("-") ? await linesOfFile(system, "-") : [];
    const files = new Map<string, string[]>();
    for (const name of names) if (name !== "-") files.set(name, await linesOfFile(system, name));
    if (flags.has("s")) {
      for (const name of names)
        await system.print(`${joined(name === "-" ? input.splice(0) : (files.get(name) ?? []))}\n`);
      return 0;
    }
    const rows: string[] = [];
    for (let at = 0; ; at += 1) {
      const parts = names.map((name) => (name === "-" ? input.shift() : files.get(name)?.[at]));
      if (parts.every((part) => part === undefined)) break;
      rows.push(`${joined(parts.map((part) => part ?? ""))}\n`);
    }
    await system.print(rows.join(""));
    return 0;
  },
);
