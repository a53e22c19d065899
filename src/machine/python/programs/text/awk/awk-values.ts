/** Values of awk, and what they are as numbers and texts. */
import { formatted } from "../printing.ts";

/** A text from outside that looks like a number is one as well. */
export interface NumericText {
  readonly text: string;
  readonly number: number;
}

/** Undefined is a variable that nothing was put into. */
export type Value = number | string | NumericText | undefined;

const numeric = /^[ \t\n\r]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\r]*$/;

/** What comes from a field, a file or an argument. */
export function fromOutside(text: string): Value {
  return numeric.test(text) ? { text, number: Number(text) } : text;
}

/** The number that a value begins with. */
export function awkNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (value === undefined) return 0;
  if (typeof value === "object") return value.number;
  return Number(/^[ \t\n\r]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(value)?.[1] ?? 0);
}

/** `format` is `CONVFMT` or `OFMT`. */
export function awkText(value: Value, format: string): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  if (typeof value === "object") return value.text;
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value === 0 ? 0 : value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (Number.isInteger(value)) return BigInt(value).toString();
  return printed(format, [value], format);
}

/** Whether a condition of this value holds. */
export function isTrue(value: Value): boolean {
  if (typeof value === "string") return value !== "";
  if (typeof value === "object") return value.number !== 0;
  return value !== undefined && value !== 0;
}

/** Below zero, zero or above it. */
export function compared(left: Value, right: Value, format: string): number {
  if (typeof left !== "string" && typeof right !== "string") return awkNumber(left) - awkNumber(right);
  const [a, b] = [awkText(left, format), awkText(right, format)];
  return a < b ? -1 : a > b ? 1 : 0;
}

const directive = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?([a-zA-Z%])/g;

/** `printf`: its format with values in it. */
export function printed(format: string, values: readonly Value[], convert: string): string {
  const rest = [...values];
  const star = () => String(Math.trunc(awkNumber(rest.shift())));
  return format.replace(directive, (all, flags: string, width = "", precision: string | undefined, kind: string) => {
    if (kind === "%") return "%";
    const wide = width === "*" ? star() : width;
    const precise = precision === "*" ? star() : precision;
    const left = wide.startsWith("-") ? "-" : "";
    const spec = `%${left}${flags}${wide.replace("-", "")}${precise === undefined ? "" : `.${precise}`}`;
    if (!/[diouxXeEfFgGcs]/.test(kind)) return all;
    const { letter, text } = asArgument(kind, rest.shift(), convert);
    return formatted(spec + letter, [text], true).text;
  });
}

/** A value as the shell's `printf` takes it, and by which letter. */
function asArgument(kind: string, value: Value, convert: string): { readonly letter: string; readonly text: string } {
  if (/[di]/.test(kind)) return { letter: "d", text: String(wholeOf(value)) };
  if (/[oxXu]/.test(kind)) return { letter: kind, text: String(wholeOf(value)) };
  if (/[eEfFgG]/.test(kind) && Number.isFinite(awkNumber(value)))
    return { letter: kind, text: String(awkNumber(value)) };
  if (kind !== "c") return { letter: "s", text: awkText(kind === "s" ? value : awkNumber(value), convert) };
  const isNumber = typeof value === "number" || typeof value === "object";
  const code = Math.max(0, Math.trunc(awkNumber(value)));
  return { letter: "s", text: isNumber ? String.fromCodePoint(code) : (Array.from(awkText(value, convert))[0] ?? "") };
}

function wholeOf(value: Value): bigint {
  const number = Math.trunc(awkNumber(value));
  return Number.isFinite(number) ? BigInt(number) : 0n;
}
