/** Recorded runs, for the labs of readers who cannot run them. */

import type { APIRoute, GetStaticPaths } from "astro";
import { commandsOf } from "../../lab/basics/sides.ts";
import { playableRuns } from "../../site/recorded-runs.ts";

export const getStaticPaths: GetStaticPaths = () =>
  playableRuns().map((run) => ({ params: { run: `${run.lab}-${run.plan}` }, props: { run } }));

export const GET: APIRoute<{ run: ReturnType<typeof playableRuns>[number] }> = ({ props: { run } }) => {
  const { date, machine, sides, course } = run;
  const commands = commandsOf(sides);
  return Response.json({ date, machine, commands, course });
};
