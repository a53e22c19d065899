/** `bc`: arithmetic with as many digits as are wanted, which scripts use for what the shell's whole numbers cannot say. */
import type { System } from "../../native/system.ts";
import { applied } from "../integer-operations.ts";
import { withOptions } from "../options.ts";
import { eachInput } from "./each-input.ts";

/** A number: `digits` divided by ten to the power of `scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** What bc does not understand, or cannot compute. */
class BcError extends Error {
  override readonly name = "BcError";
}

const token = /\s*(?:\d+\.?\d*|\.\d+|[a-z][a-z0-9_]*|"[^"]*"|\+\+|--|[-+*/%^]=|==|!=|<=|>=|&&|\|\||[-+*/%^()<>=!,])/y;

const levels = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]] as const;

/** Decimal places that a page has the patience for. */
const mostScale = 1000;

function ten(power: number): bigint {
  return 10n ** BigInt(power);
}

function rescaled({ digits, scale }: Decimal, wanted: number): bigint {
  return wanted >= scale ? digits * ten(wanted - scale) : digits / ten(scale - wanted);
}

/** Cut to so many decimal places, as bc cuts. */
function cut(number: Decimal, scale: number): Decimal {
  return { digits: rescaled(number, scale), scale };
}

function truth(holds: boolean): Decimal {
  return { digits: holds ? 1n : 0n, scale: 0 };
}

