/** A Python file as its syntax tree: what is assigned and called where. Nothing of it is run. */
import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import { parseInTime } from "../../../syntax/parse-in-time.ts";
import type { Place } from "../findings/finding.ts";
import { shallowText } from "./shallow-text.ts";

/** A value as far as the text itself says it. */
export type PythonValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly PythonValue[] }
  /** `f"0.0.0.0:{port}"`: what is known of it, with `$` for what is not. */
  | { readonly kind: "format"; readonly text: string }
  /** `{"password": "x"}`; keys that are no texts are left out. */
  | {
      readonly kind: "dictionary";
      readonly entries: readonly (Place & { readonly key: string; readonly value: PythonValue })[];
    }
  /** `os.environ.get("PORT", "8000")`, `int(…)`. */
  | {
      readonly kind: "call";
      readonly callee: string;
      readonly positional: readonly PythonValue[];
      readonly keywords: PythonCall["keywords"];
    }
  /** `a or b`: the last one. */
  | { readonly kind: "or"; readonly first: PythonValue; readonly last: PythonValue }
  /** What only running could tell. */
  | { readonly kind: "unknown" };

/** Where something stands among the file's statements. */
interface Standing extends Place {
  /** Within a function: not run when the file is imported. */
  readonly inFunction: boolean;
  /** Behind `if __name__ == "__main__":`. */
  readonly ifMain: boolean;
  /** Behind any condition, in a loop, or where an exception is caught: it may not be run. */
  readonly conditional: boolean;
}

/** `app.config["SECRET_KEY"] = "x"`. */
export interface PythonAssignment extends Standing {
  /** As it was written, without blanks: `app.debug`, `app.config["SECRET_KEY"]` with double quotes. */
  readonly target: string;
  readonly value: PythonValue;
  /** How the value begins where it is a call: `os.environ.get`. */
  readonly call: PythonCall | undefined;
}

/** `app.run(debug=True)`. */
export interface PythonCall extends Standing {
  /** What is called, without blanks: `app.run`. */
  readonly callee: string;
  readonly positional: readonly PythonValue[];
  readonly keywords: readonly (Place & { readonly name: string; readonly value: PythonValue })[];
  /** `**settings` is among the arguments. */
  readonly spread: boolean;
}

/** A file, read. */
export interface PythonFile {
  readonly assignments: readonly PythonAssignment[];
  readonly calls: readonly PythonCall[];
  /** What names mean that were imported: `serve` is `waitress.serve`. */
  readonly imports: ReadonlyMap<string, string>;
  /** `if password == "x"`: a name that is compared with a text. */
  readonly comparisons: readonly (Place & { readonly name: string; readonly text: string })[];
  /** The first place that is not Python. */
  readonly mistake: Place | undefined;
  /** The first place that was passed over because it is nested too deeply. */
  readonly tooDeep: Place | undefined;
  /** The rest of the file, which was passed over because it took too long. */
  readonly unread: Place | undefined;
}

/** What there is to say of the part that is not read. */
export const takesTooLong = "the rest of it takes too long";

/** Levels of the syntax tree that are looked at. What a person writes has a few dozen. */
const deepest = 200;

/**
 * Reads a file. Whatever is not Python is passed over.
 *
 * @param patience see `parseInTime`
 */
