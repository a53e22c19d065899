import { describe, expect, it } from "vitest";
import { complete, inColumns } from "./completion.ts";
import { HistorySearch } from "./history-search.ts";
import { keysOf } from "./keys.ts";
import { LineEditor } from "./line-editor.ts";
import { LineView, width } from "./line-view.ts";

function type(typed: string, history: readonly string[] = []) {
  const editor = new LineEditor(history);
  const events = keysOf(typed).map((key) => editor.press(key));
  return { editor, events, shown: `${editor.beforeCursor}|${editor.text.slice(editor.beforeCursor.length)}` };
}

describe("a line that is typed", () => {
  it.each<[string, string, string]>([
    ["inserts at the cursor", "flsk\x1b[D\x1b[Da", "fla|sk"],
    ["erases backwards and forwards", "abcd\x7f\x1b[D\x1b[3~\x1b[D", "a|b"],
    ["jumps to its ends", "abc\x01x\x05y", "xabcy|"],
    ["jumps over words", "one two\x1bb\x1bbx\x1bf", "xone| two"],
    ["kills and yanks", "one two three\x17\x01\x19", "three|one two "],
    ["kills to its end", "one two\x1bb\x0b", "one |"],
    ["kills all before the cursor", "one two\x15x", "x|"],
    ["keeps whole characters", "é😀x\x1b[D\x7f", "é|x"],
    ["ignores keys without a meaning", "a\x1b[15~\x1b[99Zb", "ab|"],
  ])("%s", (_, typed, expected) => {
    expect(type(typed).shown).toBe(expected);
  });

  it("goes through the history, and back to the new line", () => {
    const history = ["first", "second"];
    expect(type("new\x1b[A", history).shown).toBe("second|");
    expect(type("new\x1b[A\x1b[A\x1b[A", history).events.slice(-1)).toEqual(["bell"]);
    expect(type("new\x1b[A\x1b[A\x1b[B\x1b[B", history).shown).toBe("new|");
    expect(type("\x1bOA!\x1b[B\x1b[A", history).shown).toBe("second|");
  });

  it("tells what was asked", () => {
    expect(type("a\r").events).toEqual(["changed", "line"]);
    expect(type("\x04").events).toEqual(["end"]);
    expect(type("a\x01\x04").events.at(-1)).toBe("changed");
    expect(type("\x03\t\x0c\x7f").events).toEqual(["interrupt", "complete", "clear", "bell"]);
  });
});

describe("its view", () => {
  it("draws over several rows", () => {
    const view = new LineView("$ ", () => 10);
    expect(view.draw("abc", "abc")).toBe("\r\x1b[J$ abc\r\x1b[5C");
    expect(view.draw("abcdefghij", "abcdefghij")).toBe("\r\x1b[J$ abcdefghij\r\x1b[2C");
    expect(view.draw("abcdefghij", "a")).toBe("\x1b[1A\r\x1b[J$ abcdefghij\x1b[1A\r\x1b[3C");
    expect(view.draw("abcdefgh", "abcdefgh")).toBe("\r\x1b[J$ abcdefgh\r\n\r");
  });

  it("knows how wide characters are", () => {
    expect(width("\x1b[1m~ $\x1b[0m ")).toBe(4);
    expect(width("日本é")).toBe(5);
  });
});

describe("completion", () => {
  const source = {
    commands: ["flask", "false", "fg", "cat", "cd"],
    names: (folder: string) =>
      folder === "" || folder === "./"
        ? [
            { name: "app.py", isFolder: false },
            { name: "apple pie", isFolder: false },
            { name: "static", isFolder: true },
            { name: ".env", isFolder: false },
          ]
        : folder === "static/"
          ? [{ name: "a.css", isFolder: false }]
          : [],
  };
  it.each<[string, string]>([
    ["fl", "flask "],
    ["f", "f"],
    ["fa", "false "],
    ["ls; ca", "cat "],
    ["cat app.", "app.py "],
    ["cat ap", "app"],
    ["cat apple", "apple\\ pie "],
    ['cat "apple', '"apple pie" '],
    ["cat st", "static/"],
    ["cat static/", "static/a.css "],
    ["cat .e", ".env "],
    ["cd ", "static/"],
    ["echo x >ap", "app"],
    ["./a", "./app"],
    ["cat nothing", "nothing"],
    ["while fl", "flask "],
  ])("%s", (line, expected) => {
    const { text, replaced } = complete(line, source);
    expect(text).toBe(expected);
    expect(line.length - replaced).toBe(/[^\s;>]*$/.exec(line)?.index);
  });

  it("lists what would fit", () => {
    expect(complete("f", source).candidates).toEqual(["false", "fg", "flask"]);
    expect(complete("cat ", source).candidates).toEqual(["app.py", "apple pie", "static/"]);
    expect(inColumns(["a", "bb", "ccc", "d"], 12)).toBe("a   ccc\nbb  d\n");
  });
});