function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = ten(Math.ceil(value.toString().length / 2));
  while (true) {
    const next = (guess + value / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
}

class Calculator {
  readonly #variables = new Map<string, Decimal>([
    ["scale", { digits: 0n, scale: 0 }],
    ["ibase", { digits: 10n, scale: 0 }],
    ["obase", { digits: 10n, scale: 0 }],
    ["last", { digits: 0n, scale: 0 }],
  ]);
  #tokens: string[] = [];
  #at = 0;
  /** Bytes that GNU's bc compiles the line to, up to here: in a line without jumps, the address of what is under way. */
  #address = 0;

  get #scale(): number {
    return Number(this.#whole("scale"));
  }

  #whole(name: string): bigint {
    const value = this.#variables.get(name);
    return value === undefined ? 0n : rescaled(value, 0);
  }

  setScale(scale: number): void {
    this.#variables.set("scale", { digits: BigInt(scale), scale: 0 });
  }

  /** Begins another line. */
  newLine(): void {
    this.#address = 0;
  }

  /** Where it goes wrong in the code of its line, as a message of GNU's bc names it. */
  get address(): number {
    return this.#address;
  }

  /** What a statement prints; undefined to end. Throws `BcError`. */
  run(statement: string): string | undefined {
    this.#tokens = tokensOf(statement);
    this.#at = 0;
    const [first] = this.#tokens;
    if (first === undefined) return "";
    if (first === "quit" || first === "halt") return undefined;
    if (first.startsWith('"')) {
      this.#address += first.length;
      return first.slice(1, -1);
    }
    const printed = first === "print" ? this.#print() : this.#statement();
    if (this.#at < this.#tokens.length) throw new BcError("syntax error");
    return printed;
  }

  #statement(): string {
    const isAssignment = /^[a-z]/.test(this.#tokens[0] ?? "") && /^(?:[-+*/%^]?=)$/.test(this.#tokens[1] ?? "");
    const value = this.#assignment();
    this.#address += 1;
    if (isAssignment) return "";
    this.#variables.set("last", value);
    return `${this.#shown(value)}\n`;
  }

  #print(): string {
    let text = "";
    do {
      this.#at += 1;
      const here = this.#tokens[this.#at];
      if (here?.startsWith('"')) {
        text += here.slice(1, -1).replaceAll("\\n", "\n").replaceAll("\\t", "\t");
        this.#at += 1;
        this.#address += here.length;
      } else {
        text += this.#shown(this.#assignment());
        this.#address += 1;
      }
    } while (this.#tokens[this.#at] === ",");
    return text;
  }

  #take(wanted: string): boolean {
    if (this.#tokens[this.#at] !== wanted) return false;
    this.#at += 1;
    return true;
  }

  #assignment(): Decimal {
    const name = this.#tokens[this.#at] ?? "";
    const operator = this.#tokens[this.#at + 1] ?? "";
    if (!/^[a-z]/.test(name) || !/^[-+*/%^]?=$/.test(operator)) return this.#binary(0);
    this.#at += 2;
    // What is changed comes first.
    if (operator !== "=") this.#address += 2;
    const right = this.#assignment();
    const value = operator === "=" ? right : this.#operated(operator.charAt(0), this.#value(name), right);
    this.#address += 2;
    if (name === "scale" && (value.digits < 0n || rescaled(value, 0) > BigInt(mostScale))) {
      throw new BcError(`scale is at most ${mostScale} here`);
    }
    this.#variables.set(name, value);
    return value;
  }

  #binary(level: number): Decimal {
    const operators: readonly string[] | undefined = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (
      let here = this.#tokens[this.#at];
      here !== undefined && operators.includes(here);
      here = this.#tokens[this.#at]
    ) {
      this.#at += 1;
      // Those two jump, and leave a 0 or a 1.
      const jumps = here === "&&" || here === "||" ? 5 : 0;
      this.#address += jumps;
      const right = this.#binary(level + 1);
      this.#address += jumps;
      left = this.#operated(here, left, right);
    }
    return left;
  }

  #operated(operator: string, left: Decimal, right: Decimal): Decimal {
    this.#address += 1;
    return this.#apply(operator, left, right);
  }

  #unary(): Decimal {
    if (!this.#take("!")) return this.#power();
    const { digits } = this.#unary();
    this.#address += 1;
    return truth(digits === 0n);
  }

  /** Here a minus belongs to the number: -2^2 is 4. */
  #negated(): Decimal {
    if (!this.#take("-")) return this.#primary();
    const { digits, scale } = this.#negated();
    this.#address += 1;
    return { digits: -digits, scale };
  }

  #power(): Decimal {
    const base = this.#negated();
    return this.#take("^") ? this.#operated("^", base, this.#unary()) : base;
  }

  #primary(): Decimal {
    const here = this.#tokens[this.#at];
    this.#at += 1;
    if (here === "(") {
      const value = this.#assignment();
      if (!this.#take(")")) throw new BcError("syntax error");
      return value;
    }
    if (here === "++" || here === "--") return this.#step(this.#tokens[this.#at++] ?? "", here).after;
    if (here === undefined || !/^[\w.]/.test(here)) throw new BcError("syntax error");
    if (/^[\d.]/.test(here)) return this.#number(here);
    if (this.#take("(")) return this.#called(here);
    const after = this.#tokens[this.#at];
    if (after !== "++" && after !== "--") {
      this.#address += 2;
      return this.#value(here);
    }
    this.#at += 1;
    return this.#step(here, after).before;
  }

  #step(name: string, operator: string): { before: Decimal; after: Decimal } {
    const before = this.#value(name);
    const after = this.#apply(operator.charAt(0), before, truth(true));
    this.#variables.set(name, after);
    this.#address += 4;
    return { before, after };
  }

  #value(name: string): Decimal {
    return this.#variables.get(name) ?? truth(false);
  }

  #number(text: string): Decimal {
    const written = text.replace(/\.$/, "").replace(/^0+(?=[\d.])/, "");
    this.#address += /^[01]$/.test(written) ? 1 : written.length + 2;
    const [whole = "", part = ""] = text.split(".");
    const base = this.#whole("ibase");
    if (base === 10n) return { digits: BigInt(whole + part || "0"), scale: part.length };
    let digits = 0n;
    for (const digit of whole) digits = digits * base + BigInt(digit);
    return { digits, scale: 0 };
  }

  #called(name: string): Decimal {
    const argument = this.#assignment();
    if (!this.#take(")")) throw new BcError("syntax error");
    const { digits, scale } = argument;
    this.#address += 2;
    if (name === "length") return { digits: BigInt(String(digits).replace("-", "").length), scale: 0 };
    if (name === "scale") return { digits: BigInt(scale), scale: 0 };
    if (name !== "sqrt") throw new BcError(`Function ${name} not defined.`);
    if (digits < 0n) throw new BcError("Square root of a negative number");
    const wanted = Math.max(scale, this.#scale);
    return { digits: squareRoot(rescaled(argument, wanted * 2)), scale: wanted };
  }

  #apply(operator: string, a: Decimal, b: Decimal): Decimal {
    const common = Math.max(a.scale, b.scale);
    const [left, right] = [rescaled(a, common), rescaled(b, common)];
    switch (operator) {
      case "+":
      case "-":
        return { digits: applied(operator, left, right), scale: common };
      case "*": {
        const most = Math.min(a.scale + b.scale, Math.max(this.#scale, a.scale, b.scale));
        return cut({ digits: a.digits * b.digits, scale: a.scale + b.scale }, most);
      }
      case "/":
        return this.#divided(a, b, this.#scale);
      case "%": {
        if (b.digits === 0n) throw new BcError("Modulo by zero");
        const quotient = this.#divided(a, b, this.#scale);
        const product = { digits: quotient.digits * b.digits, scale: quotient.scale + b.scale };
        const scale = Math.max(a.scale, product.scale);
        return { digits: rescaled(a, scale) - rescaled(product, scale), scale };
      }
      case "^":
        return this.#raised(a, b);
      default:
        return { digits: applied(operator, left, right), scale: 0 };
    }
  }

  #divided(a: Decimal, b: Decimal, scale: number): Decimal {
    if (b.digits === 0n) throw new BcError("Divide by zero");
    const up = scale + b.scale - a.scale;
    const above = up >= 0 ? a.digits * ten(up) : a.digits;
    return { digits: above / (up >= 0 ? b.digits : b.digits * ten(-up)), scale };
  }

  #raised(a: Decimal, b: Decimal): Decimal {
    const power = Number(rescaled(b, 0));
    if (power < 0 && a.digits === 0n) throw new BcError("divide by zero");
    const size = String(a.digits).length * Math.abs(power);
    if (size > 100_000) throw new BcError("exponent too large");
    const whole = { digits: a.digits ** BigInt(Math.abs(power)), scale: a.scale * Math.abs(power) };
    if (power < 0) return this.#divided(truth(true), whole, this.#scale);
    return cut(whole, Math.min(whole.scale, Math.max(this.#scale, a.scale)));
  }

  /** As bc writes it: without a zero before the point, in lines of at most 70 signs. */
  #shown({ digits, scale }: Decimal): string {
    const base = this.#whole("obase");
    const sign = digits < 0n ? "-" : "";
    const size = digits < 0n ? -digits : digits;
    if (base !== 10n && base >= 2n && base <= 16n) {
      return sign + (size / ten(scale)).toString(Number(base)).toUpperCase();
    }
    const text = String(size).padStart(scale + 1, "0");
    const whole = text.slice(0, text.length - scale);
    const part = text.slice(text.length - scale);
    if (size === 0n) return "0";
    const shown = `${sign}${whole === "0" && scale > 0 ? "" : whole}${scale > 0 ? `.${part}` : ""}`;
    return shown.length < 70 ? shown : (shown.match(/.{1,68}/g) ?? []).join("\\\n");
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const found = token.exec(trimmed);
    if (found === null) throw new BcError("syntax error");
    tokens.push(found[0].trimStart());
  }
  return tokens;
}

interface Line {
  readonly number: number;
  readonly statements: readonly string[];
}

/** The lines of a text, without comments; a text in quotes may have several. `first`: the number of the first one. */
function* linesOf(text: string, first: number): Generator<Line> {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, "")).replace(/#.*$/gm, "");
  let number = first;
  for (const [line] of plain.replaceAll("\\\n", "").matchAll(/(?:"[^"]*"|[^\n])+\n?|\n/g)) {
    yield { number, statements: line.match(/(?:"[^"]*"|[^;\n"])+/g) ?? [] };
    number += line.split("\n").length - 1;
  }
}

