/** Where the site shows what a difference is about. */
import type { Difference } from "./observation.ts";

/** The page of each kind of difference, below the site's root. */
export const pageOfDifference: Readonly<Record<Difference["kind"], string>> = {
  "counter per worker": "lessons/06-how-many-workers/",
  "differs by worker": "lessons/06-how-many-workers/",
  "cookie unknown to a worker": "concepts/session-cookie/",
  "status differs": "lessons/11-configuration/",
  "database is locked": "lessons/06-how-many-workers/",
  "errors on one side": "lessons/09-when-things-hang/",
  "start-up work repeated": "lessons/07-gunicorn/",
  "debug mode on": "lessons/02-the-debugger-is-a-shell/",
  "printed on one side": "concepts/logging/",
  "static files by Python": "lessons/12-nginx-in-front/",
  "static files missing": "lessons/12-nginx-in-front/",
};
