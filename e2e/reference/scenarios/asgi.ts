import type { Course, Scenario } from "../scenario.ts";
import { get, keptAlive, post, request, says } from "./requests.ts";

/** What a server makes of requests for `asgi_app.py`. */
const asked: readonly Scenario[] = [
  says("hello", get("/")),
  says("not found", get("/nowhere")),
  says("head", request("HEAD", "/", [])),
  says("the scope", get("/scope?a=1&b=%20c", "X-Own: one", "X-Own: two", "User-Agent: reference")),
  says("a path with escapes", get("/scope?x")),
  says("a body", post("/echo", "some bytes\0\xff")),
  {
    name: "a large body",
    says: [{ send: request("POST", "/echo", ["Content-Length: 1000000"]) }, { send: "0123456789", times: 100_000 }],
  },
  says("a chunked body", request("POST", "/echo", ["Transfer-Encoding: chunked"], "5\r\nhello\r\n0\r\n\r\n")),
  {
    name: "expect 100-continue",
    says: [
      { send: request("POST", "/echo", ["Content-Length: 5", "Expect: 100-continue"]) },
      { until: "100 Continue\r\n" },
      { send: "hello" },
    ],
  },
  says("an answer of unknown length", get("/stream")),
  says("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"),
  says("no request", "this is no request\r\n\r\n"),
  keptAlive,
];

/** Servers of ASGI applications. */
export const asgiCourses: readonly Course[] = [
  {
    name: "gunicorn -k asgi",
    server: {
      argv: ["gunicorn", "-k", "asgi", "-b", "127.0.0.1:{port}", "--no-control-socket", "asgi_app:app"],
      ready: /comes up/,
      stop: "SIGTERM",
    },
    scenarios: asked,
  },
  {
    name: "uvicorn",
    installs: ["uvicorn"],
    server: {
      argv: ["uvicorn", "asgi_app:app", "--port", "{port}"],
      ready: /Uvicorn running on/,
      stop: "SIGINT",
    },
    scenarios: [
      ...asked,
      says("an exception", get("/fail")),
      { name: "more clients at once", runs: ["python", "crowd.py", "{port}", ...Array<string>(4).fill("/sleep/0.5")] },
      { name: "the port is in use", runs: ["uvicorn", "asgi_app:app", "--port", "{port}"] },
    ],
  },
  {
    name: "hypercorn",
    installs: ["hypercorn"],
    server: {
      argv: ["hypercorn", "asgi_app:app", "--bind", "127.0.0.1:{port}", "--access-logfile", "-"],
      ready: /Running on/,
      stop: "SIGTERM",
    },
    scenarios: asked,
  },
  {
    name: "uvicorn's words",
    installs: ["uvicorn"],
    scenarios: [
      { name: "no module", runs: ["uvicorn", "nowhere:app"] },
      { name: "no such attribute", runs: ["uvicorn", "asgi_app:missing"] },
      { name: "no colon", runs: ["uvicorn", "asgi_app"] },
      { name: "an unknown option", runs: ["uvicorn", "--fast", "asgi_app:app"] },
      { name: "a port that is none", runs: ["uvicorn", "--port", "many", "asgi_app:app"] },
      { name: "an app that does not come up", runs: ["uvicorn", "asgi_app:fails_at_once", "--lifespan", "on"] },
    ],
  },
];
