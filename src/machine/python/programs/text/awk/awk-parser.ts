import { type Token, tokensOf } from "./awk-lexer.ts";
import {
  AwkError,
  type AwkFunction,
  type AwkProgram,
  type AwkRule,
  type Expression,
  type Statement,
} from "./awk-syntax.ts";

/** Parses a program. Throws `AwkError`, in mawk's words. */
export function parseAwk(text: string): AwkProgram {
  return new AwkParser(tokensOf(text)).program();
}

/** What an expression may not hold where it stands. */
interface Place {
  /** `>` is a file's. */
  readonly noGreater?: boolean;
}

const comparisons = new Set(["<", "<=", "==", "!=", ">", ">="]);
/** Signs between operands; what binds more has the higher rank. */
const joining: ReadonlyMap<string, number> = new Map([
  ["||", 1],
  ["&&", 2],
]);
const computing: ReadonlyMap<string, number> = new Map([
  ["+", 1],
  ["-", 1],
  ["*", 2],
  ["/", 2],
  ["%", 2],
]);
const assignments = new Set(["=", "+=", "-=", "*=", "/=", "%=", "^="]);

class AwkParser {
  #at = 0;
  readonly #rules: AwkRule[] = [];
  readonly #functions = new Map<string, AwkFunction>();
  /** Functions that are called: they may be defined further on. */
  readonly #called: string[] = [];

  constructor(private readonly tokens: readonly Token[]) {}

