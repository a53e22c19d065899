import type { Course } from "../scenario.ts";
import { get, hugeBody, keptAlive, oddRequests, says, twoAtOnce, usualRequests } from "./requests.ts";

const bind = ["--bind", "127.0.0.1:{port}"];
const ready = /Booting worker with pid/;

/** gunicorn. */
export const gunicornCourses: readonly Course[] = [
  {
    name: "gunicorn",
    server: {
      argv: ["gunicorn", ...bind, "--access-logfile", "-", "app:app"],
      ready,
      logsRequests: true,
      stop: "SIGTERM",
    },
    scenarios: [
      ...usualRequests,
      ...oddRequests,
      hugeBody,
      keptAlive,
      twoAtOnce,
      { name: "the port is in use", runs: ["gunicorn", ...bind, "app:app"] },
    ],
  },
  {
    name: "gunicorn with threads",
    server: {
      argv: ["gunicorn", ...bind, "--threads", "2", "--workers", "2", "--access-logfile", "-", "wsgi"],
      ready,
      thenPrints: { text: "Booting worker with pid", times: 2 },
      stop: "SIGINT",
    },
    scenarios: [
      says("hello", get("/")),
      says("environ", get("/environ")),
      ...oddRequests,
      hugeBody,
      keptAlive,
      twoAtOnce,
    ],
  },
  {
    name: "gunicorn without a framework",
    server: { argv: ["gunicorn", ...bind, "app:breaks"], ready, stop: "SIGQUIT" },
    scenarios: [says("an exception", get("/"))],
  },
  {
    name: "gunicorn and an app that breaks off",
    server: { argv: ["gunicorn", ...bind, "app:late"], ready, stop: "SIGTERM" },
    scenarios: [says("half an answer", get("/"))],
  },
  {
    name: "gunicorn with a settings file of hooks",
    server: {
      argv: ["gunicorn", ...bind, "-c", "hooks.py", "app:app"],
      ready: /hook post_worker_init/,
      stop: "SIGTERM",
    },
    scenarios: [says("a request", get("/")), says("an exception", get("/fail"))],
  },
  {
    name: "gunicorn's own access log",
    server: {
      argv: [
        "gunicorn",
        ...bind,
        "--access-logfile",
        "-",
        "--access-logformat",
        "%(h)s|%(l)s|%(u)s|%(r)s|%(m)s|%(U)s|%(q)s|%(H)s|%(s)s|%(B)s|%(b)s|%(f)s|%(a)s|%(T)s|%({x-own}i)s|%({server}o)s|%({wsgi.url_scheme}e)s|%(nothing)s",
        "app:app",
      ],
      ready,
      stop: "SIGINT",
    },
    scenarios: [
      says("all there is", get("/query/a%20b?x=1&y=2", "X-Own: one", "User-Agent: reference/1", "Referer: http://a/")),
      says("a user", get("/", "Authorization: Basic c3R1ZGVudDpzZWNyZXQ=")),
      says("no content", get("/log?what=x")),
      says("a malformed request line", "GARBAGE\r\n\r\n"),
    ],
  },
  {
    name: "gunicorn --max-requests",
    server: { argv: ["gunicorn", ...bind, "--max-requests", "2", "app:app"], ready, stop: "SIGTERM" },
    scenarios: [says("the first", get("/")), says("the last", get("/")), says("of another worker", get("/"))],
  },
  {
    name: "gunicorn --graceful-timeout",
    server: { argv: ["gunicorn", ...bind, "--graceful-timeout", "1", "app:app"], ready, stop: "SIGTERM" },
    scenarios: [
      { name: "a request that outlasts it", says: [{ send: get("/sleep/30.0") }, { pause: 200 }, { leave: true }] },
    ],
  },
  {
    name: "gunicorn --keep-alive",
    server: {
      argv: ["gunicorn", ...bind, "--threads", "2", "--keep-alive", "1", "app:app"],
      ready,
      stop: "SIGQUIT",
    },
    scenarios: [says("a connection that is kept for a second", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
  },
  {
    name: "gunicorn and USR1",
    server: {
      argv: ["gunicorn", ...bind, "--access-logfile", "access.log", "--pid", "gunicorn.pid", "app:app"],
      ready,
      stop: "SIGTERM",
    },
    scenarios: [{ name: "logs are reopened", runs: ["python", "reopen.py", "{port}"] }],
  },
  {
    name: "gunicorn --backlog",
    server: { argv: ["gunicorn", ...bind, "--backlog", "1", "app:app"], ready, stop: "SIGTERM" },
    scenarios: [
      {
        name: "more clients than places",
        runs: ["python", "crowd.py", "{port}", ...Array<string>(4).fill("/sleep/0.3")],
      },
    ],
  },
  {
    name: "gunicorn's words",
    scenarios: [
      { name: "no module", runs: ["gunicorn", ...bind, "nowhere:app"] },
      { name: "a syntax error", runs: ["gunicorn", ...bind, "broken:app"] },
      { name: "no such attribute", runs: ["gunicorn", ...bind, "app:missing"] },
      { name: "what is no app", runs: ["gunicorn", ...bind, "app:json"] },
      { name: "no app named", runs: ["gunicorn", ...bind] },
      { name: "an unknown option", runs: ["gunicorn", "--fast", "app:app"] },
      { name: "an unknown worker class", runs: ["gunicorn", "-k", "fast", "app:app"] },
      { name: "workers that are no number", runs: ["gunicorn", "-w", "many", "app:app"] },
      ...["gevent", "eventlet", "tornado", "uvicorn_worker.UvicornWorker"].map((name) => ({
        name: `the worker class ${name}, which is not installed`,
        runs: ["gunicorn", "-k", name, ...bind, "app:app"],
      })),
      { name: "check config", runs: ["gunicorn", "--check-config", "app:app"] },
      { name: "check config, without an app", runs: ["gunicorn", "--check-config", "nowhere:app"] },
      { name: "print config", runs: ["gunicorn", "--print-config", "--max-requests-jitter", "3", "app:app"] },
      { name: "no such settings file", runs: ["gunicorn", "-c", "nothing.py", "app:app"] },
      { name: "a settings file with a wrong value", runs: ["gunicorn", "-c", "bad_settings.py", "app:app"] },
      { name: "version", runs: ["gunicorn", "--version"] },
    ],
  },
];
