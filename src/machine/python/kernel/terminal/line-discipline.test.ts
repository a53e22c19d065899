import { describe, expect, test } from "vitest";
import type { Signal } from "../../../host-types.ts";
import { decoded, encoded } from "../testing/computer.ts";
import { LineDiscipline } from "./line-discipline.ts";

function line(typeAhead = 1000) {
  let shown = "";
  const signals: Signal[] = [];
  const discipline = new LineDiscipline(
    {
      echo: (output) => {
        shown += decoded(output);
      },
      signal: (name) => signals.push(name),
    },
    typeAhead,
  );
  const type = (keys: string) => discipline.type(encoded(keys));
  const read = () => {
    const piece = discipline.read();
    return piece && (piece.eof ? "EOF" : decoded(piece.bytes));
  };
  return { discipline, type, read, signals, shown: () => shown };
}

describe("a line discipline", () => {
  test("gives a line when it is complete, one a read, and echoes it", () => {
    const { type, read, shown } = line();
    type("ls");
    expect(read()).toBeUndefined();
    type(" -l\rps\n");
    expect([read(), read(), read()]).toEqual(["ls -l\n", "ps\n", undefined]);
    expect(shown()).toBe("ls -l\r\nps\r\n");
  });

  test("lets the line be edited", () => {
    const { type, read, shown } = line();
    type("lx\x7fs\r");
    expect(read()).toBe("ls\n");
    expect(shown()).toBe("lx\b \bs\r\n");
    type("wrong\x15right\r");
    expect(read()).toBe("right\n");
    type("one two  \x17three\r");
    expect(read()).toBe("one three\n");
    type("ä\x7f\x7f\x7fo\r");
    expect(read()).toBe("o\n");
  });

  test("erases both cells of a control character", () => {
    const { type, shown } = line();
    type("\x01\x7f");
    expect(shown()).toBe("^A\b \b\b \b");
  });

  test("ends the input at ^D, and a line that has begun at once", () => {
    const { type, read } = line();
    type("\x04");
    expect(read()).toBe("EOF");
    type("no newline\x04more\r");
    expect([read(), read()]).toEqual(["no newline", "more\n"]);
  });

  test("makes signals of keys, and drops what was typed before", () => {
    const { type, read, signals, shown } = line();
    type("half a line\x03\x1a\x1cok\r");
    expect(signals).toEqual(["SIGINT", "SIGTSTP", "SIGQUIT"]);
    expect(read()).toBe("ok\n");
    expect(shown()).toBe("half a line^C^Z^\\ok\r\n");
  });

  test("passes everything on in raw mode, unseen", () => {
    const { discipline, type, read, signals, shown } = line();
    type("begun");
    discipline.setModes({ canonical: false, echo: false, signals: false, outputNewline: false, inputNewline: false });
    expect(read()).toBe("begun");
    type("a\x03\r");
    type("\x04\x7f");
    expect(read()).toBe("a\x03\r\x04\x7f");
    expect(signals).toEqual([]);
    expect(shown()).toBe("begun");
  });

  test("keeps a bounded number of bytes that nobody reads", () => {
    const { type, read, shown } = line(4);
    type("abcdef\r");
    expect(shown()).toBe("abcd\x07\x07\x07");
    type("\x7f\r");
    expect(read()).toBe("abc\n");
    type("xyz\r");
    expect(read()).toBe("xyz\n");
  });
});
