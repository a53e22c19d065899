/** What modifiers such as `${name%pattern}` make of a value. */
import type { ExpansionBudget } from "./expansion-budget.ts";
import { Pattern } from "./pattern.ts";

/** A value after `#`, `##`, `%`, `%%`, and bash's `/`, `//`, `^` and `,`. Throws `ExpansionError`. */
export function changed(
  value: string,
  operator: string,
  pattern: string,
  replacement: string,
  budget: ExpansionBudget,
): string {
  const compared = new Pattern(pattern);
  const extent = operator.length === 2 ? "longest" : "shortest";
  switch (operator.charAt(0)) {
    case "#":
      return compared.withoutPrefix(value, extent, budget);
    case "%":
      return compared.withoutSuffix(value, extent, budget);
    case "/":
      if (pattern !== "") return replaced(value, operator, compared, replacement, budget);
      return operator === "/#" ? replacement + value : operator === "/%" ? value + replacement : value;
    case "^":
      return cased(value, operator, pattern, (letter) => letter.toUpperCase(), budget);
    case ",":
      return cased(value, operator, pattern, (letter) => letter.toLowerCase(), budget);
    case "~":
      return cased(value, operator, pattern, turned, budget);
    default:
      return caseOf(value, operator);
  }
}

/** A small letter for a capital, and the other way round. */
function turned(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
}

function caseOf(value: string, operator: string): string {
  if (operator === "@U") return value.toUpperCase();
  if (operator === "@L") return value.toLowerCase();
  if (operator === "@Q") return quotedForBash(value);
  return operator === "@u" ? value.charAt(0).toUpperCase() + value.slice(1) : value;
}

/** `/` the first match, `//` all of them, `/#` one at the beginning, `/%` one at the end. */
function replaced(
  value: string,
  operator: string,
  compared: Pattern,
  replacement: string,
  budget: ExpansionBudget,
): string {
  if (operator === "/#") {
    const rest = compared.withoutPrefix(value, "longest", budget);
    return compared.beginning(value, budget) === undefined ? value : replacement + rest;
  }
  if (operator === "/%") {
    const start = compared.withoutSuffix(value, "longest", budget);
    return start === value ? value : start + replacement;
  }
  let result = "";
  let rest = value;
  while (rest !== "") {
    const length = compared.beginning(rest, budget) ?? 0;
    if (length > 0) {
      result += replacement;
      budget.write(replacement.length);
      rest = rest.slice(length);
      if (operator === "/") break;
      continue;
    }
    const [first = ""] = rest;
    result += first;
    rest = rest.slice(first.length);
  }
  return result + rest;
}

function cased(
  value: string,
  operator: string,
  pattern: string,
  change: (letter: string) => string,
  budget: ExpansionBudget,
): string {
  const compared = new Pattern(pattern === "" ? "?" : pattern);
  const all = operator.length === 2;
  return Array.from(value, (letter, index) =>
    (all || index === 0) && compared.matches(letter, budget) ? change(letter) : letter,
  ).join("");
}

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\E" };

/** A text as bash reads it back: what is no character that shows is escaped. */
export function quotedForBash(text: string): string {
  if (!/\p{Cc}/u.test(text)) return quotedForShell(text);
  const escaped = text.replace(/[\\']/g, "\\$&").replace(/\p{Cc}/gu, (character) => {
    return escapes[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return `$'${escaped}'`;
}

/** A text as a shell reads it back. */
export function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
