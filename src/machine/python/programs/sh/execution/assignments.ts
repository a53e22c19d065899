import type { VariableAssignment } from "../../../../../shell/syntax.ts";
import { type ExpansionContext, evaluateIn, expandText, expandWords } from "../expansion/expansion.ts";
import type { ShellState } from "../state/shell-state.ts";

/** `NAME=value`, `NAME+=value`, `NAME[key]=value`, `NAME=(a b)`. Throws `ExpansionError`. */
export async function assign(
  shell: ShellState,
  assignment: VariableAssignment,
  around: ExpansionContext,
): Promise<void> {
  const { name, value, append, index, elements } = assignment;
  const { variables } = shell;
  if (elements !== undefined) {
    await assignElements(shell, assignment, around);
    return;
  }
  const text = await expandText(value, around, "assignment");
  const variable = variables.find(name);
  if (index !== undefined) {
    const key = keyOf(shell, name, await expandText(index, around), around);
    const before = append ? (variables.elements(name)?.get(key) ?? "") : "";
    variables.setElement(name, key, before + text);
    return;
  }
  if (variable?.integer) {
    const sum = append ? `(${variables.get(name) || 0})+(${text || 0})` : text;
    shell.set(name, String(evaluateIn(sum, around)));
  } else shell.set(name, append ? (variables.get(name) ?? "") + text : text);
}

async function assignElements(
  { variables }: ShellState,
  { name, append, elements = [] }: VariableAssignment,
  around: ExpansionContext,
): Promise<void> {
  const associative = variables.find(name)?.associative ?? false;
  const before = append ? [...(variables.elements(name) ?? [])] : [];
  const expanded: [string | undefined, string][] = [];
  for (const { key, value } of elements) {
    if (key !== undefined) expanded.push([await expandText(key, around), await expandText(value, around)]);
    else for (const field of await expandWords([value], around)) expanded.push([undefined, field]);
  }
  variables.setArray(name);
  for (const [key, value] of before) variables.setElement(name, key, value);
  let next = Math.max(-1, ...before.map(([key]) => Number(key))) + 1;
  for (const [key, value] of expanded) {
    if (key !== undefined && !associative) next = Number(evaluateIn(key, around));
    variables.setElement(name, associative && key !== undefined ? key : String(next), value);
    next += 1;
  }
}

/** The key of an element: a number counts from the end if it is below zero. */
function keyOf({ variables }: ShellState, name: string, text: string, around: ExpansionContext): string {
  if (variables.find(name)?.associative) return text;
  const index = evaluateIn(text, around);
  if (index >= 0n) return String(index);
  const last = Math.max(-1, ...Array.from(variables.elements(name)?.keys() ?? [], Number));
  return String(BigInt(last) + 1n + index);
}
