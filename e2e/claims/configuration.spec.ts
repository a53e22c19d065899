// @project labs
/**
 * What the lesson about configuration claims. On the left the development server, on the right four workers of
 * gunicorn.
 */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("configuration");
const expect = plainExpect.configure({ timeout: 30_000 });

/** Another way to come by the key, where app.py has three lines for it. */
const takeKey = (side: LabSide, line: string) =>
  side.shell(
    `sed -i 's/^app.secret_key =.*/app.secret_key = ${line}/' app.py && grep ^app.secret app.py`,
    /^app\.secret/,
  );
const keys = {
  withFallback: 'os.environ.get("SHOP_SECRET_KEY", "made-up-key")',
  required: 'os.environ["SHOP_SECRET_KEY"]',
  forgotten: 'os.environ.get("SHOP_SECRET_KEY")',
};

const serve = async (side: LabSide, command: string, running: string) => {
  await side.run(command);
  await expect(side.state).toHaveText(running);
};
const flask = "flask --app app run";
const onFlask = "Running on port 5000.";

claim("key-at-import-forgets", async (lab) => {
  const { development, production, ratio, sentence } = await lab.load("sessions");
  expect(development.errors, sentence).toBe(0);
  expect(production.errors, sentence).toBeGreaterThan(0);
  expect(ratio("rate"), sentence).toBeGreaterThan(1.2);
});

claim(
  [
    "restart-forgets-sessions",
    "export-does-not-reach",
    "info-is-not-shown",
    "level-from-environment",
    "query-in-access-log",
  ],
  async ({ development }) => {
    await development.shell(
      "export SHOP_NAME=mine; curl -s localhost:5000/?password=made-up",
      /^Process\d+ofashopwithoutaname/,
    );
    await development.shell("curl -s -c jar localhost:5000/visit; curl -s -b jar localhost:5000/visit", /Welcomeback/);
    await development.shell("curl -s localhost:5000/takings", /^Onlyfortheadmin/);
    await development.shows("Not the admin, but asked for the takings");
    expect(await development.terminal()).toContain("GET/?password=made-up");
    expect(await development.terminal()).not.toMatch(/INFOinapp|Loggedin/);
    await serve(development, `SHOP_LOG_LEVEL=INFO ${flask}`, onFlask);
    await development.shell("curl -s -b jar localhost:5000/visit", /^Whoareyou/);
    await development.shows("A cookie with a wrong signature");
  },
);

claim(
  ["key-in-source-signs-for-anybody", "key-from-environment-refuses", "shared-key-remembers"],
  async ({ development, production }) => {
    await takeKey(development, keys.withFallback);
    await development.run(flask);
    await takeKey(production, keys.withFallback);
    await production.run("SHOP_SECRET_KEY=another-made-up-key gunicorn -w 4 --threads 2 app:app");
    await expect(development.state).toHaveText(onFlask);
    const forged = 'curl -s -b "$(python forge.py made-up-key)"';
    await development.shell(`${forged} localhost:5000/takings`, /^Takingstoday/);
    await expect(production.state).toHaveText("Running on port 8000 with 4 workers.");
    await production.shell(`${forged} localhost:8000/takings`, /^Onlyfortheadmin/);
    await production.shell("curl -s -c jar localhost:8000/visit", /^Welcome/);
    const again = "for i in 1 2 3 4 5; do curl -s -b jar localhost:8000/visit; done";
    await production.shell(again, /^(?:Welcomeback,reader\.){5}/);
  },
);

claim(["missing-key-stops-the-start", "no-key-fails-at-login"], async ({ development, production }) => {
  await takeKey(production, keys.required);
  await production.run("gunicorn -w 1 app:app");
  await takeKey(development, keys.forgotten);
  await serve(development, flask, onFlask);
  expect((await development.ask("/")).status).toContain("200");
  expect((await development.ask("/visit")).status).toContain("500");
  await development.shows("The session is unavailable because no secret key was set.");
  await expect(production.state).toHaveText(/^The server exited with code [13]/);
  await production.showed("KeyError: 'SHOP_SECRET_KEY'");
});

claim(["order-of-settings", "gunicorn-level-is-its-own", "hup-reads-the-file"], async ({ production }) => {
  await production.shell("echo 'workers = 2' >> gunicorn.conf.py; tail -1 gunicorn.conf.py", /^workers=2/);
  const variables = "SHOP_SECRET_KEY=made-up-key GUNICORN_CMD_ARGS=--workers=3";
  await serve(production, `${variables} gunicorn app:app`, "Running on port 8000 with 3 workers.");
  await serve(
    production,
    `${variables} gunicorn -w 1 --log-level debug --access-logfile - app:app`,
    "Running on port 8000 with 1 worker.",
  );
  expect((await production.ask("/?password=made-up")).body).toContain("the corner shop");
  await production.shows("GET /?password=made-up");
  await production.shell("sed -i 's/the corner/the new/' gunicorn.conf.py; grep raw gunicorn.conf.py", /thenew/);
  const shown = production.region.getByText(/^started by main process \d+/).first();
  const master = /\d+/.exec((await shown.textContent()) ?? "")?.[0] ?? "";
  await production.shell(`kill -HUP ${master} && echo sent`, /^sent/);
  await expect.poll(async () => (await production.ask("/")).body).toContain("the new shop");
  expect((await production.ask("/visit")).body).toContain("Welcome");
  expect((await production.ask("/takings")).status).toContain("403");
  await production.shows("Not the admin, but asked for the takings");
  expect(await production.terminal()).toMatch(/\[DEBUG\]/);
  expect(await production.terminal()).not.toContain("Loggedin");
});
