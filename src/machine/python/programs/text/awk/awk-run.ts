/** A program of awk under way. */
import { SyscallError } from "../../../kernel/errno.ts";
import type { System } from "../../../native/system.ts";
import { runnable, standardDescriptors } from "../../processes/running-programs.ts";
import { ExpressionError, posixExpression } from "../posix-expression.ts";
import { callBuiltin } from "./awk-builtins.ts";
import { AwkInput } from "./awk-input.ts";
import {
  AwkError,
  type AwkFunction,
  type AwkProgram,
  type AwkRule,
  type Expression,
  type Statement,
} from "./awk-syntax.ts";
import { awkNumber, awkText, compared, fromOutside, isTrue, printed, type Value } from "./awk-values.ts";

/** An array, by keys in the order in which they came. */
export type AwkArray = Map<string, Value>;

/** Where control goes. */
class Leaving {
  constructor(
    readonly how: "next" | "nextfile" | "break" | "continue" | "exit" | "return",
    readonly value: Value = undefined,
  ) {}
}

/** Names that a call of a function has for itself. */
type Frame = Map<string, Value | AwkArray>;

type Loop = Statement & { kind: "while" | "for" | "each" };

/** Runs a program over its inputs. */
export class AwkRun {
  readonly variables = new Map<string, Value>();
  readonly arrays = new Map<string, AwkArray>();
  status = 0;
  #record = "";
  #fields: Value[] | undefined;
  #isWhole = true;
  #frames: Frame[] = [];
  #operands: string[];
  #input: AwkInput | undefined;
  #hasRead = false;
  readonly #inputs = new Map<string, AwkInput>();
  readonly #files = new Map<string, number>();
  /** Texts that wait for a command, which gets them when it is closed. */
  readonly #pipes = new Map<string, string[]>();
  readonly #expressions = new Map<string, RegExp>();
  readonly #waiting = new WeakMap<object, boolean>();
  readonly #active = new Set<AwkRule>();
  #output: string[] = [];
  #size = 0;

  constructor(
    readonly system: System,
    private readonly program: AwkProgram,
    operands: readonly string[],
  ) {
    this.#operands = [...operands];
    for (const [name, value] of Object.entries({
      FS: " ",
      OFS: " ",
      ORS: "\n",
      RS: "\n",
      SUBSEP: "\x1c",
      CONVFMT: "%.6g",
      OFMT: "%.6g",
      NR: 0,
      FNR: 0,
      NF: 0,
      RSTART: 0,
      RLENGTH: -1,
      FILENAME: "",
    }))
      this.variables.set(name, value);
    this.arrays.set("ENVIRON", new Map(Object.entries(system.env).map(([name, text]) => [name, fromOutside(text)])));
    this.arrays.set("ARGV", new Map(["awk", ...operands].map((text, at) => [String(at), fromOutside(text)])));
    this.variables.set("ARGC", operands.length + 1);
  }

