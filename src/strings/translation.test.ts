import { afterEach, describe, expect, it } from "vitest";
import { inLanguage } from "./in-language.ts";
import { lookedUp, spoken } from "./languages.ts";

const english = {
  plain: "Start",
  side: { started: (port: number) => `Running on port ${port}.`, keys: [["Tab", "leaves"]] },
};
const spanish = {
  labStrings: { side: { started: (port: number) => `En el puerto ${port}.`, keys: [["Tab", "sale"]] } },
};

afterEach(() => {
  globalThis.wordsInForce = undefined;
});

describe("inLanguage", () => {
  it("speaks English where nothing else is in force", () => {
    expect(inLanguage("labStrings", english)).toBe(english);
  });

  it("speaks what is in force", () => {
    globalThis.wordsInForce = (name, words) => spoken(spanish, name, words);
    expect(inLanguage("labStrings", english).side.started(80)).toBe("En el puerto 80.");
    expect(inLanguage("other", english)).toBe(english);
  });
});

describe("spoken", () => {
  it("says in English what a language leaves out", () => {
    expect(spoken(spanish, "labStrings", english).plain).toBe("Start");
  });
});

describe("lookedUp", () => {
  it("looks a word up when it is said, also through a group that was taken before", () => {
    let current: typeof english = english;
    const words = lookedUp(english, () => current);
    const { side } = words;
    const { keys } = side;
    current = spoken(spanish, "labStrings", english);
    expect(side.started(80)).toBe("En el puerto 80.");
    expect(keys.map(([key, what]) => `${key} ${what}`)).toEqual(["Tab sale"]);
    expect(JSON.stringify(words.side.keys)).toBe('[["Tab","sale"]]');
    current = english;
    expect(side.started(80)).toBe("Running on port 80.");
  });
});
