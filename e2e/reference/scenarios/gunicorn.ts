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
      { name: "check config", runs: ["gunicorn", "--check-config", "app:app"] },
      { name: "version", runs: ["gunicorn", "--version"] },
    ],
  },
];
