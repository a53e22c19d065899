/** What signs between two whole numbers mean, in the shell's arithmetic, in its tests, and in `bc`. */
const operations: Readonly<Record<string, (left: bigint, right: bigint) => bigint | boolean>> = {
  "||": (left, right) => left !== 0n || right !== 0n,
  "&&": (left, right) => left !== 0n && right !== 0n,
  "|": (left, right) => left | right,
  "^": (left, right) => left ^ right,
  "&": (left, right) => left & right,
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<<": (left, right) => left << (right & 63n),
  ">>": (left, right) => left >> (right & 63n),
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
};

/** The result, of whatever size: a comparison's is 1 or 0, as in C. A divisor is not 0. */
export function applied(operator: string, left: bigint, right: bigint): bigint {
  const value = operations[operator]?.(left, right) ?? 0n;
  return typeof value === "bigint" ? value : value ? 1n : 0n;
}
