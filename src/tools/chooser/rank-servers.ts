/** What the answers say of each server. */
import type { ChooserData } from "../../schemas/choice.ts";

/** A reason of an answer. */
export type Reason = ChooserData["questions"][number]["answers"][number]["reasons"][number];

/** A server and what was said of it. */
export interface RankedServer {
  readonly server: ChooserData["servers"][number];
  /** `first`: nobody has more for it. `out`: a reason rules it out. */
  readonly verdict: "first" | "possible" | "out";
  readonly reasons: readonly Reason[];
}

/** The command line that a server is begun with: where users reach it directly, one that listens to them. */
export function startOf(
  { questions }: ChooserData,
  server: ChooserData["servers"][number],
  chosen: Readonly<Record<string, string>>,
): string {
  const direct = questions.some(({ id, answers }) =>
    answers.some((answer) => answer.id === chosen[id] && answer.direct),
  );
  return direct ? server.reached : server.start;
}

/**
 * Every server, the best first: reasons for it count one, those against it take one away, and one that rules it out
 * settles it. Equals stay in the order of the file.
 *
 * @param chosen ids of answers by ids of questions
 */
export function rankServers(
  { servers, questions }: ChooserData,
  chosen: Readonly<Record<string, string>>,
): readonly RankedServer[] {
  const given = questions.flatMap(
    ({ id, answers }) => answers.find((answer) => answer.id === chosen[id])?.reasons ?? [],
  );
  const weighed = servers.map((server) => {
    const reasons = given.filter((reason) => reason.server === server.id);
    const out = reasons.some(({ says }) => says === "out");
    const sum = reasons.reduce((total, { says }) => total + (says === "for" ? 1 : -1), 0);
    return { server, reasons, out, sum };
  });
  const best = Math.max(...weighed.filter(({ out }) => !out).map(({ sum }) => sum));
  return weighed
    .toSorted((a, b) => Number(a.out) - Number(b.out) || b.sum - a.sum)
    .map(({ server, reasons, out, sum }) => ({
      server,
      reasons,
      verdict: out ? "out" : given.length > 0 && sum === best ? "first" : "possible",
    }));
}
