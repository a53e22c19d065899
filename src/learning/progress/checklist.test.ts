// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { makeChecklists } from "./checklist.ts";
import { learnerStore } from "./progress-store.ts";

beforeEach(() => {
  document.body.innerHTML =
    '<div data-checklist="before"><ul><li>Debug is <code>off</code></li><li>Logs</li></ul></div>';
  makeChecklists();
});

describe("a checklist", () => {
  it("gives each item a box with its words as name, and keeps what is ticked", () => {
    const [first, second] = document.querySelectorAll<HTMLInputElement>("label > input");
    expect(first?.closest("label")?.textContent).toBe("Debug is off");
    first?.click();
    expect(learnerStore().memory.value.ticks).toEqual({ before: ["Debug is off"] });
    expect([first?.checked, second?.checked]).toEqual([true, false]);
    learnerStore().erase();
    expect(first?.checked).toBe(false);
  });
});
