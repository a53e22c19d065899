import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DeckPlace, fragmentOf, moveOf, placeAfter, placeIn, placeTold } from "./deck-place.ts";

const steps = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 20 });

/** Every place of a presentation, in order. */
function walk(of: readonly number[]): readonly DeckPlace[] {
  const places: DeckPlace[] = [{ slide: 1, step: 0 }];
  for (;;) {
    const here = places.at(-1) ?? { slide: 1, step: 0 };
    const next = placeAfter("next", here, of);
    if (next === here) return places;
    places.push(next);
  }
}

describe("a place in a presentation", () => {
  it("leads through every slide and every answer, and back the same way", () => {
    fc.assert(
      fc.property(steps, (of) => {
        const there = walk(of);
        expect(there).toHaveLength(of.length + of.reduce((sum, each) => sum + each, 0));
        const back = there.toReversed().map((place) => placeAfter("previous", place, of));
        expect(back).toEqual([...there.toReversed().slice(1), { slide: 1, step: 0 }]);
        expect(placeAfter("first", back[0] ?? { slide: 1, step: 0 }, of)).toEqual({ slide: 1, step: 0 });
        expect(placeAfter("last", { slide: 1, step: 0 }, of)).toEqual({ slide: of.length, step: 0 });
      }),
    );
  });

  it("is the same after it was in an address, and after another window has told it", () => {
    fc.assert(
      fc.property(steps, (of) => {
        for (const place of walk(of)) {
          expect(placeIn(fragmentOf(place), of)).toEqual(place);
          expect(placeTold(fragmentOf(place), of)).toEqual(place);
        }
      }),
    );
  });

  it("exists, whatever the address says", () => {
    fc.assert(
      fc.property(steps, fc.oneof(fc.string(), fc.stringMatching(/^#\d{1,6}(\.\d{1,6})?$/)), (of, fragment) => {
        const places = walk(of).map(fragmentOf);
        expect(places).toContain(fragmentOf(placeIn(fragment, of)));
      }),
    );
    expect(placeIn("#99.9", [0, 1])).toEqual({ slide: 2, step: 1 });
    expect(placeIn("#lab-first-load=1.x", [0, 1])).toEqual({ slide: 1, step: 0 });
  });

  it("is not taken from what is none", () => {
    for (const data of [undefined, null, 3, {}, "", "3", "#", "#x", ["#3"]])
      expect(placeTold(data, [0])).toBeUndefined();
  });
});

describe("a key", () => {
  const pressed = { modified: false, focus: undefined };

  it("moves as presentations do", () => {
    const of = (key: string) => moveOf({ ...pressed, key });
    expect(["ArrowRight", "PageDown", "ArrowLeft", "PageUp", "Home", "End"].map(of)).toEqual([
      "next",
      "next",
      "previous",
      "previous",
      "first",
      "last",
    ]);
    expect(["a", "ArrowDown", "toString", "Enter"].map(of)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("belongs to a field, to a choice, or to the browser first", () => {
    expect(moveOf({ key: "End", modified: false, focus: "text" })).toBeUndefined();
    expect(moveOf({ key: "ArrowRight", modified: false, focus: "choice" })).toBeUndefined();
    expect(moveOf({ key: "PageDown", modified: false, focus: "choice" })).toBe("next");
    expect(moveOf({ key: "ArrowLeft", modified: true, focus: undefined })).toBeUndefined();
  });
});
