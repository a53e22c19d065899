// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own variables look like that
import { describe, expect, it } from "vitest";
import { parseScript } from "../../../../../shell/parser.ts";
import { type ExpansionContext, expandWords } from "./expansion.ts";
import { ExpansionError } from "./expansion-budget.ts";

const files: Readonly<Record<string, readonly string[]>> = {
  "/home/student": [".flaskenv", "app.py", "static", "wsgi.py"],
  "/home/student/static": ["a.css", "b.js"],
  "/": ["home"],
  "/home": ["student"],
};

function around(variables: Record<string, string> = {}, given: readonly string[] = []): ExpansionContext {
  const values = new Map(Object.entries({ HOME: "/home/student", ...variables }));
  const exists = (path: string) => {
    const plain = path.replace(/(.)\/$/, "$1");
    const slash = plain.lastIndexOf("/");
    return plain in files || (files[plain.slice(0, slash) || "/"]?.includes(plain.slice(slash + 1)) ?? false);
  };
  return {
    variable: (name) => values.get(name),
    setVariable: (name, value) => void values.set(name, value),
    arguments: given,
    cwd: "/home/student",
    folders: {
      isFolder: (path) => path.replace(/(.)\/$/, "$1") in files,
      names: (folder) => [...(files[folder.replace(/(.)\/$/, "$1")] ?? [])],
      exists,
    },
    output: async (list) => list.map(({ source }) => source).join(";"),
  };
}

async function expand(text: string, surroundings = around()): Promise<string[]> {
  const [andOr] = parseScript(`x ${text}`);
  const command = andOr?.first.commands[0];
  if (command?.kind !== "simple") throw new Error("It is a simple command");
  return (await expandWords(command.words, surroundings)).slice(1);
}

describe("expansion", () => {
  it.each<[string, string[]]>([
    ["$A", ["a", "b"]],
    ['"$A"', ["a  b"]],
    ["$EMPTY", []],
    ['"$EMPTY"', [""]],
    ["x$A-y", ["xa", "b-y"]],
    ["'$A'", ["$A"]],
    ["${NONE:-one two}", ["one", "two"]],
    ["${EMPTY-set}${EMPTY:+full}${A:+yes}", ["yes"]],
    ["${#A}", ["4"]],
    ["${FILE%.py} ${FILE##*/} ${FILE#*/} ${FILE%%.*}", ["/a/b.c", "b.c.py", "a/b.c.py", "/a/b"]],
    ['"${FILE%.*}" "${FILE##*/}" "${FILE%"*"}" "${A#a  ?}"', ["/a/b.c", "b.c.py", "/a/b.c.py", ""]],
    ['${FILE%$P} "${FILE%$P}" ${FILE%"$P"}', ["/a/b", "/a/b", "/a/b.c.py"]],
    ["$(echo hi; ls)", ["echo", "hi;ls"]],
    ["$((2 + 3 * 4)) $(( (2+3)*4 % 7 )) $((N+1)) $((1<2))", ["14", "6", "6", "1"]],
    ["~ ~/x '~' a~", ["/home/student", "/home/student/x", "~", "a~"]],
    ["{a,b}{1..3}", ["a1", "a2", "a3", "b1", "b2", "b3"]],
    ["{3..1} {x} '{a,b}'", ["3", "2", "1", "{x}", "{a,b}"]],
    ["a\\ b", ["a b"]],
  ])("%s", async (text, expected) => {
    const variables = { A: "a  b", EMPTY: "", FILE: "/a/b.c.py", N: "5", P: ".c*" };
    expect(await expand(text, around(variables))).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["*.py", ["app.py", "wsgi.py"]],
    ["*", ["app.py", "static", "wsgi.py"]],
    [".f*", [".flaskenv"]],
    ["static/*", ["static/a.css", "static/b.js"]],
    ["*/*.[cj]s*", ["static/a.css", "static/b.js"]],
    ["/home/*/app.??", ["/home/student/app.py"]],
    ["*.[!p]*", ["*.[!p]*"]],
    ["'*.py' \\*.py", ["*.py", "*.py"]],
    ["*.txt", ["*.txt"]],
    ["$P", ["app.py", "wsgi.py"]],
    ['"$P"', ["*.py"]],
    ["http://localhost:5000/?x=1", ["http://localhost:5000/?x=1"]],
  ])("of files: %s", async (text, expected) => {
    expect(await expand(text, around({ P: "*.py" }))).toEqual(expected);
  });

  it("gives the arguments one by one", async () => {
    expect(await expand('"$@"', around({}, ["a b", "c"]))).toEqual(["a b", "c"]);
    expect(await expand('"$@"')).toEqual([]);
  });

  it("sets what is not set, or says what is missing", async () => {
    const surroundings = around();
    expect(await expand("${NEW:=value} $NEW", surroundings)).toEqual(["value", "value"]);
    await expect(expand("${NONE:?is needed}")).rejects.toEqual(new ExpansionError("NONE: is needed"));
    await expect(expand("$((1/0))")).rejects.toThrow("division by zero");
  });
});
