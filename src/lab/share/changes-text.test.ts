import { describe, expect, it } from "vitest";
import { changesText, longestChanges } from "./changes-text.ts";

const original = {
  files: [
    { path: "app.py", text: "one\ntwo\nthree\n" },
    { path: "gunicorn.conf.py", text: "workers = 1\n" },
  ],
  commands: { development: "flask run", production: "gunicorn app:app" },
  plan: "quick",
};

describe("changesText", () => {
  it("says which lines of which file and which command are others", () => {
    const text = changesText(original, {
      version: 1,
      files: { "app.py": "one\n2\nthree\n" },
      commands: { production: "gunicorn -w 4 app:app" },
    });
    expect(text).toBe(
      "--- production\n-gunicorn app:app\n+gunicorn -w 4 app:app\n--- app.py\n one\n-two\n+2\n three\n",
    );
  });

  it("names the command of a program beside a server as its exercise does", () => {
    const commands = { ...original.commands, productionBeside: "huey_consumer tasks.huey" };
    const state = { version: 1, commands: { productionBeside: "huey_consumer -w 4 tasks.huey" } } as const;
    expect(changesText({ ...original, commands }, state)).toBe(
      "--- productionBeside\n-huey_consumer tasks.huey\n+huey_consumer -w 4 tasks.huey\n",
    );
  });

  it("is empty where nothing was changed", () => {
    expect(changesText(original, { version: 1, files: { "app.py": "one\ntwo\nthree\n" } })).toBe("");
  });

  it("is cut, and says so", () => {
    const text = changesText(original, { version: 1, files: { "app.py": "x".repeat(2 * longestChanges) } });
    expect(text.length).toBeLessThan(longestChanges + 20);
    expect(text).toMatch(/\[cut\]\n$/);
  });
});