  /** Its status. Throws `AwkError`. */
  async all(): Promise<number> {
    const { rules } = this.program;
    const rulesOf = (when: AwkRule["when"]) => rules.filter((rule) => rule.when === when);
    await this.#untilExit(async () => {
      for (const { action } of rulesOf("begin")) await this.#do(action);
      const perRecord = rules.filter(({ when }) => when === "pattern" || when === "range");
      if (perRecord.length > 0 || rulesOf("end").length > 0) await this.#records(perRecord);
    });
    await this.#untilExit(async () => {
      for (const { action } of rulesOf("end")) await this.#do(action);
    });
    return this.#end();
  }

  /** Does a part of the program, which `exit` ends. */
  async #untilExit(part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      if (!(error instanceof Leaving) || error.how !== "exit") throw error;
      if (error.value !== undefined) this.status = awkNumber(error.value) & 255;
    }
  }

  async #end(): Promise<number> {
    await this.flush();
    for (const name of [...this.#pipes.keys()]) await this.close(name);
    return this.status;
  }

  async #records(rules: readonly AwkRule[]): Promise<void> {
    while (true) {
      const record = this.#readyRecord() ?? (await this.#nextRecord());
      if (record === undefined) return;
      this.#setRecord(record);
      this.#count();
      try {
        for (const rule of rules) {
          if (this.#waits(rule)) await this.#applyWaiting(rule);
          else if (this.#fits(rule)) this.#apply(rule);
        }
      } catch (error) {
        if (!(error instanceof Leaving) || (error.how !== "next" && error.how !== "nextfile")) throw error;
        if (error.how === "nextfile") this.#input = undefined;
      }
      if (this.#size > 16_384) await this.flush();
    }
  }

  #apply({ action }: AwkRule): void {
    if (action === undefined) this.print(`${this.#recordText()}${this.text("ORS")}`);
    else this.#doNow(action);
  }

  async #applyWaiting(rule: AwkRule): Promise<void> {
    const { pattern, action, when } = rule;
    const fits =
      when === "pattern" && pattern !== undefined && this.#waits(pattern)
        ? isTrue(await this.#wait(pattern))
        : this.#fits(rule);
    if (!fits) return;
    if (action === undefined) this.#apply(rule);
    else await this.#do(action);
  }

  #fits(rule: AwkRule): boolean {
    if (rule.when === "range") return this.#inRange(rule, (pattern) => isTrue(this.value(pattern)));
    return rule.pattern === undefined || isTrue(this.value(rule.pattern));
  }

  #inRange(rule: AwkRule, fits: (pattern: Expression) => boolean): boolean {
    const begins = this.#active.has(rule) || (rule.pattern !== undefined && fits(rule.pattern));
    if (!begins) return false;
    if (rule.until !== undefined && fits(rule.until)) this.#active.delete(rule);
    else this.#active.add(rule);
    return true;
  }

  // Records and fields.

  #readyRecord(): string | undefined {
    const ready = this.#input?.ready(this.#separator());
    return typeof ready === "object" ? ready.record : undefined;
  }

  #separator(): string {
    const separator = this.text("RS");
    return separator.length > 1 ? this.expression(separator).source : separator;
  }

  /** The next record of the files that are named, or of standard input. */
  async #nextRecord(): Promise<string | undefined> {
    while (true) {
      if (this.#input === undefined && !(await this.#openNext())) return undefined;
      const ready = this.#input?.ready(this.#separator());
      if (typeof ready === "object") return ready.record;
      if (ready === "wait") await this.#input?.fill();
      else this.#input = undefined;
    }
  }

  async #openNext(): Promise<boolean> {
    for (let operand = this.#operands.shift(); operand !== undefined; operand = this.#operands.shift()) {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(operand) ?? [];
      if (name !== undefined && value !== undefined) {
        this.assign(name, value);
        continue;
      }
      if (operand === "") continue;
      this.#hasRead = true;
      this.variables.set("FILENAME", operand);
      this.variables.set("FNR", 0);
      this.#input = this.#inputOf(operand);
      if (this.#input === undefined) throw new AwkError(`cannot open ${operand} (No such file or directory)`);
      return true;
    }
    if (this.#hasRead) return false;
    this.#hasRead = true;
    this.#input = this.#inputOf("-");
    return true;
  }

  #inputOf(name: string): AwkInput | undefined {
    const { files, descriptors } = this.system;
    if (name === "-" || name === "/dev/stdin") {
      return new AwkInput(async () => {
        await this.flush();
        return this.system.read(0);
      });
    }
    if (name === "/dev/null") return new AwkInput(async () => null);
    const path = this.system.path(name);
    if (files.status(path) === undefined || files.isFolder(path)) return undefined;
    const fd = descriptors.open(path, "read", 10);
    return new AwkInput(() => this.system.read(fd));
  }

  /** A variable of the command line, whose escapes are read. */
  assign(name: string, text: string): void {
    this.set(
      name,
      fromOutside(
        text.replace(/\\([ntr\\"])/g, (_, letter: string) => ({ n: "\n", t: "\t", r: "\r" })[letter] ?? letter),
      ),
    );
  }

  #count(): void {
    this.variables.set("NR", awkNumber(this.variables.get("NR")) + 1);
    this.variables.set("FNR", awkNumber(this.variables.get("FNR")) + 1);
  }

  #setRecord(text: string): void {
    this.#record = text;
    this.#isWhole = true;
    this.#fields = undefined;
  }

  #allFields(): Value[] {
    this.#fields ??= this.split(this.#record, this.variables.get("FS")).map(fromOutside);
    return this.#fields;
  }

  #recordText(): string {
    if (this.#isWhole) return this.#record;
    this.#record = this.#allFields()
      .map((field) => awkText(field, this.text("CONVFMT")))
      .join(this.text("OFS"));
    this.#isWhole = true;
    return this.#record;
  }

  /** The parts of a text, as `FS` or the third argument of `split` says. */
  split(text: string, separator: Value | RegExp): string[] {
    if (separator instanceof RegExp) return text === "" ? [] : withoutGroups(text, separator);
    const sign = awkText(separator, this.text("CONVFMT"));
    if (sign === " ") return text.match(/[^ \t\n]+/g) ?? [];
    if (text === "") return [];
    if (sign === "") return Array.from(text);
    const parts = sign.length === 1 && sign !== "\\" ? text.split(sign) : withoutGroups(text, this.expression(sign));
    // In paragraphs a line's end divides as well.
    return this.text("RS") === "" ? parts.flatMap((part) => part.split("\n")) : parts;
  }

  #field(index: number): Value {
    if (index === 0) return fromOutside(this.#recordText());
    if (index < 0) throw new AwkError(`trying to access out of range field ${index}`);
    return this.#allFields()[index - 1];
  }

  #setField(index: number, value: Value): void {
    if (index === 0) {
      this.#setRecord(awkText(value, this.text("CONVFMT")));
      return;
    }
    const fields = this.#allFields();
    while (fields.length < index) fields.push("");
    fields[index - 1] = value;
    this.#isWhole = false;
  }

  // Variables.

  text(name: string): string {
    const value = this.variables.get(name);
    return typeof value === "string" ? value : awkText(value, "%.6g");
  }

  #local(name: string): Frame | undefined {
    const frame = this.#frames.at(-1);
    return frame?.has(name) === true ? frame : undefined;
  }

  get(name: string): Value {
    const frame = this.#local(name);
    if (frame !== undefined) {
      const value = frame.get(name);
      return value instanceof Map ? undefined : value;
    }
    if (name === "NF") return this.#allFields().length;
    return this.variables.get(name);
  }

  set(name: string, value: Value): void {
    const frame = this.#local(name);
    if (frame !== undefined) frame.set(name, value);
    else if (name === "NF") {
      const fields = this.#allFields();
      const wanted = Math.max(0, Math.trunc(awkNumber(value)));
      while (fields.length < wanted) fields.push("");
      fields.length = wanted;
      this.#isWhole = false;
    } else this.variables.set(name, value);
  }

  /** Whether a name stands for an array. */
  isArray(name: string): boolean {
    const frame = this.#local(name);
    return frame === undefined ? this.arrays.has(name) : frame.get(name) instanceof Map;
  }

  /** The array of this name, which is made if it is not there. */
  array(name: string): AwkArray {
    const frame = this.#local(name);
    const there = frame === undefined ? this.arrays.get(name) : frame.get(name);
    if (there instanceof Map) return there;
    const made: AwkArray = new Map();
    if (frame === undefined) this.arrays.set(name, made);
    else frame.set(name, made);
    return made;
  }

  #key(keys: readonly Expression[]): string {
    return keys.map((key) => awkText(this.value(key), this.text("CONVFMT"))).join(this.text("SUBSEP"));
  }

  /** Throws `AwkError`. */
  expression(source: string): RegExp {
    let expression = this.#expressions.get(source);
    if (expression === undefined) {
      try {
        expression = new RegExp(posixExpression(source, true, true).source, "gs");
      } catch (error) {
        const why = error instanceof ExpressionError ? error.message : "invalid";
        throw new AwkError(`regular expression compile failed (${why}) ${source}`);
      }
      this.#expressions.set(source, expression);
    }
    expression.lastIndex = 0;
    return expression;
  }

  /** What an argument that is an expression stands for. */
  expressionOf(argument: Expression | undefined): RegExp {
    if (argument?.kind === "regex") return this.expression(argument.source);
    return this.expression(argument === undefined ? "" : awkText(this.value(argument), this.text("CONVFMT")));
  }

  // Expressions.

  /** Whether it takes time: it reads, or runs a command. */
  #waits(node: object): boolean {
    const known = this.#waiting.get(node);
    if (known !== undefined) return known;
    // A function that calls itself waits if something else in it does.
    this.#waiting.set(node, false);
    const waits = this.#waitsItself(node) || Object.values(node).some((part) => isObject(part) && this.#waits(part));
    this.#waiting.set(node, waits);
    return waits;
  }

  #waitsItself(node: object): boolean {
    const kind = "kind" in node ? node.kind : undefined;
    if (kind !== "call") return kind === "getline";
    const name = "name" in node && typeof node.name === "string" ? node.name : "";
    const called = this.program.functions.get(name);
    return ["system", "close", "fflush"].includes(name) || (called !== undefined && this.#waits(called.body));
  }

  /** What something that takes time came to, for where it stands. */
  readonly #slots = new Map<Expression, Value>();

  /** The value of an expression that may take time. */
  async #wait(expression: Expression): Promise<Value> {
    if (!this.#waits(expression)) return this.value(expression);
    switch (expression.kind) {
      case "group":
        return this.#wait(expression.inner);
      case "either":
        return this.#wait(isTrue(await this.#wait(expression.condition)) ? expression.yes : expression.no);
      case "getline":
        return this.#getline(expression);
      case "call":
        return this.#callWaiting(expression);
      case "binary":
        if (expression.operator === "&&" || expression.operator === "||") return this.#waitForBoth(expression);
        return this.#waitForParts(expression);
      default:
        return this.#waitForParts(expression);
    }
  }

  /** The right side only where the left one does not say it. */
  async #waitForBoth({ operator, left, right }: Expression & { kind: "binary" }): Promise<Value> {
    const first = isTrue(await this.#wait(left));
    if (first === (operator === "||")) return first ? 1 : 0;
    return isTrue(await this.#wait(right)) ? 1 : 0;
  }

  /** What takes time comes first; then the rest is computed at once. */
  #waitForParts(expression: Expression): Promise<Value> {
    return this.#afterParts(partsOf(expression), async () => this.value(expression));
  }

  /** Does something once those of its parts that take time have come to their values. */
  async #afterParts<Result>(parts: readonly Expression[], act: () => Promise<Result>): Promise<Result> {
    for (const part of parts) if (this.#waits(part)) this.#slots.set(part, await this.#wait(part));
    try {
      return await act();
    } finally {
      for (const part of parts) this.#slots.delete(part);
    }
  }

  #callWaiting(call: Expression & { kind: "call" }): Promise<Value> {
    const { name, args } = call;
    return this.#afterParts(args, async () => {
      if (!call.builtin) return this.#callFunction(call);
      const text = awkText(args[0] === undefined ? undefined : this.value(args[0]), this.text("CONVFMT"));
      if (name === "system") return this.#run(text);
      if (name === "close") return this.close(text);
      if (name === "fflush") {
        await this.flush();
        return 0;
      }
      return callBuiltin(this, name, args);
    });
  }

  /** The value of an expression that takes no time. */
  value(expression: Expression): Value {
    if (this.#slots.size > 0 && this.#slots.has(expression)) return this.#slots.get(expression);
    switch (expression.kind) {
      case "number":
      case "string":
        return expression.value;
      case "regex":
        return this.expression(expression.source).test(this.#recordText()) ? 1 : 0;
      case "variable":
        return this.get(expression.name);
      case "field":
        return this.#field(Math.trunc(awkNumber(this.value(expression.index))));
      case "element": {
        const array = this.array(expression.array);
        const key = this.#key(expression.keys);
        // To ask for an element makes it.
        if (!array.has(key)) array.set(key, undefined);
        return array.get(key);
      }
      case "in":
        return this.array(expression.array).has(this.#key(expression.keys)) ? 1 : 0;
      case "assign":
        return this.#assignment(expression);
      case "step":
        return this.#step(expression);
      case "unary":
        return unary(expression.operator, this.value(expression.operand));
      case "binary":
        return this.#binary(expression);
      case "either":
        return this.value(isTrue(this.value(expression.condition)) ? expression.yes : expression.no);
      case "group":
        return this.value(expression.inner);
      case "list":
        return this.#key(expression.items);
      case "call":
        return expression.builtin ? callBuiltin(this, expression.name, expression.args) : this.#callNow(expression);
      case "getline":
        throw new AwkError("getline cannot stand here");
    }
  }

  #assignment({ operator, target, value }: Expression & { kind: "assign" }): Value {
    const right = this.value(value);
    const result =
      operator === "=" ? right : arithmetic(operator.slice(0, -1), awkNumber(this.value(target)), awkNumber(right));
    this.store(target, result);
    return result;
  }

  #step({ by, before, target }: Expression & { kind: "step" }): Value {
    const old = awkNumber(this.value(target));
    this.store(target, old + by);
    return before ? old + by : old;
  }

  /** Puts a value where an expression says. */
  store(target: Expression, value: Value): void {
    if (target.kind === "variable") this.set(target.name, value);
    else if (target.kind === "field") this.#setField(Math.trunc(awkNumber(this.value(target.index))), value);
    else if (target.kind === "element") this.array(target.array).set(this.#key(target.keys), value);
    else if (target.kind === "group") this.store(target.inner, value);
    else throw new AwkError("assignment to what is no variable");
  }

  #binary({ operator, left, right }: Expression & { kind: "binary" }): Value {
    const convert = this.text("CONVFMT");
    switch (operator) {
      case "&&":
        return isTrue(this.value(left)) && isTrue(this.value(right)) ? 1 : 0;
      case "||":
        return isTrue(this.value(left)) || isTrue(this.value(right)) ? 1 : 0;
      case " ":
        return awkText(this.value(left), convert) + awkText(this.value(right), convert);
      case "~":
      case "!~": {
        const text = awkText(this.value(left), convert);
        return this.expressionOf(right).test(text) === (operator === "~") ? 1 : 0;
      }
    }
    const [a, b] = [this.value(left), this.value(right)];
    return /^[<>=!]/.test(operator)
      ? relation(operator, compared(a, b, convert))
      : arithmetic(operator, awkNumber(a), awkNumber(b));
  }

  // Functions.

  #frameOf({ parameters }: AwkFunction, name: string, args: readonly Expression[]): Frame {
    if (args.length > parameters.length) throw new AwkError(`too many arguments in call to ${name}`);
    if (this.#frames.length > 1000) throw new AwkError(`function ${name} calls itself too often`);
    const frame: Frame = new Map();
    for (const [at, parameter] of parameters.entries()) {
      const arg = args[at];
      frame.set(parameter, arg === undefined ? undefined : this.#passed(arg));
    }
    return frame;
  }

  /** Arrays are passed as they are; a name that is nothing yet may become one. */
  #passed(arg: Expression): Value | AwkArray {
    if (arg.kind !== "variable") return this.value(arg);
    const frame = this.#local(arg.name);
    const there = frame?.get(arg.name);
    if (there instanceof Map) return there;
    if (frame === undefined && this.arrays.has(arg.name)) return this.array(arg.name);
    const value = this.get(arg.name);
    return value === undefined && this.#usesAsArray(arg.name) ? this.array(arg.name) : value;
  }

  /** A name that nothing was put into is an array if no value was ever there. */
  #usesAsArray(name: string): boolean {
    return !this.variables.has(name);
  }

  /** Gives the names of a function their values; what it does. */
  #enter({ name, args }: Expression & { kind: "call" }): Statement {
    const called = this.program.functions.get(name);
    if (called === undefined) throw new AwkError(`function ${name} never defined`);
    this.#frames.push(this.#frameOf(called, name, args));
    return called.body;
  }

  #callNow(call: Expression & { kind: "call" }): Value {
    const body = this.#enter(call);
    try {
      this.#doNow(body);
      return undefined;
    } catch (error) {
      return returned(error);
    } finally {
      this.#frames.pop();
    }
  }

  async #callFunction(call: Expression & { kind: "call" }): Promise<Value> {
    const body = this.#enter(call);
    try {
      await this.#do(body);
      return undefined;
    } catch (error) {
      return returned(error);
    } finally {
      this.#frames.pop();
    }
  }

  // Statements.

  /** Does what takes no time. */
  #doNow(statement: Statement): void {
    switch (statement.kind) {
      case "block":
        for (const each of statement.body) this.#doNow(each);
        return;
      case "expression":
        this.value(statement.expression);
        return;
      case "print":
        this.#print(statement);
        return;
      case "if":
        if (isTrue(this.value(statement.condition))) this.#doNow(statement.yes);
        else if (statement.no !== undefined) this.#doNow(statement.no);
        return;
      case "while":
      case "for":
      case "each":
        this.#loop(statement);
        return;
      case "delete":
        if (statement.keys === undefined) this.array(statement.array).clear();
        else this.array(statement.array).delete(this.#key(statement.keys));
        return;
      case "leave":
        throw new Leaving(statement.how);
      case "end":
        throw new Leaving(statement.how, statement.value === undefined ? undefined : this.value(statement.value));
    }
  }

  #loop(statement: Loop): void {
    if (statement.kind === "each") {
      for (const key of [...this.array(statement.array).keys()]) {
        this.set(statement.variable, fromOutside(key));
        if (!this.#round(statement.body)) return;
      }
      return;
    }
    const { condition, body } = statement;
    const step = statement.kind === "for" ? statement.step : undefined;
    if (statement.kind === "for" && statement.begin !== undefined) this.#doNow(statement.begin);
    if (statement.kind === "while" && statement.first && !this.#round(body)) return;
    while (condition === undefined || isTrue(this.value(condition))) {
      if (!this.#round(body)) return;
      if (step !== undefined) this.#doNow(step);
    }
  }

  /** One round of a loop; false if it is left. */
  #round(body: Statement): boolean {
    try {
      this.#doNow(body);
      return true;
    } catch (error) {
      return goesOn(error);
    }
  }

  async #roundWaiting(body: Statement): Promise<boolean> {
    try {
      await this.#do(body);
      return true;
    } catch (error) {
      return goesOn(error);
    }
  }

  /** Does what may take time. */
  async #do(statement: Statement | undefined): Promise<void> {
    if (statement === undefined) return;
    if (!this.#waits(statement)) {
      this.#doNow(statement);
      if (this.#size > 16_384) await this.flush();
      return;
    }
    switch (statement.kind) {
      case "block":
        for (const each of statement.body) await this.#do(each);
        return;
      case "expression":
        await this.#wait(statement.expression);
        return;
      case "if":
        await this.#do(isTrue(await this.#wait(statement.condition)) ? statement.yes : statement.no);
        return;
      case "while":
      case "for":
      case "each":
        await this.#loopWaiting(statement);
        return;
      default:
        await this.#doAfterParts(statement);
    }
  }

  async #loopWaiting(statement: Loop): Promise<void> {
    if (statement.kind === "each") {
      for (const key of [...this.array(statement.array).keys()]) {
        this.set(statement.variable, fromOutside(key));
        if (!(await this.#roundWaiting(statement.body))) return;
      }
      return;
    }
    const { condition, body } = statement;
    if (statement.kind === "for") await this.#do(statement.begin);
    if (statement.kind === "while" && statement.first && !(await this.#roundWaiting(body))) return;
    while (condition === undefined || isTrue(await this.#wait(condition))) {
      if (!(await this.#roundWaiting(body))) return;
      if (statement.kind === "for") await this.#do(statement.step);
    }
  }

  /** What takes time in its expressions comes first. */
  #doAfterParts(statement: Statement): Promise<void> {
    const parts =
      statement.kind === "print"
        ? [...statement.args, ...(statement.to === undefined ? [] : [statement.to.target])]
        : statement.kind === "end" && statement.value !== undefined
          ? [statement.value]
          : [];
    return this.#afterParts(parts, async () => this.#doNow(statement));
  }

  // Output.

  print(text: string): void {
    this.#output.push(text);
    this.#size += text.length;
  }

  async flush(): Promise<void> {
    if (this.#output.length === 0) return;
    const text = this.#output.join("");
    this.#output = [];
    this.#size = 0;
    await this.system.write(1, text);
  }

  #print({ format, args, to }: Statement & { kind: "print" }): void {
    const values = args.map((arg) => this.value(arg));
    const convert = this.text("OFMT");
    const text = format
      ? printed(awkText(values[0], convert), values.slice(1), this.text("CONVFMT"))
      : `${args.length === 0 ? this.#recordText() : values.map((value) => awkText(value, convert)).join(this.text("OFS"))}${this.text("ORS")}`;
    if (to === undefined) this.print(text);
    else this.#printTo(to.sign, awkText(this.value(to.target), this.text("CONVFMT")), text);
  }

  #printTo(sign: ">" | ">>" | "|", name: string, text: string): void {
    if (sign === "|") {
      const waiting = this.#pipes.get(name) ?? [];
      this.#pipes.set(name, waiting);
      waiting.push(text);
      return;
    }
    if (name === "/dev/stdout" || name === "-") {
      this.print(text);
      return;
    }
    const { descriptors } = this.system;
    let fd = name === "/dev/stderr" ? 2 : this.#files.get(name);
    if (fd === undefined) {
      try {
        fd = descriptors.open(this.system.path(name), sign === ">" ? "write" : "append", 10);
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error;
        throw new AwkError(`cannot open "${name}" for output`);
      }
      this.#files.set(name, fd);
    }
    void descriptors.write(fd, new TextEncoder().encode(text)).catch(() => {});
    this.system.flush();
  }

  // Other programs, and what is read from elsewhere.

  /** Runs a line of the shell with this input; its status. */
  async #run(command: string, input?: string, output?: number): Promise<number> {
    await this.flush();
    const { system } = this;
    const found = await runnable(system, ["sh", "-c", command]);
    if (typeof found === "number") return found;
    const pipe = input === undefined ? undefined : system.descriptors.pipe();
    const fds = standardDescriptors
      .map(({ child, parent }) => {
        if (child === 0 && pipe !== undefined) return { child, parent: pipe.read };
        return child === 1 && output !== undefined ? { child, parent: output } : { child, parent };
      })
      .filter(({ parent }) => system.descriptors.has(parent));
    const pid = await system.spawn({ argv: found, env: system.env, cwd: system.cwd, fds });
    if (output !== undefined) system.descriptors.close(output);
    if (pipe !== undefined) {
      system.descriptors.close(pipe.read);
      await system.write(pipe.write, input ?? "").catch(() => {});
      system.descriptors.close(pipe.write);
      system.flush();
    }
    if (output !== undefined) return pid;
    const told = await system.waitpid(pid, { noHang: false, untraced: false });
    const status = told?.status ?? 0;
    return (status & 0x7f) === 0 ? status >> 8 : 256 + (status & 0x7f);
  }

  /** Ends an input or an output by its name; its status. */
  async close(name: string): Promise<number> {
    const waiting = this.#pipes.get(name);
    if (waiting !== undefined) {
      this.#pipes.delete(name);
      return this.#run(name, waiting.join(""));
    }
    const fd = this.#files.get(name);
    if (fd !== undefined) {
      this.#files.delete(name);
      this.system.descriptors.close(fd);
      this.system.flush();
      return 0;
    }
    return this.#inputs.delete(name) ? 0 : -1;
  }

  async #getline({ from, source, target }: Expression & { kind: "getline" }): Promise<Value> {
    const name = source === undefined ? "" : awkText(await this.#wait(source), this.text("CONVFMT"));
    let record: string | undefined;
    if (from === "input") record = this.#readyRecord() ?? (await this.#nextRecord());
    else {
      const input = this.#inputs.get(name) ?? (from === "file" ? this.#inputOf(name) : await this.#outputOf(name));
      if (input === undefined) return -1;
      this.#inputs.set(name, input);
      let ready = input.ready(this.#separator());
      for (; ready === "wait"; ready = input.ready(this.#separator())) await input.fill();
      record = ready?.record;
    }
    if (record === undefined) return 0;
    if (target === undefined) this.#setRecord(record);
    else this.store(target, fromOutside(record));
    if (from === "input") this.#count();
    else if (from === "command") this.variables.set("NR", awkNumber(this.variables.get("NR")) + 1);
    return 1;
  }

  /** What a command prints. */
  async #outputOf(command: string): Promise<AwkInput> {
    const { descriptors } = this.system;
    const pipe = descriptors.pipe();
    await this.#run(command, undefined, pipe.write);
    return new AwkInput(async () => {
      const bytes = await this.system.read(pipe.read);
      if (bytes === null) descriptors.close(pipe.read);
      return bytes;
    });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Whether a loop goes on after what was thrown in it. */
function goesOn(error: unknown): boolean {
  if (error instanceof Leaving && error.how === "continue") return true;
  if (error instanceof Leaving && error.how === "break") return false;
  throw error;
}

/** What a function comes to after what was thrown in it. */
function returned(error: unknown): Value {
  if (error instanceof Leaving && error.how === "return") return error.value;
  throw error;
}

/** A separator's groups are no parts. */
function withoutGroups(text: string, expression: RegExp): string[] {
  const parts: string[] = [];
  let end = 0;
  for (const { index, 0: found } of text.matchAll(expression)) {
    if (found === "") continue;
    parts.push(text.slice(end, index));
    end = index + found.length;
  }
  return [...parts, text.slice(end)];
}

/** The expressions within one. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "field":
      return [expression.index];
    case "element":
    case "in":
      return expression.keys;
    case "assign":
      return [expression.value, ...(expression.operator === "=" ? [] : [expression.target])];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "list":
      return expression.items;
    default:
      return [];
  }
}

function unary(operator: string, value: Value): Value {
  if (operator === "!") return isTrue(value) ? 0 : 1;
  return operator === "-" ? -awkNumber(value) : awkNumber(value);
}

function relation(operator: string, order: number): number {
  switch (operator) {
    case "<":
      return order < 0 ? 1 : 0;
    case "<=":
      return order <= 0 ? 1 : 0;
    case "==":
      return order === 0 ? 1 : 0;
    case "!=":
      return order !== 0 ? 1 : 0;
    case ">":
      return order > 0 ? 1 : 0;
    default:
      return order >= 0 ? 1 : 0;
  }
}

function arithmetic(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      if (b === 0) throw new AwkError("division by zero");
      return a / b;
    case "%":
      if (b === 0) throw new AwkError("division by zero in %");
      return a % b;
    default:
      return a ** b;
  }
}
