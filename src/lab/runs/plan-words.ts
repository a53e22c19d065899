/** What a plan does, in words. */
import type { PlanDefinition } from "../../lab-definition/schema.ts";
import { labStrings } from "../../strings/strings.ts";
import { formatCount, formatFigure } from "../basics/number-format.ts";

const words = labStrings.plans;
/** A time-out that is not worth a word, in seconds. */
const usualTimeout = 10;

type Request = PlanDefinition["requests"][number];

/** Who asks, for the middle of a sentence: `10 readers`, `5 to 60 readers a second`. */
export function readersInWords({ users = 0, arrivals }: PlanDefinition): string {
  switch (arrivals?.kind) {
    case undefined:
      return words.readers.closed(users);
    case "constant":
    case "poisson":
      return words.readers[arrivals.kind](formatFigure(arrivals.rate));
    case "ramp":
      return words.readers.ramp(formatFigure(arrivals.from), formatFigure(arrivals.to));
    case "steps":
      return words.readers.steps(arrivals.rates.map(formatFigure));
    case "burst":
      return words.readers.burst(formatFigure(arrivals.rate), arrivals.size, formatFigure(arrivals.every));
  }
}

/** All of it: `10 readers, 6 s: /hang once, /` */
export function planInWords(plan: PlanDefinition): string {
  const { thinkTime, patience, keepAlive, keepCookies, seconds, warmup, timeout } = plan;
  const said = (value: number | undefined, phrase: (seconds: string) => string) =>
    value === undefined || value === 0 ? [] : [phrase(formatFigure(value))];
  const readers = [
    readersInWords(plan),
    ...said(thinkTime, words.thinking),
    ...said(patience, words.impatient),
    ...(keepAlive ? [words.keepAlive] : []),
    ...(keepCookies ? [words.keepCookies] : []),
  ].join(" ");
  const who = [
    readers,
    words.seconds(formatFigure(seconds)),
    ...said(warmup, words.warmup),
    ...(timeout === usualTimeout ? [] : [words.timeout(formatFigure(timeout))]),
  ].join(", ");
  return words.whole(who, whatInWords(plan.requests));
}

function whatInWords(requests: readonly Request[]): string {
  const total = requests.reduce((sum, request) => sum + weightOf(request), 0);
  return requests
    .map((request) => {
      const asked = requestInWords(request);
      const share = weightOf(request) / total;
      const often =
        request.once !== undefined
          ? words.once(asked, request.once)
          : share === 1
            ? asked
            : words.share(asked, formatFigure(share * 100));
      return request.number === undefined ? often : words.numbers[request.number](often);
    })
    .join(", ");
}

function requestInWords({ method = "GET", path, body }: Request): string {
  const asked = method === "GET" ? path : `${method} ${path}`;
  return body === undefined ? asked : words.body(asked, formatCount(body.length));
}

function weightOf({ once, weight = 1 }: Request): number {
  return once === undefined ? weight : 0;
}
