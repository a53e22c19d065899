import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NativeComputer } from "../../native/testing/native-computer.ts";

interface Asked {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let port = 0;
let asked: Asked[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      asked.push({
        line: `${request.method} ${request.url} HTTP/${request.httpVersion}`,
        headers: request.headers,
        body,
      });
      if (request.url === "/never") return;
      if (request.url === "/reset") {
        request.socket.destroy();
        return;
      }
      response.writeHead(request.url === "/error" ? 500 : 200, { Server: "node-of-the-test", "Content-Length": 13 });
      response.end("thirteen byte");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
});

async function run(line: string): Promise<{ output: string; exit: number }> {
  const computer = new NativeComputer();
  await computer.bridge(port);
  computer.write("body.txt", "from a file");
  const { exit, output } = await computer.sh(line.replaceAll("PORT", String(port)));
  return { output, exit: exit.kind === "exited" ? exit.code : -1 };
}

describe("ab", () => {
  test("asks as often as it is told to, and prints what it counted in ab's shape", async () => {
    const { exit, output } = await run("ab -n 20 -c 4 http://localhost:PORT/path?q=1");
    expect(exit).toBe(0);
    expect(asked).toHaveLength(20);
    expect(asked[0]?.line).toBe("GET /path?q=1 HTTP/1.0");
    expect(asked[0]?.headers["user-agent"]).toBe("ApacheBench/2.3");
    for (const part of [
      "This is a stand-in for ApacheBench on this machine.",
      "Server Software:        node-of-the-test\n",
      `Server Port:            ${port}\n`,
      "Document Path:          /path?q=1\n",
      "Document Length:        13 bytes\n",
      "Concurrency Level:      4\n",
      "Complete requests:      20\n",
      "Failed requests:        0\n",
      "HTML transferred:       260 bytes\n",
    ]) {
      expect(output).toContain(part);
    }
    expect(output).toMatch(/^Requests per second: {4}\d+\.\d\d \[#\/sec\] \(mean\)$/m);
    expect(output).toMatch(/^Total: +\d+ +\d+ +\d+\.\d +\d+ +\d+$/m);
    expect(output).toMatch(/^ {2}50% +\d+\n(?: {2}\d\d% +\d+\n){7} 100% +\d+ \(longest request\)$/m);
  });

  test("sends a body, a method, headers, cookies and a password", async () => {
    await run("ab -n 1 -p body.txt -T application/x -C a=1 -H 'X-One: 1' -A ann:secret http://localhost:PORT/");
    expect(asked[0]).toMatchObject({
      line: "POST / HTTP/1.0",
      body: "from a file",
      headers: {
        "content-type": "application/x",
        cookie: "a=1",
        "x-one": "1",
        authorization: "Basic YW5uOnNlY3JldA==",
      },
    });
    await run("ab -n 1 -m DELETE http://localhost:PORT/thing");
    expect(asked[1]?.line).toBe("DELETE /thing HTTP/1.0");
  });

  test("keeps connections with -k, and counts answers that are no success", async () => {
    const { output } = await run("ab -q -kn 6 -c 2 http://localhost:PORT/error");
    expect(output).toContain("Keep-Alive requests:    6\n");
    expect(output).toContain("Non-2xx responses:      6\n");
    expect(output).toContain("Failed requests:        0\n");
  });

  test("ends after its time, whatever is under way", async () => {
    const { exit, output } = await run("ab -t 0.2 -c 2 http://localhost:PORT/never");
    expect(output).toContain("The timeout specified has expired");
    expect(exit).toBe(1);
  });

  test.each([
    ["ab http://localhost:1/", "apr_socket_recv: Connection refused (111)", 111],
    ["ab -n 2 http://localhost:PORT/reset", "apr_socket_recv: Connection reset by peer (104)", 104],
    ["ab http://localhost:PORT", "ab: invalid URL", 22],
    ["ab", "ab: wrong number of arguments", 22],
    ["ab -J http://localhost:PORT/", "ab: illegal option -- J", 22],
    ["ab -X proxy:1 http://localhost:PORT/", "ab: -X: there is no proxy on this machine", 22],
    ["ab -n 2 -c 3 http://localhost:PORT/", "Cannot use concurrency level greater than total number of requests", 22],
    ["ab -n none http://localhost:PORT/", "Invalid number of requests", 22],
    ["ab -n 5000 -c 2000 http://localhost:PORT/", "more than 1000 connections", 22],
    ["ab -p nothing http://localhost:PORT/", "Could not open POST data file (nothing)", 22],
    ["ab https://localhost:PORT/", "no https support", 22],
    ["ab http://example.com/", "there is no network", 1],
  ])("says what is wrong: %s", async (line, message, code) => {
    const { exit, output } = await run(line);
    expect(output).toContain(message);
    expect(exit).toBe(code);
  });
});

describe("hey", () => {
  test("asks as often as it is told to, and prints what it counted in hey's shape", async () => {
    const { exit, output } = await run("hey -n 21 -c 5 http://localhost:PORT/");
    expect(exit).toBe(0);
    // Each worker has the same share, as in hey.
    expect(asked).toHaveLength(20);
    expect(output).toContain("hey: this machine's own, in hey's shape");
    expect(output).toContain("  Total data:\t260 bytes\n  Size/request:\t13 bytes\n");
    expect(output).toMatch(/^ {2}Requests\/sec:\t\d+\.\d{4}$/m);
    expect(output).toMatch(/^ {2}99% in 0\.\d{4} secs$/m);
    expect(output).toContain("Status code distribution:\n  [200]\t20 responses\n");
    const bars = [...output.matchAll(/^ {2}\d\.\d{3} \[(\d+)\]\t\|■*$/gm)].map(([, count]) => Number(count));
    expect(bars).toHaveLength(11);
    expect(bars.reduce((sum, each) => sum + each, 0)).toBe(20);
  });

  test("sends what it is told to", async () => {
    await run(
      "hey -n 1 -c 1 -m PUT -d body -T text/x -H 'X-One: 1' -A text/y -a ann:secret -disable-keepalive http://localhost:PORT/p",
    );
    expect(asked[0]).toMatchObject({
      line: "PUT /p HTTP/1.1",
      body: "body",
      headers: { "content-type": "text/x", "x-one": "1", accept: "text/y", connection: "close" },
    });
  });

  test("lasts as long as it is told to, and asks no more often than it may", async () => {
    const began = performance.now();
    const { output } = await run("hey -z 500ms -c 1 -q 10 http://localhost:PORT/");
    const lasted = (performance.now() - began) / 1000;
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThan(8);
    const total = Number(/Total:\t([\d.]+) secs/.exec(output)?.[1]);
    expect(total).toBeGreaterThanOrEqual(0.5);
    expect(total).toBeLessThanOrEqual(lasted);
  });

  test("tells of what nobody answered", async () => {
    const { exit, output } = await run("hey -n 2 -c 1 http://localhost:1/");
    expect(output).toContain(
      'Error distribution:\n  [2]\tGet "http://localhost:1/": dial tcp 127.0.0.1:1: connect: connection refused\n',
    );
    expect(exit).toBe(0);
  });

  test.each([
    ["hey", "Usage: hey", 1],
    ["hey -nope http://localhost:PORT/", "flag provided but not defined: -nope", 2],
    ["hey -n", "flag needs an argument: -n", 2],
    ["hey -x proxy http://localhost:PORT/", "hey: -x: there is no proxy on this machine", 2],
    ["hey -n 1 -c 2 http://localhost:PORT/", "-n cannot be less than -c.", 1],
    ["hey -z soon http://localhost:PORT/", 'invalid value "soon" for flag -z', 1],
    ["hey http://example.com/", "there is no network", 1],
  ])("says what is wrong: %s", async (line, message, code) => {
    const { exit, output } = await run(line);
    expect(output).toContain(message);
    expect(exit).toBe(code);
  });
});

describe("wrk", () => {
  test("asks for a second, and prints what it counted in wrk's shape", async () => {
    const { exit, output } = await run("wrk -t2 -c4 -d1s --latency http://localhost:PORT/");
    expect(exit).toBe(0);
    expect(output).toContain("wrk: this machine's own, in wrk's shape");
    expect(output).toContain(`Running 1s test @ http://localhost:${port}/\n  2 threads and 4 connections\n`);
    expect(output).toMatch(/^ {4}Latency +\d+\.\d\d(?:us|ms) +\d+\.\d\d(?:us|ms) +\d+\.\d\d(?:us|ms) +\d+\.\d\d%$/m);
    expect(output).toMatch(/^ {4}Req\/Sec +\d+\.\d\dk? +\d+\.\d\dk? +\d+\.\d\dk? +\d+\.\d\d%$/m);
    expect(output).toMatch(/^ {5}99% +\d+\.\d\d(?:us|ms)$/m);
    const [, counted, , rate] =
      /^ {2}(\d+) requests in (\d\.\d\d)s, .* read\nRequests\/sec: +(\d+\.\d\d)$/m.exec(output) ?? [];
    expect(asked.length - Number(counted)).toBeLessThanOrEqual(4);
    expect(Number(rate)).toBeGreaterThan(0);
  });

  test.each([
    ["wrk", "Usage: wrk", 1],
    ["wrk -y http://localhost:PORT/", "wrk: invalid option -- 'y'", 1],
    ["wrk -s post.lua http://localhost:PORT/", "wrk: -s: scripts in Lua are not run on this machine", 1],
    ["wrk -t4 -c2 http://localhost:PORT/", "number of connections must be >= threads", 1],
    ["wrk -d1s http://localhost:1/", "unable to connect to localhost:1 Connection refused", 1],
    ["wrk localhost:PORT", "invalid URL: localhost:", 1],
  ])("says what is wrong: %s", async (line, message, code) => {
    const { exit, output } = await run(line);
    expect(output).toContain(message);
    expect(exit).toBe(code);
  });
});

test("a load is ended by ^C, and tells of what it has seen", async () => {
  const computer = new NativeComputer();
  await computer.bridge(port);
  const load = computer.start("hey", "-z", "5m", "-c", "2", `http://localhost:${port}/`);
  while (asked.length < 3) await new Promise((resolve) => setImmediate(resolve));
  load.terminal.input(new TextEncoder().encode("\x03"));
  expect(await load.exit).toEqual({ kind: "exited", code: 0 });
  expect(load.shown()).toContain("Status code distribution:\n  [200]\t");
});
