import { describe, expect, it } from "vitest";
import { problemsOfRecordedFigures } from "./recorded-figures.ts";

const side = { command: "flask run", server: "Flask 3.1.3", rate: 39.6, median: 252, errors: 0 };
const run = {
  version: 1,
  lab: "first-load",
  plan: "slow",
  label: "A slow page",
  date: "2026-11-22",
  machine: { processor: "A processor", cores: 2, browser: "Chromium 156" },
  sides: { development: side, production: side },
};
const files = (written: object = run) => [
  { path: "content/runs/first-load-slow.json", source: JSON.stringify(written) },
];
const page = (element: string) => [
  { path: "content/lessons/01-a.mdx", source: `---\ntitle: A\n---\n\nIt was ${element}.\n` },
];

describe("problemsOfRecordedFigures", () => {
  it("has nothing to say of a figure that was recorded", () => {
    const element = '<Recorded run="first-load-slow" side="production" figure="rate" />';
    expect(problemsOfRecordedFigures(page(element), files())).toEqual([]);
  });

  it.each([
    [
      '<Recorded run="first" side="production" figure="rate" />',
      "no content/runs/first.json. There are: first-load-slow.",
    ],
    ['<Recorded run="first-load-slow" figure="rate" />', 'Write e.g.: side="production"'],
    ['<Recorded run="first-load-slow" side="production" figure="speed" />', "There are: rate, median"],
    ['<Recorded run="first-load-slow" side="production" figure="p99" />', "too few requests carry it"],
  ])("names the line of %s", (element, words) => {
    const [problem = "", ...more] = problemsOfRecordedFigures(page(element), files());
    expect(more).toEqual([]);
    expect(problem).toContain("content/lessons/01-a.mdx:5: <Recorded>: ");
    expect(problem).toContain(words);
  });

  it("names the field of a file that is no recorded run", () => {
    const problems = problemsOfRecordedFigures([], files({ ...run, date: "yesterday" }));
    expect(problems).toEqual([expect.stringContaining("content/runs/first-load-slow.json: date: ")]);
  });
});
