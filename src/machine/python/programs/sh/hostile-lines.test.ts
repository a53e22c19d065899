// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own variables look like that
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScript } from "../../../../shell/parser.ts";
import { type Command, type List, ShellSyntaxError, type Word } from "../../../../shell/syntax.ts";
import { hostileText, inTime, inTimeLater, type Language, longestHostile } from "../../../../testing/hostile-text.ts";
import { complete, inColumns } from "./completion.ts";
import { evaluate } from "./expansion/arithmetic.ts";
import { type ExpansionContext, expandText, expandWords, matchesWord } from "./expansion/expansion.ts";
import { ExpansionBudget, ExpansionError } from "./expansion/expansion-budget.ts";
import { glob, Pattern } from "./expansion/pattern.ts";

const shell: Language = {
  tokens: [
    ...["|", "||", "&&", "&", ";", ";;", ">", ">>", "<", "<<EOF\n", "<<-'E'\n", "2>&1", "&>", "!", "=", "#", "*", "?"],
    ...[
      "'",
      '"',
      "`",
      "\\",
      "$",
      "$@",
      "$((",
      "))",
      "${",
      "}",
      "$(",
      "${a#",
      "${a%%",
      "${a:-",
      "${#",
      "{a,b}",
      "{1..9}",
    ],
    ...[
      "if ",
      "then ",
      "elif ",
      "else ",
      "fi\n",
      "for i in ",
      "do ",
      "done\n",
      "while ",
      "case a in ",
      "esac\n",
      "time ",
    ],
    ...["f() ", "function f ", "A=", "EOF\n", "echo ", "~/", "../", "a*", "[a-", "[!", "[[:alpha:]", "a*b", "1+", "-"],
  ],
  brackets: [
    ["(", ")"],
    ["{ ", ";}"],
    ["$(", ")"],
    ['"$(', ')"'],
    ["${a:-", "}"],
    ['"${a:-', '}"'],
    ["$((", "))"],
    ["$((1+(", ")))"],
    ["`echo \\`", "`"],
    ["if a; then ", ";fi"],
    ["while a; do ", ";done"],
    ["for i in a; do ", ";done"],
    ["case a in a) ", ";;esac"],
    ["f() { ", ";}"],
    ["{a,", "}"],
    ["[", "]"],
    ["cat <<EOF\n", "\nEOF\n"],
    ['"', '"'],
    ["'", "'"],
  ],
  valid: [
    "gunicorn -w 4 -b 0.0.0.0:8000 'app:app' 2>&1 | tee log &",
    'for i in 1 2 3; do echo "$((i * i)) ${HOME##*/}"; done > out',
    "greet() { local who=$1; case $who in a*|b?) echo hi;; *) return 3;; esac; }\n",
    "if [ -f app.py ]; then cat <<EOF\n$HOME $(ls *.py)\nEOF\nelse false; fi",
    "while read line; do echo ${line%% *}; done < notes {a,b}{1..3}",
  ],
};

const files: ReadonlyMap<string, readonly string[]> = new Map([
  ["/", ["home"]],
  ["/home", ["student"]],
  ["/home/student", [".flaskenv", "a".repeat(255), "app.py", "constructor", "static", "wsgi.py"]],
  ["/home/student/static", ["a.css", "b.js"]],
]);

/** The tree's own paths, with `..` in them as a file system has it. */
function plain(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

function surroundings(variables: Readonly<Record<string, string>> = {}): ExpansionContext {
  const values = new Map(Object.entries({ HOME: "/home/student", a: "a".repeat(2000), ...variables }));
  const isFolder = (path: string) => files.has(plain(path));
  return {
    variable: (name) => values.get(name),
    setVariable: (name, value) => void values.set(name, value),
    arguments: ["one", "two words"],
    cwd: "/home/student",
    folders: {
      isFolder,
      names: (folder) => [...(files.get(plain(folder)) ?? [])],
      exists: (path) =>
        isFolder(path) ||
        [...files].some(([folder, names]) => names.some((name) => plain(path) === plain(`${folder}/${name}`))),
    },
    output: async (list) => list.map(({ source }) => source).join(";"),
  };
}

/** What came of it, where the shell's own errors are results. */
function orError<T>(act: () => T): T | string {
  try {
    return act();
  } catch (error) {
    if (error instanceof ShellSyntaxError || error instanceof ExpansionError) return error.message;
    throw error;
  }
}

async function orErrorLater<T>(act: () => Promise<T>): Promise<T | string> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ExpansionError) return error.message;
    throw error;
  }
}

