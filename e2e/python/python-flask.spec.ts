// @project beside
// @also firefox
/** `flask run`: Werkzeug's threaded development server, unmodified. */
import type { PageComputer, Running } from "../../testing/browser/machine.ts";
import { expect, test } from "../../testing/browser/machine.ts";

const app = `
import os, threading, time
from flask import Flask, g, request
app = Flask(__name__)

@app.get("/")
def hello():
    return "hello\\n"

@app.get("/slow")
def slow():
    g.mark = request.args.get("mark")
    time.sleep(0.2)
    return f"{g.mark} {request.args.get('mark')}"

@app.get("/loop")
def loop():
    while True:
        pass

@app.get("/fails")
def fails():
    raise RuntimeError("a bug")

@app.get("/threads")
def threads():
    return str(threading.active_count())
`;

test.beforeEach(({ computer }) => computer.write("app.py", app));

async function serve(computer: PageComputer): Promise<Running> {
  const server = await computer.start(["flask", "--app", "app", "run"]);
  await server.prints(/Press CTRL\+C to quit/);
  return server;
}

test("it warns that it is for development, and answers", async ({ computer }) => {
  const server = await serve(computer);
  const output = await server.output();
  expect(output).toMatch(/^ \* Serving Flask app 'app'\n \* Debug mode: off\n/);
  expect(output).toContain("WARNING: This is a development server. Do not use it in a production deployment.");
  expect(output).toContain(" * Running on http://127.0.0.1:5000\n");
  const { status, text, headers } = await computer.request(5000, "/");
  expect([status, text]).toEqual([200, "hello\n"]);
  expect(headers.find(([name]) => name === "Server")?.[1]).toMatch(/^Werkzeug\/\d+\.\d+\.\d+ Python\/3\.14/);
  await server.prints(/127\.0\.0\.1 - - \[\d\d\/\w+\/\d{4} \d\d:\d\d:\d\d\] "GET \/ HTTP\/1\.1" 200 -/);
});

test("each slow request has a thread of its own, with its own context", async ({ computer }) => {
  await serve(computer);
  const plan = (users: number) => ({
    name: "slow",
    model: { kind: "closed" as const, users },
    requests: [{ path: "/slow" }],
    duration: 2000,
    timeout: 5000,
    seed: 1,
  });
  const one = await computer.load(5000, plan(1));
  const twelve = await computer.load(5000, plan(12));
  expect(twelve.failed).toEqual({});
  expect(twelve.achievedRate / one.achievedRate).toBeGreaterThan(6);
  const marks = ["a", "b", "c", "d"];
  const answers = await Promise.all(marks.map((mark) => computer.request(5000, `/slow?mark=${mark}`)));
  expect(answers.map(({ text }) => text)).toEqual(marks.map((mark) => `${mark} ${mark}`));
});

test("an endless loop costs it a thread for ever, and it keeps answering", async ({ computer }) => {
  const server = await serve(computer);
  const loop = await computer.connect(5000);
  await loop.write("GET /loop HTTP/1.1\r\nHost: x\r\n\r\n");
  for (let number = 0; number < 3; number += 1) {
    expect((await computer.request(5000, { path: "/", timeout: 20_000 })).text).toBe("hello\n");
  }
  // The reader goes; the thread stays.
  await loop.close();
  expect(Number((await computer.request(5000, { path: "/threads", timeout: 20_000 })).text)).toBe(3);
  await server.type("\x03");
  expect(await server.exit()).toEqual({ kind: "exited", code: 0 });
});

test("^C ends it with exit code 0, TERM and KILL by the signal, and its port is free", async ({ computer }) => {
  for (const [end, status] of [
    ["^C", { kind: "exited", code: 0 }],
    ["SIGTERM", { kind: "killed", signal: "SIGTERM" }],
    ["SIGKILL", { kind: "killed", signal: "SIGKILL" }],
  ] as const) {
    const server = await serve(computer);
    if (end === "^C") await server.type("\x03");
    else await server.kill(end);
    expect(await server.exit()).toEqual(status);
    await expect.poll(() => computer.ports()).toEqual([]);
    await expect(computer.request(5000, "/")).rejects.toThrow(/refused/);
  }
});

test("a handler that raises is a 500, with the traceback in the log; the server goes on", async ({ computer }) => {
  const server = await serve(computer);
  expect((await computer.request(5000, "/fails")).status).toBe(500);
  await server.prints(
    /ERROR in app: Exception on \/fails \[GET\]\nTraceback[\s\S]*in fails\n[\s\S]*RuntimeError: a bug/,
  );
  expect((await computer.request(5000, "/")).status).toBe(200);
  expect((await computer.request(5000, "/none")).status).toBe(404);
});

test("with --debug it shows its debugger to whoever asks, and reloads changed code", async ({ computer }) => {
  const server = await computer.start(["flask", "--app", "app", "--debug", "run"]);
  await server.prints(/Debugger PIN: \d{3}-\d{3}-\d{3}/);
  const { status, text } = await computer.request(5000, "/fails");
  expect(status).toBe(500);
  expect(text).toContain("Werkzeug Debugger");
  await computer.write("app.py", app.replace("hello\\n", "changed\\n"));
  await server.prints(/Detected change in '\/home\/student\/app\.py', reloading/);
  await server.prints(/(Debugger PIN[\s\S]*){2}/);
  await expect.poll(async () => (await computer.request(5000, "/")).text).toBe("changed\n");
  await server.type("\x03");
  await server.exit();
  await expect.poll(() => computer.processes()).toEqual([]);
});

test.describe("what it cannot start", () => {
  test("a syntax error: the traceback, and exit code 1", async ({ computer }) => {
    await computer.write("app.py", "from flask import Flask\napp = Flask(__name__\n");
    const { output, exit } = await computer.run(["flask", "--app", "app", "run"]);
    expect(output).toMatch(
      /Traceback[\s\S]*File "\/home\/student\/app\.py", line 2\n.*\n.*\nSyntaxError: '\(' was never closed\n$/,
    );
    expect(exit).toEqual({ kind: "exited", code: 1 });
  });

  test("an application that is not there", async ({ computer }) => {
    const { output, exit } = await computer.run(["flask", "--app", "app:missing", "run"]);
    expect(output).toMatch(/^Usage: flask run \[OPTIONS\]\n/);
    expect(output).toContain("Error: Failed to find attribute 'missing' in 'app'.");
    expect(exit).toEqual({ kind: "exited", code: 2 });
  });

  test("a port in use: the address, and exit code 1", async ({ computer }) => {
    await serve(computer);
    const { output, exit } = await computer.run(["flask", "--app", "app", "run"]);
    expect(output).toContain("Address already in use\nPort 5000 is in use by another program.");
    expect(exit).toEqual({ kind: "exited", code: 1 });
  });

  test("an unknown option: its own words, and exit code 2", async ({ computer }) => {
    const { output, exit } = await computer.run(["flask", "--app", "app", "run", "--prot", "5001"]);
    expect(output).toContain("Error: No such option '--prot'. (Did you mean one of: '--cert', '--host', '--port'?)");
    expect(exit).toEqual({ kind: "exited", code: 2 });
  });
});
