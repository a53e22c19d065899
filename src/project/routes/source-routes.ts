/** Routes as the decorators of a project's source have them, until the running app is asked. */
import type { PythonModule } from "../recognise/python-module.ts";
import { type Route, routeOf } from "./route.ts";

const methods = new Set(["get", "post", "put", "patch", "delete"]);
const tests = /(?:^|\/)tests?\/|(?:^|\/)(?:test_[^/]*|conftest)\.py$/;

/** The routes in the order of the files. A blueprint's prefix is not known here. */
export function routesInSource(modules: readonly PythonModule[]): readonly Route[] {
  const found = new Map<string, Route>();
  for (const { path, decorators } of modules) {
    if (tests.test(path)) continue;
    for (const { callee, text, methods: said } of decorators) {
      const last = callee.split(".").at(-1) ?? "";
      if (text === undefined || !text.startsWith("/") || !(last === "route" || methods.has(last))) continue;
      const asked = last === "route" ? (said.length > 0 ? said : ["GET"]) : [last.toUpperCase()];
      for (const method of asked) found.set(`${method} ${text}`, routeOf(method, text));
    }
  }
  return [...found.values()];
}
