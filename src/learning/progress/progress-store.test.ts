import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeyStorage, keptName } from "../../kept-names.ts";
import { MapStorage } from "../../testing/map-storage.ts";
import { type LearnerProgress, noProgress, parseProgress, serialiseProgress } from "./learner-progress.ts";
import { memoryName, ProgressStore, setAsideName } from "./progress-store.ts";

const root = new URL("https://host.example/some/course/");
const memoryKey = keptName(memoryName, root);
const setAsideKey = keptName(setAsideName, root);
const storeOn = (storages: () => readonly KeyStorage[], at = root) => new ProgressStore(storages, () => at);

const some: LearnerProgress = {
  done: ["lessons/01"],
  answers: { "lessons/01": { a: "Four." } },
  predictions: {
    lab: { quick: { choice: "alike", shown: { outcome: "production", development: 1, production: 2 } }, slow: {} },
  },
  guesses: { "lessons/01": { a: { choice: "Four." }, b: { choice: "Five.", compared: true } } },
  solved: ["first-load/win-back"],
  ticks: { before: ["Debug is off"] },
  reviews: { "lessons/01": { a: { due: 1_800_000_000_000, stability: 2.5 } } },
  tries: { "lessons/01": { a: 2 } },
  solutions: { "first-load/win-back": { at: 1_800_000_000_000, changes: "--- app.py\n-one\n+two\n" } },
  times: { "lessons/01": { first: 1_800_000_000_000, last: 1_800_000_060_000 } },
  runs: {
    lab: [
      {
        plan: "quick",
        at: 1_800_000_000_000,
        development: { command: "flask run", rate: 10.5, median: 95, failed: 0 },
        production: { command: "gunicorn app:app", rate: 0, failed: 12 },
      },
    ],
  },
};

const outcome = fc.constantFrom("development", "production", "alike");
const figure = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0));
const prediction = fc.record(
  { choice: outcome, shown: fc.record({ outcome, development: figure, production: figure }) },
  { requiredKeys: [] },
);
const name = fc.string().filter((text) => text !== "__proto__");
const figures = fc.record(
  { command: fc.string(), rate: figure, median: figure, failed: figure },
  { requiredKeys: ["command", "rate", "failed"] },
);
const memory = fc.record({
  done: fc.array(fc.string()),
  answers: fc.dictionary(name, fc.dictionary(name, fc.string())),
  predictions: fc.dictionary(name, fc.dictionary(name, prediction)),
  guesses: fc.dictionary(
    name,
    fc.dictionary(
      name,
      fc.record({ choice: fc.string(), compared: fc.constant(true as const) }, { requiredKeys: ["choice"] }),
    ),
  ),
  solved: fc.array(fc.string()),
  ticks: fc.dictionary(name, fc.array(fc.string())),
  reviews: fc.dictionary(name, fc.dictionary(name, fc.dictionary(name, figure))),
  tries: fc.dictionary(name, fc.dictionary(name, figure)),
  solutions: fc.dictionary(name, fc.record({ at: figure, changes: fc.string() })),
  times: fc.dictionary(name, fc.record({ first: figure, last: figure })),
  runs: fc.dictionary(
    name,
    fc.array(fc.record({ plan: fc.string(), at: figure, development: figures, production: figures })),
  ),
});

