/** Words of the charts of a run, in English. Loaded with them. */
import { inLanguage } from "../in-language.ts";

export const chartStrings = inLanguage("chartStrings", {
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
  waitingTurn: "waits for its turn",
  lastSecond: "Of the last second",
  wholeRun: "Of the whole run, as in the table",
  rate: "Requests per second",
  latency: "Latency",
  ratePicture: "Requests per second over time",
  latencyPicture: "Latency over time, median and 95th percentile",
  rateAxis: "Per second",
  latencyAxis: "Latency in ms",
  timeAxis: "Seconds since the run began",
  medianLine: "median",
  p95Line: "95th percentile",
  pictureFailed: "The picture could not be loaded. Its figures are in the table below.",
  inWords: (label: string) => `${label} in words and as a table`,
  tableOf: (picture: string) => `${picture}, as a table`,
  lineName: (title: string, rank: string) => `${title}, ${rank}`,
  course: (line: string, lowest: string, highest: string, highestAt: string, last: string) =>
    `${line}: between ${lowest} and ${highest} (after ${highestAt}\u00a0s), ${last} at the end.`,
  noCourse: (line: string) => `${line}: no figures, because too few requests were answered.`,
} as const);
