// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own variables look like that
/**
 * The same scripts in our shell and in this computer's dash and bash: what they print, on either output, and how they
 * end.
 */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runInstalled } from "./testing/installed-shell.ts";
import { runHere } from "./testing/native-shell.ts";

/** A script a line; ¶ stands for a newline. */
function scripts(name: string): string[] {
  const text = readFileSync(new URL(`testing/${name}`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.replaceAll("¶", "\n"));
}

describe("sh does what dash does", () => {
  it.concurrent.each(scripts("posix-scripts.txt"))("%s", async (script) => {
    const [ours, theirs] = await Promise.all([runHere("sh", script), runInstalled("sh", script)]);
    expect(ours).toEqual(theirs);
  });
});

describe("bash does what bash does", () => {
  // bash names itself and its lines in many ways: its messages are compared by their number only.
  const told = (err: string) => err.split("\n").length;
  it.concurrent.each(scripts("bash-scripts.txt"))("%s", async (script) => {
    const [ours, theirs] = await Promise.all([runHere("bash", script), runInstalled("bash", script)]);
    expect({ ...ours, err: told(ours.err) }).toEqual({ ...theirs, err: told(theirs.err) });
  });
});

describe("generated commands do what they do in dash", () => {
  const word = fc.constantFrom(
    ...[
      "a",
      "'b c'",
      '"d  e"',
      "$x",
      '"$x"',
      "${x:-y}",
      "${u:-'p q'}",
      '"${u-r}"',
      "${x#*b}",
      "${x%% *}",
      "${#x}",
      "$((2 * 3))",
    ],
    ...[
      "$(echo s t)",
      '"$(echo s  t)"',
      "`echo v`",
      "*",
      "'*'",
      "\\$x",
      "$?",
      '"$@"',
      "$#",
      "~root",
      "a=b",
      "-n",
      "''",
      "$u",
    ],
  );
  const words = fc.array(word, { maxLength: 4 }).map((each) => each.join(" "));
  const simple = fc.oneof(
    words.map((each) => `echo x ${each}`),
    words.map((each) => `printf '<%s>' z ${each}; echo`),
    words.map((each) => `set -- ${each.replace(/-n/g, "")}; echo $#`),
    word.map((each) => `x=${each}; echo "$x"`),
    fc.constantFrom(
      "true",
      "false",
      ":",
      "x='a b  c'",
      "unset x",
      "shift 2>/dev/null",
      "exit 3",
      "(exit 2)",
      "nosuch 2>/dev/null",
    ),
  );
  const { command, list } = fc.letrec<{ command: string; list: string }>((tie) => ({
    list: fc.array(tie("command"), { minLength: 1, maxLength: 3 }).map((each) => each.join("; ")),
    command: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      simple,
      fc.tuple(tie("command"), fc.constantFrom("&&", "||"), tie("command")).map((each) => each.join(" ")),
      tie("list").map((list) => `(${list})`),
      tie("list").map((list) => `{ ${list}; }`),
      fc.tuple(tie("list"), tie("list"), tie("list")).map(([a, b, c]) => `if ${a}; then ${b}; else ${c}; fi`),
      fc.tuple(words, tie("list")).map(([each, list]) => `for x in ${each}; do ${list}; done`),
      fc.tuple(word, tie("list")).map(([each, list]) => `case ${each} in a*|"b c") ${list};; *) echo other;; esac`),
      tie("list").map((list) => `{ ${list}; } | cat`),
      // The blank tells a subshell from an expression.
      tie("list").map((list) => `v=$( ${list}); echo "$v"`),
      tie("command").map((each) => `! { ${each}; }`),
    ),
  }));

  const script = fc.oneof(
    command,
    list.map((each) => `f() { ${each}; }; f one 'two three'; echo $1`),
  );

  it("with output, messages and status", async () => {
    await fc.assert(
      fc.asyncProperty(script, async (text) => {
        const [ours, theirs] = await Promise.all([runHere("sh", text), runInstalled("sh", text)]);
        expect(ours).toEqual(theirs);
      }),
      // Others each time. A failure names its seed, with which they come again.
      { numRuns: 60 },
    );
  }, 60_000);
});
