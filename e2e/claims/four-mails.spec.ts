// @project beside
/** What the lesson about a scheduler in the app claims: who sends, and how often. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("four-mails");
const expect = plainExpect.configure({ timeout: 30_000 });

/** The pids that stand in the file as the side shows it, a line each. */
async function senders(side: LabSide): Promise<readonly number[]> {
  const text = (await side.region.getByRole("log", { name: /^sent\.txt of the/ }).textContent()) ?? "";
  return Array.from(text.matchAll(/newsletter, sent by process (\d+)/g), ([, pid]) => Number(pid));
}

/** Once the time has passed in which any timer of this start would have sent: who has. */
async function allSenders(side: LabSide): Promise<readonly number[]> {
  await side.shell("sleep 3; echo over", /^over/);
  return senders(side);
}

const forget = async (side: LabSide) => {
  await side.shell("rm -f sent.txt", /[$#]$/);
  await expect.poll(() => senders(side)).toEqual([]);
};
const onFlask = "Running on port 5000.";
const fourWorkers = "Running on port 8000 with 4 workers.";

claim(
  ["four-workers-four-mails", "reloader-two-mails", "killed-worker-sends-again", "hup-sends-four-more"],
  async ({ development, production }) => {
    await expect.poll(() => senders(production)).toHaveLength(4);
    const four = await allSenders(production);
    expect(four).toHaveLength(4);
    expect(new Set(four)).toEqual(new Set(await production.pids()));
    const two = await allSenders(development);
    expect(two).toHaveLength(2);
    expect(new Set(two).size).toBe(2);

    await production.region.getByRole("button", { name: `Kill worker ${four[0]}`, exact: true }).press("Enter");
    await expect.poll(() => senders(production)).toHaveLength(5);
    const fifth = (await senders(production)).at(-1);
    expect(four).not.toContain(fifth);
    await production.shell("kill -HUP $(pgrep -o gunicorn); echo sent", /^sent/);
    await expect.poll(() => senders(production)).toHaveLength(9);
    expect(new Set(await allSenders(production)).size).toBe(9);
  },
);

claim(["preload-one-mail", "without-reloader-one-mail"], async ({ development, production }) => {
  await forget(production);
  await production.serve("gunicorn -w 4 --preload -b 0.0.0.0:8000 app:app", fourWorkers);
  await forget(development);
  await development.serve("flask --app app run", onFlask);
  const one = await allSenders(production);
  expect(one).toHaveLength(1);
  const shown = await production.region
    .getByText(/^started by main process \d+/)
    .first()
    .textContent();
  expect(one).toEqual([Number(/\d+/.exec(shown ?? "")?.[0])]);
  expect(await senders(development)).toEqual(await development.pids());
});

claim("guard-knows-the-reloader-only", async ({ development, production }) => {
  const guard = "s/^threading/if os.environ.get('WERKZEUG_RUN_MAIN') == 'true': threading/";
  await production.shell(`sed -i "${guard}" app.py; grep -c ^if app.py`, /^1/);
  await forget(production);
  await production.serve("gunicorn -w 4 -b 0.0.0.0:8000 app:app", fourWorkers);
  await forget(development);
  await development.serve("flask --app app run --debug", "Running on port 5000 with 1 worker.");
  await expect.poll(() => senders(development)).toHaveLength(1);
  expect(await allSenders(development)).toHaveLength(1);
  expect(await senders(production)).toEqual([]);
});
