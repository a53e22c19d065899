/** Which side a load test asks. */
import type { SideName } from "../../lab-definition/schema.ts";
import { sideNames } from "../basics/sides.ts";
import type { LoadPhase } from "./load-test.ts";

/** The side that a run asks or warms up now. `undefined` where it is neither, or both at once. */
export function sideUnderTest(phase: LoadPhase): SideName | undefined {
  if (phase.kind !== "running") return undefined;
  const asked = sideNames.filter((side) => phase.turns[side] === "asked" || phase.turns[side] === "warming");
  return asked.length === 1 ? asked[0] : undefined;
}
