/** The Python files of a project, read: what each imports, assigns and calls, and which functions it has. */
import type { Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import { parseInTime } from "../../syntax/parse-in-time.ts";
import { type PythonCall, type PythonFile, readPython } from "../../tools/audit/python/python-file.ts";
import { folderOf, type ProjectFile, readableText } from "../files/project-file.ts";

/** A function at the top of a file. */
export interface PythonFunction {
  readonly name: string;
  readonly isAsync: boolean;
  /** Names of parameters that have no default. */
  readonly required: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** `@app.route("/sign", methods=["POST"])`. */
export interface PythonDecorator {
  /** As it is written: `app.route`. */
  readonly callee: string;
  /** Its first argument, where that is a text. */
  readonly text?: string;
  /** What it has in quotes behind `methods=`. */
  readonly methods: readonly string[];
  readonly from: number;
}

/** A Python file of a project. */
export interface PythonModule {
  readonly path: string;
  readonly text: string;
  readonly file: PythonFile;
  readonly functions: readonly PythonFunction[];
  readonly decorators: readonly PythonDecorator[];
  /** The folder that has to be in Python's path; empty for the project's own. */
  readonly root: string;
  /** Its name for an import from there: `shop.views`. */
  readonly name: string;
}

/** More are not read. */
const mostModules = 300;
const longest = 200_000;
/**
 * A project's own files are read once, perhaps while the computer is busy with much else: what is given up is an app
 * that is not found. All of them together may take this long, in milliseconds.
 */
const patience = 5000;

/** Reads the project's modules, those at the top first. */
export function readModules(files: readonly ProjectFile[]): readonly PythonModule[] {
  const paths = new Set(files.map(({ path }) => path));
  const python = files
    .filter(({ path }) => path.endsWith(".py"))
    .sort((a, b) => depth(a.path) - depth(b.path))
    .slice(0, mostModules);
  const texts = python.map((file) => ({ path: file.path, text: readableText(file).slice(0, longest) }));
  const imported = importedNames(texts.map(({ text }) => text));
  const until = performance.now() + patience;
  return texts.map(({ path, text }) => {
    const left = Math.max(0, until - performance.now());
    const place = placeOf(path, paths, imported, text);
    const { tree } = parseInTime(parser, text, left);
    const [functions, decorators] = [functionsOf(text, tree), decoratorsOf(text, tree)];
    return { path, text, file: readPython(text, left), functions, decorators, ...place };
  });
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

/** Whether a call is made when the file is imported. */
export function atImport({ inFunction, ifMain }: PythonCall): boolean {
  return !inFunction && !ifMain;
}

function depth(path: string): number {
  return path.split("/").length;
}

/** First parts of what is imported anywhere with more than one part: `shop` of `shop.views`. */
function importedNames(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts)
    for (const [, name = ""] of text.matchAll(/^[ \t]*(?:from|import)[ \t]+(\w+)(?:\.\w|[ \t]+import)/gm))
      names.add(name);
  return names;
}

/** Where Python would find a file. */
function placeOf(
  path: string,
  paths: ReadonlySet<string>,
  imported: ReadonlySet<string>,
  text: string,
): Pick<PythonModule, "root" | "name"> {
  const parts = path.slice(0, -".py".length).split("/");
  let top = parts.length - 1;
  while (top > 0 && paths.has(`${parts.slice(0, top).join("/")}/__init__.py`)) top -= 1;
  const folder = folderOf(path);
  const relative = /^[ \t]*from[ \t]+\./m.test(text);
  // A folder without __init__.py is a package all the same where the project imports from it.
  if (top === parts.length - 1 && top > 0 && (relative || imported.has(parts[0] ?? "")) && !isSourceFolder(folder))
    top = 0;
  const name = parts
    .slice(top)
    .filter((part, index, all) => !(part === "__init__" && index === all.length - 1 && index > 0));
  return { root: parts.slice(0, top).join("/"), name: name.join(".") };
}

function isSourceFolder(folder: string): boolean {
  return folder === "src";
}

function decoratorsOf(text: string, tree: Tree): readonly PythonDecorator[] {
  const found: PythonDecorator[] = [];
  tree.iterate({
    enter: ({ name, node, from }) => {
      if (name !== "Decorator") return;
      const list = node.getChild("ArgList");
      const callee = text.slice(from + 1, list?.from ?? node.to).replace(/\s/g, "");
      const said = list === null ? "" : text.slice(list.from, list.to);
      const first = /^\(\s*(?:rule\s*=\s*|path\s*=\s*)?[rbu]?(["'])(.*?)\1/i.exec(said)?.[2];
      const methods = /\bmethods\s*=\s*[[({]([^\])}]*)/.exec(said)?.[1] ?? "";
      found.push({
        callee,
        ...(first !== undefined && { text: first }),
        methods: [...methods.matchAll(/["'](\w+)["']/g)].map(([, method = ""]) => method.toUpperCase()),
        from,
      });
    },
  });
  return found;
}

function functionsOf(text: string, tree: Tree): readonly PythonFunction[] {
  const found: PythonFunction[] = [];
  for (let node = tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const definition = node.name === "DecoratedStatement" ? node.getChild("FunctionDefinition") : node;
    if (definition?.name !== "FunctionDefinition") continue;
    const name = definition.getChild("VariableName");
    const parameters = definition.getChild("ParamList");
    if (name === null) continue;
    const { from, to } = definition;
    found.push({
      name: text.slice(name.from, name.to),
      isAsync: definition.getChild("async") !== null,
      required: requiredOf(text, parameters),
      from,
      to,
    });
  }
  return found;
}

/** Parameters without a default, those behind `*` among them. */
function requiredOf(text: string, list: ReturnType<typeof parser.parse>["topNode"] | null): readonly string[] {
  const required: string[] = [];
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name !== "VariableName") continue;
    const before = text.slice(list?.from ?? 0, child.from).trimEnd();
    let next = child.nextSibling;
    if (next?.name === "TypeDef") next = next.nextSibling;
    if (before.endsWith("*") || next?.name === "AssignOp" || before.endsWith("=")) continue;
    required.push(text.slice(child.from, child.to));
  }
  return required;
}