  program(): AwkProgram {
    this.#skipEnds();
    while (this.#peek().kind !== "end") {
      this.#item();
      this.#skipEnds();
    }
    const unknown = this.#called.find((name) => !this.#functions.has(name));
    if (unknown !== undefined) throw new AwkError(`line ${this.#peek().line + 1}: function ${unknown} never defined`);
    return { rules: this.#rules, functions: this.#functions };
  }

  #peek(ahead = 0): Token {
    return this.tokens[this.#at + ahead] ?? { kind: "end", text: "end of file", line: 0 };
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return (token.kind === "sign" || token.kind === "word") && token.text === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (this.#take(text)) return;
    const { kind, text: found, line } = this.#peek();
    if (kind === "end" && text === "}") throw new AwkError(`line ${line + 1}: missing } near end of file`);
    this.#fail(kind === "newline" ? "unexpected newline" : `syntax error at or near ${found}`);
  }

  #fail(message: string): never {
    throw new AwkError(`line ${this.#peek().line}: ${message}`);
  }

  #skipNewlines(): void {
    while (this.#peek().kind === "newline") this.#at += 1;
  }

  #skipEnds(): void {
    while (this.#peek().kind === "newline" || this.#is(";")) this.#at += 1;
  }

  #item(): void {
    if (this.#take("function")) {
      this.#function();
      return;
    }
    if (this.#is("BEGIN") || this.#is("END")) {
      const when = this.#peek().text === "BEGIN" ? "begin" : "end";
      this.#at += 1;
      this.#rules.push({ when, pattern: undefined, until: undefined, action: this.#block() });
      return;
    }
    const pattern = this.#is("{") ? undefined : this.#expression();
    let until: Expression | undefined;
    if (pattern !== undefined && this.#take(",")) {
      this.#skipNewlines();
      until = this.#expression();
    }
    const action = this.#is("{") ? this.#block() : undefined;
    this.#rules.push({ when: until === undefined ? "pattern" : "range", pattern, until, action });
    if (action !== undefined || this.#peek().kind === "newline" || this.#is(";") || this.#peek().kind === "end") return;
    this.#fail(`syntax error at or near ${this.#peek().text}`);
  }

  #function(): void {
    const name = this.#peek().text;
    this.#at += 1;
    this.#expect("(");
    const parameters: string[] = [];
    while (!this.#is(")")) {
      parameters.push(this.#name());
      if (!this.#take(",")) break;
      this.#skipNewlines();
    }
    this.#expect(")");
    this.#skipNewlines();
    this.#functions.set(name, { parameters, body: this.#block() });
  }

  #name(): string {
    const { kind, text } = this.#peek();
    if (kind !== "name" && kind !== "call") this.#fail(`syntax error at or near ${text}`);
    this.#at += 1;
    return text;
  }

  #block(): Statement {
    this.#expect("{");
    const body: Statement[] = [];
    this.#skipEnds();
    while (!this.#is("}")) {
      if (this.#peek().kind === "end") this.#expect("}");
      body.push(this.#statement());
      this.#skipEnds();
    }
    this.#expect("}");
    return { kind: "block", body };
  }

  /** A statement, and what ends it. */
  #statement(): Statement {
    if (this.#is("{")) return this.#block();
    if (this.#take("if")) return this.#if();
    if (this.#take("while")) return this.#while();
    if (this.#take("do")) return this.#do();
    if (this.#take("for")) return this.#for();
    if (this.#take(";")) return { kind: "block", body: [] };
    const simple = this.#simple();
    const { kind, text } = this.#peek();
    if (kind === "newline" || text === ";") this.#at += 1;
    else if (!this.#is("}") && kind !== "end") this.#fail(`syntax error at or near ${text}`);
    return simple;
  }

  #body(): Statement {
    this.#skipNewlines();
    return this.#statement();
  }

  #condition(): Expression {
    this.#expect("(");
    const condition = this.#expression();
    this.#expect(")");
    return condition;
  }

  #if(): Statement {
    const condition = this.#condition();
    const yes = this.#body();
    const before = this.#at;
    this.#skipEnds();
    if (this.#take("else")) return { kind: "if", condition, yes, no: this.#body() };
    this.#at = before;
    return { kind: "if", condition, yes, no: undefined };
  }

  #while(): Statement {
    const condition = this.#condition();
    if (this.#take(";")) return { kind: "while", condition, body: { kind: "block", body: [] }, first: false };
    return { kind: "while", condition, body: this.#body(), first: false };
  }

  #do(): Statement {
    const body = this.#body();
    this.#skipEnds();
    this.#expect("while");
    const condition = this.#condition();
    if (this.#peek().kind === "newline" || this.#is(";")) this.#at += 1;
    return { kind: "while", condition, body, first: true };
  }

  #for(): Statement {
    this.#expect("(");
    const [variable, word, array, end] = [0, 1, 2, 3].map((ahead) => this.#peek(ahead));
    if (variable?.kind === "name" && word?.text === "in" && array?.kind === "name" && end?.text === ")") {
      this.#at += 4;
      return { kind: "each", variable: variable.text, array: array.text, body: this.#body() };
    }
    const begin = this.#is(";") ? undefined : this.#simple();
    this.#expect(";");
    this.#skipNewlines();
    const condition = this.#is(";") ? undefined : this.#expression();
    this.#expect(";");
    this.#skipNewlines();
    const step = this.#is(")") ? undefined : this.#simple();
    this.#expect(")");
    if (this.#take(";")) return { kind: "for", begin, condition, step, body: { kind: "block", body: [] } };
    return { kind: "for", begin, condition, step, body: this.#body() };
  }

  #simple(): Statement {
    if (this.#take("print")) return this.#print(false);
    if (this.#take("printf")) return this.#print(true);
    for (const how of ["next", "nextfile", "break", "continue"] as const)
      if (this.#take(how)) return { kind: "leave", how };
    for (const how of ["exit", "return"] as const)
      if (this.#take(how)) return { kind: "end", how, value: this.#endsHere() ? undefined : this.#expression() };
    if (!this.#take("delete")) return { kind: "expression", expression: this.#expression() };
    const array = this.#name();
    if (!this.#take("[")) return { kind: "delete", array, keys: undefined };
    const keys = this.#list("]");
    return { kind: "delete", array, keys };
  }

  #endsHere(): boolean {
    const { kind } = this.#peek();
    return kind === "newline" || kind === "end" || this.#is(";") || this.#is("}");
  }

  #print(format: boolean): Statement {
    const begin = this.#at;
    let args: readonly Expression[] = [];
    if (this.#take("(")) {
      args = this.#list(")");
      // What goes on behind the bracket was a part of an expression.
      if (!this.#endsHere() && ![">", ">>", "|"].some((sign) => this.#is(sign))) {
        this.#at = begin;
        args = this.#printed();
      }
    } else if (!this.#endsHere() && ![">", ">>", "|"].some((sign) => this.#is(sign))) args = this.#printed();
    const sign = ([">", ">>", "|"] as const).find((each) => this.#take(each));
    if (sign === undefined) return { kind: "print", format, args, to: undefined };
    return { kind: "print", format, args, to: { sign, target: this.#concatenation() } };
  }

  #printed(): readonly Expression[] {
    const args = [this.#expression({ noGreater: true })];
    while (this.#take(",")) {
      this.#skipNewlines();
      args.push(this.#expression({ noGreater: true }));
    }
    return args;
  }

  /** Expressions up to a closing sign, which is taken. */
  #list(end: string): Expression[] {
    const items: Expression[] = [];
    this.#skipNewlines();
    while (!this.#is(end)) {
      items.push(this.#expression());
      this.#skipNewlines();
      if (!this.#take(",")) break;
      this.#skipNewlines();
    }
    this.#expect(end);
    return items;
  }

  #expression(place: Place = {}): Expression {
    const left = this.#either(place);
    const sign = this.#peek();
    if (sign.kind !== "sign" || !assignments.has(sign.text) || !isTarget(left)) return left;
    this.#at += 1;
    this.#skipNewlines();
    return { kind: "assign", operator: sign.text, target: left, value: this.#expression(place) };
  }

  #either(place: Place): Expression {
    const condition = this.#joined(place);
    if (!this.#take("?")) return condition;
    this.#skipNewlines();
    const yes = this.#expression(place);
    this.#skipNewlines();
    this.#expect(":");
    this.#skipNewlines();
    return { kind: "either", condition, yes, no: this.#expression(place) };
  }

  /** Conditions joined by signs of this rank or a higher one. */
  #joined(place: Place, least = 1): Expression {
    let left = this.#in(place);
    for (let rank = this.#rank(joining); rank >= least; rank = this.#rank(joining)) {
      const operator = this.#peek().text;
      this.#at += 1;
      this.#skipNewlines();
      left = { kind: "binary", operator, left, right: this.#joined(place, rank + 1) };
    }
    return left;
  }

  /** The rank of the sign that stands here; 0 if none of these does. */
  #rank(signs: ReadonlyMap<string, number>): number {
    const { kind, text } = this.#peek();
    return kind === "sign" ? (signs.get(text) ?? 0) : 0;
  }

  #in(place: Place): Expression {
    let left = this.#match(place);
    while (this.#take("in")) {
      const keys = left.kind === "list" ? left.items : [left];
      left = { kind: "in", array: this.#name(), keys };
    }
    return left;
  }

  #match(place: Place): Expression {
    let left = this.#comparison(place);
    for (let sign = this.#peek(); sign.kind === "sign" && /^!?~$/.test(sign.text); sign = this.#peek()) {
      this.#at += 1;
      left = { kind: "binary", operator: sign.text, left, right: this.#comparison(place) };
    }
    return left;
  }

  #comparison(place: Place): Expression {
    let left = this.#piped(this.#concatenation());
    const sign = this.#peek();
    if (sign.kind === "sign" && comparisons.has(sign.text) && !(place.noGreater && sign.text === ">")) {
      this.#at += 1;
      left = { kind: "binary", operator: sign.text, left, right: this.#piped(this.#concatenation()) };
    }
    return left;
  }

  /** `command | getline` */
  #piped(command: Expression): Expression {
    let left = command;
    while (this.#is("|") && this.#peek(1).text === "getline") {
      this.#at += 2;
      left = { kind: "getline", from: "command", source: left, target: this.#getlineTarget() };
    }
    return left;
  }

  #concatenation(): Expression {
    let left = this.#computed();
    while (this.#beginsOperand()) left = { kind: "binary", operator: " ", left, right: this.#computed() };
    return left;
  }

  #beginsOperand(): boolean {
    const { kind, text } = this.#peek();
    if (["number", "string", "regex", "name", "call", "builtin"].includes(kind)) return true;
    if (kind === "word") return false;
    return kind === "sign" && ["$", "!", "(", "++", "--"].includes(text);
  }

  /** Numbers computed by signs of this rank or a higher one. */
  #computed(least = 1): Expression {
    let left = this.#signed();
    for (let rank = this.#rank(computing); rank >= least; rank = this.#rank(computing)) {
      const operator = this.#peek().text;
      this.#at += 1;
      left = { kind: "binary", operator, left, right: this.#computed(rank + 1) };
    }
    return left;
  }

  #signed(): Expression {
    const { kind, text } = this.#peek();
    if (kind === "sign" && /^[-+!]$/.test(text)) {
      this.#at += 1;
      return { kind: "unary", operator: text, operand: this.#signed() };
    }
    return this.#power();
  }

  #power(): Expression {
    const left = this.#stepped();
    if (!this.#take("^")) return left;
    // From right to left, and with a sign of its own.
    const { kind, text } = this.#peek();
    const right = kind === "sign" && /^[-+!]$/.test(text) ? this.#signed() : this.#power();
    return { kind: "binary", operator: "^", left, right };
  }

  #stepped(): Expression {
    const { kind, text } = this.#peek();
    if (kind === "sign" && (text === "++" || text === "--")) {
      this.#at += 1;
      return { kind: "step", by: text === "++" ? 1 : -1, before: true, target: this.#stepped() };
    }
    const operand = this.#primary();
    const sign = this.#peek();
    if (sign.kind !== "sign" || (sign.text !== "++" && sign.text !== "--") || !isTarget(operand)) return operand;
    this.#at += 1;
    return { kind: "step", by: sign.text === "++" ? 1 : -1, before: false, target: operand };
  }

  #primary(): Expression {
    const { kind, text } = this.#peek();
    if (kind === "sign") return this.#signPrimary(text);
    this.#at += 1;
    switch (kind) {
      case "number":
        return { kind: "number", value: Number(text) };
      case "string":
        return { kind: "string", value: text };
      case "regex":
        return { kind: "regex", source: text };
      case "call":
        this.#expect("(");
        this.#called.push(text);
        return { kind: "call", name: text, builtin: false, args: this.#list(")") };
      case "builtin":
        // `length` alone is that of the record.
        return { kind: "call", name: text, builtin: true, args: this.#take("(") ? this.#list(")") : [] };
      case "name":
        if (!this.#take("[")) return { kind: "variable", name: text };
        return { kind: "element", array: text, keys: this.#list("]") };
      default:
        this.#at -= 1;
        if (this.#take("getline")) return this.#getline();
        return this.#fail(kind === "newline" ? "unexpected newline" : `syntax error at or near ${text}`);
    }
  }

  #signPrimary(text: string): Expression {
    if (text === "$") {
      this.#at += 1;
      return { kind: "field", index: this.#fieldIndex() };
    }
    if (text !== "(") this.#fail(`syntax error at or near ${text}`);
    this.#at += 1;
    const items = this.#list(")");
    const [first] = items;
    if (first === undefined) this.#fail("syntax error at or near )");
    return items.length > 1 ? { kind: "list", items } : { kind: "group", inner: first };
  }

  /** `$i++` is what the field was; `$++i` and `$-1` take the sign to the number. */
  #fieldIndex(): Expression {
    const { kind, text } = this.#peek();
    if (kind === "sign" && (text === "++" || text === "--")) return this.#stepped();
    if (kind === "sign" && /^[-+!]$/.test(text)) return this.#signed();
    return this.#primary();
  }

  #getline(): Expression {
    const target = this.#getlineTarget();
    if (!this.#take("<")) return { kind: "getline", from: "input", source: undefined, target };
    return { kind: "getline", from: "file", source: this.#primary(), target };
  }

  #getlineTarget(): Expression | undefined {
    const { kind, text } = this.#peek();
    return kind === "name" || (kind === "sign" && text === "$") ? this.#primary() : undefined;
  }
}

function isTarget(expression: Expression): boolean {
  return ["variable", "field", "element"].includes(expression.kind);
}
