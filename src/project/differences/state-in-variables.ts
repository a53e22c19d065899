/** Variables of a project's files that its pages change: each worker has its own. */
import { lineAt, type PythonFunction, type PythonModule } from "../recognise/python-module.ts";

/** A variable at the top of a file that a page changes. */
export interface ChangedVariable {
  readonly name: string;
  readonly path: string;
  /** Where it is first assigned, from 1. */
  readonly line: number;
}

/** At the top of a file, a name and a value that can hold something, or count. */
const assigned =
  /^(\w+)[ \t]*(?::[^=\n]{1,80})?=[ \t]*(?:[[{]|\d|None\b|(?:list|dict|set|deque|defaultdict|OrderedDict|Counter|collections\.\w+)\()/gm;
/** What changes a list, a dictionary or a set. */
const changes =
  "append|appendleft|add|clear|discard|extend|insert|pop|popitem|popleft|remove|reverse|setdefault|sort|update";

/** Those of all files, in their order. */
export function changedVariables(modules: readonly PythonModule[]): readonly ChangedVariable[] {
  return modules.flatMap((module) => {
    const pages = pagesOf(module).map(({ from, to }) => module.text.slice(from, to));
    const places = new Map<string, number>();
    for (const { 1: name = "", index } of module.text.matchAll(assigned))
      if (!places.has(name)) places.set(name, index);
    return [...places]
      .filter(([name]) => pages.some((page) => changed(name, page)))
      .map(([name, at]) => ({ name, path: module.path, line: lineAt(module.text, at) }));
  });
}

/** Functions that answer a request, or in which such functions are made: those with the decorator of a route. */
function pagesOf({ functions, decorators }: PythonModule): readonly PythonFunction[] {
  const routes = decorators.filter(({ text }) => text?.startsWith("/"));
  return functions.filter(({ to }, index) => {
    const before = functions[index - 1]?.to ?? 0;
    return routes.some((route) => route.from >= before && route.from < to);
  });
}

function changed(name: string, page: string): boolean {
  if (new RegExp(`^[ \\t]*global[ \\t][^\\n]*\\b${name}\\b`, "m").test(page)) return true;
  // The function has a variable of its own by this name.
  if (new RegExp(`^[ \\t]+${name}[ \\t]*(?::[^=\\n]{1,80})?=(?!=)`, "m").test(page)) return false;
  const place = `(?<![.\\w"'])${name}`;
  const entry = `${place}\\[[^\\]\\n]*\\]`;
  return new RegExp(`${place}\\.(?:${changes})\\(|${entry}[ \\t]*[-+*/|&]?=(?!=)|\\bdel[ \\t]+${entry}`).test(page);
}
