// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own variables look like that
import { describe, expect, it } from "vitest";
import { parseScript } from "./parser.ts";
import { type Command, ShellSyntaxError, type Word } from "./syntax.ts";

/** A word as one would write it, with quoted text in double quotes. */
function written({ parts }: Word): string {
  return parts
    .map((part): string => {
      switch (part.kind) {
        case "text":
          return part.quoted ? `"${part.text}"` : part.text;
        case "variable":
          return part.modifier === undefined
            ? `\${${part.name}}`
            : `\${${part.name}${part.modifier.operator}${written(part.modifier.word)}}`;
        case "substitution":
        case "process":
          return "$(…)";
        default:
          return `$((${written(part.expression)}))`;
      }
    })
    .join("");
}

function commands(text: string): Command[] {
  return parseScript(text).flatMap(({ first, rest }) =>
    [first, ...rest.map(({ pipeline }) => pipeline)].flatMap((each) => each.commands),
  );
}

function words(text: string): string[] {
  return commands(text).flatMap((command) => (command.kind === "simple" ? command.words.map(written) : [command.kind]));
}

function failure(text: string): { message: string; incomplete: boolean } | undefined {
  try {
    parseScript(text);
    return undefined;
  } catch (error) {
    if (error instanceof ShellSyntaxError) return { message: error.message, incomplete: error.incomplete };
    throw error;
  }
}

describe("words", () => {
  it.each<[string, string[]]>([
    ["echo a  b", ["echo", "a", "b"]],
    ["echo 'a b'\"c d\"e", ["echo", '"a b""c d"e']],
    ['echo "$HOME/x" $1 ${A:-b c}', ["echo", '${HOME}"/x"', "${1}", "${A:-b c}"]],
    ["echo a\\ b \\$x", ["echo", 'a" "b', '"$"x']],
    ["echo $(ls | wc) `pwd` $((1 + $x))", ["echo", "$(…)", "$(…)", '$(("1 + "${x}))']],
    ["echo a#b # a comment", ["echo", "a#b"]],
    ["echo \"\" ''", ["echo", '""', '""']],
    ["a\\\nb", ["ab"]],
    ['gunicorn -w 4 -b 0.0.0.0:8000 "app:app"', ["gunicorn", "-w", "4", "-b", "0.0.0.0:8000", '"app:app"']],
    ["curl 'http://localhost:5000/?a=1&b=2'", ["curl", '"http://localhost:5000/?a=1&b=2"']],
    ["echo $ 5$", ["echo", "$", "5$"]],
    ['echo "a\\n\\$\\""', ["echo", '"a\\n$""']],
  ])("%s", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe("lists", () => {
  it("are and, or, pipes, backgrounds", () => {
    const list = parseScript("a && b || c | d; e & f");
    expect(list.map(({ background }) => background)).toEqual([false, true, false]);
    expect(list[0]?.rest.map(({ operator }) => operator)).toEqual(["&&", "||"]);
    expect(list[0]?.rest[1]?.pipeline.commands).toHaveLength(2);
    expect(list.map(({ source }) => source)).toEqual(["a && b || c | d", "e", "f"]);
  });

  it("have redirections, where they stand and however close", () => {
    const [command] = commands("flask run >log 2>&1 <in 2>>err");
    expect(command?.redirections.map(({ fd, operator, target }) => [fd, operator, written(target)])).toEqual([
      [1, ">", "log"],
      [2, ">&", "1"],
      [0, "<", "in"],
      [2, ">>", "err"],
    ]);
    expect(words("echo 2 >x")).toEqual(["echo", "2"]);
    expect(words("echo a2>x")).toEqual(["echo", "a2"]);
  });

  it("have assignments before a command", () => {
    const [command] = commands('FLASK_APP=hello:app X="a b" flask run A=1');
    if (command?.kind !== "simple") throw new Error("It is a simple command");
    expect(command.assignments.map(({ name, value }) => [name, written(value)])).toEqual([
      ["FLASK_APP", "hello:app"],
      ["X", '"a b"'],
    ]);
    expect(command.words.map(written)).toEqual(["flask", "run", "A=1"]);
  });

  it("have texts that follow", () => {
    const [first, second] = commands("cat > app.py <<'EOF'\nx = \"$HOME\"\nEOF\necho done");
    expect(first?.redirections.map(({ operator, target }) => [operator, written(target)])).toEqual([
      [">", "app.py"],
      ["<<", '"x = "$HOME"\n"'],
    ]);
    expect(second?.source).toBe("echo done");
  });

  it("hold loops and conditions", () => {
    const [loop] = commands("for i in 1 2; do echo $i; sleep 1; done");
    if (loop?.kind !== "for") throw new Error("It is a loop");
    expect([loop.name, loop.words.map(written), loop.list.length]).toEqual(["i", ["1", "2"], 2]);
    const [choice] = commands("if a; then b; elif c\nthen d; else e; fi > out");
    if (choice?.kind !== "if") throw new Error("It is a condition");
    expect([choice.branches.length, choice.otherwise.length, choice.redirections.length]).toEqual([2, 1, 1]);
    expect(commands("while true; do x; done | cat").map(({ kind }) => kind)).toEqual(["while", "simple"]);
    expect(commands("(a; b) && { c; d; }").map(({ kind }) => kind)).toEqual(["subshell", "group"]);
    expect(words("echo if then done for")).toEqual(["echo", "if", "then", "done", "for"]);
  });
});

describe("what is no command line", () => {
  it.each<[string, string]>([
    ["| a", '"|" unexpected'],
    ["a && && b", '"&&" unexpected'],
    ["a )", '")" unexpected'],
    ["a ;; b", '";;" unexpected'],
    ["done", '"done" unexpected'],
    ["if ; then", '";" unexpected'],
    ["for 1 in x; do y; done", "Bad for loop variable"],
    ["echo ${}", "Bad substitution"],
    ["echo >", "end of file unexpected"],
    ["echo > ;", '";" unexpected'],
  ])("%s", (text, message) => {
    expect(failure(text)?.message).toBe(`Syntax error: ${message}`);
  });

  it.each([
    "echo 'a",
    'echo "a',
    "a |",
    "a &&",
    "for i in 1; do",
    "if a; then b",
    "{ a",
    "( a",
    "cat <<E\nx",
    "echo $(a",
    "a \\",
  ])("but could become one: %s", (text) => {
    expect(failure(text)?.incomplete).toBe(true);
  });

  it("nothing is one", () => {
    expect(parseScript(" \n # only a comment\n")).toEqual([]);
  });
});

describe("functions and case", () => {
  const kinds = (text: string) => commands(text).map(({ kind }) => kind);
  it("are commands", () => {
    expect(kinds("greet() { echo $1; }; greet Ada")).toEqual(["function", "simple"]);
    expect(kinds("function greet {\n echo\n}\ngreet()\n(echo)")).toEqual(["function", "function"]);
    expect(kinds("case $x in\n a|b) echo 1;;\n (c) ;;\n *) echo 2\nesac | cat; echo")).toEqual([
      "case",
      "simple",
      "simple",
    ]);
    expect(words("echo case; echo esac")).toEqual(["echo", "case", "echo", "esac"]);
  });

  it.each([
    ["greet() {", true],
    ["greet()", true],
    ["case x in", true],
    ["case x in a) echo", true],
    ["echo ;;", false],
    ["case x in a echo;; esac", false],
    ["greet() echo", false],
  ])("%j is refused; more lines could mend it: %s", (text, incomplete) => {
    expect(failure(text)).toMatchObject({ incomplete });
  });
});
