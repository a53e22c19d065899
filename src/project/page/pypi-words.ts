/** The sentences of what comes of asking PyPI. */
import { projectStrings } from "../../strings/strings.ts";
import type { HinderedPackage, PackageHindrance } from "../pypi/plan-packages.ts";

const { pypi: words, packages } = projectStrings;

/** Why a package was not added, and what to do. */
export function hinderedSentence({ name, because, problem }: HinderedPackage): string {
  const why = whyNot(because, problem);
  return name === because ? words.hindered(name, why) : words.hinderedBy(name, because, why);
}

function whyNot(name: string, problem: PackageHindrance): string {
  switch (problem.kind) {
    case "offline":
      return words.offline;
    case "unreachable":
      return words.unreachable;
    case "too slow":
      return words.tooSlow;
    case "unknown package":
      return words.unknownPackage;
    case "refused":
      return words.refused(problem.status);
    case "not a list":
      return words.notAList;
    case "too large":
      return words.tooLarge(problem.limit);
    case "changed":
      return words.changed;
    case "not a wheel":
      return words.notAWheel;
    case "no pure wheel":
      return problem.native ? words.onlyNative : words.onlySource(name);
    case "no version fits":
      return words.noVersionFits(problem.wanted, problem.newest);
    case "another python":
      return words.anotherPython(problem.version, problem.requires);
    case "no safe file":
      return words.noSafeFile(problem.version);
    case "native":
      return `${packages.nativeCode} ${packages.advice[problem.advice]}`;
    case "clashes":
      return words.clashes(problem.needs, problem.version);
    case "elsewhere":
      return words.elsewhere(problem.needs, problem.address);
    case "too many":
      return words.tooMany(problem.limit);
    case "undecided":
      return words.undecided;
  }
}
