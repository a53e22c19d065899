/** `[[ … ]]` of bash. */
import type { Condition, Word } from "../../../../../shell/syntax.ts";
import { evaluateIn, expandPattern, expandText } from "../expansion/expansion.ts";
import { ExpansionBudget } from "../expansion/expansion-budget.ts";
import { Pattern } from "../expansion/pattern.ts";
import type { Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import { compareFiles, compareNumbers, testUnary } from "./test-expression.ts";
import { traceCondition } from "./trace.ts";

/** What a condition comes to. Throws `ExpansionError`, `ShellError`. */
export async function testCondition(condition: Condition, shell: Shell, io: Io): Promise<boolean> {
  await traceCondition(shell, condition, io);
  switch (condition.kind) {
    case "and":
      return (await testCondition(condition.left, shell, io)) && testCondition(condition.right, shell, io);
    case "or":
      return (await testCondition(condition.left, shell, io)) || testCondition(condition.right, shell, io);
    case "not":
      return !(await testCondition(condition.condition, shell, io));
    case "unary": {
      const text = await expandText(condition.word, shell.expansionContext(io));
      if (condition.operator === "-v") return isSet(text, shell);
      return testUnary(condition.operator, text, shell, io);
    }
    case "binary":
      return testBinary(condition.operator, condition.left, condition.right, shell, io);
  }
}

function isSet(name: string, shell: Shell): boolean {
  const [, array, key] = /^(\w+)\[(.*)\]$/.exec(name) ?? [];
  if (array !== undefined && key !== undefined) return shell.variables.elements(array)?.has(key) ?? false;
  return shell.variables.get(name) !== undefined;
}

async function testBinary(operator: string, left: Word, right: Word, shell: Shell, io: Io): Promise<boolean> {
  const around = shell.expansionContext(io);
  const text = await expandText(left, around);
  switch (operator) {
    case "=":
    case "==":
    case "!=": {
      const ignored = shell.shopt.has("nocasematch");
      const pattern = await expandPattern(right, { ...around, extendedPatterns: true });
      const matches = ignored
        ? new Pattern(pattern.toLowerCase()).matches(text.toLowerCase(), new ExpansionBudget())
        : new Pattern(pattern).matches(text, new ExpansionBudget());
      return matches === (operator !== "!=");
    }
    case "=~":
      return matchesExpression(text, right, shell, io);
    case "<":
    case ">": {
      const other = await expandText(right, around);
      return operator === "<" ? text < other : text > other;
    }
    case "-nt":
    case "-ot":
    case "-ef":
      return compareFiles(operator, text, await expandText(right, around), shell);
    default:
      return compareNumbers(operator, evaluateIn(text, around), evaluateIn(await expandText(right, around), around));
  }
}

/** What was quoted stands for itself. What the brackets match goes into `BASH_REMATCH`. */
async function matchesExpression(text: string, word: Word, shell: Shell, io: Io): Promise<boolean> {
  const pieces: string[] = [];
  for (const part of word.parts) {
    const piece = await expandText({ parts: [part] }, shell.expansionContext(io));
    pieces.push(part.quoted ? piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : piece);
  }
  let expression: RegExp;
  try {
    expression = new RegExp(
      pieces.join("").replace(/\[\[:(\w+):\]/g, (_, name: string) => `[${classes[name] ?? ""}`),
      "u",
    );
  } catch {
    throw new ShellError("syntax error in the regular expression of [[ =~ ]]", 2);
  }
  const found = expression.exec(text);
  shell.variables.setArray("BASH_REMATCH");
  for (const [index, group] of (found ?? []).entries()) {
    shell.variables.setElement("BASH_REMATCH", String(index), group ?? "");
  }
  return found !== null;
}

const classes: Readonly<Record<string, string>> = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  digit: "0-9",
  lower: "a-z",
  upper: "A-Z",
  space: "\\s",
  blank: " \\t",
  xdigit: "0-9A-Fa-f",
  punct: "!-\\/:-@\\[-`{-~",
};
