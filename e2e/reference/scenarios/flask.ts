import type { Course } from "../scenario.ts";
import { get, hugeBody, oddRequests, says, twoAtOnce, usualRequests } from "./requests.ts";

const ready = /Press CTRL\+C to quit/;

/** Flask's development server. */
export const flaskCourses: readonly Course[] = [
  {
    name: "flask run",
    server: { argv: ["flask", "--app", "app", "run", "--port", "{port}"], ready, logsRequests: true, stop: "SIGINT" },
    scenarios: [
      ...usualRequests,
      ...oddRequests,
      hugeBody,
      twoAtOnce,
      { name: "the port is in use", runs: ["flask", "--app", "app", "run", "--port", "{port}"] },
    ],
  },
  {
    name: "flask run without threads, ended by SIGTERM",
    server: {
      argv: ["flask", "run", "--without-threads", "--host", "0.0.0.0", "--port", "{port}"],
      ready,
      stop: "SIGTERM",
    },
    scenarios: [says("environ", get("/environ"))],
  },
  {
    name: "flask's words",
    scenarios: [
      { name: "no app", runs: ["flask", "--app", "nowhere", "run"] },
      { name: "a syntax error", runs: ["flask", "--app", "broken", "run"] },
      { name: "an import that fails", runs: ["flask", "--app", "missing_import", "run"] },
      { name: "no such attribute", runs: ["flask", "--app", "app:missing", "run"] },
      { name: "an unknown option", runs: ["flask", "run", "--fast"] },
      { name: "an unknown command", runs: ["flask", "walk"] },
      { name: "a port that is none", runs: ["flask", "run", "--port", "many"] },
      { name: "routes", runs: ["flask", "--app", "app", "routes"] },
      { name: "help", runs: ["flask", "run", "--help"] },
      { name: "version", runs: ["flask", "--version"] },
      { name: "by the environment", runs: ["flask", "routes"], env: { FLASK_APP: "wsgi:application" } },
    ],
  },
];
