// @project beside
/** What a lab does with mistakes: the server's own words, an exit that is said, and a way on. */
import { expect, test } from "@playwright/test";
import { boot, type LabSide, LabUnderTest } from "../../testing/browser/lab.ts";

test.describe.configure({ timeout: 120_000 });

let lab: LabUnderTest;

test.beforeAll(async ({ browser }, { project }) => {
  lab = await LabUnderTest.open(browser, project.use.baseURL);
});

test.afterAll(async () => {
  const { complaints } = lab;
  await lab.close();
  expect(complaints).toEqual([]);
});

test.beforeEach(async () => {
  await lab.button("Reset").click();
  await expect(lab.development.state).toHaveText("Not started.");
});

/** Puts text at the beginning of a file, in the editor. */
async function typeInto(side: LabSide, path: string, text: string): Promise<void> {
  await side.open(new RegExp(`^${path}`));
  const editor = side.region.getByRole("textbox", { name: `File ${path}` });
  await editor.click();
  await lab.page.keyboard.press("Control+Home");
  await lab.page.keyboard.insertText(text);
}

async function exitedWith(side: LabSide, code: number | string): Promise<void> {
  await expect(side.state).toHaveText(
    new RegExp(`^The server exited with code ${code} before it listened on a port\\.`),
    {
      timeout: boot,
    },
  );
}

test("a syntax error in app.py: each server's own traceback and exit code, and starting again works", async () => {
  await typeInto(lab.development, "app.py", "def broken(:\n    pass\n\n");
  await lab.development.open("Terminal");
  await lab.button("Start both servers").click();
  await exitedWith(lab.development, 1);
  // 3; or 1, where gunicorn trips over its second worker that cannot boot. Natively it does the same.
  await expect(lab.production.state).toHaveText(/^The server exited with code [13]( before it listened on a port)?\./, {
    timeout: boot,
  });
  await expect(lab.production.workers).toHaveCount(0);
  await lab.development.shows("SyntaxError: invalid syntax");

  await lab.production.run("gunicorn -b 0.0.0.0:8000 app:app");
  await expect(lab.production.state).toHaveText(/^The server exited with code 3( before it listened on a port)?\./, {
    timeout: boot,
  });
  await lab.production.shows("SyntaxError: invalid syntax");
  await lab.production.shows("Reason: Worker failed to boot.");

  await lab.running();
  expect((await lab.production.ask("/")).status).toBe("HTTP/1.1 200 OK");
  expect((await lab.development.ask("/")).status).toBe("HTTP/1.1 200 OK");
});

test("app:missing: both servers say in their own words that there is none", async () => {
  await lab.development.run("flask --app app:missing run");
  await exitedWith(lab.development, 2);
  await lab.development.shows("Error: Failed to find attribute 'missing' in 'app'.");
  await lab.production.run("gunicorn app:missing");
  await expect(lab.production.state).toHaveText(/^The server exited with code 4( before it listened on a port)?\./, {
    timeout: boot,
  });
  await lab.production.shows("Failed to find attribute 'missing' in 'app'.");
});

test("a port in use: gunicorn tries again, then gives up", async () => {
  await lab.production.run("gunicorn -b 0.0.0.0:8000 -b 127.0.0.1:8000 app:app");
  await expect(lab.production.state).toHaveText(/^The server exited with code 1/, { timeout: boot });
  await lab.production.shows("Connection in use: ('127.0.0.1', 8000)");
  await lab.production.shows("Can't connect to ('127.0.0.1', 8000)");
});

test("an unknown option and an unknown program: the real message and exit code", async () => {
  await lab.production.run("gunicorn --workerz 4 app:app");
  await exitedWith(lab.production, 2);
  await lab.production.shows("gunicorn: error: unrecognized arguments: --workerz");
  await lab.development.run("flask --app app run --prot 5001");
  await exitedWith(lab.development, 2);
  await lab.development.shows("Error: No such option '--prot'.");
  await lab.development.run("flusk run");
  await exitedWith(lab.development, 127);
  await lab.development.shows("flusk: command not found");
});

test("a handler that raises: 500, and the traceback in the log of each server", async () => {
  await typeInto(
    lab.development,
    "wsgi.py",
    'from flask import Flask\nfailing = Flask("failing")\n@failing.get("/")\ndef fails():\n    raise RuntimeError("a bug")\n',
  );
  await lab.development.open("Terminal");
  await lab.development.run("flask --app wsgi:failing run");
  await lab.production.run("gunicorn -b 0.0.0.0:8000 wsgi:failing");
  for (const side of [lab.development, lab.production]) {
    await expect(side.state).toHaveText(/^Running on port/, { timeout: boot });
    const { status, body } = await side.ask("/");
    expect(status).toMatch(/^HTTP\/1\.1 500 INTERNAL SERVER ERROR$/i);
    expect(body).toContain("Internal Server Error");
    await side.shows(/File"\/home\/student\/wsgi\.py",line5,infails.*RuntimeError:abug/);
    await expect(side.state).toHaveText(/^Running on port/);
  }
});
