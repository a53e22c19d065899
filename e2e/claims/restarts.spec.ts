// @project labs
/** What the lesson about restarts claims. On the left the reloader, on the right gunicorn with threads. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("restarts");
const expect = plainExpect.configure({ timeout: 30_000 });

/** The master's pid, as its side shows it. */
async function masterOf(side: LabSide): Promise<string> {
  const shown = side.region.getByText(/^started by main process \d+/).first();
  await expect(shown).toBeVisible();
  return /\d+/.exec((await shown.textContent()) ?? "")?.[0] ?? "";
}

const signal = (side: LabSide, name: string, master: string) =>
  side.shell(`kill -${name} ${master} && echo sent`, /^sent/);

/**
 * Runs another server. The one that ran before has the same sentence, and its pid stays until lanes are drawn again.
 */
const serve = async (side: LabSide, command: string, workers: number) => {
  const before = await masterOf(side);
  await side.run(command);
  await expect.poll(() => masterOf(side)).not.toBe(before);
  await expect(side.state).toContainText(new RegExp(`^Running on port \\d+ with ${workers} worker`));
};

/** Both sides' app: the lab keeps their files alike. */
const breakApp = (side: LabSide) => side.shell("echo 'const =' >> app.py; tail -1 app.py", /^const=/);
const mendApp = (side: LabSide) => side.shell("sed -i '/^const =/d' app.py; tail -1 app.py", /^return/);

claim(["reloader-breaks-off", "port-stays-open-with-reloader", "hup-loses-nothing"], async (lab) => {
  // The reloader listens before the process is there that answers.
  await lab.development.shows("Debugger is active!");
  const { production, sentence } = await lab.load("deploy");
  expect(production.errors, sentence).toBe(0);
  // Those whom the end met lost their connection; nobody was refused afterwards.
  expect(sentence).toMatch(/On the development server [^.]*\d+ connections? broke/);
  expect(sentence).not.toContain("refused");
  await lab.production.showed("Handling signal: hup");
});

claim(["usr2-and-term", "broken-usr2-keeps-the-old"], async ({ production }) => {
  const command = "gunicorn -w 1 -b 0.0.0.0:8000 app:app";
  await serve(production, command, 1);
  const first = await masterOf(production);
  await breakApp(production);
  await signal(production, "USR2", first);
  await production.shows(/SyntaxError/);
  expect((await production.ask("/")).status).toContain("200");
  await mendApp(production);
  await serve(production, command, 1);
  const old = await masterOf(production);
  await signal(production, "USR2", old);
  await production.shows(/Handlingsignal:usr2.*Bootingworker/);
  await signal(production, "TERM", old);
  await production.shows("Master has been promoted.");
  await expect(production.state).toHaveText(
    /^Running on port 8000 with 1 worker\. Process \d+ has taken over: the one that was started here has ended\.$/,
  );
  expect((await production.ask("/")).status).toContain("200");
});

claim(["broken-hup-ends-all", "check-before-hup", "reloader-survives-mistake"], async ({ development, production }) => {
  await serve(production, "gunicorn -w 1 -b 0.0.0.0:8000 app:app", 1);
  await serve(development, "flask --app app run --debug", 1);
  await breakApp(production);
  await production.shell("gunicorn --check-config app:app >/dev/null 2>&1; echo ended with $?", /^endedwith1/);
  await signal(production, "HUP", await masterOf(production));
  await expect(production.state).toHaveText(/exited with code [13]/);

  // Broken once: a reloader does not see what is mended after it has read the broken file and before it remembers the
  // file's date.
  await expect.poll(async () => (await development.ask("/")).body).toContain("SyntaxError");
  await mendApp(development);
  await expect.poll(async () => (await development.ask("/")).body).toContain("version 1");
});
