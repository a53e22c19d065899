// @project labs
/** What lesson 3 claims. */
import { boot, type LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect } from "./claims.ts";

const claim = claimsOf("wsgi");

/** The body of a page that is answered well. */
async function body(side: LabSide, path: string): Promise<string> {
  const answer = await side.ask(path);
  expect(answer.status).toMatch(/^HTTP\/1\.[01] 200 OK$/);
  return answer.body;
}

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

// First, while both servers run as the lab starts them.
claim("flask-costs-little", async (lab) => {
  const { ratio } = await lab.load("quick");
  // The sides run in turn, and a busy computer may slow either: far from a cost that one would have to think of.
  expect(ratio("rate")).toBeGreaterThan(0.6);
  expect(ratio("rate")).toBeLessThan(3);
});

claim(
  ["a-function-is-an-app", "environ-tells-of-request-and-server", "multithread-tells-the-server"],
  async ({ development, production }) => {
    expect(await body(development, "/")).toBe("Hello from a function\n");
    expect(await body(production, "/")).toBe("Hello from Flask\n");
    for (const side of [development, production]) {
      const environ = await body(side, "/environ?name=Ada");
      expect(environ).toContain("PATH_INFO = '/environ'\n");
      expect(environ).toContain("QUERY_STRING = 'name=Ada'\n");
      expect(environ).toContain("REQUEST_METHOD = 'GET'\n");
      expect(environ).toContain("SERVER_SOFTWARE = 'gunicorn/");
      expect(environ).toContain("wsgi.multithread = False\n");
      expect(environ).toContain("wsgi.input = ");
    }
    await start(production, "flask --app wsgi run", "Running on http://127.0.0.1:5000");
    const environ = await body(production, "/environ");
    expect(environ).toContain("SERVER_SOFTWARE = 'Werkzeug/");
    expect(environ).toContain("wsgi.multithread = True\n");
  },
);

claim(["three-servers-one-app", "wsgiref-serves-the-function"], async ({ development, production }) => {
  // Under gunicorn and `flask run` it has answered above.
  expect(await body(production, "/")).toBe("Hello from Flask\n");
  await start(production, "waitress-serve --port=8000 wsgi:application", "Serving on http://0.0.0.0:8000");
  expect(await body(production, "/")).toBe("Hello from Flask\n");
  await start(development, "python serve.py", "Listening on port 8000");
  expect(await body(development, "/")).toBe("Hello from a function\n");
});

claim(
  ["gunicorn-needs-the-name", "flask-run-needs-a-flask-app", "waitress-starts-without-a-name"],
  async ({ development, production }) => {
    await startInVain(development, "gunicorn app", "Failed to find attribute 'application' in 'app'.");
    await startInVain(development, "flask --app plain run", "Failed to find Flask application or factory");
    await start(production, "waitress-serve --port=8001 wsgi", "Serving on http://0.0.0.0:8001");
    expect((await production.ask("/")).status).toContain("500 Internal Server Error");
    await production.shows("TypeError: 'module' object is not callable");
  },
);
