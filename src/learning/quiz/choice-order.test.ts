import { describe, expect, it } from "vitest";
import { choicesOf } from "./choice-order.ts";

const choices = ["40", "100", "10"].map((text) => ({ text }));

describe("the choices of a question", () => {
  it("are shown first as they were written", () => {
    expect(choicesOf(choices, "ceiling", 0)).toBe(choices);
  });

  it("are the same ones in each attempt, in the same order whenever it is shown", () => {
    for (let attempt = 1; attempt < 10; attempt++) {
      const order = choicesOf(choices, "ceiling", attempt);
      expect(new Set(order)).toEqual(new Set(choices));
      expect(choicesOf(choices, "ceiling", attempt)).toEqual(order);
    }
  });

  it("stand at each place about as often as at the others", () => {
    const first = new Map<string, number>();
    for (let attempt = 1; attempt <= 3000; attempt++) {
      const text = choicesOf(choices, `question-${attempt % 70}`, attempt)[0]?.text ?? "";
      first.set(text, (first.get(text) ?? 0) + 1);
    }
    expect([...first.keys()].sort()).toEqual(["10", "100", "40"]);
    for (const count of first.values()) {
      expect(count).toBeGreaterThan(850);
      expect(count).toBeLessThan(1150);
    }
  });
});
