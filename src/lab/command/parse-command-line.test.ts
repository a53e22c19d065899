import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommand } from "./parse-command-line.ts";

const argv = (line: string) => {
  const parsed = parseCommand(line);
  return parsed.ok ? parsed.command.argv : parsed.problem;
};

describe("parseCommand", () => {
  it("splits at blanks", () => {
    expect(argv("  gunicorn -w 4\t-b 0.0.0.0:8000 app:app ")).toEqual([
      "gunicorn",
      "-w",
      "4",
      "-b",
      "0.0.0.0:8000",
      "app:app",
    ]);
  });

  it("keeps what is quoted together, and empty words", () => {
    expect(argv(`gunicorn "app:create('a b')" '' --name='x "y"'`)).toEqual([
      "gunicorn",
      "app:create('a b')",
      "",
      '--name=x "y"',
    ]);
  });

  it("takes backslashes as a shell does", () => {
    expect(argv(String.raw`echo a\ b "c\"d\n" 'e\f'`)).toEqual(["echo", "a b", String.raw`c"d\n`, String.raw`e\f`]);
  });

  it("reads assignments before the command as environment", () => {
    expect(parseCommand("FLASK_DEBUG=1 NAME='a b' flask run A=1")).toEqual({
      ok: true,
      command: { env: { FLASK_DEBUG: "1", NAME: "a b" }, argv: ["flask", "run", "A=1"] },
    });
  });

  it("does not take a quoted word for an assignment", () => {
    expect(argv("'A=1' x")).toEqual(["A=1", "x"]);
  });

  it("says what it cannot run", () => {
    expect(argv("   ")).toEqual({ kind: "empty" });
    expect(argv("A=1")).toEqual({ kind: "empty" });
    expect(argv('flask "run')).toEqual({ kind: "unclosed-quote", quote: '"', column: 7 });
    expect(argv("flask run \\")).toEqual({ kind: "trailing-backslash" });
    expect(argv("flask run && ls")).toEqual({ kind: "operator", operator: "&&" });
    expect(argv("flask run > log")).toEqual({ kind: "operator", operator: ">" });
    expect(argv("flask run \u202e0005")).toEqual({ kind: "hidden-character", point: "U+202E", column: 11 });
    expect(argv("flask\u00a0run")).toEqual({ kind: "hidden-character", point: "U+00A0", column: 6 });
    expect(argv("flask run '\r'")).toEqual({ kind: "hidden-character", point: "U+000D", column: 12 });
  });

  it("gives back any words that were quoted with single quotes", () => {
    const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
        expect(argv(words.map(quote).join(" "))).toEqual(words);
      }),
    );
  });
});
