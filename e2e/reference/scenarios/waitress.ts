import type { Course } from "../scenario.ts";
import { hugeBody, keptAlive, oddRequests, twoAtOnce, usualRequests } from "./requests.ts";

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
