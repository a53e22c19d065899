/** Words of the lab about plans, runs and settings, in English. */
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

  results: {
    offered: "Offered per second",
    dropped: "Never sent",
    contradictory: "Contradictory responses",
    firstByte: "Median time to first byte",
    incomplete: "incomplete",
    ofRun: (label: string, title: string) => `${label}: ${title}`,
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
