import type { ShellLanguage } from "../../../../../shell/word-parser.ts";
import { applied } from "../../integer-operations.ts";
import { ExpansionError } from "./expansion-budget.ts";

/** What stands in the brackets behind an array's name: a number, or a text where the keys are texts. */
export type ArithmeticIndex = bigint | string | undefined;

/** Where an expression's names stand. */
export interface ArithmeticVariables {
  /** Empty if it is not set. */
  get(name: string, index: ArithmeticIndex): string;
  set(name: string, index: ArithmeticIndex, value: string): void;
  /** Whether an array's keys are texts. */
  isAssociative?(name: string): boolean;
}

/** Stands before a key that is a text, among the tokens. */
const textKey = "\x01";

const token =
  /\s*(?:(0[xX][0-9A-Fa-f]+|\d+#[0-9A-Za-z]+|\d+)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%()<>!~&|^?:=,[\]]))/y;

/** Binary operators by how tightly they bind, the loosest first. */
const levels: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", "<=", ">", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];
const assignments = new Set(["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="]);
/** Operators of bash that dash does not know. */
const onlyBash = new Set(["**", "++", "--", ",", "[", "]"]);

/** Stands for whatever is no part of an expression. What is wrong with it depends on what was to come there. */
const nothingKnown = "\0";

/** Brackets within brackets; more is no expression that anybody would write, and would overflow the stack. */
const deepest = 200;

/** What `$((…))` comes to, in 64 bits. Throws `ExpansionError`, with dash's words. */
export function evaluate(
  expression: string,
  variables: ArithmeticVariables | ((name: string) => string),
  language: ShellLanguage = "posix",
): bigint {
  const access: ArithmeticVariables = typeof variables === "function" ? { get: variables, set: () => {} } : variables;
  try {
    return new Evaluation(expression, access, language, 0).result();
  } catch (error) {
    // A worker's stack may be smaller than what the limit of nesting takes.
    throw error instanceof RangeError && error.message.includes("stack") ? tooDeep() : error;
  }
}

function tooDeep(): ExpansionError {
  return new ExpansionError(`arithmetic expression: more than ${deepest} nested brackets`);
}

/** A place that can be assigned to. */
interface Place {
  readonly name: string;
  readonly index: ArithmeticIndex;
}

class Evaluation {
  readonly #tokens: readonly string[];
  #at = 0;
  /** What is skipped, such as the right side of `0 && x = 1`, changes nothing. */
  #skipping = 0;

  constructor(
    private readonly expression: string,
    private readonly variables: ArithmeticVariables,
    private readonly language: ShellLanguage,
    private depth: number,
  ) {
    this.#tokens = this.#tokenize();
  }

  result(): bigint {
    if (this.#tokens.length === 0) return 0n;
    const value = this.#comma();
    if (this.#at < this.#tokens.length) throw this.#error(this.#here === "=" ? "expecting primary" : "expecting EOF");
    return value;
  }

  get #here(): string | undefined {
    return this.#tokens[this.#at];
  }

  #tokenize(): string[] {
    const tokens: string[] = [];
    const text = this.expression.trimEnd();
    token.lastIndex = 0;
    while (token.lastIndex < text.length) {
      const at = token.lastIndex;
      const found = token.exec(text);
      if (found === null) return [...tokens, nothingKnown];
      const operator = found[3];
      if (operator !== undefined && this.language === "posix" && onlyBash.has(operator)) {
        // To dash they are two signs, or none at all.
        if (operator === "++" || operator === "--") tokens.push(operator.charAt(0), operator.charAt(0));
        else if (operator === "**") tokens.push("*", "*");
        else return [...tokens, nothingKnown];
        continue;
      }
      tokens.push(found[1] ?? found[2] ?? operator ?? text.slice(at));
      const name = found[2];
      if (name !== undefined && text[token.lastIndex] === "[" && this.variables.isAssociative?.(name)) {
        const end = closing(text, token.lastIndex);
        tokens.push("[", textKey + text.slice(token.lastIndex + 1, end).replace(/["']/g, ""), "]");
        token.lastIndex = end + 1;
      }
    }
    return tokens;
  }

  #take(wanted: string): boolean {
    if (this.#here !== wanted) return false;
    this.#at += 1;
    return true;
  }

  #deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > deepest) throw tooDeep();
    const value = read();
    this.depth -= 1;
    return value;
  }

  #comma(): bigint {
    let value = this.#assignment();
    while (this.language === "bash" && this.#take(",")) value = this.#assignment();
    return value;
  }

  #assignment(): bigint {
    const start = this.#at;
    const place = this.#placeHere();
    const operator = this.#here;
    if (place !== undefined && operator !== undefined && assignments.has(operator)) {
      this.#at += 1;
      const right = this.#deeper(() => this.#assignment());
      const value = operator === "=" ? right : this.#apply(operator.slice(0, -1), this.#valueOf(place), right);
      this.#set(place, value);
      return value;
    }
    this.#at = start;
    return this.#choice();
  }

  #placeHere(): Place | undefined {
    const name = this.#here;
    if (name === undefined || !/^[A-Za-z_]/.test(name)) return undefined;
    this.#at += 1;
    if (!this.#take("[")) return { name, index: undefined };
    const key = this.#here?.startsWith(textKey) ? this.#here.slice(textKey.length) : undefined;
    if (key !== undefined) this.#at += 1;
    const index = key ?? this.#deeper(() => this.#comma());
    if (!this.#take("]")) throw this.#error("expecting ']'");
    return { name, index };
  }

  #choice(): bigint {
    const condition = this.#binary(0);
    if (!this.#take("?")) return condition;
    const yes = this.#deeper(() => this.#unless(condition === 0n, () => this.#comma()));
    if (!this.#take(":")) throw this.#error("expecting ':'");
    const no = this.#deeper(() => this.#unless(condition !== 0n, () => this.#assignment()));
    return condition === 0n ? no : yes;
  }

  #unless(skipped: boolean, read: () => bigint): bigint {
    if (skipped) this.#skipping += 1;
    const value = read();
    if (skipped) this.#skipping -= 1;
    return value;
  }

  #binary(level: number): bigint {
    const operators = levels[level];
    if (operators === undefined) return this.#power();
    let left = this.#binary(level + 1);
    for (let operator = this.#here; operator !== undefined && operators.includes(operator); operator = this.#here) {
      this.#at += 1;
      const skipped = (operator === "&&" && left === 0n) || (operator === "||" && left !== 0n);
      const right = this.#unless(skipped, () => this.#binary(level + 1));
      left = this.#apply(operator, left, right);
    }
    return left;
  }

  #power(): bigint {
    const base = this.#unary();
    if (!this.#take("**")) return base;
    const exponent = this.#deeper(() => this.#power());
    if (exponent < 0n) throw this.#error("exponent less than 0");
    return power(base, exponent);
  }

  #unary(): bigint {
    const start = this.#at;
    while (/^[-+!~]$/.test(this.#here ?? "")) this.#at += 1;
    const signs = this.#tokens.slice(start, this.#at);
    let value = this.#postfix();
    for (const sign of signs.reverse()) {
      if (sign === "!") value = value === 0n ? 1n : 0n;
      else if (sign === "-") value = BigInt.asIntN(64, -value);
      else if (sign === "~") value = ~value;
    }
    return value;
  }

  #postfix(): bigint {
    const before = this.#here;
    if (before === "++" || before === "--") {
      this.#at += 1;
      const place = this.#placeHere();
      if (place === undefined) throw this.#error("expecting primary");
      return this.#step(place, before).after;
    }
    const start = this.#at;
    const place = this.#placeHere();
    if (place === undefined) {
      this.#at = start;
      return this.#operand();
    }
    const after = this.#here;
    if (after !== "++" && after !== "--") return this.#valueOf(place);
    this.#at += 1;
    return this.#step(place, after).before;
  }

  #step(place: Place, operator: string): { before: bigint; after: bigint } {
    const before = this.#valueOf(place);
    const after = BigInt.asIntN(64, operator === "++" ? before + 1n : before - 1n);
    this.#set(place, after);
    return { before, after };
  }

  #operand(): bigint {
    const found = this.#here;
    this.#at += 1;
    if (found === "(") {
      const value = this.#deeper(() => this.#comma());
      if (!this.#take(")")) throw this.#error("expecting ')'");
      return value;
    }
    if (found === undefined || !/^\d/.test(found)) throw this.#error("expecting primary");
    return this.#number(found);
  }

  #number(text: string): bigint {
    const [base, digits] = text.split("#");
    if (digits !== undefined && this.language === "bash") return inBase(digits, Number(base)) ?? this.#illegal(text);
    if (/^0[xX][0-9A-Fa-f]+$/.test(text)) return BigInt.asIntN(64, BigInt(text));
    if (/^0[0-7]+$/.test(text)) return BigInt.asIntN(64, BigInt(`0o${text.slice(1)}`));
    if (!/^(?:0|[1-9]\d*)$/.test(text)) {
      throw this.language === "bash"
        ? new ExpansionError(`${text}: value too great for base (error token is "${text}")`)
        : this.#error("expecting EOF");
    }
    return limited(BigInt(text));
  }

  #valueOf({ name, index }: Place): bigint {
    if (this.#skipping > 0) return 0n;
    const text = this.variables.get(name, index).trim();
    if (text === "") return 0n;
    const [, sign = "", digits = ""] = /^([-+]?)(\d\w*)$/.exec(text) ?? [];
    if (digits !== "" && /^(?:0[xX][0-9A-Fa-f]+|0[0-7]*|[1-9]\d*)$/.test(digits)) {
      const value = this.#number(digits);
      return sign === "-" ? -value : value;
    }
    if (this.language === "posix") return this.#illegal(text);
    // In bash a variable's value is an expression itself.
    return this.#deeper(() => new Evaluation(text, this.variables, this.language, this.depth).result());
  }

  #illegal(text: string): never {
    throw new ExpansionError(`Illegal number: ${text}`);
  }

  #set({ name, index }: Place, value: bigint): void {
    if (this.#skipping === 0) this.variables.set(name, index, String(value));
  }

  #apply(operator: string, left: bigint, right: bigint): bigint {
    if ((operator === "/" || operator === "%") && right === 0n) {
      if (this.#skipping > 0) return 0n;
      throw this.#error("division by zero");
    }
    return BigInt.asIntN(64, applied(operator, left, right));
  }

  #error(what: string): ExpansionError {
    return new ExpansionError(`arithmetic expression: ${what}: "${this.expression}"`);
  }
}

/** Where the bracket closes that opens at `open`; the end of the text if it does not. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "[") depth += 1;
    if (text[at] === "]") depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** By squaring, in 64 bits: the exponent may be any number. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return result;
}

function inBase(digits: string, base: number): bigint | undefined {
  if (base < 2 || base > 36) return undefined;
  let value = 0n;
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36);
    if (!(worth < base)) return undefined;
    value = BigInt.asIntN(64, value * BigInt(base) + BigInt(worth));
  }
  return value;
}

/** As strtoimax(3): what is too large is the largest. */
function limited(value: bigint): bigint {
  const largest = 2n ** 63n - 1n;
  return value > largest ? largest : value;
}