describe("ProgressStore", () => {
  it("finds again what was kept", () => {
    const storage = new MapStorage();
    storeOn(() => [storage]).update(() => some);
    const store = storeOn(() => [storage]);
    expect(store.memory.value).toEqual(some);
    expect(store.trouble.value).toBeUndefined();
  });

  it("takes over all that version 1 kept, and writes it as the next from the first change on", () => {
    const storage = new MapStorage();
    const { reviews: _, ...old } = some;
    const text = JSON.stringify({ version: 1, ...old });
    storage.map.set(memoryKey, text);
    const store = storeOn(() => [storage]);
    expect(store.memory.value).toEqual({ ...old, reviews: {} });
    expect(store.trouble.value).toBeUndefined();
    expect(storage.map).toEqual(new Map([[memoryKey, text]]));
    store.update((memory) => ({ ...memory, done: [...memory.done, "lessons/02"] }));
    expect(storeOn(() => [storage]).memory.value).toEqual({
      ...old,
      done: ["lessons/01", "lessons/02"],
      reviews: {},
    });
  });

  it("finds what was kept of a lesson that has moved since", () => {
    const old = {
      ...noProgress,
      done: ["lessons/06-gunicorn", "lessons/01-two-servers", "lessons/08-the-debugger-is-a-shell"],
      answers: { "lessons/02-a-request": { a: "Four." }, "lessons/03-a-request": { a: "Five." } },
      times: { "lessons/14-configuration": { first: 1, last: 2 } },
    };
    expect(parseProgress(serialiseProgress(old))).toEqual({
      ...noProgress,
      done: ["lessons/07-gunicorn", "lessons/01-two-servers", "lessons/02-the-debugger-is-a-shell"],
      answers: { "lessons/03-a-request": { a: "Five." } },
      times: { "lessons/11-configuration": { first: 1, last: 2 } },
    });
  });

  it("does not undo what another tab keeps meanwhile", () => {
    const storage = new MapStorage();
    const [one, other] = [storeOn(() => [storage]), storeOn(() => [storage])];
    one.update((memory) => ({ ...memory, done: [...memory.done, "a"] }));
    other.update((memory) => ({ ...memory, done: [...memory.done, "b"] }));
    expect(storeOn(() => [storage]).memory.value.done).toEqual(["a", "b"]);
  });

  it.each([
    serialiseProgress(some).replace('"version":2', '"version":0'),
    serialiseProgress(some).replace('"version":2', '"version":3'),
    serialiseProgress(some).replace('"stability":2.5', '"stability":"2.5"'),
    serialiseProgress(some).slice(0, -2),
    serialiseProgress(some).replace('"Four."', "4"),
    serialiseProgress(some).replace('"production":2', '"production":"2"'),
    serialiseProgress(some).replace('"rate":10.5', '"rate":null'),
    "[]",
    "null",
    "",
  ])("sets aside, unchanged, what it cannot read: %s", (text) => {
    const storage = new MapStorage();
    storage.map.set(memoryKey, text);
    const store = storeOn(() => [storage]);
    expect(store.memory.value).toEqual(noProgress);
    expect(store.trouble.value).toBe("set aside");
    expect(storage.map).toEqual(new Map([[setAsideKey, text]]));
    store.update(() => some);
    expect(storeOn(() => [storage]).memory.value).toEqual(some);
  });

  it("works for this visit where nothing can be kept, and says so", () => {
    const storage = new MapStorage();
    storage.full = true;
    const denied = () => {
      throw new DOMException("denied", "SecurityError");
    };
    for (const store of [storeOn(() => [storage]), storeOn(denied)]) {
      store.update((memory) => ({ ...memory, done: ["a"] }));
      store.update((memory) => ({ ...memory, done: [...memory.done, "b"] }));
      expect(store.memory.value.done).toEqual(["a", "b"]);
      expect(store.trouble.value).toBe("not kept");
      store.erase();
      expect(store.memory.value).toEqual(noProgress);
    }
  });

  it("is another one in another folder of the same host; what an older version kept goes to the first", () => {
    const storage = new MapStorage();
    storage.map.set(memoryName, serialiseProgress(some));
    const other = new URL("https://host.example/other/");
    expect(storeOn(() => [storage]).memory.value).toEqual(some);
    expect(storeOn(() => [storage], other).memory.value).toEqual(noProgress);
    storeOn(() => [storage], other).update((memory) => ({ ...memory, done: ["b"] }));
    expect(storeOn(() => [storage]).memory.value).toEqual(some);
    storeOn(() => [storage]).erase();
    expect(storeOn(() => [storage]).memory.value).toEqual(noProgress);
    expect(storeOn(() => [storage], other).memory.value.done).toEqual(["b"]);
  });

  it("erases all that is the site's, and nothing else", () => {
    const [kept, visit] = [new MapStorage(), new MapStorage()];
    kept.map.set(setAsideKey, "?").set("two-servers: machine", "node").set("other", "1");
    visit.map.set("two-servers:changes:lab", "{}").set("else", "2");
    visit.map.set(keptName("two-servers:changes:lab", root), "{}");
    const store = storeOn(() => [kept, visit]);
    store.update(() => some);
    store.erase();
    expect(store.memory.value).toEqual(noProgress);
    expect([...kept.map.keys(), ...visit.map.keys()]).toEqual(["other", "else"]);
  });
});

describe("parseProgress", () => {
  it("reads whatever was written", () => {
    fc.assert(
      fc.property(memory, (memory) => {
        expect(parseProgress(serialiseProgress(memory))).toEqual(memory);
      }),
    );
  });

  it("takes nothing whose parts are not what they should be, and never throws", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("done", "answers", "predictions", "solved", "ticks"),
        fc.jsonValue(),
        (part, value) => {
          const read = parseProgress(JSON.stringify({ version: 1, ...noProgress, [part]: value }));
          if (read !== undefined) expect(parseProgress(serialiseProgress(read))).toEqual(read);
          if (typeof value !== "object" || value === null) expect(read).toBeUndefined();
        },
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => void parseProgress(text)));
  });
});
