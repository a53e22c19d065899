import fc from "fast-check";
import { strToU8, zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { firstHidden } from "../basics/hidden-characters.ts";
import { differencesOf } from "./differences.ts";
import { readLabFile, writeLabFile } from "./lab-file.ts";
import { longestLink, readFragment, writeFragment } from "./share-link.ts";
import { mostCharacters, parseSharedLab, type SharedLab } from "./shared-lab.ts";

const plain: SharedLab = { lab: "first-load", machine: "python", plan: "quick" };

const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
const path = fc.stringMatching(/^[a-z_]{1,8}(\/[a-z_]{1,8}){0,2}\.(py|txt)$/);
const command = fc
  .string({ unit: "grapheme", maxLength: 80 })
  .filter((text) => !/[\t\n]/.test(text) && firstHidden(text) === undefined);
const shared: fc.Arbitrary<SharedLab> = fc.record(
  {
    lab: slug,
    machine: fc.constantFrom("python" as const, "node" as const, "linux" as const),
    plan: slug,
    files: fc.dictionary(path, fc.string({ unit: "binary" }), { maxKeys: 4, noNullPrototype: true }),
    commands: fc.record(
      { development: command, developmentBeside: command, production: command, productionBeside: command },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: ["lab", "machine", "plan"], noNullPrototype: true },
);

/** A fragment of whatever a stranger packs, well packed. */
const packed = (value: unknown, version = 1, lab = "first-load") =>
  `#lab-${lab}=${version}.${Buffer.from(zlibSync(strToU8(JSON.stringify(value)))).toString("base64url")}`;

describe("a share link", () => {
  it("comes back as it went, and so does a file", () => {
    fc.assert(
      fc.property(shared, (lab) => {
        expect(readFragment(writeFragment(lab))).toEqual({ kind: "shared", shared: lab });
        expect(readLabFile(writeLabFile(lab))).toEqual({ kind: "shared", shared: lab });
      }),
    );
  });

  it("is made of characters that no program changes or cuts", () => {
    fc.assert(fc.property(shared, (lab) => /^#lab-[a-z0-9-]+=1\.[\w-]+$/.test(writeFragment(lab))));
  });

  it("holds some hundred changed lines", () => {
    const text = Array.from(
      { length: 300 },
      (_, line) => `    value_${line} = compute(${line * 7919}, "${line}")\n`,
    ).join("");
    expect(writeFragment({ ...plain, files: { "app.py": text } }).length).toBeLessThan(longestLink);
  });

  it("never throws, whatever it is", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((text) => `#lab-first-load=1.${text}`),
      fc.base64String().map((text) => `#lab-first-load=1.${text}`),
      fc.uint8Array().map((bytes) => `#lab-first-load=1.${Buffer.from(zlibSync(bytes)).toString("base64url")}`),
      fc.json().map((text) => `#lab-first-load=1.${Buffer.from(zlibSync(strToU8(text))).toString("base64url")}`),
    );
    fc.assert(
      fc.property(anything, (text) => readFragment(text).kind !== "shared"),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readLabFile(text).kind !== "shared"));
  });

  it("is refused if a character of it is another, or its end is missing", () => {
    const whole = writeFragment({ ...plain, files: { "app.py": "from flask import Flask\napp = Flask(__name__)\n" } });
    const begin = whole.indexOf("=1.") + 3;
    fc.assert(
      fc.property(
        fc.integer({ min: begin, max: whole.length - 1 }),
        fc.constantFrom(..."AZaz09-_"),
        (at, character) => {
          const reading = readFragment(whole.slice(0, at) + character + whole.slice(at + 1));
          // Some bits say nothing: the last of base64, and how hard zlib has tried. What is read is never another lab.
          if (reading.kind !== "damaged") expect(reading).toEqual(readFragment(whole));
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: whole.length - 1 }),
        (end) => readFragment(whole.slice(0, end)).kind === "damaged",
      ),
    );
  });

  it("of a later version is told from a damaged one", () => {
    expect(readFragment(packed({ anything: 1 }, 2))).toEqual({ kind: "newer" });
    expect(readFragment("#lab-first-load=0.abc")).toEqual({ kind: "damaged" });
    expect(readLabFile(JSON.stringify({ twoServersLab: 7, ...plain }))).toEqual({ kind: "newer" });
  });

  it("is not read if it is longer than any of ours", () => {
    expect(readFragment(`#lab-first-load=1.${"A".repeat(longestLink)}`)).toEqual({ kind: "too long" });
  });

  it.each([
    ["an unknown key", { ...plain, run: true }],
    ["an unknown side", { ...plain, commands: { staging: "x" } }],
    ["a path out of the folder", { ...plain, files: { "../index.html": "x" } }],
    ["a path inside that leads out", { ...plain, files: { "static/../../x": "x" } }],
    ["an absolute path", { ...plain, files: { "/etc/passwd": "x" } }],
    ["a text that is none", { ...plain, files: { "app.py": { toString: "x" } } }],
    ["a second program's command of two lines", { ...plain, commands: { productionBeside: "huey tasks\nrm -r ." } }],
    ["a third program", { ...plain, commands: { productionThird: "x" } }],
    ["a command of two lines", { ...plain, commands: { production: "gunicorn app\nrm -r ." } }],
    ["a machine that there is not", { ...plain, machine: "real" }],
    ["a plan that is code", { ...plain, plan: "<img src=x>" }],
    ["too many files", { ...plain, files: Object.fromEntries(Array.from({ length: 41 }, (_, n) => [`f${n}`, ""])) }],
    ["another lab than its address", { ...plain, lab: "wsgi" }],
    ["a list", [plain]],
    ["nothing", null],
  ])("is refused with %s", (_, value) => {
    expect(readFragment(packed(value))).toEqual({ kind: "damaged" });
  });

  // [threat: link]
  it.each([
    ["a lone carriage return", "flask run # quiet\rgunicorn evil:app"],
    ["a right-to-left override", "flask --app app run \u202e0005 trop-- \u202c"],
    ["an isolate", "gunicorn \u2066app:app\u2069"],
    ["a zero-width space", "gunicorn app\u200b:app"],
    ["a no-break space", "gunicorn\u00a0-w 4 app:app"],
    ["a Hangul filler", "gunicorn \u3164app:app"],
    ["a tag", "gunicorn app:app\u{e0041}"],
    ["a line separator", "gunicorn app:app\u2028rm"],
    ["an escape", "gunicorn \u001b[8mapp:app"],
  ])("with %s in a command is refused, and so is a file", (_, production) => {
    const value = { ...plain, commands: { production } };
    expect(readFragment(packed(value))).toEqual({ kind: "hidden characters" });
    expect(readLabFile(writeLabFile(value))).toEqual({ kind: "hidden characters" });
    const second = { ...plain, commands: { productionBeside: production } };
    expect(readFragment(packed(second))).toEqual({ kind: "hidden characters" });
    expect(readLabFile(writeLabFile(second))).toEqual({ kind: "hidden characters" });
  });

  it.each(["__proto__", "constructor", "static/__proto__/x", "prototype"])("is refused with a file %s", (path) => {
    const text = `{"lab":"first-load","machine":"python","plan":"quick","files":{"${path}":"x"}}`;
    const fragment = `#lab-first-load=1.${Buffer.from(zlibSync(strToU8(text))).toString("base64url")}`;
    const reading = readFragment(fragment);
    // What JSON calls __proto__ is no file to Zod: it is left out, not set.
    expect(reading).toEqual(
      path === "__proto__" && reading.kind === "shared"
        ? { kind: "shared", shared: { ...plain, files: {} } }
        : { kind: "damaged" },
    );
  });

  it.each([
    ["at the top", '{"lab":"first-load","machine":"python","plan":"quick","__proto__":{"files":{"app.py":"x"}}}'],
    [
      "in commands",
      '{"lab":"first-load","machine":"python","plan":"quick","commands":{"__proto__":{"production":"x"}}}',
    ],
  ])("takes nothing from a __proto__ %s", (_, text) => {
    const reading = readFragment(`#lab-first-load=1.${Buffer.from(zlibSync(strToU8(text))).toString("base64url")}`);
    expect(JSON.stringify(reading)).not.toContain('"x"');
    const shared = reading.kind === "shared" ? reading.shared : plain;
    expect(shared.files).toBeUndefined();
    expect(shared.commands?.production).toBeUndefined();
  });

  it("leaves prototypes alone", () => {
    const text = '{"lab":"first-load","machine":"python","plan":"quick","files":{"__proto__":"x","constructor":"y"}}';
    const reading = readFragment(`#lab-first-load=1.${Buffer.from(zlibSync(strToU8(text))).toString("base64url")}`);
    const files = reading.kind === "shared" ? reading.shared.files : {};
    const original = {
      files: [{ path: "app.py", text: "" }],
      commands: { development: "a", production: "b" },
      plan: "quick",
    };
    expect(differencesOf(original, { version: 1, ...(files && { files }) }, ["quick"]).files).toEqual([]);
    expect(Object.getPrototypeOf(files ?? {})).toBe(Object.prototype);
    expect("x" in {}).toBe(false);
  });

  it("that inflates to a thousand times its size is refused", () => {
    const bomb = packed({ ...plain, files: { "app.py": "a".repeat(5_000_000) } });
    expect(bomb.length).toBeLessThan(longestLink);
    expect(readFragment(bomb)).toEqual({ kind: "damaged" });
    expect(parseSharedLab({ ...plain, files: { "app.py": "a".repeat(mostCharacters + 1) } })).toBeUndefined();
  });
});

