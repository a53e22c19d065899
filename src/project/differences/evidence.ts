/** Where the site shows what a difference is about. */
import type { Difference } from "./observation.ts";

/** The page of each kind of difference, below the site's root. */
export const pageOfDifference: Readonly<Record<Difference["kind"], string>> = {
  "counter per worker": "lessons/18-who-remembers/",
  "differs by worker": "lessons/18-who-remembers/",
  "state in a variable": "lessons/18-who-remembers/",
  "cookie unknown to a worker": "concepts/session-cookie/",
  "status differs": "lessons/11-configuration/",
  "database is locked": "lessons/20-database-is-locked/",
  "errors on one side": "lessons/09-when-things-hang/",
  "background work": "lessons/19-four-mails/",
  "start-up work repeated": "lessons/19-four-mails/",
  "debug mode on": "lessons/02-the-debugger-is-a-shell/",
  "printed on one side": "concepts/logging/",
  "static files by Python": "lessons/12-nginx-in-front/",
  "static files missing": "lessons/12-nginx-in-front/",
};
