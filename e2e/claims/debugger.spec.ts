// @project beside
/** What the lesson about the debugger claims. All of it happens on the lab's own computer. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("debugger");
const expect = plainExpect.configure({ timeout: 30_000 });

const error = "/share?guests=0";
/** The reloader listens before the process is there that answers. */
const debugging = (side: LabSide) => side.shows("Debugger is active!");

claim(
  [
    "debug-page-shows-code",
    "production-shows-a-plain-page",
    "production-logs-the-traceback",
    "development-server-is-local",
    "app-run-is-not-reached",
  ],
  async ({ development, production }) => {
    await debugging(development);
    expect(await development.terminal()).toContain("Runningonhttp://127.0.0.1:5000");
    const shown = await development.ask(error);
    expect(shown.status).toContain("500");
    for (const given of ["ZeroDivisionError", "/home/student/app.py", "120 / guests"]) {
      expect(shown.body).toContain(given);
    }
    const plain = await production.ask(error);
    expect(plain.status).toContain("500");
    expect(plain.body).toContain("<h1>Internal Server Error</h1>");
    expect(plain.body).not.toMatch(/Zero|app\.py|guests/);
    await production.shows("ZeroDivisionError: division by zero");
    expect((await development.ask("/console")).status).toContain("200");
    expect((await production.ask("/console")).status).toContain("404");
  },
);

claim(["debugger-runs-code", "debugger-reads-secrets"], async ({ development }) => {
  const { region } = development;
  await development.open("Browser");
  await region.getByRole("textbox", { name: "Address" }).fill(`localhost:5000${error}`);
  await region.getByRole("button", { name: "Go", exact: true }).click();
  const page = region
    .getByTitle(/^Page of/)
    .contentFrame()
    .locator("iframe")
    .contentFrame();
  const line = page.locator(".traceback .frame", { hasText: "in share" }).locator("pre.current");
  await line.hover();
  await line.getByTitle("Open an interactive python shell in this frame").click();
  const prompt = page.locator(".pin-prompt");
  await expect(prompt).toBeVisible();
  // With the prompt, the server logs the PIN once more.
  await development.open("Terminal");
  await development.shows(/Debuggerpincode:\d{3}-\d{3}-\d{3}/);
  const pin = /pincode:(\d{3}-\d{3}-\d{3})/.exec(await development.terminal())?.[1] ?? "";
  await development.open("Browser");
  await prompt.locator("input[name=pin]").fill(pin);
  await prompt.getByRole("button").click();
  await expect(prompt).toBeHidden();
  const input = page.locator("pre.console input");
  const output = page.locator("pre.console .output");
  const type = async (text: string) => {
    await input.fill(text);
    await input.press("Enter");
  };
  await type("guests + 42");
  await expect(output).toContainText("42");
  await type("import os; os.environ['SHOP_KEY']");
  await expect(output).toContainText("made-up-key");
  await type("open('customers.txt').read()");
  await expect(output).toContainText("Ada Example");
});

claim(
  ["pin-off-lets-everyone-in", "host-name-is-checked", "flask-debug-under-gunicorn", "app-run-without-its-condition"],
  async ({ development, production }) => {
    await production.run("FLASK_DEBUG=1 SHOP_KEY=made-up-key gunicorn -w 2 -b 0.0.0.0:8000 app:app");
    await development.run("WERKZEUG_DEBUG_PIN=off SHOP_KEY=made-up-key flask --app app run --debug");
    await development.shows("Debugger PIN disabled");

    const status = "curl -s -o /dev/null -w '%{http_code}\\n'";
    await development.shell(`${status} -H 'Host: shop.example' localhost:5000/console`, /^400/);
    await development.shell(`${status} -H 'Host: localhost' localhost:5000/console`, /^200/);
    await development.shell("S=$(curl -s localhost:5000/console | grep 'SECRET =' | cut -d '\"' -f 2)", /\$$/);
    const command = "__import__('os').environ['SHOP_KEY']";
    await development.shell(
      `curl -g -s "localhost:5000/console?__debugger__=yes&frm=0&s=$S&cmd=${command}"`,
      /made-up-key/,
    );

    await expect(production.state).toHaveText("Running on port 8000 with 2 workers.");
    const bare = await production.ask(error);
    expect(bare.status).toContain("500");
    expect(bare.body).toContain("<h1><p>Internal Server Error</p></h1>");
    expect((await production.ask("/console")).status).toContain("404");

    await production.shell("sed -i 's/^if __name.*/if True:/; s/debug=True/port=8001/' app.py && echo done", /^done/);
    await production.run("gunicorn -w 1 -b 0.0.0.0:8000 app:app");
    await production.shows(/Bootingworker.*ServingFlaskapp.*Runningonhttp:\/\/127\.0\.0\.1:8001/);
  },
);
