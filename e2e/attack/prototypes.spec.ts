// @project beside
// @also firefox
/** What all objects of a page inherit from cannot be changed: a second wall behind the gates. */
import { expect, pages, test } from "../../testing/browser/site.ts";

for (const page of ["landing", "lesson", "embed"] as const) {
  // [threat: page-injection]
  test(`nobody gives the objects of the ${page} page a property`, async ({ page: tab }) => {
    await tab.goto(pages[page]);
    await expect(tab.getByRole("button", { name: "Start both servers" })).toBeEnabled();
    const outcome = await tab.evaluate(() => {
      const refused = (act: () => void) => {
        try {
          act();
          return false;
        } catch {
          return true;
        }
      };
      const child: { toString?: unknown } = {};
      child.toString = () => "its own";
      return {
        added: refused(() => {
          Reflect.set(Object.prototype, "ref", { current: null });
          if (!("ref" in {})) throw new Error("not added");
        }),
        changed: refused(() => {
          Object.prototype.toString = () => "changed";
        }),
        list: Object.isFrozen(Array.prototype),
        overridden: String(child),
      };
    });
    expect(outcome).toEqual({ added: true, changed: true, list: true, overridden: "its own" });
  });
}
