/** `uniq`: lines that repeat, once. What can be said of a live input is said at once. */
import type { System } from "../../native/system.ts";
import { type Options, UsageError, withOptions } from "../options.ts";
import { eachInput, linesTogether } from "./each-input.ts";

const known = {
  flags: "cdDuiz",
  values: "fsw",
  long: {
    count: "c",
    repeated: "d",
    "all-repeated": "D",
    unique: "u",
    "ignore-case": "i",
    "skip-fields": "f",
    "skip-chars": "s",
    "check-chars": "w",
    "zero-terminated": "z",
  },
};

/** What is compared of a line. Throws `UsageError`. */
function keyOf({ flags, values }: Options): (line: string) => string {
  const number = (letter: string, what: string): number | undefined => {
    const text = values.get(letter);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text)) throw new UsageError(`${text}: invalid number of ${what}`);
    return Number(text);
  };
  const fields = new RegExp(`^(?:[ \\t]*[^ \\t]*){${number("f", "fields to skip") ?? 0}}`);
  const skipped = number("s", "bytes to skip") ?? 0;
  const most = number("w", "bytes to compare");
  return (line) => {
    const rest = line.replace(fields, "").slice(skipped);
    const key = most === undefined ? rest : rest.slice(0, most);
    return flags.has("i") ? key.toLowerCase() : key;
  };
}

/** Lines in a row that are the same. */
interface Group {
  readonly line: string;
  readonly key: string;
  count: number;
}

class Grouping {
  #group: Group | undefined;
  /** The first line of a group is shown, whatever follows. */
  readonly #isPlain: boolean;

  constructor(
    private readonly flags: ReadonlySet<string>,
    private readonly keyed: (line: string) => string,
    private readonly lineEnd: string,
  ) {
    this.#isPlain = !["c", "d", "D", "u"].some((flag) => flags.has(flag));
  }

  /** What is printed now that this line has come. */
  take(line: string): string {
    const key = this.keyed(line);
    const group = this.#group;
    if (group !== undefined && group.key === key) {
      group.count += 1;
      if (!this.flags.has("D")) return "";
      return this.#ended(group.count === 2 ? group.line : undefined) + this.#ended(line);
    }
    const before = this.end();
    this.#group = { line, key, count: 1 };
    return this.#isPlain ? before + this.#ended(line) : before;
  }

  /** What is printed of the group that is over. */
  end(): string {
    const { flags } = this;
    const group = this.#group;
    this.#group = undefined;
    if (group === undefined || this.#isPlain || flags.has("D")) return "";
    if ((flags.has("d") && group.count === 1) || (flags.has("u") && group.count > 1)) return "";
    return this.#ended(flags.has("c") ? `${String(group.count).padStart(7)} ${group.line}` : group.line);
  }

  #ended(line: string | undefined): string {
    return line === undefined ? "" : line + this.lineEnd;
  }
}

/** `uniq [-c] [-d] [-u] [-i] [-f FIELDS] [INPUT [OUTPUT]]` */
export const uniq = withOptions(known, async (system: System, options) => {
  const [input, output, more] = options.operands;
  if (more !== undefined) throw new UsageError(`extra operand ‘${more}’`);
  const end = options.flags.has("z") ? "\0" : "\n";
  const grouping = new Grouping(options.flags, keyOf(options), end);
  const target = output === undefined ? 1 : system.descriptors.open(system.path(output), "write");
  return eachInput(system, input === undefined ? [] : [input], async (chunks) => {
    for await (const lines of linesTogether(chunks, end)) {
      const text = lines.map((line) => grouping.take(line)).join("");
      if (text !== "") await system.write(target, text);
    }
    await system.write(target, grouping.end());
  });
});
