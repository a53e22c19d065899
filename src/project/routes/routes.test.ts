import { describe, expect, it } from "vitest";
import { planSchema } from "../../lab-definition/plan-schema.ts";
import { readModules } from "../recognise/python-module.ts";
import { djangoRoutes, flaskRoutes, openApiRoutes } from "./app-routes.ts";
import { plansOf, rowsOf } from "./plans.ts";
import { routeOf } from "./route.ts";
import { routesInSource } from "./source-routes.ts";

describe("routeOf", () => {
  it.each([
    ["/products/<int:number>", "/products/1"],
    ["/users/<name>/posts/<int:post_id>", "/users/example/posts/1"],
    ["/users/<user_id>", "/users/1"],
    ["/quotes/<number:int>", "/quotes/1"],
    ["/tasks/{number}", "/tasks/1"],
    ["/tasks/{task_id:int}", "/tasks/1"],
    ["/files/<path:name>", "/files/example"],
    ["/things/<uuid:thing>", "/things/00000000-0000-4000-8000-000000000000"],
    ['/<any("a", "b"):kind>', "/example"],
    ["/<string(length=2):code>", "/example"],
  ])("%s is asked as %s", (rule, path) => {
    expect(routeOf("GET", rule).path).toBe(path);
  });
});

describe("routes", () => {
  it("reads them from decorators", () => {
    const text = [
      "from flask import Flask",
      "app = Flask(__name__)",
      '@app.route("/")',
      "def index(): ...",
      "@app.route('/sign', methods=['GET', \"POST\"])",
      "@login_required",
      "def sign(): ...",
      "@app.post('/x')",
      "def x(): ...",
      "@app.errorhandler(404)",
      "def missing(e): ...",
    ].join("\n");
    const routes = routesInSource(readModules([{ kind: "text", path: "app.py", text }]));
    expect(routes.map(({ method, rule }) => `${method} ${rule}`)).toEqual([
      "GET /",
      "GET /sign",
      "POST /sign",
      "POST /x",
    ]);
  });

  it("reads the table of flask routes, whatever the order of its columns", () => {
    const table = [
      "Endpoint        Methods    Rule                   ",
      "--------------  ---------  -----------------------",
      "entries.index   GET        /                      ",
      "entries.sign    GET, POST  /sign                  ",
      "static          GET        /static/<path:filename>",
    ].join("\r\n");
    expect(flaskRoutes(table).map(({ method, rule }) => `${method} ${rule}`)).toEqual([
      "GET /",
      "GET /sign",
      "POST /sign",
      "GET /static/<path:filename>",
    ]);
    expect(flaskRoutes("Error: Could not locate a Flask application.\n")).toEqual([]);
  });

  it("reads Django's patterns and an OpenAPI document", () => {
    const printed = "route: /\nroute: /questions/<int:number>/\nroute: /^old/(?P<x>.*)$\nnoise\n";
    expect(djangoRoutes(printed).map(({ path }) => path)).toEqual(["/", "/questions/1/"]);
    const parameters = [{ name: "code", in: "path", schema: { type: "integer" } }];
    const document = { paths: { "/": { get: {} }, "/tasks/{code}": { get: { parameters }, parameters: [] } } };
    expect(openApiRoutes(document).map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /", "GET /tasks/1"]);
    for (const strange of [null, [], "x", { paths: [] }, { paths: { "/": null } }])
      expect(openApiRoutes(strange)).toEqual([]);
  });
});

describe("plansOf", () => {
  const routes = [
    routeOf("GET", "/"),
    routeOf("GET", "/about"),
    routeOf("GET", "/logout"),
    routeOf("GET", "/static/<path:filename>"),
    routeOf("POST", "/sign"),
    routeOf("DELETE", "/x"),
  ];

  it("makes plans of pages and forms that a lab would take", () => {
    const plans = plansOf(rowsOf(routes));
    expect(plans.map(({ label }) => label)).toEqual(["Every page in turn", "Ten users on /", "A form", "A burst"]);
    for (const plan of plans) expect(planSchema.safeParse(plan).error).toBeUndefined();
    expect(plans[0]?.requests).toEqual([
      { method: "GET", path: "/" },
      { method: "GET", path: "/about" },
    ]);
    expect(plans[2]?.requests[0]).toMatchObject({ method: "POST", path: "/sign", body: "name=Ada&message=Hello" });
  });

  it("has something to ask where no route is known", () => {
    const plans = plansOf(rowsOf([]));
    expect(plans.map(({ name }) => name)).toEqual(["every-page-in-turn", "ten-readers", "a-burst"]);
    expect(plans[1]?.requests).toEqual([{ path: "/" }]);
  });
});