describe("differencesOf", () => {
  const original = {
    files: [{ path: "app.py", text: "one\ntwo\nthree\n" }],
    commands: { development: "flask run", production: "gunicorn app:app" },
    plan: "quick",
  };

  it("sets changed lines, commands and the plan beside the original, and names what the lab does not have", () => {
    const state = {
      version: 1,
      plan: "slow",
      files: { "app.py": "one\n2\nthree\n", "more.py": "x" },
      commands: { production: "gunicorn -w 2 app:app", development: "flask run" },
    } as const;
    expect(differencesOf(original, state, ["quick", "slow"])).toEqual({
      files: [
        {
          path: "app.py",
          text: "one\n2\nthree\n",
          lines: [
            { kind: "same", text: "one" },
            { kind: "removed", text: "two" },
            { kind: "added", text: "2" },
            { kind: "same", text: "three" },
          ],
        },
      ],
      commands: [{ side: "production", before: "gunicorn app:app", after: "gunicorn -w 2 app:app" }],
      plan: "slow",
      leftOut: ["more.py"],
    });
  });

  it("sets the command of a second program beside the original, and leaves out one that the lab does not have", () => {
    const commands = { ...original.commands, productionBeside: "huey_consumer tasks.huey" };
    const state = {
      version: 1,
      commands: { productionBeside: "huey_consumer -w 4 tasks.huey", developmentBeside: "rm -r ." },
    } as const;
    expect(differencesOf({ ...original, commands }, state, ["quick"])).toEqual({
      files: [],
      commands: [
        {
          side: "production",
          beside: true,
          before: "huey_consumer tasks.huey",
          after: "huey_consumer -w 4 tasks.huey",
        },
      ],
      plan: undefined,
      leftOut: ["developmentBeside"],
    });
  });

  it("gives up after the same time, however many files there are", () => {
    const lines = (seed: number) => Array.from({ length: 6000 }, (_, n) => `${(n * seed) % 10_007}`).join("\n");
    const paths = Array.from({ length: 30 }, (_, index) => `file${index}.py`);
    const hostile = { ...original, files: paths.map((path) => ({ path, text: lines(3) })) };
    const files = Object.fromEntries(paths.map((path) => [path, lines(7)]));
    const began = performance.now();
    const all = differencesOf(hostile, { version: 1, files }, ["quick"]).files;
    expect(all.map(({ lines }) => lines)).toEqual(paths.map(() => undefined));
    // 0.2 s, and what cutting the texts into lines takes; given up one by one it would be 6 s.
    expect(performance.now() - began).toBeLessThan(4000);
  });

  it("gives up setting lines side by side where that would hold the page", () => {
    const lines = (seed: number) => Array.from({ length: 30_000 }, (_, n) => `${(n * seed) % 10_007}`).join("\n");
    const hostile = { ...original, files: [{ path: "app.py", text: lines(3) }] };
    const began = performance.now();
    const [file] = differencesOf(hostile, { version: 1, files: { "app.py": lines(7) } }, ["quick"]).files;
    expect(file?.lines).toBeUndefined();
    // Given up after 0.2 s; without that it would take minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
