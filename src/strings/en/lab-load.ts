/** Words of the lab about plans, runs and how far to trust them, in English. */
import type { SettingName } from "../../lab-definition/schema.ts";
import { inLanguage } from "../in-language.ts";
import { counted, the } from "./english.ts";

const settingNames: Readonly<Record<SettingName, string>> = {
  workers: "Workers",
  threads: "Threads",
  timeout: "Timeout",
};

export const loadStrings = inLanguage("loadStrings", {
  plans: {
    more: "More plans",
    /** Who asks, for the middle of a sentence. */
    readers: {
      closed: (users: number) => counted(users, "user", "users"),
      constant: (rate: string) => `${rate} users a second`,
      poisson: (rate: string) => `${rate} users a second on average`,
      ramp: (from: string, to: string) => `${from} to ${to} users a second`,
      steps: (rates: readonly string[]) => `${rates.join(", then ")} users a second`,
      burst: (rate: string, size: number, every: string) =>
        rate === "0"
          ? `${size} users at once every ${every}\u00a0s`
          : `${rate} users a second and ${size} more at once every ${every}\u00a0s`,
    },
    thinking: (seconds: string) => `who pause for ${seconds}\u00a0s after each answer`,
    impatient: (seconds: string) => `who give up after ${seconds}\u00a0s on average`,
    keepAlive: "on connections that they keep",
    keepCookies: "who keep their cookies",
    numbers: {
      "never-falls": (request: string) => `${request} (its number must not fall)`,
      "never-repeats": (request: string) => `${request} (its number must not repeat)`,
    },
    warmup: (seconds: string) => `the first ${seconds}\u00a0s not counted`,
    timeout: (seconds: string) => `giving up after ${seconds}\u00a0s`,
    seconds: (seconds: string) => `${seconds}\u00a0s`,
    once: (request: string, times: number) => `${request} ${times === 1 ? "once" : `${times} times`}`,
    share: (request: string, percent: string) => `${request} (${percent}%)`,
    body: (request: string, characters: string) => `${request} with ${characters} characters`,
    whole: (who: string, what: string) => `${who}: ${what}`,
    refused: (label: string, field: string, asked: string, limit: string | undefined, reason: string) =>
      `“${label}” cannot be run: it asks for ${asked} (${field})${limit === undefined ? "" : `, and the limit is ${limit}`}. ${reason} Choose another plan.`,
  },

  charts: {
    offeredLine: "offered",
    answeredLine: "answered",
    queue: "Queued requests",
    queuePicture: "Requests waiting in the queue over time",
    queueAxis: "Requests",
    errors: "Errors",
    errorsPicture: "Errors per second over time",
    errorsAxis: "Per second",
    latencyNote:
      "Each point covers the responses of the last second or, if there are too few of those, the most recent ones that are enough.",
    requests: "queued",
  },

  results: {
    offered: "Offered per second",
    dropped: "Never sent",
    contradictory: "Contradictory responses",
    firstByte: "Median time to first byte",
    incomplete: "incomplete",
    ofRun: (label: string, title: string) => `${label}: ${title}`,
  },

  trust: {
    summary: "How far to trust these figures",
    closed: (readers: string, one: boolean) =>
      `Closed: ${readers}, ${one ? "who" : "each of whom"} waits for the answer before asking again.`,
    open: (readers: string) => `Open: ${readers}, who arrive whatever the server does.`,
    model: "Model",
    seed: "Seed",
    seedMeaning: (seed: string) => `${seed}. The same seed gives both sides, and every run, the same schedule.`,
    rates: "Offered and achieved",
    ratesOf: (title: string, offered: string, achieved: string) =>
      `${title}: ${offered} offered, ${achieved} achieved.`,
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
  },

  runs: {
    summary: (count: number) => `Keep and compare: ${counted(count, "run", "runs")}`,
    hint: "The last runs of this visit. Overlay one on the last run, or save a run's results.",
    number: (number: number) => `Run ${number}`,
    label: (number: string, plan: string, time: string) => `${number}, ${plan}, ${time}`,
    last: "the last run",
    compare: "Compare",
    compareNamed: (run: string) => `Compare the last run with ${run}`,
    stopComparing: "Stop comparing",
    list: "Kept runs",
    save: "Save",
    saveLabel: (run: string) => `Save ${run}`,
    saveFailed: "The files could not be created. Check the connection and try again.",
    wholeRun: "Whole run (JSON)",
    wholeRunNamed: (run: string) => `Whole run (JSON), ${run}`,
    formats: { json: "Report (JSON)", csv: "Series (CSV)", hdr: "Percentiles (HdrHistogram)" },
    formatNamed: (format: string, title: string, run: string) => `${format} of ${the(title)}, ${run}`,
  },

  settings: {
    label: (title: string) => `Settings of ${the(title)}`,
    names: settingNames,
    unit: "s",
    taken: (name: string, least: number, most: number, typed: string, taken: number) =>
      `${name}: a whole number from ${least} to ${most}. ${typed === "" ? "Nothing" : typed} was taken for ${taken}.`,
    threaded: "A thread for each request",
    hint: "A change edits the command line and restarts the server.",
    /** How the option is written, as a hint. */
    option: (option: string) => `option ${option}`,
  },
} as const);
