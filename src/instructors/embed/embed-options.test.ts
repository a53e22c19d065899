// @vitest-environment happy-dom
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embedPlaces, embedSnippet } from "../../site/embed-snippet.ts";
import { readEmbedOptions, writeEmbedOptions } from "./embed-options.ts";

const choices = { plans: ["quick", "slow"], machines: ["python", "node"] };

describe("options of an embedded lab", () => {
  it("are read as they were written", () => {
    const options = fc.record(
      {
        plan: fc.constantFrom(...choices.plans),
        machine: fc.constantFrom(...choices.machines),
        theme: fc.constantFrom("light" as const, "dark" as const),
        editor: fc.constant(false),
        show: fc.constant("everything" as const),
        size: fc.constant("compact" as const),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(options, (each) => {
        expect(readEmbedOptions(writeEmbedOptions(each), choices)).toEqual({ options: each, problems: [] });
      }),
    );
  });

  it("with a value that they cannot have are named, and the others hold", () => {
    expect(readEmbedOptions("?plan=fast&theme=dark&editor=no&size=small&utm_source=mail", choices)).toEqual({
      options: { theme: "dark" },
      problems: [
        { option: "plan", value: "fast", choices: ["quick", "slow"] },
        { option: "editor", value: "no", choices: ["0", "1"] },
        { option: "size", value: "small", choices: ["compact"] },
      ],
    });
  });
});

describe("the lines for a course page", () => {
  it("are one frame with the address and title that were given, whatever is in them", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.webUrl({ withQueryParameters: true }),
        fc.constantFrom(...embedPlaces),
        (title, address, place) => {
          const body = new DOMParser().parseFromString(
            embedSnippet({ address, title, height: 900 }, place),
            "text/html",
          ).body;
          expect(body.querySelectorAll("iframe")).toHaveLength(1);
          expect(body.querySelector("iframe")?.getAttribute("src")).toBe(address);
          expect(body.querySelectorAll("script")).toHaveLength(place === "page" ? 1 : 0);
        },
      ),
    );
  });
});
