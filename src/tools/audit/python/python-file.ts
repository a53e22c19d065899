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
  /** What only running could tell. */
  | { readonly kind: "unknown" };

/** Where something stands among the file's statements. */
interface Standing extends Place {
  /** Within a function: not run when the file is imported. */
  readonly inFunction: boolean;
  /** Behind `if __name__ == "__main__":`. */
  readonly ifMain: boolean;
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
  const shallow = shallowText(whole);
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
  const { assignments, calls, imports } = file;
  const unread = end < text.length ? { from: end, to: text.length } : undefined;
  return { assignments, calls, imports, mistake: firstError(tree, text, end), tooDeep, unread };
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
  readonly imports = new Map<string, string>();
  #functions = 0;
  /** For each body around: whether it runs only in the main file. */
  readonly #bodies: boolean[] = [];
  /** What was written in a place: what is called stands in what is called next. */
  readonly #written = new Map<string, string>();

  constructor(private readonly text: string) {}

  enter(node: SyntaxNode): void {
    switch (node.name) {
      case "AssignStatement":
        this.#readAssignments(node);
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
        this.#bodies.push(this.#isMain(node));
    }
  }

  leave({ name }: SyntaxNode): void {
    if (name === "FunctionDefinition" || name === "LambdaExpression") this.#functions -= 1;
    else if (name === "Body") this.#bodies.pop();
  }

  #said({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }

  /** Whether a body stands behind `if __name__ == "__main__":`. */
  #isMain(body: SyntaxNode): boolean {
    const condition = body.parent?.name === "IfStatement" ? body.prevSibling : null;
    return (
      condition !== null &&
      /__name__\s*==\s*["']__main__["']|["']__main__["']\s*==\s*__name__/.test(this.#said(condition))
    );
  }

  #standing({ from, to }: SyntaxNode): Standing {
    return { from, to, inFunction: this.#functions > 0, ifMain: this.#bodies.includes(true) };
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

  #callOf(node: SyntaxNode): PythonCall | undefined {
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
          keywords.push({ name: this.#said(first), value: this.#valueIn(value), from: first.from, to: value.to });
        } else if (this.text.startsWith("*", first.from)) spread = true;
        else positional.push(argument.length === 1 ? this.#valueIn(first) : { kind: "unknown" });
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

function firstError(tree: Tree, text: string, end: number): Place | undefined {
  let first: Place | undefined;
  tree.iterate({
    enter: ({ type, from, to }) => {
      // What the tree breaks off in is no mistake.
      const brokenOff = from >= end && end < text.length;
      if (first === undefined && type.isError && !brokenOff) {
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
