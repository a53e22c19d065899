/** Load plans from the routes of a project, and the rows of the table that a reader changes them by. */
import type { PlanDefinition } from "../../lab-definition/schema.ts";
import { projectStrings } from "../../strings/strings.ts";
import type { PlannedRow, Route } from "./route.ts";

const mostRows = 20;
const form = "application/x-www-form-urlencoded";

/** The rows to begin with: each page once, and what takes a form with something in it. Pages that log out are not asked. */
export function rowsOf(routes: readonly Route[]): readonly PlannedRow[] {
  const useful = routes.filter(
    ({ method, rule }) => method === "GET" || (method === "POST" && !/logout|delete/i.test(rule)),
  );
  const rows = useful
    .filter(({ rule }) => !/^\/static\/|favicon|^\/(?:docs|redoc|openapi\.json)\b/.test(rule))
    .map(({ method, path }) => ({
      method,
      path,
      body: method === "POST" ? "name=Ada&message=Hello" : "",
      weight: /log-?out|delete/i.test(path) ? 0 : 1,
    }));
  const unique = new Map(rows.map((row) => [`${row.method} ${row.path}`, row]));
  const sorted = [...unique.values()].sort((a, b) => Number(a.method !== "GET") - Number(b.method !== "GET"));
  const shown = sorted.slice(0, mostRows);
  return shown.length > 0 ? shown : [{ method: "GET", path: "/", body: "", weight: 1 }];
}

/** The plans of these rows: every page in turn, ten readers on one page, a form where there is one, a burst. */
export function plansOf(rows: readonly PlannedRow[]): readonly PlanDefinition[] {
  const asked = rows.filter(({ weight, path }) => weight > 0 && path.startsWith("/"));
  const pages = asked.filter(({ method }) => method === "GET");
  const forms = asked.filter(({ method }) => method !== "GET");
  const front = pages.find(({ path }) => path === "/") ?? pages[0] ?? { method: "GET", path: "/", body: "", weight: 1 };
  const words = projectStrings.plans;
  const common = { timeout: 10, waitsOnly: false };
  return [
    {
      ...common,
      name: "every-page-in-turn",
      label: words.everyPage,
      requests: (pages.length > 0 ? pages : [front]).map(request),
      users: 4,
      seconds: 8,
    },
    {
      ...common,
      name: "ten-readers",
      label: words.tenReaders(front.path),
      requests: [{ path: front.path }],
      users: 10,
      seconds: 8,
    },
    ...(forms.length > 0
      ? [{ ...common, name: "a-form", label: words.form, requests: forms.map(request), users: 4, seconds: 6 }]
      : []),
    {
      ...common,
      name: "a-burst",
      label: words.burst,
      requests: [{ path: front.path }],
      arrivals: { kind: "burst" as const, rate: 5, size: 40, every: 4 },
      seconds: 8,
    },
  ];
}

/** A request of a row: its body says by its first character whether it is a form or JSON. */
export function requestOf({ method, path, body }: PlannedRow) {
  const type = /^\s*[[{]/.test(body) ? "application/json" : form;
  return { method, path, ...(body !== "" && { body, headers: { "Content-Type": type } }) };
}

function request(row: PlannedRow): PlanDefinition["requests"][number] {
  return { ...requestOf(row), ...(row.weight !== 1 && { weight: row.weight }) };
}
