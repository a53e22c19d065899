/**
 * What a load test showed, in English sentences. Apart from the lab's other words, because a page loads them with its
 * first result.
 */
import type { FailureKind } from "../../load/plan.ts";
import { inLanguage } from "../in-language.ts";
import { capital, counted, listed, the } from "./english.ts";

const failures: Readonly<Record<FailureKind, (count: number) => string>> = {
  refused: (count) => `${counted(count, "connection was", "connections were")} refused`,
  reset: (count) => `${counted(count, "connection", "connections")} broke`,
  "timed out": (count) => `${counted(count, "request", "requests")} had no answer in time`,
  "gave up": (count) => `${counted(count, "user", "users")} gave up waiting`,
  "4xx": (count) => `${counted(count, "answer", "answers")} said that the request was wrong (4xx)`,
  "5xx": (count) => `${counted(count, "answer", "answers")} said that the server failed (5xx)`,
  malformed: (count) => `${counted(count, "answer was", "answers were")} not HTTP`,
  contradictory: (count) => `${counted(count, "response", "responses")} contradicted an earlier one`,
};

function unevenness(range: string | undefined): string {
  return `the halves of this run differ by more than the two servers do${range === undefined ? "" : ` (anything ${range} as much is possible)`}: run it again to tell`;
}

export const explainStrings = inLanguage("explainStrings", {
  shortfall: (title: string, offered: string, achieved: string, dropped: string | undefined) =>
    `Of ${offered} requests per second that were offered, ${the(title)} answered ${achieved} in time${dropped === undefined ? "" : `; ${dropped} of all were never sent`}.`,
  waitedInVain: (failures: string, longest: string) => `${failures}, the longest wait was ${longest}`,
  quoted: (label: string) => `“${label}”`,
  times: (ratio: string) => (ratio === "2" ? "twice" : `${ratio} times`),
  faster: (readers: string, plan: string, faster: string, times: string, slower: string, more: string, less: string) =>
    `With ${readers} on ${plan}, ${the(faster)} answered ${times} as many requests per second as ${the(slower)} (${more} against ${less}).`,
  alike: (readers: string, plan: string, a: string, b: string, first: string, second: string) =>
    `With ${readers} on ${plan}, ${the(a)} and ${the(b)} answered about as many requests per second (${first} and ${second}).`,
  tailApart: (title: string, longer: string, shorter: string) =>
    `One answer in twenty took ${longer} or more on ${the(title)}, ${shorter} or more on the other side.`,
  medianApart: (title: string, longer: string, shorter: string) =>
    `Half of the answers took ${longer} or more on ${the(title)}, ${shorter} or more on the other side.`,
  oneSide: (readers: string, plan: string, title: string, rate: string) =>
    `With ${readers} on ${plan}, ${the(title)} answered ${rate} requests per second. The other side was not tested.`,
  farMore: (readers: string, plan: string, more: string, many: number, less: string, few: number) =>
    `With ${readers} on ${plan}, ${the(more)} answered ${counted(many, "request", "requests")} and ${the(less)} only ${few}: too few to tell how many times as many.`,
  tooFew: (
    readers: string,
    plan: string,
    [a, b]: readonly [string, string],
    [first, second]: readonly [number, number],
    least: number,
  ) =>
    `With ${readers} on ${plan}, ${the(a)} answered ${counted(first, "request", "requests")} and ${the(b)} ${second}: too few to tell. It takes ${least} on each side.`,
  uneven: (
    readers: string,
    plan: string,
    a: string,
    b: string,
    first: string,
    second: string,
    range: string | undefined,
  ) =>
    `With ${readers} on ${plan}, ${the(a)} answered ${first} requests per second and ${the(b)} ${second}, but ${unevenness(range)}.`,
  unevenMedians: (readers: string, plan: string, first: string, second: string, range: string | undefined) =>
    `With ${readers} on ${plan}, half of the answers took ${first} or more on one side and ${second} or more on the other, but ${unevenness(range)}.`,
  longer: (
    readers: string,
    plan: string,
    slow: string,
    longer: string,
    quick: string,
    shorter: string,
    times: string,
  ) =>
    `With ${readers} on ${plan}, half of the answers took ${longer} or more on ${the(slow)}, ${times} as long as on ${the(quick)} (${shorter}).`,
  asLong: (readers: string, plan: string, first: string, second: string) =>
    `With ${readers} on ${plan}, half of the answers took about as long on both sides (${first} and ${second}, or more).`,
  ofRates: (title: string, more: string, less: string) =>
    `${capital(the(title))} answered more requests per second (${more} against ${less}).`,
  range: (least: string, most: string) => `between ${least} and ${most} times`,
  late: (title: string, answers: number) =>
    `${capital(the(title))} answered no request while the load went on; ${answers === 1 ? "its one answer" : `its ${answers} answers`} came after the end.`,
  silent: (titles: readonly string[]) => `${capital(listed(titles.map(the)))} answered no request.`,
  mostFailed: (title: string, failed: string, all: string) =>
    `${capital(the(title))} failed ${failed} of ${all} requests.`,
  mostContradicted: (title: string, contradicted: string, all: string) =>
    `Of ${all} responses of ${the(title)}, ${contradicted} contradicted an earlier one.`,
  onlyAnswer: (title: string, rate: string) => `${capital(the(title))} answered ${rate} requests per second.`,
  threadEach: (title: string) => `${capital(the(title))} opens a thread for each request`,
  threads: (title: string) => `${capital(the(title))} works with threads`,
  several: (title: string) => `${capital(the(title))} has several processes`,
  waitedAtOnce: (start: string, atOnce: number, slower: string, fewer: number, processes: number) =>
    `${start}, so up to ${atOnce} requests waited at the same time; ${the(slower)} took ${
      processes === fewer && processes > 1
        ? `${fewer} at a time, one for each of its ${counted(processes, "process", "processes")}`
        : `at most ${fewer} at a time`
    }.`,
  processes: (a: string, aCount: number, inEach: number, b: string, bCount: number) =>
    `${capital(the(a))} worked in ${counted(aCount, "process", "processes")} at once${
      inEach > 1 ? `, on up to ${inEach} requests in each,` : ","
    } ${the(b)} in ${bCount}.`,
  failures: (title: string, kinds: readonly string[]) => `On ${the(title)} ${listed(kinds)}.`,
  failuresOnBoth: (kinds: readonly string[]) => `On each side ${listed(kinds)}.`,
  failureKinds: failures,
  stopped: (after: string) => `The run was stopped after ${after}: the figures cover only that part.`,
  died: (title: string) =>
    `The machine ended while ${the(title)} was being asked: its figures cover only part of the run.`,
  inTurn: "The sides ran one after the other, because they share this computer's cores.",
  together: (waits: boolean) => `Both sides ran at the same time${waits ? ", because their handlers only wait" : ""}.`,
  otherTab:
    "Another tab ran a load test at the same time, and both share this computer's cores: run it again to be sure.",
  hidden: "The page was hidden for a while, and browsers slow hidden pages down: run it again to be sure.",
} as const);
