import { python } from "@codemirror/lang-python";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { firstMistake, placeOf } from "./syntax-mistakes.ts";

function mistakeIn(doc: string) {
  const state = EditorState.create({ doc, extensions: [python()] });
  const tree = ensureSyntaxTree(state, doc.length, 5000);
  if (!tree) throw new Error("The parser took too long");
  const mistake = firstMistake(state, tree);
  return mistake && { ...placeOf(state, mistake), text: state.sliceDoc(mistake.from, mistake.to) };
}

describe("firstMistake", () => {
  it("finds none in a program without mistakes", () => {
    expect(mistakeIn("")).toBeUndefined();
    expect(mistakeIn('@app.get("/")\ndef hello():\n    return f"Counted to {1 + 1}\\n"\n')).toBeUndefined();
    expect(mistakeIn("async def f(a, /, b: int = 1, *, c):\n    if (x := 2):\n        pass\n")).toBeUndefined();
    expect(mistakeIn("match x:\n    case [1, *rest]:\n        pass\n    case _:\n        pass\n")).toBeUndefined();
  });

  it("finds a colon that is missing, a bracket that is not closed, a string that does not end", () => {
    expect(mistakeIn("def hello()\n    return 1\n")).toMatchObject({ line: 1 });
    expect(mistakeIn("x = 1\nprint(x\ny = 2\n")).toMatchObject({ line: 2 });
    expect(mistakeIn('x = 1\ny = "open\nz = 2\n')).toMatchObject({ line: 2 });
  });

  it("looks at the end of a file that is longer than what an editor reads at first", () => {
    const long = Array.from({ length: 2000 }, (_, number) => `total = (1 +\n  ${number})\n`).join("");
    expect(mistakeIn(long)).toBeUndefined();
    expect(mistakeIn(`${long}print(x\ny = 2\n`)).toMatchObject({ line: 4001 });
  });

  it("marks something that can be seen, and only the first", () => {
    for (const text of ["def hello(:\n    pass\n\nclass\n", "for\n", "x ==\n", "return return\n"]) {
      const mistake = mistakeIn(text);
      expect([text, mistake?.line]).toEqual([text, 1]);
      expect(mistake?.text.trim()).not.toBe("");
    }
  });
});
