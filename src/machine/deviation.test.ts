import { afterEach, describe, expect, it } from "vitest";
import { inLanguage } from "../strings/in-language.ts";
import { lookedUp } from "../strings/languages.ts";
import { deviations } from "./deviation.ts";

const english = { processes: { what: "Processes", here: "Each is a worker.", noticed: "There are at most 64." } };
const spanish = { processes: { what: "Procesos", here: "Cada uno es un worker.", noticed: "Hay 64 como máximo." } };

afterEach(() => {
  globalThis.wordsInForce = undefined;
});

describe("deviations", () => {
  it("says each in the language of the page that names it, whichever page was built first", () => {
    let current: object = spanish;
    globalThis.wordsInForce = (_, words) => lookedUp(words, () => current);
    const [processes] = deviations(inLanguage("pythonDeviationStrings", english), { processes: "one.test.ts" });
    expect(processes).toMatchObject({ name: "processes", ...spanish.processes, heldBy: "one.test.ts" });
    current = english;
    expect(processes).toMatchObject({ name: "processes", ...english.processes, heldBy: "one.test.ts" });
  });
});
