/** Threads, schedulers and the like that are started with the app: each worker of production has its own. */
import { fullName, type PythonCall } from "../../tools/audit/python/python-file.ts";
import { lineAt, type PythonModule } from "../recognise/python-module.ts";

/** What is started. */
export type BackgroundKind = "thread" | "scheduler" | "process" | "task";

/** Work that goes on beside the pages. */
export interface BackgroundWork {
  readonly what: BackgroundKind;
  readonly path: string;
  /** Where it is started, from 1. */
  readonly line: number;
}

const tests = /(?:^|\/)(?:tests?|docs)\/|(?:^|\/)(?:test_[^/]*|conftest)\.py$/;
/** What makes an app. */
const makers =
  /^(?:flask\.(?:app\.)?Flask|apiflask\.APIFlask|quart\.Quart|fastapi\.FastAPI|starlette\.applications\.Starlette|bottle\.Bottle|falcon\.(?:asgi\.)?App|litestar\.Litestar)$/;
const kinds: readonly (readonly [RegExp, BackgroundKind])[] = [
  [/^threading\.(?:Thread|Timer)$/, "thread"],
  [/^multiprocessing\.(?:context\.)?Process$/, "process"],
  [/^(?:apscheduler\.(?:.*\.)?\w*Scheduler|flask_apscheduler\.(?:.*\.)?APScheduler)$/, "scheduler"],
];
/** Decorators of functions that a framework calls when the app starts. */
const atStart = /\.(?:on_event|before_serving|before_first_request|on_startup)$|^before_serving$/;

/** A function of the project, wherever it stands. */
interface Definition {
  readonly name: string;
  /** Where its text begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** A call, and the innermost function around it. */
interface Placed {
  readonly call: PythonCall;
  readonly within: Definition | undefined;
}

/** What is known of a module. */
interface Known {
  readonly module: PythonModule;
  readonly definitions: readonly Definition[];
  /** Each call, and the innermost function around it. */
  readonly calls: readonly Placed[];
  /** The last part of its name, by which others import from it. */
  readonly lastName: string;
}

/**
 * What is started when the app is made, once in each process that makes it. Nothing where the command line has the app
 * made once, before there are workers.
 *
 * @param command production's
 */
export function backgroundWork(modules: readonly PythonModule[], command: string): readonly BackgroundWork[] {
  if (/\s--preload(?:-app)?\b/.test(command)) return [];
  if (modules.some(({ text }) => /^preload_app\s*=\s*True\b/m.test(text))) return [];
  const known = modules
    .filter(({ path }) => !tests.test(path))
    .map((module): Known => {
      const definitions = definitionsIn(module.text);
      const calls = module.file.calls.map((call) => ({ call, within: around(definitions, call.from) }));
      return { module, definitions, calls, lastName: module.name.split(".").at(-1) ?? "" };
    });
  const started = functionsAtStart(known);
  return known.flatMap((each) => {
    const { module } = each;
    const found = each.calls.flatMap((placed) => {
      const { call } = placed;
      const what = runsAtStart(placed, started) ? kindStarted(call, each, known) : undefined;
      return what === undefined ? [] : [{ what, path: module.path, line: lineAt(module.text, call.from) }];
    });
    // `a.b(c).start()` holds calls that begin at the same place.
    return found.filter(({ line }, at) => found.findIndex((other) => other.line === line) === at);
  });
}

/** Functions and methods, by the indentation of their lines. */
function definitionsIn(text: string): readonly Definition[] {
  const open: { readonly name: string; readonly from: number; readonly indent: number }[] = [];
  const found: Definition[] = [];
  for (const { 0: line, 1: blanks = "", 2: rest = "", index } of text.matchAll(/^([ \t]*)(\S[^\n]*)\n?/gm)) {
    // What closes a bracket, or is a comment, ends nothing.
    if (/^[)\]}#]/.test(rest)) continue;
    for (let last = open.at(-1); last !== undefined && blanks.length <= last.indent; last = open.at(-1)) {
      found.push({ name: last.name, from: last.from, to: index });
      open.pop();
    }
    const name = /^(?:async[ \t]+)?def[ \t]+(\w+)/.exec(rest)?.[1];
    if (name !== undefined) open.push({ name, from: index + line.length, indent: blanks.length });
  }
  return [...found, ...open.map(({ name, from }) => ({ name, from, to: text.length }))];
}

/** The innermost function around a place. */
function around(definitions: readonly Definition[], at: number): Definition | undefined {
  let best: Definition | undefined;
  for (const each of definitions)
    if (at >= each.from && at < each.to && (best === undefined || each.from > best.from)) best = each;
  return best;
}

