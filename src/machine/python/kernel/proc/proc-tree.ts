/** `/proc` of one host, made anew whenever a process looks. */
import type { ProcEntry } from "../protocol.ts";

/** A folder's members, or what a file holds, or where a symbolic link leads. Members are made when they are asked for. */
export type ProcNode =
  | { readonly kind: "folder"; readonly members: () => ReadonlyMap<string, ProcNode> }
  | { readonly kind: "file"; readonly text: () => string }
  | { readonly kind: "link"; readonly target: string };

/** A folder whose members are named by an object. */
export function folder(members: () => Readonly<Record<string, ProcNode>>): ProcNode {
  return { kind: "folder", members: () => new Map(Object.entries(members())) };
}

/**
 * What stands at a path below `/proc`, and in a folder its members: `deep`, all that is below. Empty if there is
 * nothing. Symbolic links on the way are followed, `self` and `net` as all others.
 */
export function lookUp(root: ProcNode, path: string, deep: boolean): ProcEntry[] {
  const node = walk(root, path.split("/").slice(2));
  return node === undefined ? [] : entriesOf(node, path.replace(/\/+$/, ""), deep ? Number.POSITIVE_INFINITY : 1);
}

function walk(root: ProcNode, parts: readonly string[]): ProcNode | undefined {
  let node = root;
  for (const [index, part] of parts.entries()) {
    if (part === "" || part === ".") continue;
    if (node.kind !== "folder") return undefined;
    const next = node.members().get(part);
    if (next === undefined) return undefined;
    const isLast = parts.slice(index + 1).every((rest) => rest === "" || rest === ".");
    if (next.kind !== "link" || isLast) node = next;
    else {
      // What leads out of here (`cwd`, `root`) is no business of ours; `self` and `net` stay within.
      if (next.target.startsWith("/")) return undefined;
      return walk(root, [...next.target.split("/"), ...parts.slice(index + 1)]);
    }
  }
  return node;
}

function entriesOf(node: ProcNode, path: string, depth: number): ProcEntry[] {
  if (node.kind === "link") return [{ path, type: "symlink", target: node.target }];
  if (node.kind === "file") return [{ path, type: "file", content: node.text() }];
  const own: ProcEntry = { path, type: "directory" };
  if (depth === 0) return [own];
  const below = Array.from(node.members(), ([name, member]) => entriesOf(member, `${path}/${name}`, depth - 1));
  return [own, ...below.flat()];
}
