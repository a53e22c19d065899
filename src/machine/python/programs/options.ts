import type { NativeProgram, System } from "../native/system.ts";

/** A program's arguments, told apart. */
export interface Options {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  /** What is no option. */
  readonly operands: readonly string[];
}

/** Which options a program knows: letters, and long names that stand for them. */
export interface KnownOptions {
  readonly flags?: string;
  /** Those with a value. */
  readonly values?: string;
  readonly long?: Readonly<Record<string, string>>;
}

/** A program that a user cannot mean. The message is getopt's. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Tells options and operands apart, as getopt does. Throws `UsageError`. */
export function parseOptions(args: readonly string[], known: KnownOptions): Options {
  const given: Given = { flags: new Set(), values: new Map() };
  const operands: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--") {
      for (const operand of rest) operands.push(operand);
      break;
    }
    if (arg.startsWith("--")) takeLong(arg, rest, known, given);
    else if (arg.startsWith("-") && arg.length > 1) takeLetters(arg, rest, known, given);
    else operands.push(arg);
  }
  return { ...given, operands };
}

/** Options as they are found. */
interface Given {
  readonly flags: Set<string>;
  readonly values: Map<string, string>;
}

/** `--name`, `--name=value`, `--name value`. What the option takes of `rest` goes from there. */
function takeLong(arg: string, rest: string[], { values = "", long = {} }: KnownOptions, given: Given): void {
  const [name = "", value] = splitOnce(arg.slice(2));
  const letter = Object.hasOwn(long, name) ? long[name] : undefined;
  if (letter === undefined) throw new UsageError(`unrecognized option '--${name}'`);
  if (!values.includes(letter)) given.flags.add(letter);
  else given.values.set(letter, value ?? required(rest.shift(), `option '--${name}' requires an argument`));
}

/** `-abc`, where the rest of a word, or the next one, is the value of the first letter that takes one. */
function takeLetters(arg: string, rest: string[], { flags = "", values = "" }: KnownOptions, given: Given): void {
  for (let at = 1; at < arg.length; at += 1) {
    const letter = arg.charAt(at);
    if (values.includes(letter)) {
      const value = arg.slice(at + 1) || required(rest.shift(), `option requires an argument -- '${letter}'`);
      given.values.set(letter, value);
      return;
    }
    if (!flags.includes(letter)) throw new UsageError(`invalid option -- '${letter}'`);
    given.flags.add(letter);
  }
}

/** A program with options; what it does not know it refuses as GNU's programs do. */
export function withOptions(
  known: KnownOptions,
  run: (system: System, options: Options) => Promise<number>,
  /** Old forms of options, in the form that `known` knows. */
  renewed: (args: readonly string[]) => readonly string[] = (args) => args,
): NativeProgram {
  return refusingMisuse((system) => run(system, parseOptions(renewed(system.args), known)));
}

/** A program that tells of its misuse as GNU's programs do. `status`: what it ends with then, if not as most do. */
export function refusingMisuse(run: NativeProgram, status?: number): NativeProgram {
  return async (system) => {
    try {
      return await run(system);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const usual = await usageMistake(system, error);
      return status ?? usual;
    }
  };
}

/** Programs that end with 2 where they are misused; others with 1. */
const endWithTwo = new Set(["diff", "ls", "grep", "egrep", "fgrep", "cmp", "sort"]);

/** Says what is wrong as GNU's programs do; the status that they end with. */
async function usageMistake(system: System, { message }: UsageError): Promise<number> {
  const hint = /option|operand|interval|invalid mode|floating point|maximum depth|summarize/.test(message);
  await system.complain(hint ? `${message}\nTry '${system.name} --help' for more information.` : message);
  return endWithTwo.has(system.name) ? 2 : 1;
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function required(value: string | undefined, message: string): string {
  if (value === undefined) throw new UsageError(message);
  return value;
}
