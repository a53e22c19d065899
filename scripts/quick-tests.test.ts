import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { browserTestsOf, specsOfRooms, unitTestsBesides } from "./quick-tests.ts";

describe("the quick tests", () => {
  test.each(specsOfRooms)("know %s, which is there", (spec) => {
    expect(existsSync(spec)).toBe(true);
  });

  test("are those of the nearest room", () => {
    expect(browserTestsOf(["src/machine/python/posix/_socket.py"])).toEqual(["e2e/python/python-sockets.spec.ts"]);
    expect(browserTestsOf(["src/machine/python/posix/pwd.py"])).toEqual(["e2e/python/python-programs.spec.ts"]);
    expect(browserTestsOf(["src/lab/view/results/charts.ts"])).toEqual(["e2e/lab/lab-charts.spec.ts"]);
    expect(browserTestsOf(["content/labs/first-load/app.py"])).toEqual(["e2e/claims/first-load.spec.ts"]);
  });

  test("begin with browser tests that have changed themselves, each once", () => {
    const changed = ["src/gate/gate.ts", "src/lab/browser/page-line.ts", "e2e/site/pages.spec.ts"];
    expect(browserTestsOf(changed)).toEqual([
      "e2e/site/pages.spec.ts",
      "e2e/python/contract-python.spec.ts",
      "e2e/lab/browser-pane.spec.ts",
    ]);
  });

  test("are none where nothing of a page has changed", () => {
    expect(browserTestsOf(["README.md", "src/gate/gate.test.ts", "src/gate/README.md", "e2e/gone.spec.ts"])).toEqual(
      [],
    );
  });

  test("include unit tests that no import leads to", () => {
    expect(unitTestsBesides(["src/machine/python/posix/pwd.py", "README.md"])).toEqual([
      "src/machine/python/posix/posix-layer.test.ts",
      "scripts/documents.test.ts",
    ]);
    expect(unitTestsBesides(["src/gate/gate.ts"])).toEqual([]);
  });
});
