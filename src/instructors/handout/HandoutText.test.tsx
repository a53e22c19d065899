// @vitest-environment happy-dom
import { render } from "preact";
import { describe, expect, it } from "vitest";
import { readLab } from "../../lab-definition/read-lab.ts";
import type { LessonData } from "../../schemas/page.ts";
import { HandoutText } from "./HandoutText.tsx";

const lesson: LessonData = {
  kind: "lesson",
  objectives: ["do it"],
  minutes: 10,
  difficulty: "easy",
  prerequisites: [],
  tags: [],
  sources: [{ title: "A", url: "https://example.org/" }],
  predictions: [
    {
      id: "back",
      question: "Does it come back?",
      choices: [
        { text: "On the right.", right: true, why: "Systemd restarts it." },
        { text: "On both.", why: "Nobody watches the left." },
      ],
    },
  ],
  instructors: { misconceptions: [], ask: [], goesWrong: [] },
  date: "2026-11-22",
  review: "2027-05-22",
  keyPoints: ["Use `-w 4`.", "Two.", "Three."],
  quiz: [
    {
      id: "a",
      question: "How many?",
      choices: [
        { text: "Four.", right: true, why: "Because of the four." },
        { text: "Five.", why: "There is no fifth." },
      ],
    },
  ],
};
const side = { command: "gunicorn", server: "gunicorn 26", rate: 39.62, errors: 0 };

function paperOf(source: string): HTMLElement {
  const { definition } = readLab("content/labs/first-load");
  const paper = document.createElement("div");
  render(
    <HandoutText
      source={source}
      lesson={lesson}
      address={(link) => `/at${link}`}
      components={["Lab", "Predict", "Repair", "Claim", "Recorded", "KeyPoints", "Quiz", "Term"]}
      lab={() => ({ definition, exercises: [], reports: ["It is `down`."] })}
      run={(name) => ({
        version: 1,
        lab: name,
        plan: "slow",
        label: "A slow page",
        date: "2026-11-22",
        machine: { processor: "A", cores: 2, browser: "Chromium" },
        sides: { development: side, production: side },
      })}
    />,
    paper,
  );
  return paper;
}

const text = (source: string): string => paperOf(source).textContent ?? "";

describe("HandoutText", () => {
  it("keeps what a component only marks", () => {
    expect(text('<Claim id="a">Four *at a time*</Claim>, says a <Term name="worker">worker</Term>.')).toBe(
      "Four at a time, says a worker.",
    );
  });

  it("leads links to where they lead from the lesson", () => {
    expect(paperOf("[there](../02-x/)").querySelector("a")?.getAttribute("href")).toBe("/at../02-x/");
  });

  it("shows a lab as its command lines and plans", () => {
    const lab = text('<Lab name="first-load" />');
    for (const part of ["$ flask --app app run", "$ gunicorn -w 4", "A slow page", "10 users"]) {
      expect(lab).toContain(part);
    }
  });

  it("lists what readers report of a broken lab", () => {
    expect(text('<Repair lab="first-load" />')).toBe("It is down.");
  });

  it("asks, and does not answer", () => {
    expect(text('<Predict lab="first-load" plan="slow" />')).toContain("Which side answers more requests a second?");
    const prediction = text('<Predict question="back" />');
    for (const asked of ["Does it come back?", "On the right.", "On both."]) expect(prediction).toContain(asked);
    expect(prediction).not.toContain("Systemd restarts it.");
    const quiz = text("<Quiz />");
    for (const asked of ["How many?", "Four.", "Five."]) expect(quiz).toContain(asked);
    for (const answer of ["Because of the four.", "There is no fifth."]) expect(quiz).not.toContain(answer);
  });

  it("has key points and recorded figures", () => {
    expect(text("<KeyPoints />")).toBe("Use -w 4.Two.Three.");
    expect(text('It was <Recorded run="r" side="production" figure="rate" />.')).toBe("It was 39.6\u00a0/s.");
  });

  it("fails where a text uses a component that there is not", () => {
    expect(() => text("<Unheard />")).toThrow(/Unheard/);
  });
});