describe("completion of what commands want", () => {
  const source = {
    commands: ["flask", "gunicorn", "kill", "man", "pip"],
    names: (folder: string) =>
      folder === "" ? ["app.py", "static"].map((name) => ({ name, isFolder: !name.includes(".") })) : [],
    known: {
      processes: [
        { pid: 12, title: "gunicorn: master [app:app]" },
        { pid: 17, title: "/usr/local/bin/python app.py" },
      ],
      jobs: [1, 2],
      variables: ["HOME", "HOSTNAME", "PATH"],
      modules: ["app.py", "wsgi.py"],
      text: (name: string) => (name === "app.py" ? "app = Flask(__name__)\n\ndef create_app():\n" : undefined),
    },
  };
  it.each<[string, string]>([
    ["kill -KI", "-KILL "],
    ["kill -SIGKI", "-SIGKILL "],
    ["kill -s HU", "HUP "],
    ["kill 1", "1"],
    ["kill 17", "17 "],
    ["kill %2", "%2 "],
    ["fg %", "%"],
    ["pkill gu", "gunicorn "],
    ["man gun", "gunicorn "],
    ["flask ru", "run "],
    ["flask run --po", "--port "],
    ["flask --app wsg", "wsgi:"],
    ["FLASK_DEBUG=1 flask ru", "run "],
    ["gunicorn --work", "--worker"],
    ["gunicorn --workers", "--workers "],
    ["gunicorn -k gt", "gthread "],
    ["gunicorn -w 2 wsg", "wsgi:"],
    ["gunicorn app:a", "app:app "],
    ["gunicorn app:cr", "app:create_app\\(\\) "],
    ["gunicorn -c app", "app.py "],
    ["pip li", "list "],
    ["python -m ven", "venv "],
    ["curl --j", "--json "],
    ["echo $HOM", "$HOME"],
    ["echo $" + "{PA", "$" + "{PATH}"],
    ["echo $HO", "$HO"],
    ["echo '$HOM", "'$HOM"],
    ["cat ap", "app.py "],
    ["kill > ap", "app.py "],
  ])("%s", (line, expected) => {
    expect(complete(line, source).text).toBe(expected);
  });

  it("lists pids and jobs", () => {
    expect(complete("kill ", source).candidates).toEqual(["%1", "%2", "12", "17"]);
  });
});

describe("a search through the history", () => {
  const history = ["flask run", "gunicorn app:app", "curl localhost:5000", "gunicorn -w 4 app:app"];
  const typed = (keys: string) => {
    const search = new HistorySearch(history);
    const events = keysOf(keys).map((key) => search.press(key));
    return { found: search.found, event: events.at(-1) };
  };
  it("finds the latest line that holds what is typed, then older ones", () => {
    expect(typed("guni")).toEqual({ found: "gunicorn -w 4 app:app", event: "searching" });
    expect(typed("guni\x12")).toEqual({ found: "gunicorn app:app", event: "searching" });
    expect(typed("guni\x12\x12")).toEqual({ found: "gunicorn app:app", event: "nothing" });
    expect(typed("gunix\x7f")).toEqual({ found: "gunicorn -w 4 app:app", event: "searching" });
    expect(typed("nothing of that")).toEqual({ found: undefined, event: "nothing" });
  });
  it("is over with a key that searches no further, or gives up", () => {
    expect(typed("flask\r")).toEqual({ found: "flask run", event: "taken" });
    expect(typed("flask\x1b[D").event).toBe("taken");
    expect(typed("flask\x07").event).toBe("given up");
    expect(typed("flask\x03").event).toBe("given up");
  });
});
