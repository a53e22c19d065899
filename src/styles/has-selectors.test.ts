import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, it } from "vitest";

/** A selector up to its `:has()`: what it says of the element that is styled. */
const subjects = /^\s*(.*?):has\(/gm;
const comments = /\/\*[\s\S]*?\*\//g;

it("no rule asks with :has() what is in an element that holds a terminal", () => {
  // Each row that a terminal writes is an element that comes and goes. With such a rule a browser styles everything
  // around it anew each time: at a start that took half a second of the page's thread.
  const asked = globSync("src/**/*.{css,astro}").flatMap((file) => {
    const rules = readFileSync(file, "utf8").replaceAll(comments, "");
    return [...rules.matchAll(subjects)].map(([, subject = ""]) => `${basename(file)} ${subject}`);
  });
  expect(asked.sort()).toEqual([
    "Checklist.astro .checklist li",
    "Checklist.astro .checklist ul",
    "LessonMarks.astro .sidebar-content a",
    'bounded-lab.css :root[data-lab-extent="run"] .lab-head:not(',
    "head.css &:not(",
    "hiding.css & .quiz .quiz-right:not(",
    "predict.css & fieldset:disabled label",
    "sides.css &:focus-within",
    "slides.css .lab-verdict",
    "slides.css .slide-prediction .slide-body",
  ]);
});
