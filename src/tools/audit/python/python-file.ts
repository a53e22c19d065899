/** A Python file as its syntax tree: what is assigned and called where. Nothing of it is run. */
import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import type { Place } from "../findings/finding.ts";

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
}

/** Reads a file. Whatever is not Python is passed over. */
export function readPython(text: string): PythonFile {
  const tree = parser.parse(text);
  const assignments: PythonAssignment[] = [];
  const calls: PythonCall[] = [];
  const imports = new Map<string, string>();
  tree.iterate({
    enter: ({ node }) => {
      if (node.name === "AssignStatement") assignments.push(...assignmentsIn(node, text));
      else if (node.name === "CallExpression") {
        const call = callOf(node, text);
        if (call) calls.push(call);
      } else if (node.name === "ImportStatement") readImport(node, text, imports);
    },
  });
  return { assignments, calls, imports, mistake: firstError(tree, text) };
}

/** What a name of this file is called where it was imported from: `serve(…)` is `waitress.serve`. */
export function fullName(callee: string, imports: PythonFile["imports"]): string {
  const [first = "", ...rest] = callee.split(".");
  return [imports.get(first) ?? first, ...rest].join(".");
}

function said(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "Comment") children.push(child);
  }
  return children;
}

/** `app . config['X']` as `app.config["X"]`. */
function written(node: SyntaxNode, text: string): string {
  if (node.name === "String") return JSON.stringify(stringOf(said(node, text)) ?? said(node, text));
  const children = childrenOf(node);
  return children.length === 0 ? said(node, text).trim() : children.map((child) => written(child, text)).join("");
}

/** The text of a literal; `undefined` if parts of it are computed. Escapes stay as they are written: nothing here depends on them. */
function stringOf(literal: string): string | undefined {
  const [, prefix = "", quote = ""] = /^([a-zA-Z]*)("""|'''|"|')/.exec(literal) ?? [];
  if (quote === "" || /f/i.test(prefix)) return undefined;
  return literal.slice(prefix.length + quote.length, literal.endsWith(quote) ? -quote.length : undefined);
}

function valueIn(node: SyntaxNode | null, text: string): PythonValue {
  if (node === null) return { kind: "unknown" };
  switch (node.name) {
    case "String": {
      const string = stringOf(said(node, text));
      return string === undefined ? { kind: "unknown" } : { kind: "text", text: string };
    }
    case "ContinuedString": {
      const parts = childrenOf(node).map((child) => stringOf(said(child, text)));
      return parts.every((part) => part !== undefined) ? { kind: "text", text: parts.join("") } : { kind: "unknown" };
    }
    case "Number":
      return { kind: "number", text: said(node, text).replaceAll("_", "") };
    case "Boolean":
    case "None":
      return { kind: "name", text: said(node, text) };
    case "VariableName":
    case "MemberExpression":
      return { kind: "name", text: written(node, text) };
    case "ParenthesizedExpression":
      return valueIn(childrenOf(node)[1] ?? null, text);
    case "ArrayExpression":
    case "TupleExpression":
      return {
        kind: "list",
        items: childrenOf(node)
          .filter(({ name }) => !/^[[\](),]$/.test(name))
          .map((child) => valueIn(child, text)),
      };
    default:
      return { kind: "unknown" };
  }
}

function standing(node: SyntaxNode, text: string): Standing {
  let inFunction = false;
  let ifMain = false;
  for (let above = node.parent, below = node; above !== null; below = above, above = above.parent) {
    if (above.name === "FunctionDefinition" || above.name === "LambdaExpression") inFunction = true;
    if (above.name === "IfStatement" && below.name === "Body") {
      const condition = below.prevSibling;
      if (
        condition !== null &&
        /__name__\s*==\s*["']__main__["']|["']__main__["']\s*==\s*__name__/.test(said(condition, text))
      ) {
        ifMain = true;
      }
    }
  }
  return { from: node.from, to: node.to, inFunction, ifMain };
}

/** Each target of `a = b = value` and of `a, b = value`. */
function assignmentsIn(node: SyntaxNode, text: string): readonly PythonAssignment[] {
  const children = childrenOf(node);
  const last = children.at(-1);
  const lastOperator = children.findLastIndex(({ name }) => name === "AssignOp");
  if (last === undefined || lastOperator === -1 || lastOperator === children.length - 1) return [];
  const targets = children
    .slice(0, lastOperator)
    .filter(({ name }) => name === "VariableName" || name === "MemberExpression");
  // `a, b = 1, 2` is not told apart: which is which does not matter to any rule.
  const tuple = children.some(({ name }) => name === ",");
  return targets.map((target) => ({
    ...standing(node, text),
    target: written(target, text),
    value: tuple ? { kind: "unknown" } : valueIn(last, text),
    call: !tuple && last.name === "CallExpression" ? callOf(last, text) : undefined,
  }));
}

function callOf(node: SyntaxNode, text: string): PythonCall | undefined {
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
        keywords.push({ name: said(first, text), value: valueIn(value, text), from: first.from, to: value.to });
      } else if (/^\*/.test(said(first, text))) spread = true;
      else positional.push(argument.length === 1 ? valueIn(first, text) : { kind: "unknown" });
    }
    argument = [];
  };
  for (const child of childrenOf(list).slice(1)) {
    if (child.name === "," || child.name === ")") take();
    else argument.push(child);
  }
  take();
  return { ...standing(node, text), callee: written(callee, text), positional, keywords, spread };
}

/** `import a`, `import a as b`, `from a import b`, `from a import b as c`. */
function readImport(node: SyntaxNode, text: string, imports: Map<string, string>): void {
  const source = said(node, text)
    .replace(/[()\\]/g, " ")
    .replace(/#.*/g, " ");
  const [, module = "", names = ""] = /^(?:from\s+([\w.]+)\s+)?import\s+([\s\S]*)$/.exec(source.trim()) ?? [];
  for (const each of names.split(",")) {
    const [name, as = name] = each.trim().split(/\s+as\s+/);
    if (name && as) imports.set(as, module === "" ? name : `${module}.${name}`);
  }
}

function firstError(tree: Tree, text: string): Place | undefined {
  let first: Place | undefined;
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (first === undefined && type.isError) {
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
