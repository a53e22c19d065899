import { describe, expect, it } from "vitest";
import { columnsForWholeWords } from "./whole-options.ts";

const command = "gunicorn -w 2 -b 0.0.0.0:8000 --threads 4 app:app";

describe("columnsForWholeWords", () => {
  it("leaves rows as they are where nothing is broken", () => {
    expect(columnsForWholeWords(command, 60)).toBe(60);
    expect(columnsForWholeWords(command, 29)).toBe(29);
    expect(columnsForWholeWords("gunicorn -w 12345 app:app", 13)).toBe(13);
  });

  it("makes rows narrower until an option moves to the next as a whole", () => {
    // "gunicorn -w 2 -b 0.0.0.0:8000 -" has 31 characters, with "-threads" 39.
    for (const columns of [31, 32, 35, 38]) expect(columnsForWholeWords(command, columns)).toBe(30);
    expect(columnsForWholeWords(command, 39)).toBe(39);
  });

  it("keeps a short option and a name with hyphens whole, too", () => {
    expect(columnsForWholeWords("flask -A x", 7)).toBe(6);
    expect(columnsForWholeWords("waitress-serve my-long-app:app", 20)).toBe(17);
  });

  it("gives up where rows would become too narrow, and where a word has no row", () => {
    expect(columnsForWholeWords("a --a-very-long-option", 20)).toBe(20);
    expect(columnsForWholeWords("flask --app a-name-that-is-longer-than-any-row run", 20)).toBe(20);
  });
});