/** Whether it goes on. */
async function calculate(system: System, calculator: Calculator, text: string, first: number): Promise<boolean> {
  for (const { number, statements } of linesOf(text, first)) {
    calculator.newLine();
    try {
      for (const statement of statements) {
        const printed = calculator.run(statement);
        if (printed === undefined) return false;
        if (printed !== "") await system.print(printed);
      }
    } catch (error) {
      if (!(error instanceof BcError)) throw error;
      // What follows in the line is left out. A wrong form is noticed where the next line begins.
      const kind =
        error.message === "syntax error"
          ? `(standard_in) ${number + 1}`
          : `Runtime error (func=(main), adr=${calculator.address})`;
      await system.write(2, `${kind}: ${error.message}\n`);
    }
  }
  return true;
}

/** `bc [-q] [-l] [FILE…]`: `+ - * / % ^`, comparisons, variables, `scale`, `ibase`, `obase`, `sqrt`, `length`, `print`. */
export const bc = withOptions(
  { flags: "lqsw", long: { mathlib: "l", quiet: "q", standard: "s", warn: "w" } },
  async (system, { flags, operands }) => {
    const calculator = new Calculator();
    if (flags.has("l")) calculator.setScale(20);
    let goesOn = true;
    return eachInput(system, [...operands, "-"], async (chunks) => {
      const decoder = new TextDecoder();
      let text = "";
      let line = 1;
      for await (const chunk of chunks) {
        text += decoder.decode(chunk, { stream: true });
        const whole = text.slice(0, text.lastIndexOf("\n") + 1);
        if (goesOn) goesOn = await calculate(system, calculator, whole, line);
        text = text.slice(whole.length);
        line += whole.split("\n").length - 1;
        if (!goesOn) return;
      }
      if (goesOn) await calculate(system, calculator, text, line);
    });
  },
);
