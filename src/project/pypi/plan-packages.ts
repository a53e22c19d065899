/**
 * What has to be asked of PyPI for a project's packages, and for what those need in turn: again and again, with what has
 * been answered, until nothing is left to ask. Pure: it asks nothing itself.
 *
 * Of each package the newest wheel is taken that fits everything that asks for it. There is no way back to an older one
 * because of what it needs, as pip has it: then the package is not taken, and it is said why.
 */
import { satisfies } from "@renovatebot/pep440";
import { type AvailablePackage, type NativeAdvice, nativeAdvice } from "../packages/assess-packages.ts";
import { markerHolds } from "../packages/marker.ts";
import { type AskFailure, askLimits, type FetchedWheel } from "./ask-pypi.ts";
import { type ChosenWheel, chooseWheel, type ListedFile, listAddress, type NoWheel } from "./simple-index.ts";

/** More packages are not asked for. */
export const mostPackages = 40;

/** A package that the project asks for and the site lacks. */
export interface WantedPackage {
  /** As package indexes compare it. */
  readonly name: string;
  readonly extras: readonly string[];
  /** As PEP 440 has it. Empty: any version. */
  readonly specifier: string;
}

/** What is known when a plan is made. */
export interface PlanKnowledge {
  /** What the project has without PyPI, by name. */
  readonly here: ReadonlyMap<string, AvailablePackage>;
  /** What PyPI has answered about packages, by their names. */
  readonly lists: ReadonlyMap<string, readonly ListedFile[] | AskFailure>;
  /** Which wheels have come, by their addresses. */
  readonly wheels: ReadonlyMap<string, FetchedWheel | AskFailure>;
}

/** Why a package cannot be taken. */
export type PackageHindrance =
  | AskFailure
  | NoWheel
  /** It is code for a processor. */
  | { readonly kind: "native"; readonly advice: NativeAdvice }
  /** It needs another version of a package that is here. */
  | { readonly kind: "clashes"; readonly needs: string; readonly version: string }
  /** It needs a package from an address of its own. */
  | { readonly kind: "elsewhere"; readonly needs: string; readonly address: string }
  /** Its metadata has a marker that cannot be read. */
  | { readonly kind: "not a wheel" }
  | { readonly kind: "too many"; readonly limit: number }
  /** What its packages need of each other leads round in a circle. */
  | { readonly kind: "undecided" };

/** A package of the project that cannot be taken, and because of which one. */
export interface HinderedPackage {
  /** What the project asks for. */
  readonly name: string;
  /** Itself, or what it needs. */
  readonly because: string;
  readonly problem: PackageHindrance;
}

/** A list that is to be asked for. */
export interface WantedList {
  readonly name: string;
  readonly address: string;
  /** Packages that need it. Empty: the project itself. */
  readonly neededBy: readonly string[];
}

/** What to ask next, and what came of it so far. */
export interface PackagePlan {
  /** Nothing in both: the plan is at its end. */
  readonly lists: readonly WantedList[];
  readonly files: readonly ChosenWheel[];
  /** Complete with all that they need. */
  readonly ready: readonly FetchedWheel[];
  readonly hindered: readonly HinderedPackage[];
}

interface Asked {
  readonly specifiers: ReadonlySet<string>;
  readonly extras: ReadonlySet<string>;
  readonly neededBy: ReadonlySet<string>;
}

type PlanNode =
  | { readonly kind: "list" }
  | { readonly kind: "file"; readonly chosen: ChosenWheel }
  | { readonly kind: "wheel"; readonly wheel: FetchedWheel; readonly needs: readonly string[] }
  | { readonly kind: "problem"; readonly problem: PackageHindrance };

/** Makes the plan. */
export function planPackages(roots: readonly WantedPackage[], knowledge: PlanKnowledge): PackagePlan {
  const { nodes, asked, settled } = settledNodes(roots, knowledge);
  const hindered = roots.flatMap(({ name }): readonly HinderedPackage[] => {
    if (!settled) return [{ name, because: name, problem: { kind: "undecided" } }];
    for (const each of closure(name, nodes)) {
      const node = nodes.get(each);
      if (node?.kind === "problem") return [{ name, because: each, problem: node.problem }];
    }
    return [];
  });
  const out = new Set(hindered.map(({ name }) => name));
  const wanted = new Set(roots.flatMap(({ name }) => (out.has(name) ? [] : [...closure(name, nodes)])));
  if (wanted.size > mostPackages)
    return {
      lists: [],
      files: [],
      ready: [],
      hindered: roots.map(({ name }) => ({ name, because: name, problem: { kind: "too many", limit: mostPackages } })),
    };
  const steps = [...wanted].flatMap((name) => ({ name, node: nodes.get(name) }));
  return {
    lists: steps.flatMap(({ name, node }) =>
      node?.kind === "list"
        ? [{ name, address: listAddress(name), neededBy: [...(asked.get(name)?.neededBy ?? [])] }]
        : [],
    ),
    files: steps.flatMap(({ node }) => (node?.kind === "file" ? [node.chosen] : [])),
    ready: steps.flatMap(({ node }) => (node?.kind === "wheel" ? [node.wheel] : [])),
    hindered,
  };
}

