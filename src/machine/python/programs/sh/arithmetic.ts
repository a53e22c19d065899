import { ExpansionError } from "./expansion-budget.ts";

const token = /\s*(?:(\d+)|([A-Za-z_]\w*)|(<=|>=|==|!=|&&|\|\||[-+*/%()<>!]))/y;

/** Binary operators by how tightly they bind, the loosest first. */
const levels = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]] as const;

/** Brackets within brackets; more is no expression that anybody would write, and would overflow the stack. */
const deepest = 200;

/** What `$((…))` comes to. Throws `ExpansionError`, with dash's words. */
export function evaluate(expression: string, variable: (name: string) => string): number {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const text = expression.trimEnd();
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null) throw expecting(expression);
    tokens.push(found[1] ?? found[2] ?? found[3] ?? "");
  }
  let at = 0;
  let depth = 0;
  const primary = (): number => {
    const start = at;
    while (/^[-+!]$/.test(tokens[at] ?? "")) at += 1;
    const signs = tokens.slice(start, at);
    return signs.reduceRight(
      (value, sign) => (sign === "!" ? Number(value === 0) : sign === "-" ? -value : value),
      operand(),
    );
  };
  const operand = (): number => {
    const found = tokens[at];
    at += 1;
    if (found === "(") {
      depth += 1;
      if (depth > deepest) throw new ExpansionError(`arithmetic expression: more than ${deepest} nested brackets`);
      const value = binary(0);
      if (tokens[at] !== ")") throw expecting(expression);
      at += 1;
      depth -= 1;
      return value;
    }
    if (found === undefined) throw expecting(expression);
    if (/^\d/.test(found)) return Number(found);
    if (!/^\w/.test(found)) throw expecting(expression);
    const value = variable(found).trim();
    if (value === "") return 0;
    if (!/^[-+]?\d+$/.test(value)) throw new ExpansionError(`Illegal number: ${value}`);
    return Number(value);
  };
  const binary = (level: number): number => {
    const operators: readonly string[] | undefined = levels[level];
    if (operators === undefined) return primary();
    let left = binary(level + 1);
    for (let operator = tokens[at]; operator !== undefined && operators.includes(operator); operator = tokens[at]) {
      at += 1;
      left = apply(operator, left, binary(level + 1));
    }
    return left;
  };
  if (tokens.length === 0) return 0;
  const value = binary(0);
  if (at < tokens.length) throw expecting(expression);
  return value;
}

function apply(operator: string, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
    case "%":
      if (right === 0) throw new ExpansionError("division by zero");
      return operator === "/" ? Math.trunc(left / right) : left % right;
    case "<":
      return Number(left < right);
    case "<=":
      return Number(left <= right);
    case ">":
      return Number(left > right);
    case ">=":
      return Number(left >= right);
    case "==":
      return Number(left === right);
    case "!=":
      return Number(left !== right);
    case "&&":
      return Number(left !== 0 && right !== 0);
    default:
      return Number(left !== 0 || right !== 0);
  }
}

function expecting(expression: string): ExpansionError {
  return new ExpansionError(`arithmetic expression: expecting primary: "${expression}"`);
}
