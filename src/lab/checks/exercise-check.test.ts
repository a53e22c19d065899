import { describe, expect, it } from "vitest";
import type { ExerciseCheck } from "../../lab-definition/exercise-schema.ts";
import { Predictions } from "../runs/predictions.ts";
import { LabSession } from "../session/lab-session.ts";
import { makeBeside } from "../side/beside-program.ts";
import { firstLab } from "../testing/first-lab.ts";
import { ScriptedMachine } from "../testing/scripted-machine.ts";
import { lookAt } from "./exercise-check.ts";

const { development, production } = firstLab.sides;

function lab(): LabSession {
  return new LabSession({
    definition: {
      ...firstLab,
      sides: { development, production: { ...production, beside: { title: "Worker", command: "huey -w 1" } } },
    },
    files: [],
    siteRoot: () => new URL("https://example.org/"),
    makeBeside,
    predictions: new Predictions("first-load"),
    open: async () => new ScriptedMachine({}),
  });
}

const check = (beside?: true): ExerciseCheck => ({
  wants: "Four at a time.",
  hint: "-w",
  command: { side: "production", matches: "-w 4", ...(beside && { beside }) },
});

describe("lookAt", () => {
  it("reads the command of a server, or that of the program beside it", async () => {
    const session = lab();
    expect(await lookAt(session, check())).toMatchObject({ kind: "wrong" });
    const result = await lookAt(session, check(true));
    expect(result).toMatchObject({ kind: "wrong", seen: expect.stringContaining("huey -w 1") });
    session.sides.production.beside?.line.edit("huey -w 4");
    expect(await lookAt(session, check(true))).toEqual({ kind: "right" });
    expect(await lookAt(session, check())).toMatchObject({ kind: "wrong" });
  });
});