/** Functions that are run when the app is made: those that make it, those a framework starts with, and what they call. */
function functionsAtStart(known: readonly Known[]): ReadonlySet<Definition> {
  const started = new Set<Definition>();
  const add = (definition: Definition | undefined) => definition !== undefined && started.add(definition);
  for (const each of known) {
    const { imports } = each.module.file;
    for (const { name, definition } of firstFunctions(each)) add(definition ?? definedHere(each, name));
    for (const placed of each.calls) {
      if (makers.test(fullName(placed.call.callee, imports))) add(placed.within);
      if (runsAtStart(placed, started)) add(calledBy(placed.call, each, known));
    }
  }
  const callsIn = callsByFunction(known);
  // Those that are found on the way come at its end.
  for (const definition of started)
    for (const [each, call] of callsIn.get(definition) ?? []) if (!call.ifMain) add(calledBy(call, each, known));
  return started;
}

/** The calls in each function. */
function callsByFunction(known: readonly Known[]): ReadonlyMap<Definition, readonly (readonly [Known, PythonCall])[]> {
  const found = new Map<Definition, (readonly [Known, PythonCall])[]>();
  for (const each of known)
    for (const { call, within } of each.calls) {
      if (within === undefined) continue;
      const others = found.get(within);
      if (others === undefined) found.set(within, [[each, call]]);
      else others.push([each, call]);
    }
  return found;
}

/** What a framework calls: `@app.on_event("startup")`, `lifespan=…`, an app config's `ready`. */
function firstFunctions({
  module: { text, decorators, file },
  definitions,
}: Known): readonly { readonly name: string; readonly definition?: Definition }[] {
  const decorated = decorators
    .filter(({ callee, text: event }) => atStart.test(callee) && (event === undefined || event === "startup"))
    .flatMap(({ from }) => {
      const next = definitions.filter((each) => each.from > from).sort((a, b) => a.from - b.from)[0];
      return next === undefined ? [] : [{ name: next.name, definition: next }];
    });
  const given = file.calls.flatMap(({ keywords }) =>
    keywords.flatMap(({ name, value }) => (name === "lifespan" && value.kind === "name" ? [{ name: value.text }] : [])),
  );
  const ready = /\bAppConfig\b/.test(text) ? [{ name: "ready" }] : [];
  return [...decorated, ...given, ...ready];
}

function definedHere({ definitions }: Known, name: string): Definition | undefined {
  return definitions.find((each) => each.name === name);
}

/** At import, or within a function that is called then. */
function runsAtStart({ call, within }: Placed, started: ReadonlySet<Definition>): boolean {
  if (call.ifMain) return false;
  return within === undefined ? !call.inFunction : started.has(within);
}

/** The project's function that is called: of the same file, or imported by its name or with its file's. */
function calledBy({ callee }: PythonCall, each: Known, known: readonly Known[]): Definition | undefined {
  if (/^\w+$/.test(callee)) {
    const own = definedHere(each, callee);
    if (own !== undefined) return own;
  }
  const [first = ""] = callee.split(".");
  if (!each.module.file.imports.has(first)) return undefined;
  const [file, name] = fullName(callee, each.module.file.imports).split(".").slice(-2);
  const other = known.find(({ lastName }) => lastName === file);
  return other && name !== undefined ? definedHere(other, name) : undefined;
}

function kindStarted(call: PythonCall, each: Known, known: readonly Known[]): BackgroundKind | undefined {
  const { imports } = each.module.file;
  if (/^asyncio\.(?:create_task|ensure_future)$/.test(fullName(call.callee, imports))) return "task";
  const of = /^(.+)\.start$/s.exec(call.callee)?.[1];
  if (of === undefined) return undefined;
  const made = /^([\w.]+)\(/.exec(of)?.[1];
  return made === undefined ? kindOfName(of, each, known) : kindMade(made, each);
}

/** Of what a call makes. */
function kindMade(callee: string, { module }: Known): BackgroundKind | undefined {
  const full = fullName(callee, module.file.imports);
  const own = new RegExp(`^[ \\t]*class[ \\t]+${callee.replace(/\W/g, "\\$&")}\\(([\\w.]+)`, "m").exec(
    module.text,
  )?.[1];
  const name = own === undefined ? full : fullName(own, module.file.imports);
  return kinds.find(([pattern]) => pattern.test(name))?.[1];
}

/** Of a variable: of this file, or imported from another of the project. */
function kindOfName(name: string, each: Known, known: readonly Known[]): BackgroundKind | undefined {
  for (const { target, call } of each.module.file.assignments) {
    if (target !== name || call === undefined) continue;
    const kind = kindMade(call.callee, each);
    if (kind !== undefined) return kind;
  }
  const [file, variable] = (each.module.file.imports.get(name) ?? "").split(".").slice(-2);
  const other = known.find((one) => one.lastName === file && one !== each);
  return other && variable !== undefined ? kindOfName(variable, other, []) : undefined;
}
