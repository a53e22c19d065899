import { describe, expect, it } from "vitest";
import { withTranslatedWords } from "./translated-words.ts";

const english = {
  title: "A lab",
  sides: { development: { command: "flask run" } },
  node: { titles: { development: "One process" }, plans: [{ name: "loop", label: "A loop" }] },
  plans: [
    { name: "slow", label: "Slow", users: 10 },
    { name: "ten-readers", label: "Ten users" },
  ],
  exercises: [{ name: "a", title: "Do", checks: [{ wants: "w", hint: "h", run: { plan: "slow" } }] }],
};

describe("withTranslatedWords", () => {
  it("puts words in their places, plans by their names, and leaves everything else", () => {
    const { value, problems } = withTranslatedWords(english, {
      translationOf: "0",
      title: "Un laboratorio",
      sides: { development: { title: "Servidor de desarrollo" } },
      node: { titles: { development: "Un proceso" }, plans: [{ name: "loop", label: "Un bucle" }] },
      plans: [
        { use: "ten-readers", label: "Diez usuarios" },
        { name: "slow", label: "Lenta" },
      ],
      exercises: [{ name: "a", checks: [{ wants: "q" }] }],
    });
    expect(problems).toEqual([]);
    expect(value).toEqual({
      title: "Un laboratorio",
      sides: { development: { command: "flask run", title: "Servidor de desarrollo" } },
      node: { titles: { development: "Un proceso" }, plans: [{ name: "loop", label: "Un bucle" }] },
      plans: [
        { name: "slow", label: "Lenta", users: 10 },
        { name: "ten-readers", label: "Diez usuarios" },
      ],
      exercises: [{ name: "a", title: "Do", checks: [{ wants: "q", hint: "h", run: { plan: "slow" } }] }],
    });
  });

  it.each([
    [{ titel: "x" }, "titel is not in the lab.yaml. Leave it out."],
    [{ plans: [{ name: "quick", label: "x" }] }, "plans[quick] is not in the lab.yaml. Leave it out."],
    [{ plans: [{ name: "slow", users: 12 }] }, "plans[slow].users is no text for readers and stays as it is"],
    [
      { sides: { development: { command: "flask --debug run" } } },
      "sides.development.command is no text for readers and stays as it is",
    ],
    [{ title: 5 }, "title must be a text, not 5."],
    [{ title: "" }, 'title must be a text, not "".'],
    ["words", "holds no fields. Write e.g.: title:"],
  ])("says what has no place: %j", (translation, problem) => {
    expect(withTranslatedWords(english, translation).problems.join("\n")).toContain(problem);
  });
});
