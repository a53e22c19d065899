/** Routes as the app itself tells them: `flask routes`, Django's resolver, an OpenAPI document. */
import { type Route, routeOf } from "./route.ts";

/** What a browser or a load test has no use for. */
const needless = new Set(["HEAD", "OPTIONS", "TRACE"]);

/** Reads what `flask routes` prints: a table under a line of dashes. */
export function flaskRoutes(output: string): readonly Route[] {
  const lines = output.replace(/\r/g, "").split("\n");
  const ruler = lines.findIndex((line) => /^-+(?: +-+)+$/.test(line.trim()));
  if (ruler < 1) return [];
  // Each column begins where its dashes do.
  const starts = [...(lines[ruler] ?? "").matchAll(/-+/g)].map(({ index }) => index);
  const column = (line: string, at: number) => line.slice(starts[at], starts[at + 1]).trim();
  const headings = starts.map((_, at) => column(lines[ruler - 1] ?? "", at));
  const [methods, rule] = [headings.indexOf("Methods"), headings.indexOf("Rule")];
  if (methods < 0 || rule < 0) return [];
  return lines.slice(ruler + 1).flatMap((line) => {
    const path = column(line, rule);
    if (!path.startsWith("/")) return [];
    return column(line, methods)
      .split(", ")
      .filter((method) => /^[A-Z]+$/.test(method) && !needless.has(method))
      .map((method) => routeOf(method, path));
  });
}

/** A program for Django that prints each of its patterns on a line, those of the admin left out. */
export const djangoProgram = `
import django
django.setup()
from django.urls import get_resolver

def walk(patterns, prefix):
    for entry in patterns:
        rule = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            if getattr(entry, "app_name", None) != "admin":
                walk(entry.url_patterns, rule)
        else:
            print("route:", "/" + rule)

walk(get_resolver().url_patterns, "")
`;

/** Reads what that program prints. Patterns that are regular expressions are left out: no path can be made of them. */
export function djangoRoutes(output: string): readonly Route[] {
  return [...output.replace(/\r/g, "").matchAll(/^route: (\/.*)$/gm)].flatMap(([, rule = ""]) =>
    /[\\^$(*+?]/.test(rule) ? [] : [routeOf("GET", rule)],
  );
}

/** Reads an OpenAPI document. */
export function openApiRoutes(document: unknown): readonly Route[] {
  const paths = property(document, "paths");
  if (!isRecord(paths)) return [];
  return Object.entries(paths).flatMap(([rule, operations]) =>
    !isRecord(operations)
      ? []
      : Object.keys(operations)
          .map((method) => method.toUpperCase())
          .filter((method) => /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(method))
          .map((method) => withTypes(routeOf(method, rule), property(operations, method.toLowerCase()))),
  );
}

/** A whole number in the place of a parameter that must be one. */
function withTypes(route: Route, operation: unknown): Route {
  const parameters = property(operation, "parameters");
  if (!Array.isArray(parameters)) return route;
  let { rule } = route;
  for (const parameter of parameters) {
    const [name, type] = [property(parameter, "name"), property(property(parameter, "schema"), "type")];
    if (typeof name === "string" && (type === "integer" || type === "number"))
      rule = rule.replace(`{${name}}`, `{${name}:int}`);
  }
  return { ...route, path: routeOf(route.method, rule).path };
}

function property(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
