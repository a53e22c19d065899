import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyState, captureState, isUnchanged, type LabContent, parseState } from "./lab-state.ts";

const original: LabContent = {
  files: [
    { path: "app.py", text: "app = 1\n" },
    { path: "wsgi.py", text: "from app import app\n" },
  ],
  commands: { development: "flask run", production: "gunicorn app:app" },
  plan: "quick",
};
const plans = ["quick", "slow"];

describe("lab state", () => {
  it("is empty while nothing is changed", () => {
    const state = captureState(original, original);
    expect(state).toEqual({ version: 1 });
    expect(isUnchanged(state)).toBe(true);
  });

  it("keeps only what is changed", () => {
    const state = captureState(original, {
      ...original,
      files: [
        { path: "app.py", text: "app = 2\n" },
        { path: "wsgi.py", text: "from app import app\n" },
      ],
      commands: { ...original.commands, production: "gunicorn -w 2 app:app" },
    });
    expect(state).toEqual({
      version: 1,
      files: { "app.py": "app = 2\n" },
      commands: { production: "gunicorn -w 2 app:app" },
    });
  });

  it("comes back from JSON as it went", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.constantFrom(...plans), (text, left, right, plan) => {
        const current: LabContent = {
          files: [
            { path: "app.py", text },
            { path: "wsgi.py", text: "from app import app\n" },
          ],
          commands: { development: left, production: right },
          plan,
        };
        const state = parseState(JSON.parse(JSON.stringify(captureState(original, current))));
        expect(state).toBeDefined();
        if (state !== undefined) expect(applyState(original, state, plans)).toEqual(current);
      }),
    );
  });

  it("holds the command of a program beside a server, where the lab has one", () => {
    const commands = { ...original.commands, productionBeside: "huey_consumer tasks.huey" };
    const changed = { ...commands, productionBeside: "huey_consumer -w 4 tasks.huey" };
    const state = captureState({ ...original, commands }, { ...original, commands: changed });
    expect(state).toEqual({ version: 1, commands: { productionBeside: "huey_consumer -w 4 tasks.huey" } });
    expect(parseState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    expect(applyState({ ...original, commands }, state, plans).commands).toEqual(changed);
    expect(applyState(original, state, plans).commands).toEqual(original.commands);
  });

  it("leaves out what the lab does not have", () => {
    const changed = applyState(original, { version: 1, files: { "gone.py": "x" }, plan: "gone" }, plans);
    expect(changed).toEqual(original);
  });

  it("refuses what is no state", () => {
    for (const value of [
      null,
      1,
      "x",
      [],
      {},
      { version: 2 },
      { version: 1, files: { a: 1 } },
      { version: 1, plan: 3 },
    ]) {
      expect(parseState(value)).toBeUndefined();
    }
    expect(parseState({ version: 1, commands: { middle: "x" } })).toEqual({ version: 1 });
  });
});
