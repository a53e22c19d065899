/** Words about how far to trust a run, in English. Loaded by who opens them. */
import { inLanguage } from "../in-language.ts";
import { counted, the } from "./english.ts";

export const trustStrings = inLanguage("trustStrings", {
  closed: (readers: string, one: boolean) =>
    `Closed: ${readers}, ${one ? "who" : "each of whom"} waits for the answer before asking again.`,
  open: (readers: string) => `Open: ${readers}, who arrive whatever the server does.`,
  model: "Model",
  seed: "Seed",
  seedMeaning: (seed: string) => `${seed}. The same seed gives both sides, and every run, the same schedule.`,
  rates: "Offered and achieved",
  ratesOf: (title: string, offered: string, achieved: string) => `${title}: ${offered} offered, ${achieved} achieved.`,
  samples: "Samples",
  samplesOf: (title: string, answers: string, failed: string) => `${title}: ${answers} answers, ${failed} failures.`,
  percentiles: "A percentile is shown if at least five samples lie above it.",
  warmUp: "Warm-up",
  warmUpOf: (title: string, end: "warm" | "limit" | "skipped", seconds: string, answers: string) =>
    `${title}: ${seconds}\u00a0s and ${answers} answers before the run, none of them counted${
      { warm: "", limit: "; it was still getting quicker", skipped: "; it was cut short" }[end]
    }.`,
  warm: "Both servers were warm already.",
  verdict: "Verdict",
  verdictMeaning: (least: number) =>
    `It takes ${least} answers on each side, and a difference larger than what the two halves of the run differ by.`,
  verdictOf: (title: string, first: string, second: string) =>
    `${title}: ${first} in the first half, ${second} in the second.`,
  mediansOf: (title: string, first: string, second: string) =>
    `${title}: a median of ${first} in the first half, ${second} in the second.`,
  ratioOf: (a: string, b: string, range: string) => `So ${the(a)} has ${range} what ${the(b)} has.`,
  lateness: "Sent late",
  latenessOf: (title: string, typical: string, longest: string) =>
    `${title}: half of the requests by ${typical} or less, the worst by ${longest}.`,
  omission: "Waiting to be sent",
  omissionOf: (title: string, corrected: string, raw: string) =>
    `${title}: the 99th percentile is ${corrected} from the moment a request should have been sent, and only ${raw} from the moment it was.`,
  computer: "This computer",
  cores: (count: number) => `${counted(count, "core", "cores")}, which both servers, the load and this page share.`,
  timer: "Clock",
  timerStep: (step: string) => `The browser's clock moves in steps of ${step}.`,
  tab: "This page",
  tabStates: {
    none: "No run yet.",
    visible: "In view during the whole run.",
    hidden: "Hidden for a while during the run, and browsers slow hidden pages down.",
    otherTab: "In view, but another tab ran a load test on the same cores.",
  },
} as const);
