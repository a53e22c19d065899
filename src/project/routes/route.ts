/** A page of an app, as its routes have it. Plain data. */

/** Where a route is known from: the source, or the running app itself. */
export type RouteSource = "source" | "app";

/** A route. */
export interface Route {
  readonly method: string;
  /** As the framework writes it: `/products/<int:number>`. */
  readonly rule: string;
  /** A path that fits it. */
  readonly path: string;
}

/** What is asked of an app, as a reader can change it: a row of the table. */
export interface PlannedRow {
  readonly method: string;
  readonly path: string;
  /** What is sent, a form or JSON; empty: nothing. */
  readonly body: string;
  /** Share of this request among the others; 0: not asked. */
  readonly weight: number;
}

/** A route, with something in the place of its parameters. */
export function routeOf(method: string, rule: string): Route {
  return { method, rule, path: examplePath(rule) };
}

/** `/products/<int:number>` and `/products/{number}` as `/products/1`. */
function examplePath(rule: string): string {
  const path = rule
    .replace(/<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>/g, (_, type: string | undefined, name: string) => example(type, name))
    // Bottle and Django: `<number:int>` would have been taken for a type.
    .replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, type: string | undefined) => example(type, name));
  return path.startsWith("/") ? path : `/${path}`;
}

const numbers = /^(?:int|integer|float|number|id|pk|page|year|month|day)$|_id$|_pk$|Id$/;
/** Converters of which the name stands first in one framework, last in the other. */
const converters = new Set(["int", "float", "path", "string", "uuid", "slug", "str", "re", "any", "default"]);

function example(first: string | undefined, second: string): string {
  const [type, name] = first !== undefined && !converters.has(first) ? [second, first] : [first, second];
  if (type === "uuid") return "00000000-0000-4000-8000-000000000000";
  if (type === "int" || type === "float") return "1";
  return (type === undefined || type === "str" || type === "string") && numbers.test(name) ? "1" : "example";
}
