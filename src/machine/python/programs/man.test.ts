import { describe, expect, it } from "vitest";
import { absentPrograms } from "./absent-programs.ts";
import { manualText } from "./man.ts";
import { manualPages } from "./manual-pages.ts";
import { nativeProgramNames } from "./native-program-names.ts";
import { allBuiltins } from "./sh/builtins.ts";
import { runHere } from "./sh/testing/native-shell.ts";

describe("manualText", () => {
  it("has a page for each command that its pages name", () => {
    const named = [...manualPages.values()].flatMap(({ see = [] }) => see);
    expect(named.filter((name) => !manualPages.has(name))).toEqual([]);
  });

  it("has a page for each program, and for each command of the shell", () => {
    const here = [...nativeProgramNames, ...allBuiltins.keys()].filter((name) => !absentPrograms.has(name));
    const unknown = new Set(["bind", "caller", "compgen", "complete", "compopt", "enable", "fc", "logout", "suspend"]);
    expect(here.filter((name) => !unknown.has(name) && manualText(name) === undefined)).toEqual([]);
  });

  it("has no page for what is not here", () => {
    expect([...absentPrograms.keys()].filter((name) => manualPages.has(name))).toEqual([]);
    expect(manualText("nginx")).toBeUndefined();
  });

  it("sets whole words in lines that a terminal of 80 columns holds", () => {
    for (const name of manualPages.keys()) {
      for (const line of (manualText(name) ?? "").split("\n")) expect(line.length, `${name}: ${line}`).toBeLessThan(80);
    }
    expect(manualText("sleep")).toBe("NAME\n       sleep - wait\n\nSYNOPSIS\n       sleep SECONDS\n");
  });
});

describe("NAME --help", () => {
  it("prints the page's usage and options, and ends well; what follows other arguments is no such question", async () => {
    const { out, status } = await runHere("sh", "sleep --help; grep --help | head -1; timeout 1 echo --help");
    expect(out).toBe("Usage: sleep SECONDS\nwait\nUsage: grep [OPTION]... PATTERN [FILE]...\n--help\n");
    expect(status).toBe(0);
  });
});
