import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settingsOf, takenFor, withSetting } from "./command-settings.ts";
import { parseCommand } from "./parse-command-line.ts";

const values = (line: string) => Object.fromEntries(settingsOf(line).map(({ name, value }) => [name, value]));

describe("settingsOf", () => {
  it.each([
    ["gunicorn -w 4 -b 0.0.0.0:8000 app:app", { workers: 4, threads: undefined, timeout: undefined }],
    ["gunicorn -w4 --threads=8 -t 5 app:app", { workers: 4, threads: 8, timeout: 5 }],
    ["gunicorn --workers=2 --workers 3 app:app", { workers: 3, threads: undefined, timeout: undefined }],
    ["A=1 python3 -m gunicorn '--workers' \"2\" app:app", { workers: 2, threads: undefined, timeout: undefined }],
    ["gunicorn -w many app:app", { workers: undefined, threads: undefined, timeout: undefined }],
    ["gunicorn app:app -- -w 4", { workers: undefined, threads: undefined, timeout: undefined }],
    ["gunicorn --worker-class gthread app:app", { workers: undefined, threads: undefined, timeout: undefined }],
    ["waitress-serve --threads=6 app:app", { threads: 6 }],
    ["flask --app app run", { threads: true }],
    ["flask --app run run --without-threads", { threads: false }],
    ["flask --app=app run --without-threads --with-threads", { threads: true }],
    ["flask --app app routes", {}],
    ["node --watch server.js", {}],
    ["gunicorn -w 4 app:app | tee log", {}],
    ["", {}],
  ])("reads %s", (line, expected) => {
    expect(values(line)).toEqual(expected);
  });
});

describe("withSetting", () => {
  it.each([
    ["gunicorn -w 4  -b 0.0.0.0:8000 app:app", "workers", 2, "gunicorn -w 2  -b 0.0.0.0:8000 app:app"],
    ["gunicorn -w4 app:app", "workers", 12, "gunicorn -w12 app:app"],
    ["gunicorn -w 4 app:app", "threads", 8, "gunicorn --threads 8 -w 4 app:app"],
    ["gunicorn --timeout=30 app:app", "timeout", 5, "gunicorn --timeout=5 app:app"],
    ["gunicorn -w 4 --threads 8 app:app", "threads", undefined, "gunicorn -w 4 app:app"],
    ["python -m gunicorn 'my app:app'", "workers", 3, "python -m gunicorn -w 3 'my app:app'"],
    ["waitress-serve --port 8000 app:app", "threads", 8, "waitress-serve --threads 8 --port 8000 app:app"],
    ["flask --app app run --port 5001", "threads", false, "flask --app app run --without-threads --port 5001"],
    ["flask --app app run --without-threads", "threads", true, "flask --app app run --with-threads"],
    ["node server.js", "workers", 3, "node server.js"],
    ["waitress-serve app:app", "workers", 3, "waitress-serve app:app"],
  ] as const)("turns %s, %s %s, into %s", (line, name, value, expected) => {
    expect(withSetting(line, name, value)).toBe(expected);
  });

  it("changes what it is told to and no other word, however the line is written", () => {
    const blank = fc.constantFrom(" ", "  ", "\t");
    const quoted = fc
      .string({ minLength: 1, maxLength: 6 })
      .filter((text) => !/['\n]/.test(text))
      .map((text) => `'${text}'`);
    const other = fc.oneof(
      fc.constantFrom("-b", "0.0.0.0:8000", "app:app", "--worker-class", "--preload", '"a b"', "a\\ b", "--name=x"),
      quoted.filter((word) => !/^'(--?[a-z]|--$)/.test(word)),
    );
    const given = fc.constantFrom("-w 4", "-w4", "--workers=4", "--workers 4", '"-w" 4', "--threads=2", "-t 9");
    const line = fc
      .array(fc.tuple(blank, fc.oneof(other, given)), { maxLength: 8 })
      .map((parts) => `FLASK_DEBUG=1 gunicorn${parts.map(([space, part]) => space + part).join("")}`);
    fc.assert(
      fc.property(
        line,
        fc.constantFrom("workers" as const, "threads" as const, "timeout" as const),
        fc.integer({ min: 0, max: 999 }),
        (before, name, value) => {
          const after = withSetting(before, name, value);
          expect(values(after)).toEqual({ ...values(before), [name]: value });
          // Back again, or out again, all the rest is as it was, to the character.
          const old = values(before)[name];
          if (old === undefined) expect(withSetting(after, name, undefined)).toBe(before);
          else expect(values(withSetting(after, name, old))).toEqual(values(before));
          expect(otherWords(after)).toEqual(otherWords(before));
        },
      ),
    );
  });
});

describe("what is typed into a setting", () => {
  const threads = settingsOf("gunicorn --threads 4 app:app").find(({ name }) => name === "threads");
  it.each([
    ["8", 8],
    ["0", 1],
    ["-3", 1],
    ["1000", 64],
    ["2.4", 2],
    ["", 4],
    ["many", 4],
  ])("%j is taken for %d", (typed, taken) => {
    if (threads?.kind !== "number") throw new Error("gunicorn has threads");
    expect(takenFor(threads, typed)).toBe(taken);
  });
});

/** The words of a command line that belong to none of gunicorn's settings, in order. */
function otherWords(line: string): readonly string[] {
  const parsed = parseCommand(line);
  if (!parsed.ok) throw new Error(line);
  const { argv } = parsed.command;
  const takesNext = ["-w", "--workers", "--threads", "-t", "--timeout"];
  return argv.filter((word, index) => {
    const before = argv[index - 1] ?? "";
    return (
      !takesNext.includes(word) &&
      !takesNext.includes(before) &&
      !/^(-w\d|-t\d|--(workers|threads|timeout)=)/.test(word)
    );
  });
}
