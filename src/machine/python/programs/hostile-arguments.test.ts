import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText, inTime, type Language } from "../../../testing/hostile-text.ts";
import { CurlUsageError, parseCurl } from "./curl/curl-options.ts";
import { parseOptions, UsageError } from "./options.ts";
import { commandLine } from "./python/command-line.ts";
import { keysOf } from "./sh/keys.ts";

/** Names that every object literal has. */
const inherited = ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"];

const words: Language = {
  tokens: [
    ...[
      "--",
      "-",
      "=",
      "@",
      "%",
      "--data-urlencode",
      "--data",
      "-d",
      "-XPOST",
      "-H",
      "a: b",
      "-u",
      "-m",
      "-o",
      "-sSfL",
      "\n",
    ],
    ...[
      "http://localhost:5000/",
      "[",
      "]",
      "{",
      "1e400",
      "NaN",
      "--url",
      "--json",
      "-b",
      "-c",
      "-w",
      "%{http_code}",
      "-G",
    ],
  ],
  brackets: [
    ["[", "]"],
    ["-H\n", "\n"],
    ["--", "="],
  ],
  valid: [
    "-X\nPOST\n--data-urlencode\nname=a b&c\nhttp://localhost:5000/?a=b\n-H\nA: b",
    "-fsS\n-o\nout\nlocalhost:8000",
  ],
};

/** What came of it; `undefined` if it was refused in the program's words. */
function unlessRefused<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof CurlUsageError || error instanceof UsageError) return undefined;
    throw error;
  }
}

describe("any arguments", () => {
  it("are read by curl, or refused", () => {
    fc.assert(
      fc.property(hostileText(words), (text) => {
        inTime(() => unlessRefused(() => parseCurl(text.split("\n"), (name) => new TextEncoder().encode(name))));
      }),
      { numRuns: 200 },
    );
  });

  it("are told apart as options, or refused", () => {
    fc.assert(
      fc.property(hostileText(words), (text) => {
        inTime(() =>
          unlessRefused(() => parseOptions(text.split("\n"), { flags: "abc", values: "do", long: { all: "a" } })),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("are looked for as a program", () => {
    fc.assert(
      fc.property(hostileText(words), (text) => {
        inTime(() => commandLine(text.split("\n"), { PWD: "/home/student" }, []));
      }),
      { numRuns: 100 },
    );
  });

  it("come as keys", () => {
    fc.assert(
      fc.property(hostileText({ ...words, tokens: ["\x1b", "\x1b[", "\x1bO", "1;5", "~", "\x7f", "\r"] }), (text) => {
        inTime(() => keysOf(text));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a name that every object has", () => {
  it.each(inherited)("%s is no program", (name) => {
    for (const command of [name, `/usr/local/bin/${name}`]) {
      expect(commandLine([command], {}, [])).toMatchObject({ kind: "unknown", exitCode: 127 });
    }
  });

  it.each(inherited)("%s is no option", (name) => {
    expect(() => parseOptions([`--${name}`], { long: { all: "a" } })).toThrow(`unrecognized option '--${name}'`);
    expect(() => parseCurl([`--${name}`], () => new Uint8Array())).toThrow(`option --${name}: is unknown`);
  });

  it.each(inherited)("%s is no key", (name) => {
    expect(keysOf(name)).toEqual([{ kind: "text", text: name }]);
  });
});

describe("curl --data-urlencode", () => {
  const data = (value: string) => {
    const parsed = parseCurl(["--data-urlencode", value, "a"], (name) =>
      new TextEncoder().encode(name === "file" ? "x y\n" : ""),
    );
    return typeof parsed === "string" ? parsed : new TextDecoder().decode(parsed[0]?.data[0]);
  };
  it.each([
    ["a b", "a+b"],
    ["=a=b", "a%3Db"],
    ["name=a&b", "name=a%26b"],
    ["it's (!*)~", "it%27s+%28%21%2A%29~"],
    ["é😀", "%C3%A9%F0%9F%98%80"],
    ["half \ud83d", "half+%EF%BF%BD"],
    ["@file", "x+y%0A"],
    ["name@file", "name=x+y%0A"],
    ["user=a@b", "user=a%40b"],
    ["", ""],
  ])("%j", (value, expected) => {
    expect(data(value)).toBe(expected);
  });
});

it("looks for a program by its path as it is written", () => {
  const script = { type: "file", mode: 0o755, content: new TextEncoder().encode("#!/usr/bin/python\n") } as const;
  const found = (command: string, path: string) =>
    commandLine([command], { PWD: "/home/student" }, [{ ...script, path, inode: 1, mtime: 0, atime: 0 }]).kind;
  expect(found("./a b%20#?.py", "/home/student/a b%20#?.py")).toBe("python");
  expect(found("http://[/x", "/home/student/http:/[/x")).toBe("python");
});