interface Pass {
  readonly nodes: ReadonlyMap<string, PlanNode>;
  readonly asked: ReadonlyMap<string, Asked>;
}

/** Passes until what is asked of each package is what it was chosen by. */
function settledNodes(roots: readonly WantedPackage[], knowledge: PlanKnowledge): Pass & { readonly settled: boolean } {
  let last = "";
  let pass: Pass = { nodes: new Map(), asked: new Map() };
  for (let count = 0; count < 2 * mostPackages; count += 1) {
    pass = onePass(roots, knowledge, pass.asked);
    const found = inWords(pass.asked);
    if (found === last) return { ...pass, settled: true };
    last = found;
  }
  return { ...pass, settled: false };
}

function inWords(asked: ReadonlyMap<string, Asked>): string {
  const entries = [...asked].map(([name, { specifiers, extras }]) => [
    name,
    [...specifiers].sort(),
    [...extras].sort(),
  ]);
  return JSON.stringify(entries.sort());
}

/** @param before what was asked of each package in the pass before, by which wheels are chosen */
function onePass(roots: readonly WantedPackage[], knowledge: PlanKnowledge, before: ReadonlyMap<string, Asked>): Pass {
  const asked = new Map<string, Asked>();
  const nodes = new Map<string, PlanNode>();
  const open: string[] = [];
  const ask = ({ name, extras, specifier }: WantedPackage, by?: string) => {
    const had = asked.get(name);
    asked.set(name, {
      specifiers: new Set([...(had?.specifiers ?? []), specifier]),
      extras: new Set([...(had?.extras ?? []), ...extras]),
      neededBy: new Set([...(had?.neededBy ?? []), ...(by === undefined ? [] : [by])]),
    });
    if (had === undefined) open.push(name);
  };
  for (const root of roots) ask(root);
  for (let name = open.shift(); name !== undefined && nodes.size <= mostPackages; name = open.shift()) {
    const of = before.get(name) ?? asked.get(name);
    const needs: WantedPackage[] = [];
    nodes.set(name, nodeOf(name, [...(of?.specifiers ?? [])], [...(of?.extras ?? [])], knowledge, needs));
    for (const need of needs) ask(need, name);
  }
  return { nodes, asked };
}

/** @param needs gets what the package needs in turn */
function nodeOf(
  name: string,
  specifiers: readonly string[],
  extras: readonly string[],
  { here, lists, wheels }: PlanKnowledge,
  needs: WantedPackage[],
): PlanNode {
  const problem = (what: PackageHindrance): PlanNode => ({ kind: "problem", problem: what });
  const advice = nativeAdvice(name);
  if (advice !== undefined) return problem({ kind: "native", advice });
  const list = lists.get(name);
  if (list === undefined) return { kind: "list" };
  if ("kind" in list) return problem(list);
  const chosen = chooseWheel(name, list, specifiers);
  if (chosen.kind !== "wheel") return problem(chosen);
  const limit = askLimits.wheelBytes;
  if ((chosen.size ?? 0) > limit) return problem({ kind: "too large", limit });
  const wheel = wheels.get(chosen.url);
  if (wheel === undefined) return { kind: "file", chosen };
  if (wheel.kind !== "fetched") return problem(wheel);
  for (const dependency of wheel.needs) {
    const holds = markerHolds(dependency.marker, extras);
    if (holds === undefined) return problem({ kind: "not a wheel" });
    if (!holds) continue;
    const { address, specifier } = dependency;
    if (address !== undefined) return problem({ kind: "elsewhere", needs: dependency.name, address });
    const found = here.get(dependency.name);
    if (found === undefined) needs.push({ name: dependency.name, extras: dependency.extras, specifier });
    else if (specifier !== "" && !satisfies(found.version, specifier, { prereleases: true }))
      return problem({ kind: "clashes", needs: `${dependency.name}${specifier}`, version: found.version });
  }
  return { kind: "wheel", wheel, needs: needs.map((need) => need.name) };
}

/** A package, and all that it needs, as far as it is known. */
function closure(name: string, nodes: ReadonlyMap<string, PlanNode>): ReadonlySet<string> {
  const found = new Set([name]);
  for (const each of found) {
    const node = nodes.get(each);
    if (node?.kind === "wheel") for (const need of node.needs) found.add(need);
  }
  return found;
}