function wordsOf(list: List): readonly Word[] {
  const commands: Command[] = list.flatMap(({ first, rest }) => [
    ...first.commands,
    ...rest.flatMap(({ pipeline }) => pipeline.commands),
  ]);
  return commands.flatMap((command) => [
    ...(command.kind === "simple" ? [...command.words, ...command.assignments.map(({ value }) => value)] : []),
    ...(command.kind === "for" ? command.words : []),
    ...command.redirections.map(({ target }) => target),
  ]);
}

async function expanded(text: string, variables: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const around = surroundings(variables);
  return (await expandWords(wordsOf(parseScript(`echo ${text}`)), around)).slice(1);
}

const pattern = (source: string) => new Pattern(source);
const matches = (source: string, text: string) => pattern(source).matches(text, new ExpansionBudget());

describe("any line", () => {
  it("is parsed, or refused in the shell's words", () => {
    fc.assert(
      fc.property(hostileText(shell), (text) => {
        inTime(() => orError(() => parseScript(text)));
      }),
      { numRuns: 600 },
    );
  });

  it("is expanded, or refused in the shell's words", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText(shell), async (text) => {
        const list = orError(() => parseScript(text));
        if (typeof list === "string") return;
        const words = wordsOf(list).slice(0, 20);
        await inTimeLater(() => orErrorLater(() => expandWords(words, surroundings())));
        for (const word of words.slice(0, 3)) {
          await inTimeLater(() => orErrorLater(() => expandText(word, surroundings())));
          await inTimeLater(() => orErrorLater(() => matchesWord("a".repeat(500), word, surroundings())));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is completed", () => {
    const source = { commands: ["ls", "constructor"], names: () => [{ name: "app.py", isFolder: false }] };
    fc.assert(
      fc.property(hostileText(shell), (text) => {
        inTime(() => complete(text, source));
      }),
      { numRuns: 100 },
    );
    const names = Array.from({ length: 5000 }, (_, index) => `file-${index}`);
    inTime(() => inColumns(names, 500));
  });
});

describe("a loop over words", () => {
  it.each([
    ["for i in a | b", '"|" unexpected'],
    ["for i in a b & do echo; done", '"&" unexpected'],
    ["for i in (a); do echo; done", '"(" unexpected'],
    ["for i in > x; do echo; done", "redirection unexpected"],
    ["for i in a) echo", '")" unexpected'],
  ])("%s", (text, message) => {
    expect(orError(() => parseScript(text))).toBe(`Syntax error: ${message}`);
  });
});

describe("what stands within itself too often", () => {
  it.each(shell.brackets.slice(0, -5).filter(([open]) => !open.includes("`") && !open.startsWith("$((")))(
    "is refused: %s %s",
    (open, close) => {
      const nested = (times: number) => `echo x; ${open.repeat(times)}echo a${close.repeat(times)}`;
      // To bash (( begins an expression.
      const parsed = (times: number) => orError(() => parseScript(nested(times), { language: "posix" }));
      expect(typeof parsed(40)).toBe("object");
      for (const times of [300, 3000]) {
        expect(parsed(times)).toBe("Syntax error: more than 200 commands within each other");
      }
    },
  );

  it("is counted anew after it", () => {
    const line = `${"{ ".repeat(90)}echo a${";}".repeat(90)}\n`;
    expect(parseScript(line.repeat(20))).toHaveLength(20);
  });

  it("in arithmetic, too", () => {
    const value = (expression: string) => {
      const result = orError(() => evaluate(expression, () => "7"));
      return typeof result === "bigint" ? Number(result) : result;
    };
    expect(value(`${"(".repeat(100)}a${")".repeat(100)}`)).toBe(7);
    expect(value(`${"(".repeat(9000)}1${")".repeat(9000)}`)).toBe(
      "arithmetic expression: more than 200 nested brackets",
    );
    expect(value(`${"-".repeat(20_001)}1`)).toBe(-1);
    expect(value(`${"!".repeat(20_000)}5`)).toBe(1);
    expect(value(`${"-+!".repeat(5000)}`)).toContain("expecting primary");
    expect(value("- -3 + !0 - !a * 2")).toBe(4);
  });

  it("in arithmetic ends where its own brackets do", async () => {
    expect(await expanded("$((1+(2))) $(( ((1)) * (2 + 3) )) $((2))")).toEqual(["3", "5", "2"]);
  });
});

describe("a pattern", () => {
  it("is compared in a time that its stars do not multiply", () => {
    const name = "a".repeat(255);
    expect(inTime(() => matches("*a".repeat(5000), name))).toBe(false);
    expect(inTime(() => matches(`${"*".repeat(10_001)}b`, name))).toBe(false);
    expect(inTime(() => matches(`${"a*".repeat(200)}`, name))).toBe(true);
    expect(inTime(() => orError(() => matches(`*${"a".repeat(5000)}b`, "a".repeat(longestHostile))))).toBe(
      "Pattern too complex",
    );
  });

  it("matches what the same regular expression matches", () => {
    const piece = fc.constantFrom(
      ["*", "[^]*"],
      ["?", "[^]"],
      ["a", "a"],
      ["b", "b"],
      ["[ab]", "[ab]"],
      ["[!a]", "[^a]"],
      ["[a-b]", "[a-b]"],
      ["[]a]", "[\\]a]"],
      ["\\*", "\\*"],
      ["[[:digit:]_]", "[\\d_]"],
      ["[b-a]", "(?!)"],
    );
    const text = fc.string({ unit: fc.constantFrom(..."ab*]1_"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), text, (pieces, value) => {
        const source = pieces.map(([shown]) => shown).join("");
        const expression = pieces.map(([, regular]) => regular).join("");
        const budget = new ExpansionBudget();
        expect(matches(source, value)).toBe(new RegExp(`^${expression}$`).test(value));
        const lengths = Array.from({ length: value.length + 1 }, (_, index) => index);
        const fits = (part: string) => new RegExp(`^(?:${expression})$`).test(part);
        const before = lengths.filter((length) => fits(value.slice(0, length)));
        const after = lengths.filter((length) => fits(value.slice(value.length - length)));
        const cut = (end: number | undefined) => (end === undefined ? value : value.slice(end));
        const kept = (end: number | undefined) => (end === undefined ? value : value.slice(0, value.length - end));
        expect(pattern(source).withoutPrefix(value, "shortest", budget)).toBe(cut(before.at(0)));
        expect(pattern(source).withoutPrefix(value, "longest", budget)).toBe(cut(before.at(-1)));
        expect(pattern(source).withoutSuffix(value, "shortest", budget)).toBe(kept(after.at(0)));
        expect(pattern(source).withoutSuffix(value, "longest", budget)).toBe(kept(after.at(-1)));
      }),
      { numRuns: 2000 },
    );
  });

  it("that is no set stands for itself", () => {
    expect(matches("[a", "[a")).toBe(true);
    expect(matches("[", "[")).toBe(true);
    expect(matches("[]", "[]")).toBe(true);
    expect(matches("[a\\]", "[a]")).toBe(true);
    expect(matches("[\\]]", "]")).toBe(true);
    expect(matches("[[:nothing:]]", ":]")).toBe(true);
  });

  it("counts characters, not halves of them", async () => {
    expect(await expanded('"${v%?}" "${v#?}"', { v: "😀a😀" })).toEqual(["😀a", "a😀"]);
  });

  it("of files ends, however many paths there would be", () => {
    const { cwd, folders } = surroundings();
    const found = (source: string) => inTime(() => orError(() => glob(source, cwd, folders, new ExpansionBudget())));
    expect(found("*".repeat(10_001))).toHaveLength(5);
    expect(found(`${"*/../".repeat(40)}*.py`)).toEqual(expect.arrayContaining([`${"static/../".repeat(40)}app.py`]));
    const many: typeof folders = { isFolder: () => true, exists: () => true, names: () => ["a", "b", "c"] };
    expect(orError(() => glob("*/".repeat(30), "/", many, new ExpansionBudget()))).toBe("Pattern too complex");
  });
});

describe("an expansion that would fill the memory", () => {
  it.each([
    ["{a,b}".repeat(40)],
    ["{1..999999999}"],
    [`{1..${"9".repeat(400)}}`],
    ["{1..9000}{1..9000}"],
    [`{1..9000}${"x".repeat(20_000)}`],
    ["$big$big$big$big$big$big$big$big$big"],
    ["$words$words$words$words$words$words$words$words$words"],
    ["$blanks$big$blanks$big$blanks$big$blanks$big$blanks$big$blanks$big$blanks$big$blanks$big$blanks$big"],
  ])("is refused: %.60s", async (text) => {
    const variables = { big: "x".repeat(2_000_000), words: "ab ".repeat(700_000), blanks: " ".repeat(2_000_000) };
    expect(await inTimeLater(() => orErrorLater(() => expanded(text, variables)))).toBe("Out of space");
  });

  it("is not refused before it does", async () => {
    expect(await expanded("{1..20000}")).toHaveLength(20_000);
    expect(await expanded(`"${"$x".repeat(9000)}"`, { x: "ab" })).toEqual(["ab".repeat(9000)]);
  });
});
