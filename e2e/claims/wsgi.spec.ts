/** What lesson 3 claims. */
import { claimsOf, expect } from "../support/claims.ts";
import { boot, type LabSide } from "../support/lab.ts";

const claim = claimsOf("wsgi");

/** Starts a server that has to come up, and says so with these words. */
async function start(side: LabSide, command: string, words: string): Promise<void> {
  await side.run(command);
  await side.shows(words);
  await expect(side.state).toHaveText(/^Running on port \d+/, { timeout: boot });
}

/** Starts a server that has to end before it listens, with these last words. */
async function startInVain(side: LabSide, command: string, words: string): Promise<void> {
  await side.run(command);
  await expect(side.state).toContainText(/^The server exited with code [1-9]/, { timeout: boot });
  await side.shows(words);
}

claim(
  ["a-function-is-an-app", "environ-tells-of-request-and-server", "multithread-tells-the-server"],
  async ({ development, production }) => {
    expect(await development.ask("/")).toEqual({ status: "200 OK", body: "Hello from a function\n" });
    expect(await production.ask("/")).toEqual({ status: "200 OK", body: "Hello from Flask\n" });
    for (const side of [development, production]) {
      const { body } = await side.ask("/environ?name=Ada");
      expect(body).toContain("PATH_INFO = '/environ'\n");
      expect(body).toContain("QUERY_STRING = 'name=Ada'\n");
      expect(body).toContain("REQUEST_METHOD = 'GET'\n");
      expect(body).toContain("SERVER_SOFTWARE = 'gunicorn/");
      expect(body).toContain("wsgi.multithread = False\n");
      expect(body).toContain("wsgi.input = ");
    }
    await start(production, "flask --app wsgi run", "Running on http://127.0.0.1:5000");
    const { body } = await production.ask("/environ");
    expect(body).toContain("SERVER_SOFTWARE = 'Werkzeug/");
    expect(body).toContain("wsgi.multithread = True\n");
  },
);

claim(["three-servers-one-app", "wsgiref-serves-the-function"], async ({ development, production }) => {
  // Under gunicorn and `flask run` it has answered above.
  expect(await production.ask("/")).toEqual({ status: "200 OK", body: "Hello from Flask\n" });
  await start(production, "waitress-serve --port=8000 wsgi:application", "Serving on http://0.0.0.0:8000");
  expect(await production.ask("/")).toEqual({ status: "200 OK", body: "Hello from Flask\n" });
  await start(development, "python serve.py", "Listening on port 8000");
  expect(await development.ask("/")).toEqual({ status: "200 OK", body: "Hello from a function\n" });
});

claim(
  ["gunicorn-needs-the-name", "flask-run-needs-a-flask-app", "waitress-starts-without-a-name"],
  async ({ development, production }) => {
    await startInVain(development, "gunicorn app", "Failed to find attribute 'application' in 'app'.");
    await startInVain(development, "flask --app plain run", "Failed to find Flask application or factory");
    await start(production, "waitress-serve --port=8001 wsgi", "Serving on http://0.0.0.0:8001");
    expect((await production.ask("/")).status).toBe("500 Internal Server Error");
    await production.shows("TypeError: 'module' object is not callable");
  },
);

claim("flask-costs-little", async (lab) => {
  await lab.running();
  const { ratio } = await lab.load("quick");
  expect(ratio("rate")).toBeGreaterThan(0.9);
  expect(ratio("rate")).toBeLessThan(2);
});
