// @project labs
/** What the page about Django claims: a poll under runserver and under gunicorn. */
import { readFileSync } from "node:fs";
import { claimsOf, expect as usualExpect } from "./claims.ts";

const claim = claimsOf("django");
const expect = usualExpect.configure({ timeout: 30_000 });

const textOf = (path: string) => readFileSync(`content/labs/django/${path}`, "utf8");
const fourWorkers = "Running on port 8000 with 4 workers.";

claim(
  [
    "runserver-warns",
    "checks-by-runserver-alone",
    "runserver-is-two-processes",
    "runserver-hears-its-own-computer",
    "check-deploy-lists-the-rest",
  ],
  async ({ development, production }) => {
    await development.showed("WARNING: This is a development server. Do not use it in a production setting.");
    await development.showed("System check identified no issues");
    expect(await production.terminal()).not.toContain("Systemcheck");
    await expect(development.workers).toHaveCount(1);
    expect(await development.shell("pgrep -fc 'manage.py runserver'; ss -ltnH | grep :8000", /:8000/)).toMatch(
      /^2LISTEN.*127\.0\.0\.1:8000/,
    );
    expect(
      await production.shell("python manage.py check --deploy 2>&1 | grep -E 'W009|W018|identified'", /identified/),
    ).toMatch(/security\.W009.*SECRET_KEY.*security\.W018.*DEBUG.*Systemcheckidentified\d+issues/s);
  },
);

claim(["runserver-waits-in-threads", "runserver-reloads-by-itself"], async (lab) => {
  const { ratio, development, production, sentence } = await lab.load("waiting");
  expect(ratio("rate"), sentence).toBeGreaterThan(1.2);
  // A tenth of a second each: 40 a second for four at a time.
  expect(production.rate, sentence).toBeLessThan(41);
  expect([development.errors, production.errors], sentence).toEqual([0, 0]);

  // A worker imports the views with its first request. By now all four have done so.
  const views = textOf("polls/views.py");
  await lab.development.write("polls/views.py", views.replace("Answered by", "Brought by"));
  // While it starts again, it refuses connections.
  const until = "until curl -s localhost:8000/slow/ | grep Brought; do :; done";
  await lab.development.shell(until, /^Broughtby/);
  expect((await lab.production.ask("/slow/")).body).toContain("Answered by process");
  await lab.production.shell(`kill -HUP $(pgrep -o gunicorn); ${until}`, /^Broughtby/);
});

claim(["style-sheet-by-runserver-alone", "debug-page-on-both-sides"], async ({ development, production }) => {
  const page = await production.ask("/");
  expect(page.body).toContain('href="/static/polls/style.css"');
  const [served, missing] = [
    await development.ask("/static/polls/style.css"),
    await production.ask("/static/polls/style.css"),
  ];
  expect(served.status).toBe("HTTP/1.1 200 OK");
  expect(served.body).toContain("font-family");
  expect(missing.status).toContain("404");
  for (const side of [development, production]) {
    const { status, body } = await side.ask("/broken/");
    expect(status).toContain("500");
    for (const shown of ["ZeroDivisionError", "share = 1 /", "Local vars"]) expect(body).toContain(shown);
    // The settings stand further down than the lab shows.
    await side.shell("curl -s localhost:8000/broken/ | grep -c ALLOWED_HOSTS", /^[1-9]/);
  }
});

claim("runserver-ends-with-its-process", async ({ development, production }) => {
  for (const side of [development, production]) {
    const [victim = 0] = await side.pids();
    await side.region.getByRole("button", { name: `Kill worker ${victim}` }).press("Enter");
    await expect.poll(() => side.pids()).not.toContain(victim);
  }
  await expect(development.state).toHaveText(/^The server (?:was ended|exited)/);
  await expect(production.state).toHaveText(/^Running on port 8000 with 4 workers\./);
});

claim("debug-off-alone-is-refused", async ({ development, production }) => {
  await development.write("polls/settings.py", textOf("polls/settings.py").replace("DEBUG = True", "DEBUG = False"));
  await development.run("python manage.py runserver");
  await development.shows("CommandError: You must set settings.ALLOWED_HOSTS if DEBUG is False.");
  await production.serve("gunicorn -w 4 -b 0.0.0.0:8000 polls.wsgi", fourWorkers);
  for (const path of ["/", "/slow/"]) expect((await production.ask(path)).status).toContain("400");
});
