import { inLanguage } from "../in-language.ts";

/**
 * The words of exercises, in English. Apart from the lab's others, because a page loads them when an exercise is seen.
 */
export const exerciseStrings = inLanguage("exerciseStrings", {
  heading: (title: string) => `Try yourself: ${title}`,
  wanted: "What the lab looks for",
  putStart: "Load the starting files into the lab",
  notBegun: "This exercise begins with other files than the lesson: load the starting files into the lab first.",
  check: "Check my work",
  solution: "A solution",
  solutionCommand: (title: string) => `Command of the ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
  putSolution: "Load it into the lab",
  looking: (number: number, of: number) => `Checking ${number} of ${of}.`,
  solved: "Everything checks out. Solved.",
  stillWrong: (hint: string) => `Not yet. ${hint}`,
  failed: (message: string) => `The check could not be run: ${message}`,
  otherMachine: (machine: string) => `This exercise is for the ${machine} machine: choose it in the lab.`,
  results: { right: "Correct", wrong: "Not yet", looking: "Checking", open: "Not checked" },
  commandIs: (line: string) => `The command is: ${line}`,
  notInFile: (path: string) => `${path} does not do that yet.`,
  stillInFile: (path: string) => `${path} still has it.`,
  notUp: (title: string, state: string) => `${title}: ${state}`,
  noAnswer: (message: string) => `No answer: ${message}.`,
  statusIs: (status: number, reason: string) => `The answer was ${status} ${reason}.`,
  headerMissing: (name: string) => `The answer has no header ${name}.`,
  headerIs: (name: string, value: string) => `The header is ${name}: ${value}`,
  bodyIs: (text: string) => (text === "" ? "The answer was empty." : `The answer was: ${text}`),
  busy: "A load test is under way. Wait until it is over.",
  runDisturbed: "The load test was stopped or disturbed. Check again.",
  noFigure: "Too few requests were answered for this figure.",
  figures: { rate: "rate", median: "median latency", p95: "95th percentile", failed: "number of failed requests" },
  figureIs: (figure: string, value: string) => `The ${figure} was ${value}.`,
  timesIs: (figure: string, times: string) => `The ${figure} was ${times} times the other side's.`,
});
