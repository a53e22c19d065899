/** The sentences of what differs. */
import { formatCount } from "../../lab/basics/number-format.ts";
import { projectStrings } from "../../strings/strings.ts";
import type { Difference } from "../differences/observation.ts";

/** What differs, in a sentence. */
export function differenceSentence(difference: Difference): string {
  const { differs: words } = projectStrings;
  const { sides } = words;
  switch (difference.kind) {
    case "counter per worker":
      return words.counterPerWorker(difference.path, difference.seen.development, difference.seen.production);
    case "differs by worker":
      return words.differsByWorker(difference.path);
    case "state in a variable":
      return words.stateInVariable(difference.name, difference.path, difference.line);
    case "background work":
      return words.backgroundWork(
        words.background[difference.what],
        difference.path,
        difference.line,
        difference.workers,
      );
    case "cookie unknown to a worker":
      return words.cookieUnknown(difference.path, difference.cookie);
    case "status differs":
      return words.statusDiffers(difference.path, difference.seen.development, difference.seen.production);
    case "database is locked":
      return words.locked(difference.sides.map((side) => sides[side]));
    case "errors on one side":
      return words.errorsOnOneSide(sides[difference.side], formatCount(difference.failed));
    case "start-up work repeated":
      return words.repeated(difference.line, difference.times);
    case "debug mode on":
      return words.debugMode(difference.sides.map((side) => sides[side]));
    case "printed on one side":
      return words.printed(sides[difference.side], difference.line.slice(0, 120));
    case "static files by Python":
      return words.staticByPython(difference.path);
    case "static files missing":
      return words.staticMissing(difference.path);
  }
}
