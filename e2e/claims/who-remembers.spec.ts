// @project labs
/** What the lesson about state in workers claims: on one side one process, on the other four. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("who-remembers");
const expect = plainExpect.configure({ timeout: 30_000 });

/**
 * Asks a server so often that each of four workers has answered; the different answers, without white space. Chance
 * decides which worker accepts: that one of four is left out of 50 requests happens in one run of 400,000.
 */
async function askOften(side: LabSide, port: number, path = "/"): Promise<string> {
  return side.shell(`curl -s 'localhost:${port}${path}?[1-50]' | sort -u; echo end`, /end/);
}

/** What each process says of its count, by its pid, with the name of its copy. */
async function counts(side: LabSide, port: number): Promise<ReadonlyMap<string, { votes: number; copy: string }>> {
  const answers = (await askOften(side, port)).matchAll(/(\d+)votes,saysprocess(\d+)withcopy([0-9a-f]{4})/g);
  return new Map(Array.from(answers, ([, votes, pid = "", copy = ""]) => [pid, { votes: Number(votes), copy }]));
}

const votesOf = (said: ReadonlyMap<string, { votes: number }>) => Array.from(said.values(), ({ votes }) => votes);
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

claim(
  ["one-process-counts-all", "four-counters", "same-number-twice", "four-caches", "killed-worker-forgets"],
  async (lab) => {
    const { development, production, sentence } = await lab.load("votes");
    expect(development.errors, sentence).toBe(0);
    // Among forty voters and four counters, thirty at least hear a number for the second time.
    expect(production.errors, sentence).toBeGreaterThanOrEqual(30);
    expect(sentence).toMatch(/^Of \d+ responses of the production server, \d+ contradicted an earlier one\./);
    expect(votesOf(await counts(lab.development, 5000))).toEqual([40]);
    const four = votesOf(await counts(lab.production, 8000));
    expect(four).toHaveLength(4);
    expect(sum(four)).toBe(40);
    expect(four).not.toContain(40);

    const prices = await askOften(lab.production, 8000, "/price");
    expect(new Set(prices.match(/byprocess\d+/g)).size).toBe(4);

    const [victim] = await lab.production.pids();
    await lab.production.region.getByRole("button", { name: `Kill worker ${victim}`, exact: true }).press("Enter");
    await expect.poll(async () => votesOf(await counts(lab.production, 8000))).toContain(0);
  },
);

claim(["logins-in-one-process", "logins-lost-among-four"], async (lab) => {
  const { development, production, sentence } = await lab.load("logins");
  expect(development.errors, sentence).toBe(0);
  expect(production.errors, sentence).toBeGreaterThan(0);
});

claim("chat-unknown-member", async ({ development, production }) => {
  const polls = (side: LabSide, port: number, times: number) =>
    side.shell(
      `m=$(curl -s localhost:${port}/chat); curl -s "localhost:${port}/chat?member=$m&[1-${times}]" -w ' =%{http_code}\\n' | sort | uniq -c; echo end`,
      /end/,
    );
  const among = await polls(production, 8000, 50);
  expect(among.match(/\d+=200/g)).toHaveLength(1);
  // Three others, and each names itself.
  expect(new Set(among.match(/Process\d+/g)).size).toBe(3);
  expect(among.match(/\d+=400/g)).toHaveLength(1);
  expect(await polls(development, 5000, 5)).toMatch(/^5=200end/);
});

claim(["preload-same-copy", "preload-parts"], async ({ production }) => {
  await production.serve("gunicorn -w 4 --preload -b 0.0.0.0:8000 app:app", "Running on port 8000 with 4 workers.");
  await production.shell("curl -s -X POST localhost:8000/vote", /^1votes/);
  const said = await counts(production, 8000);
  expect(new Set(Array.from(said.values(), ({ copy }) => copy)).size).toBe(1);
  expect(votesOf(said).toSorted()).toEqual([0, 0, 0, 1]);
});

claim(["one-worker-threads-counts", "hup-forgets", "crash-ends-development"], async (lab) => {
  const { production, development } = lab;
  await production.serve("gunicorn -w 1 --threads 8 -b 0.0.0.0:8000 app:app", "Running on port 8000 with 1 worker.");
  const outcome = await lab.load("votes");
  expect(outcome.production.errors, outcome.sentence).toBe(0);
  expect(votesOf(await counts(production, 8000))).toEqual([40]);
  const master = await production.shell("pgrep -o gunicorn", /^\d+/);
  await production.shell(`kill -HUP ${/^\d+/.exec(master)?.[0]}; echo sent`, /^sent/);
  await expect.poll(async () => votesOf(await counts(production, 8000))).toEqual([0]);
  await development.shell("curl -s localhost:5000/crash; echo ended with $?", /^endedwith[1-9]/);
  await expect(development.state).toHaveText(/^The server was ended by SIGKILL/);
});
