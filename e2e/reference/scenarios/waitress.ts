import type { Course } from "../scenario.ts";
import { get, hugeBody, keptAlive, oddRequests, says, twoAtOnce, usualRequests } from "./requests.ts";

const ready = /Serving on/;

/** waitress. */
export const waitressCourses: readonly Course[] = [
  {
    name: "waitress",
    server: { argv: ["waitress-serve", "--listen", "127.0.0.1:{port}", "app:app"], ready, stop: "SIGTERM" },
    scenarios: [
      ...usualRequests,
      ...oddRequests,
      hugeBody,
      keptAlive,
      twoAtOnce,
      { name: "the port is in use", runs: ["waitress-serve", "--listen", "127.0.0.1:{port}", "app:app"] },
    ],
  },
  {
    name: "waitress with options",
    server: {
      argv: [
        "waitress-serve",
        "--listen=127.0.0.1:{port}",
        "--listen=127.0.0.2:{port}",
        "--threads=1",
        "--url-scheme=https",
        "--url-prefix=/pre",
        "--ident=mine",
        "--channel-timeout=1",
        "--cleanup-interval=1",
        "--expose-tracebacks",
        "--call",
        "app:make_app",
      ],
      ready,
      thenPrints: { text: "Serving on", times: 2 },
      stop: "SIGINT",
    },
    scenarios: [
      says("environ", get("/pre/environ")),
      {
        name: "more requests than threads",
        runs: ["python", "crowd.py", "{port}", ...Array<string>(4).fill("/pre/sleep/1.0")],
      },
      { name: "a channel that is silent", says: [{ send: "GET / HTTP/1.1\r\n" }] },
    ],
  },
  {
    name: "waitress that shows tracebacks",
    server: {
      argv: ["waitress-serve", "--listen=127.0.0.1:{port}", "--expose-tracebacks", "app:breaks"],
      ready,
      stop: "SIGTERM",
    },
    scenarios: [says("an exception", get("/"))],
  },
  {
    name: "waitress with a limit of connections",
    server: {
      argv: ["waitress-serve", "--listen=127.0.0.1:{port}", "--connection-limit=5", "app:app"],
      ready,
      stop: "SIGTERM",
    },
    // The listener, the trigger and three clients make five. The first of them leaves long before the others, so the
    // fourth is let in once.
    scenarios: [
      {
        name: "more clients than that",
        runs: ["python", "crowd.py", "{port}", "/sleep/0.5", ...Array<string>(3).fill("/sleep/2.0")],
      },
    ],
  },
  {
    name: "waitress's words",
    scenarios: [
      { name: "no module", runs: ["waitress-serve", "nowhere:app"] },
      { name: "no such attribute", runs: ["waitress-serve", "app:missing"] },
      { name: "a syntax error", runs: ["waitress-serve", "broken:app"] },
      { name: "no app named", runs: ["waitress-serve"] },
      { name: "an unknown option", runs: ["waitress-serve", "--fast", "app:app"] },
    ],
  },
];
