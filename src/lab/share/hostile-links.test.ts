import fc from "fast-check";
import { strToU8, zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { hostileText, inTime, type Language } from "../../testing/hostile-text.ts";
import { firstHidden } from "../basics/hidden-characters.ts";
import { parseCommand, splitLine } from "../command/parse-command-line.ts";
import { differencesOf } from "./differences.ts";
import { readLabFile, writeLabFile } from "./lab-file.ts";
import { labOfFragment, readFragment, writeFragment } from "./share-link.ts";
import type { SharedLab } from "./shared-lab.ts";

const lab: SharedLab = {
  lab: "first-load",
  machine: "python",
  plan: "quick",
  files: { "app.py": "from flask import Flask\n" },
  commands: { production: "gunicorn app:app", productionBeside: "huey_consumer tasks.huey" },
};

const json: Language = {
  tokens: [
    ...[
      '"',
      ":",
      ",",
      "{}",
      "[]",
      "null",
      "1e999",
      "-",
      '"lab":',
      '"files":',
      '"commands":',
      '"twoServersLab":1,',
      '"machine":"node"',
    ],
    ...[
      "\\u0000",
      "\\ud83d",
      '"__proto__":',
      '"constructor":',
      '"app.py":"x"',
      '"../x":""',
      '"production":"a"',
      '"productionBeside":"b"',
    ],
  ],
  brackets: [
    ["[", "]"],
    ["{", "}"],
    ['{"files":', "}"],
    ['{"__proto__":', "}"],
  ],
  valid: [writeLabFile(lab), JSON.stringify(lab)],
};

const link: Language = {
  tokens: ["#lab-", "=", "1.", "2.", "A", "-", "_", "%", "eJ", "first-load", "/", "+"],
  brackets: [["#lab-", "="]],
  valid: [writeFragment(lab)],
};

const line: Language = {
  tokens: ["'", '"', "\\", " ", "|", "&&", "A=", "=", "$", "gunicorn", "-w", "4", "\t", ">", "#"],
  brackets: [
    ["'", "'"],
    ['"', '"'],
    ["\\", ""],
  ],
  valid: ["FLASK_DEBUG=1 flask --app app run", "gunicorn -w 4 -b '127.0.0.1:8000' \"app:app\""],
};

describe("whatever a stranger shares is read in time", () => {
  it("as a link", () => {
    fc.assert(
      fc.property(hostileText(link), (text) => {
        inTime(() => [readFragment(text), labOfFragment(text)]);
      }),
      { numRuns: 200 },
    );
  });

  it("as the content of a link", () => {
    fc.assert(
      fc.property(hostileText(json), (text) => {
        const data = Buffer.from(zlibSync(strToU8(text))).toString("base64url");
        inTime(() => readFragment(`#lab-first-load=1.${data}`));
      }),
      { numRuns: 200 },
    );
  });

  it("as a file", () => {
    fc.assert(
      fc.property(hostileText(json), (text) => {
        inTime(() => readLabFile(text));
      }),
      { numRuns: 200 },
    );
    inTime(() => readLabFile(`{"twoServersLab":1,"lab":${"[".repeat(500_000)}`));
  });

  it("as a command line", () => {
    fc.assert(
      fc.property(hostileText(line), (text) => {
        const split = inTime(() => splitLine(text));
        const parsed = inTime(() => parseCommand(text));
        expect(parsed.ok).toBe(split.ok && firstHidden(text) === undefined);
      }),
      { numRuns: 200 },
    );
    expect(parseCommand("__proto__=1 constructor=2 a")).toMatchObject({
      ok: true,
      command: { argv: ["a"], env: JSON.parse('{"__proto__":"1","constructor":"2"}') },
    });
  });

  it("as a text beside the original", () => {
    const original = {
      files: [{ path: "app.py", text: "a\nb\nc\n".repeat(50) }],
      commands: { development: "a", production: "b" },
      plan: "quick",
    };
    const text: Language = {
      tokens: ["a", "b", "c", "\n", "\r", "\r\n", "@@", "+", "-", "\\ No newline at end of file\n"],
      brackets: [["a\n", "b\n"]],
      valid: [original.files[0]?.text ?? ""],
    };
    fc.assert(
      fc.property(hostileText(text), (after) => {
        differencesOf(original, { version: 1, files: { "app.py": after } }, ["quick"]);
      }),
      { numRuns: 40 },
    );
  });
});
