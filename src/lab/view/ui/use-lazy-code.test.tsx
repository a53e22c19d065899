// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { type LazyCode, useLazyCode } from "./use-lazy-code.ts";

it("has no code before it is asked for, says when it did not come, and tries again", async () => {
  let online = false;
  let asked = 0;
  let lazy: LazyCode<string> | undefined;
  function Asker() {
    lazy = useLazyCode(async () => {
      asked += 1;
      if (!online) throw new TypeError("Failed to fetch");
      return "code";
    });
    return <p>{lazy.failed.value ? "failed" : (lazy.code.value ?? "nothing yet")}</p>;
  }
  const root = document.createElement("div");
  act(() => render(<Asker />, root));
  expect([asked, root.textContent]).toEqual([0, "nothing yet"]);
  await act(async () => expect(await lazy?.load()).toBe(false));
  expect([asked, root.textContent]).toEqual([1, "failed"]);
  online = true;
  await act(async () => expect(await lazy?.load()).toBe(true));
  expect([asked, root.textContent]).toEqual([2, "code"]);
});
