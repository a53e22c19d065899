/** Functions that awk has, but for those that take time. */
import { formattedDate, shownIn } from "../../date.ts";
import { AwkError, type Expression } from "./awk-syntax.ts";
import { awkNumber, awkText, fromOutside, printed, type Value } from "./awk-values.ts";

/** A run of a program, as its functions see it. */
export interface AwkCalling {
  readonly system: { readonly env: Readonly<Record<string, string>> };
  value(expression: Expression): Value;
  store(target: Expression, value: Value): void;
  get(name: string): Value;
  set(name: string, value: Value): void;
  /** A variable as a text. */
  text(name: string): string;
  isArray(name: string): boolean;
  array(name: string): Map<string, Value>;
  expressionOf(argument: Expression | undefined): RegExp;
  split(text: string, separator: Value | RegExp): string[];
}

/** Calls one of them. Throws `AwkError`. */
export function callBuiltin(run: AwkCalling, name: string, args: readonly Expression[]): Value {
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  if (builtin === undefined) throw new AwkError(`function ${name} never defined`);
  return builtin(run, args);
}

type Builtin = (run: AwkCalling, args: readonly Expression[]) => Value;

function text(run: AwkCalling, args: readonly Expression[], at: number): string {
  const arg = args[at];
  return arg === undefined ? "" : awkText(run.value(arg), run.text("CONVFMT"));
}

function number(run: AwkCalling, args: readonly Expression[], at: number): number {
  const arg = args[at];
  return arg === undefined ? 0 : awkNumber(run.value(arg));
}

const record: Expression = { kind: "field", index: { kind: "number", value: 0 } };

/** Characters from a place on, from 1, as many as there are of them. */
function substring(whole: string, from: number, length: number | undefined): string {
  const characters = Array.from(whole);
  const begin = Math.round(from);
  const end = length === undefined ? Number.POSITIVE_INFINITY : begin + Math.round(length);
  return characters.slice(Math.max(0, begin - 1), Math.max(0, end - 1)).join("");
}

/** `&` and `\\&` in what is put in. */
function withMatch(replacement: string, found: string): string {
  return replacement.replace(/\\\\&|\\&|&/g, (sign) => (sign === "&" ? found : sign === "\\&" ? "&" : `\\${found}`));
}

function substitute(run: AwkCalling, args: readonly Expression[], all: boolean): number {
  const replacement = text(run, args, 1);
  const target = args[2] ?? record;
  const whole = awkText(run.value(target), run.text("CONVFMT"));
  const expression = run.expressionOf(args[0]);
  let result = "";
  let end = 0;
  let count = 0;
  for (const { index, 0: found } of whole.matchAll(expression)) {
    if (found === "" && index === end && count > 0 && end > 0) continue;
    result += whole.slice(end, index) + withMatch(replacement, found);
    end = index + found.length;
    count += 1;
    if (!all) break;
  }
  if (count > 0) run.store(target, result + whole.slice(end));
  return count;
}

/** gawk's: groups, and which match. */
function general(run: AwkCalling, args: readonly Expression[]): string {
  const expression = run.expressionOf(args[0]);
  const replacement = text(run, args, 1);
  const which = text(run, args, 2);
  const whole = args[3] === undefined ? awkText(run.value(record), run.text("CONVFMT")) : text(run, args, 3);
  let place = 0;
  return whole.replace(expression, (...found) => {
    place += 1;
    const all = /^[gG]/.test(which);
    if (!all && place !== Math.max(1, Number(which))) return String(found[0]);
    return replacement.replace(/\\([0-9&\\])|&/g, (sign, letter?: string) => {
      if (letter === undefined) return String(found[0]);
      return /\d/.test(letter) ? String(found[Number(letter)] ?? "") : letter || sign;
    });
  });
}

let seed = 0;
let state = 0;

/** The same numbers for the same seed. */
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

const builtins: Readonly<Record<string, Builtin>> = {
  length: (run, args) => {
    const [arg] = args;
    if (arg?.kind === "variable" && run.isArray(arg.name)) return run.array(arg.name).size;
    return Array.from(awkText(run.value(arg ?? record), run.text("CONVFMT"))).length;
  },
  substr: (run, args) =>
    substring(text(run, args, 0), number(run, args, 1), args[2] === undefined ? undefined : number(run, args, 2)),
  index: (run, args) => {
    const whole = text(run, args, 0);
    return Array.from(whole.slice(0, whole.indexOf(text(run, args, 1)) + 1)).length;
  },
  split: (run, args) => {
    const [, into, by] = args;
    if (into?.kind !== "variable") throw new AwkError("split wants an array");
    const parts = run.split(
      text(run, args, 0),
      by === undefined ? run.get("FS") : by.kind === "regex" ? run.expressionOf(by) : run.value(by),
    );
    const array = run.array(into.name);
    array.clear();
    for (const [at, part] of parts.entries()) array.set(String(at + 1), fromOutside(part));
    return parts.length;
  },
  sub: (run, args) => substitute(run, args, false),
  gsub: (run, args) => substitute(run, args, true),
  gensub: general,
  match: (run, args) => {
    const whole = text(run, args, 0);
    const found = run.expressionOf(args[1]).exec(whole);
    const start = found === null ? 0 : Array.from(whole.slice(0, found.index)).length + 1;
    run.set("RSTART", start);
    run.set("RLENGTH", found === null ? -1 : Array.from(found[0]).length);
    const [, , into] = args;
    if (into?.kind === "variable") {
      const array = run.array(into.name);
      array.clear();
      for (const [at, group] of Array.from(found ?? []).entries())
        if (group !== undefined) array.set(String(at), fromOutside(group));
    }
    return start;
  },
  sprintf: (run, args) =>
    printed(
      text(run, args, 0),
      args.slice(1).map((arg) => run.value(arg)),
      run.text("CONVFMT"),
    ),
  sin: (run, args) => Math.sin(number(run, args, 0)),
  cos: (run, args) => Math.cos(number(run, args, 0)),
  atan2: (run, args) => Math.atan2(number(run, args, 0), number(run, args, 1)),
  exp: (run, args) => Math.exp(number(run, args, 0)),
  log: (run, args) => Math.log(number(run, args, 0)),
  sqrt: (run, args) => Math.sqrt(number(run, args, 0)),
  int: (run, args) => Math.trunc(number(run, args, 0)),
  rand: () => random(),
  srand: (run, args) => {
    const before = seed;
    seed = args.length === 0 ? Math.floor(Date.now() / 1000) : number(run, args, 0);
    state = Math.trunc(seed * 1000) >>> 0;
    random();
    return before;
  },
  tolower: (run, args) => text(run, args, 0).toLowerCase(),
  toupper: (run, args) => text(run, args, 0).toUpperCase(),
  systime: () => Math.floor(Date.now() / 1000),
  strftime: (run, args) => {
    const format = args.length === 0 ? "%a %b %e %H:%M:%S %Z %Y" : text(run, args, 0);
    const time = args[1] === undefined ? Date.now() : number(run, args, 1) * 1000;
    const isUtc = args[2] !== undefined && number(run, args, 2) !== 0;
    return formattedDate(format, shownIn(isUtc ? "UTC" : run.system.env["TZ"], time));
  },
};
