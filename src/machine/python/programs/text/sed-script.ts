/** The part of sed's language that fits on a command line: `s`, `d`, `p`, `q`, with addresses. */
import { fromBasic } from "./basic-expression.ts";

type Address = { readonly line: number } | { readonly matching: RegExp } | { readonly last: true };

interface SedCommand {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly inverted: boolean;
  readonly action:
    | { readonly name: "d" | "p" | "q" }
    | {
        readonly name: "s";
        readonly pattern: RegExp;
        readonly replacement: string;
        readonly every: boolean;
        readonly print: boolean;
      };
  /** Whether a range has begun. */
  inRange: boolean;
}

/** A script that cannot be read. The message is sed's. */
export class SedError extends Error {
  override readonly name = "SedError";
}

/** Commands of a script, to be used for one run. Throws `SedError`. */
export class SedScript {
  readonly #commands: readonly SedCommand[];

  constructor(
    scripts: readonly string[],
    private readonly extended: boolean,
    private readonly quiet: boolean,
  ) {
    this.#commands = scripts.flatMap((script) => this.#parse(script));
  }

  /** What is printed for a line, and whether it is the last to be read. */
  line(text: string, number: number, last: boolean): { readonly printed: readonly string[]; readonly quit: boolean } {
    const printed: string[] = [];
    let line = text;
    for (const command of this.#commands) {
      if (this.#applies(command, line, number, last) === command.inverted) continue;
      const { action } = command;
      if (action.name !== "s") {
        if (action.name === "d") return { printed, quit: false };
        if (action.name === "q") return { printed: this.quiet ? printed : [...printed, line], quit: true };
        printed.push(line);
      } else if (action.pattern.test(line)) {
        action.pattern.lastIndex = 0;
        line = line.replace(action.pattern, (...found: string[]) => replaced(action.replacement, found));
        if (action.print) printed.push(line);
      }
    }
    return { printed: this.quiet ? printed : [...printed, line], quit: false };
  }

  #applies(command: SedCommand, line: string, number: number, last: boolean): boolean {
    const { from, to } = command;
    const here = (address: Address) =>
      "line" in address ? address.line === number : "last" in address ? last : address.matching.test(line);
    if (from === undefined) return true;
    if (to === undefined) return here(from);
    if (command.inRange) {
      command.inRange = "line" in to ? number < to.line : !here(to);
      return !("line" in to) || number <= to.line;
    }
    if (!here(from)) return false;
    command.inRange = !("line" in to) || to.line > number;
    return true;
  }

  #parse(script: string): SedCommand[] {
    const commands: SedCommand[] = [];
    let rest = script;
    const fail = (message: string) =>
      new SedError(`-e expression #1, char ${script.length - rest.length + 1}: ${message}`);
    const until = (delimiter: string): string => {
      let text = "";
      for (let at = 0; at < rest.length; at += 1) {
        const character = rest.charAt(at);
        if (character === delimiter) {
          rest = rest.slice(at + 1);
          return text;
        }
        if (character === "\\" && rest.charAt(at + 1) === delimiter) text += rest.charAt(++at);
        else if (character === "\\") text += character + rest.charAt(++at);
        else text += character;
      }
      throw fail("unterminated `s' command");
    };
    const address = (): Address | undefined => {
      const [digits] = /^\d+/.exec(rest) ?? [];
      if (digits !== undefined) {
        rest = rest.slice(digits.length);
        return { line: Number(digits) };
      }
      if (rest.startsWith("$")) {
        rest = rest.slice(1);
        return { last: true };
      }
      if (!rest.startsWith("/")) return undefined;
      rest = rest.slice(1);
      return { matching: this.#expression(until("/"), "") };
    };
    for (rest = rest.replace(/^[\s;]+/, ""); rest !== ""; rest = rest.replace(/^[\s;]+/, "")) {
      const from = address();
      let to: Address | undefined;
      if (from !== undefined && rest.startsWith(",")) {
        rest = rest.slice(1);
        to = address();
        if (to === undefined) throw fail("unexpected `,'");
      }
      const inverted = rest.startsWith("!");
      if (inverted) rest = rest.slice(1);
      const name = rest.charAt(0);
      rest = rest.slice(1);
      if (name === "d" || name === "p" || name === "q") {
        commands.push({ from, to, inverted, action: { name }, inRange: false });
      } else if (name === "s") {
        const delimiter = rest.charAt(0);
        rest = rest.slice(1);
        const pattern = until(delimiter);
        const replacement = until(delimiter);
        const [flags = ""] = /^[gpiI]*/.exec(rest) ?? [];
        rest = rest.slice(flags.length);
        const every = flags.includes("g");
        const expression = this.#expression(pattern, `${every ? "g" : ""}${/i/i.test(flags) ? "i" : ""}`);
        const action = { name, pattern: expression, replacement, every, print: flags.includes("p") } as const;
        commands.push({ from, to, inverted, action, inRange: false });
      } else throw fail(name === "" ? "missing command" : `unknown command: \`${name}'`);
      if (!/^\s*(?:;|\n|$)/.test(rest)) throw fail("extra characters after command");
    }
    return commands;
  }

  #expression(pattern: string, flags: string): RegExp {
    try {
      return new RegExp(this.extended ? pattern : fromBasic(pattern), flags);
    } catch {
      throw new SedError(`-e expression #1: Invalid regular expression: ${pattern}`);
    }
  }
}

/** `&` and `\1` stand for what was found. */
function replaced(replacement: string, found: readonly string[]): string {
  return replacement.replace(/\\(.)|&/g, (whole, escaped: string | undefined) => {
    if (escaped === undefined) return found[0] ?? "";
    if (/\d/.test(escaped)) return found[Number(escaped)] ?? "";
    return escaped === "n" ? "\n" : escaped === "t" ? "\t" : whole.slice(1);
  });
}