export function readPython(whole: string, patience?: number): PythonFile {
  // Python passes a byte order mark over.
  // A template string (3.14) has the grammar of a formatted one.
  const shallow = shallowText(whole.replace(/^\uFEFF/, " ").replace(/\bt(?=r?["'])/g, "f"));
  const { text } = shallow;
  const { tree, end } = parseInTime(parser, text, patience);
  const file = new Reader(text);
  let depth = 0;
  let { tooDeep } = shallow;
  tree.iterate({
    enter: ({ node, from, to }) => {
      if (depth >= deepest) {
        tooDeep ??= { from, to };
        return false;
      }
      depth += 1;
      file.enter(node);
      return true;
    },
    leave: ({ node }) => {
      depth -= 1;
      file.leave(node);
    },
  });
  const { assignments, calls, comparisons, imports } = file;
  const unread = end < text.length ? { from: end, to: text.length } : undefined;
  const mistake = firstError(tree, text, end) ?? notUtf8(text);
  return { assignments, calls, comparisons, imports, mistake, tooDeep, unread };
}

/** A letter of another encoding, unless the file names that one (PEP 263): Python refuses to read on. */
function notUtf8(text: string): Place | undefined {
  const from = text.indexOf("\uFFFD");
  const [first = "", second = ""] = text.split("\n", 2);
  if (from === -1 || /^[ \t\f]*#.*coding[:=]/m.test(`${first}\n${second}`)) return undefined;
  return { from, to: from + 1 };
}

/** What a name of this file is called where it was imported from: `serve(…)` is `waitress.serve`. */
export function fullName(callee: string, imports: PythonFile["imports"]): string {
  const [first = "", ...rest] = callee.split(".");
  return [imports.get(first) ?? first, ...rest].join(".");
}

/** Goes through a tree from above, and remembers what stands around the place where it is. */
class Reader {
  readonly assignments: PythonAssignment[] = [];
  readonly calls: PythonCall[] = [];
  readonly comparisons: PythonFile["comparisons"][number][] = [];
  readonly imports = new Map<string, string>();
  #functions = 0;
  /** For each body around: when it runs. */
  readonly #bodies: ("main" | "perhaps" | "always")[] = [];
  /** What was written in a place: what is called stands in what is called next. */
  readonly #written = new Map<string, string>();

  constructor(private readonly text: string) {}

  enter(node: SyntaxNode): void {
    switch (node.name) {
      case "AssignStatement":
        this.#readAssignments(node);
        break;
      case "UpdateStatement": {
        // What it comes to is not told.
        const [target] = childrenOf(node);
        if (target?.name !== "VariableName") break;
        const assigned = { ...this.#standing(node), value: { kind: "unknown" } as const, call: undefined };
        this.assignments.push({ ...assigned, target: this.#writtenIn(target) });
        break;
      }
      case "BinaryExpression":
        this.#readComparison(node);
        break;
      case "CallExpression": {
        const call = this.#callOf(node);
        if (call) this.calls.push(call);
        break;
      }
      case "ImportStatement":
        this.#readImport(node);
        break;
      case "FunctionDefinition":
      case "LambdaExpression":
        this.#functions += 1;
        break;
      case "Body":
        this.#bodies.push(this.#whenRun(node));
    }
  }

  leave({ name }: SyntaxNode): void {
    if (name === "FunctionDefinition" || name === "LambdaExpression") this.#functions -= 1;
    else if (name === "Body") this.#bodies.pop();
  }

  #said({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }

  /** Whether a body stands behind `if __name__ == "__main__":`, or another condition. */
  #whenRun(body: SyntaxNode): "main" | "perhaps" | "always" {
    const statement = body.parent?.name ?? "";
    const condition = statement === "IfStatement" ? body.prevSibling : null;
    const said = condition === null ? "" : this.#said(condition);
    if (/__name__\s*==\s*["']__main__["']|["']__main__["']\s*==\s*__name__/.test(said)) return "main";
    // What is set for production alone is what counts here.
    if (/\bprod/i.test(said.replace(/_/g, " ")) && !/!=|\bnot\b/.test(said)) return "always";
    return /^(?:IfStatement|TryStatement|ForStatement|WhileStatement|MatchClause)$/.test(statement)
      ? "perhaps"
      : "always";
  }

  #standing({ from, to }: SyntaxNode): Standing {
    const conditional = this.#bodies.includes("perhaps");
    return { from, to, inFunction: this.#functions > 0, ifMain: this.#bodies.includes("main"), conditional };
  }

  /** `password == "x"`, either way round. */
  #readComparison(node: SyntaxNode): void {
    const [left, operator, right] = childrenOf(node);
    if (left === undefined || right === undefined || operator?.name !== "CompareOp") return;
    if (!/^[!=]=$/.test(this.#said(operator))) return;
    const [name, literal] = right.name === "String" ? [left, right] : [right, left];
    const value = this.#valueIn(literal);
    if (value.kind !== "text" || name.name === "String") return;
    const [last = ""] = /\w+(?=\W*$)/.exec(this.#writtenIn(name)) ?? [];
    this.comparisons.push({ name: last, text: value.text, from: node.from, to: node.to });
  }

  /** `app . config['X']` as `app.config["X"]`. */
  #writtenIn(node: SyntaxNode, depth = 0): string {
    const said = this.#said(node);
    if (node.name === "String") return JSON.stringify(stringOf(said) ?? said);
    if (depth > deepest) return said;
    const place = `${node.from}-${node.to}`;
    const known = this.#written.get(place);
    if (known !== undefined) return known;
    const children = childrenOf(node);
    const written =
      children.length === 0 ? said.trim() : children.map((child) => this.#writtenIn(child, depth + 1)).join("");
    this.#written.set(place, written);
    return written;
  }

  #valueIn(node: SyntaxNode | undefined, depth = 0): PythonValue {
    if (node === undefined || depth > deepest) return { kind: "unknown" };
    const said = this.#said(node);
    switch (node.name) {
      case "String": {
        const string = stringOf(said);
        return string === undefined ? { kind: "unknown" } : { kind: "text", text: string };
      }
      case "FormatString": {
        const [, quote = ""] = /^[a-zA-Z]*("""|'''|"|')/.exec(said) ?? [];
        const inside = said.slice(said.indexOf(quote) + quote.length, -quote.length || undefined);
        return { kind: "format", text: inside.replace(/\{\{|\}\}/g, "").replace(/\{[^{}]*\}/g, "$$") };
      }
      case "CallExpression": {
        const call = this.#callOf(node, depth + 1);
        if (call === undefined) return { kind: "unknown" };
        const { callee, positional, keywords } = call;
        return { kind: "call", callee, positional, keywords };
      }
      case "BinaryExpression":
        return this.#operationIn(node, depth);
      case "DictionaryExpression":
        return { kind: "dictionary", entries: this.#entriesOf(node, depth) };
      case "ContinuedString": {
        const parts = childrenOf(node).map((child) => stringOf(this.#said(child)));
        return parts.every((part) => part !== undefined) ? { kind: "text", text: parts.join("") } : { kind: "unknown" };
      }
      case "Number":
        return { kind: "number", text: said.replaceAll("_", "") };
      case "Boolean":
      case "None":
        return { kind: "name", text: said };
      case "VariableName":
      case "MemberExpression":
        return { kind: "name", text: this.#writtenIn(node) };
      case "ParenthesizedExpression":
        return this.#valueIn(childrenOf(node)[1], depth + 1);
      case "ArrayExpression":
      case "TupleExpression":
        return {
          kind: "list",
          items: childrenOf(node)
            .filter(({ name }) => !/^[[\](),]$/.test(name))
            .map((child) => this.#valueIn(child, depth + 1)),
        };
      default:
        return { kind: "unknown" };
    }
  }

  /** `60 * 10` as a number, `a or b`. */
  #operationIn(node: SyntaxNode, depth: number): PythonValue {
    const [left, operator, right] = childrenOf(node);
    if (left === undefined || operator === undefined || right === undefined) return { kind: "unknown" };
    const first = this.#valueIn(left, depth + 1);
    const last = this.#valueIn(right, depth + 1);
    const sign = this.#said(operator);
    if (sign === "or") return { kind: "or", first, last };
    if (first.kind !== "number" || last.kind !== "number") return { kind: "unknown" };
    const [a, b] = [Number(first.text), Number(last.text)];
    if (sign === "*") return { kind: "number", text: String(a * b) };
    return sign === "+" ? { kind: "number", text: String(a + b) } : { kind: "unknown" };
  }

  #entriesOf(node: SyntaxNode, depth: number): (Place & { readonly key: string; readonly value: PythonValue })[] {
    const children = childrenOf(node);
    return children.flatMap((child, at) => {
      const [key, value] = [children[at - 1], children[at + 1]];
      if (child.name !== ":" || key?.name !== "String" || value === undefined) return [];
      const text = stringOf(this.#said(key));
      if (text === undefined) return [];
      return [{ key: text, value: this.#valueIn(value, depth + 1), from: key.from, to: value.to }];
    });
  }

  /** Each target of `a = b = value` and of `a, b = value`. */
  #readAssignments(node: SyntaxNode): void {
    const children = childrenOf(node);
    const last = children.at(-1);
    const lastOperator = children.findLastIndex(({ name }) => name === "AssignOp");
    if (last === undefined || lastOperator === -1 || lastOperator === children.length - 1) return;
    // `a, b = 1, 2` is not told apart: which is which does not matter to any rule.
    const tuple = children.some(({ name }) => name === ",");
    const assigned = {
      ...this.#standing(node),
      value: tuple ? ({ kind: "unknown" } as const) : this.#valueIn(last),
      call: !tuple && last.name === "CallExpression" ? this.#callOf(last) : undefined,
    };
    for (const target of children.slice(0, lastOperator)) {
      if (target.name !== "VariableName" && target.name !== "MemberExpression") continue;
      this.assignments.push({ ...assigned, target: this.#writtenIn(target) });
    }
  }

  #callOf(node: SyntaxNode, depth = 0): PythonCall | undefined {
    const [callee, list] = childrenOf(node);
    if (callee === undefined || list === undefined || list.name !== "ArgList") return undefined;
    const positional: PythonValue[] = [];
    const keywords: PythonCall["keywords"][number][] = [];
    let spread = false;
    let argument: SyntaxNode[] = [];
    const take = () => {
      const [first, operator, value] = argument;
      if (first !== undefined) {
        if (operator?.name === "AssignOp" && value !== undefined) {
          keywords.push({
            name: this.#said(first),
            value: this.#valueIn(value, depth),
            from: first.from,
            to: value.to,
          });
        } else if (this.text.startsWith("*", first.from)) spread = true;
        else positional.push(argument.length === 1 ? this.#valueIn(first, depth) : { kind: "unknown" });
      }
      argument = [];
    };
    for (const child of childrenOf(list).slice(1)) {
      if (child.name === "," || child.name === ")") take();
      else argument.push(child);
    }
    take();
    return { ...this.#standing(node), callee: this.#writtenIn(callee), positional, keywords, spread };
  }

  /** `import a`, `import a as b`, `from a import b`, `from a import b as c`. */
  #readImport(node: SyntaxNode): void {
    const source = this.#said(node)
      .replace(/[()\\]/g, " ")
      .replace(/#.*/g, " ");
    const [, module = "", names = ""] = /^(?:from\s+([\w.]+)\s+)?import\s+([\s\S]*)$/.exec(source.trim()) ?? [];
    for (const each of names.split(",")) {
      const [name, word, as] = each.trim().split(/\s+/);
      if (name) this.imports.set(word === "as" && as ? as : name, module === "" ? name : `${module}.${name}`);
    }
  }
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "Comment") children.push(child);
  }
  return children;
}

/**
 * The text of a literal; `undefined` if parts of it are computed. Escapes stay as they are written: nothing here
 * depends on them.
 */
function stringOf(literal: string): string | undefined {
  const [, prefix = "", quote = ""] = /^([a-zA-Z]*)("""|'''|"|')/.exec(literal) ?? [];
  if (quote === "" || /f/i.test(prefix)) return undefined;
  return literal.slice(prefix.length + quote.length, literal.endsWith(quote) ? -quote.length : undefined);
}

/**
 * What Python takes and this parser does not: a bare `yield`, items of `with` in brackets, an expression as decorator.
 */
function isParsersOwn(text: string, from: number, { parent }: SyntaxNode): boolean {
  if (/\byield\s*$/.test(text.slice(Math.max(0, from - 20), from))) return true;
  for (let around = parent; around !== null; around = around.parent) {
    if (around.name === "WithStatement" && /^(?:async\s+)?with\s*\(/.test(text.slice(around.from, around.from + 40))) {
      return true;
    }
    if (around.name === "Decorator" || around.name === "DecoratedStatement") return text.startsWith("@(", around.from);
  }
  return text.startsWith("@(", from);
}

function firstError(tree: Tree, text: string, end: number): Place | undefined {
  let first: Place | undefined;
  tree.iterate({
    enter: ({ type, from, to, node }) => {
      // What the tree breaks off in is no mistake.
      const brokenOff = from >= end && end < text.length;
      if (first === undefined && type.isError && !brokenOff && !isParsersOwn(text, from, node)) {
        // What is missing at the beginning of a line is missing at the end of the one before.
        const before = text.slice(0, from).trimEnd().length;
        first =
          to > from ? { from, to } : { from: Math.max(0, before - 1), to: Math.max(before, Math.min(1, text.length)) };
      }
      return first === undefined;
    },
  });
  return first;
}
