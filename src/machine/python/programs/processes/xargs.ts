/** `xargs`: runs commands with what it reads as arguments, as soon as it has read enough for one. */
import type { System } from "../../native/system.ts";
import { parseOptions, refusingMisuse, UsageError } from "../options.ts";
import { eachInput, linesTogether } from "../text/each-input.ts";
import { runnable, runToEnd, standardDescriptors } from "./running-programs.ts";

const known = {
  flags: "0rtxo",
  values: "nLIPdaEs",
  long: {
    null: "0",
    "no-run-if-empty": "r",
    verbose: "t",
    exit: "x",
    "max-args": "n",
    "max-lines": "L",
    replace: "I",
    "max-procs": "P",
    delimiter: "d",
    "arg-file": "a",
    eof: "E",
    "max-chars": "s",
  },
};

interface XargsOptions {
  /** So many items, or so many lines of them, make a command. */
  readonly items: number | undefined;
  readonly lines: number | undefined;
  readonly replaced: string | undefined;
  readonly atOnce: number;
  readonly separator: string | undefined;
  readonly onlyIfAny: boolean;
  readonly traced: boolean;
  readonly file: string | undefined;
  readonly argv: readonly string[];
}

/** What stands before the command's name is for xargs. */
function ownArguments(args: readonly string[]): number {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--") return at + 1;
    if (!/^-./.test(arg)) return at;
    if (/^-[0rtxo]*[nLIPdaEs]$/.test(arg)) at += 1;
    const long = /^--([a-z-]+)$/.exec(arg)?.[1];
    const letter =
      long !== undefined && Object.hasOwn(known.long, long)
        ? Object.entries(known.long).find(([name]) => name === long)?.[1]
        : undefined;
    if (letter !== undefined && known.values.includes(letter)) at += 1;
  }
  return args.length;
}

function countOf(values: ReadonlyMap<string, string>, letter: string): number | undefined {
  const text = values.get(letter);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError(`invalid number "${text}" for -${letter} option`);
  if (Number(text) === 0 && letter !== "P") throw new UsageError(`value 0 for -${letter} option should be >= 1`);
  return Number(text);
}

/** Throws `UsageError`. */
function xargsOptions(given: readonly string[]): XargsOptions {
  const args = given.flatMap((arg) => (arg === "-i" ? ["-I", "{}"] : [arg.replace(/^-i(?=.)/, "-I")]));
  const end = ownArguments(args);
  const { flags, values } = parseOptions(args.slice(0, end), known);
  const argv = args.slice(end);
  return {
    items: countOf(values, "n"),
    lines: countOf(values, "L"),
    replaced: values.get("I"),
    atOnce: countOf(values, "P") ?? 1,
    separator: flags.has("0")
      ? "\0"
      : values.get("d")?.replace(/^\\n$/, "\n").replace(/^\\0$/, "\0").replace(/^\\t$/, "\t"),
    onlyIfAny: flags.has("r"),
    traced: flags.has("t"),
    file: values.get("a"),
    argv: argv.length > 0 ? argv : ["echo"],
  };
}

/** The words of a line, with quotes and backslashes as xargs reads them. Throws `UsageError`. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  const part = /"([^"]*)"|'([^']*)'|\\([\s\S])|([^\s"'\\]+)|(\s+)|(["'\\])/gy;
  let word: string | undefined;
  for (const [, double, single, escaped, plain, blank, open] of line.matchAll(part)) {
    if (open === '"' || open === "'") {
      const kind = open === '"' ? "double" : "single";
      throw new UsageError(
        `unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`,
      );
    }
    if (blank !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + (double ?? single ?? escaped ?? plain ?? "");
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** The arguments of each command, as they come to be known. */
async function* argumentsOf(
  pieces: AsyncIterable<readonly string[]>,
  options: XargsOptions,
): AsyncGenerator<readonly string[]> {
  const { replaced, separator } = options;
  const gathered = new Gathered(options);
  for await (const piece of pieces) {
    for (const text of piece) {
      if (replaced === undefined) yield* gathered.take(text);
      else if (separator !== undefined) yield [text];
      else if (text.trimStart() !== "") yield [text.trimStart()];
    }
  }
  if (gathered.rest.length > 0) yield gathered.rest;
}

/** Arguments that wait until there are enough of them for a command. */
class Gathered {
  rest: string[] = [];
  #lines = 0;
  readonly #most: number;

  constructor(private readonly options: XargsOptions) {
    this.#most = options.items ?? (options.lines === undefined ? mostArguments : Number.POSITIVE_INFINITY);
  }

  /** What a line, or an item, makes whole. */
  *take(text: string): Generator<readonly string[]> {
    const words = this.options.separator === undefined ? wordsOf(text) : [text];
    for (const word of words) {
      this.rest.push(word);
      if (this.rest.length >= this.#most) yield this.#taken();
    }
    // A blank at its end: it goes on with the next line.
    if (words.length > 0 && !/[ \t]$/.test(text)) this.#lines += 1;
    if (this.rest.length > 0 && this.#lines >= (this.options.lines ?? Number.POSITIVE_INFINITY)) yield this.#taken();
  }

  #taken(): readonly string[] {
    const taken = this.rest;
    this.rest = [];
    this.#lines = 0;
    return taken;
  }
}

const mostArguments = 5000;

/** Runs commands, so many at once. */
class Runs {
  status = 0;
  #over = false;
  #any = false;

  constructor(
    private readonly system: System,
    private readonly options: XargsOptions,
    private readonly commands: AsyncGenerator<readonly string[]>,
    private readonly nothing: number,
  ) {}

  async all(): Promise<number> {
    const { atOnce, replaced, onlyIfAny } = this.options;
    await Promise.all(Array.from({ length: atOnce || 64 }, () => this.#work()));
    if (!this.#any && replaced === undefined && !onlyIfAny) await this.#run([]);
    return this.status;
  }

  async #work(): Promise<void> {
    while (!this.#over) {
      const { value, done } = await this.commands.next();
      if (done === true || this.#over) return;
      this.#any = true;
      await this.#run(value);
    }
  }

  async #run(given: readonly string[]): Promise<void> {
    const { argv, replaced, traced } = this.options;
    const line =
      replaced === undefined ? [...argv, ...given] : argv.map((word) => word.replaceAll(replaced, given[0] ?? ""));
    if (traced) await this.system.write(2, `${line.join(" ")}\n`);
    const found = await runnable(this.system, line);
    if (typeof found === "number") {
      this.status = found;
      this.#over = true;
      return;
    }
    const [, ...others] = standardDescriptors;
    const code = await runToEnd(this.system, found, [{ child: 0, parent: this.nothing }, ...others]);
    if (code === 255) {
      await this.system.complain(`${line[0]}: exited with status 255; aborting`);
      this.status = 124;
      this.#over = true;
    } else if (code > 128) {
      await this.system.complain(`${line[0]}: terminated by signal ${code - 128}`);
      this.status = 125;
      this.#over = true;
    } else if (code !== 0) this.status = 123;
  }
}

/** `seq 6 | xargs -P 3 -I N curl localhost:5000/N` */
export const xargs = refusingMisuse(async (system) => {
  const options = xargsOptions(system.args);
  const nothing = system.descriptors.open("/dev/null", "read", 10);
  let status = 0;
  const read = await eachInput(system, options.file === undefined ? [] : [options.file], async (chunks) => {
    const pieces = linesTogether(chunks, options.separator ?? "\n");
    status = await new Runs(system, options, argumentsOf(pieces, options), nothing).all();
  });
  return status || read;
});
