import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLab, sharedOnNode } from "./read-lab.ts";

const good = readFileSync("content/labs/first-load/lab.yaml", "utf8");

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "two-servers-lab-"));
  folder = join(root, "content/labs/first-load");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "app.py"), "VERSION = 1\n");
  writeFileSync(join(folder, "wsgi.py"), "application = None\n");
  mkdirSync(join(folder, "node"));
  for (const name of ["server", "worker", "cluster", "pools"]) writeFileSync(join(folder, "node", `${name}.js`), name);
});

afterEach(() => rmSync(root, { recursive: true }));

/** The message that a lab.yaml with this text gets. */
function complaint(text: string): string {
  writeFileSync(join(folder, "lab.yaml"), text);
  try {
    readLab(folder, root);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing";
}

describe("readLab", () => {
  it("reads the definition, its defaults and its files", () => {
    writeFileSync(join(folder, "lab.yaml"), good);
    const lab = readLab(folder, root);
    expect(lab.name).toBe("first-load");
    expect(lab.definition.sides.development).toEqual({
      title: "Development server",
      command: "flask --app app run",
    });
    expect(lab.definition.plans.map(({ name, waitsOnly }) => [name, waitsOnly])).toEqual([
      ["quick", false],
      ["slow", true],
      ["hang", false],
      ["ten-readers", false],
      ["rush-hour", true],
      ["one-slow-page", false],
      ["a-burst", true],
      ["impatient-readers", true],
    ]);
    expect(lab.files).toEqual([
      { path: "app.py", text: "VERSION = 1\n" },
      { path: "wsgi.py", text: "application = None\n" },
    ]);
    expect(lab.nodeFiles.map(({ path, text }) => [path, text])).toContainEqual(["server.js", "server"]);
  });

  it("names a file of the Node variant that is not there", () => {
    rmSync(join(folder, "node/worker.js"));
    expect(complaint(good)).toBe(
      "content/labs/first-load/lab.yaml: node.files: worker.js is not in the folder. " +
        "Write e.g.: files: [cluster.js, pools.js, server.js]",
    );
  });

  it("takes what the folder does not have from the programs that labs share", () => {
    writeFileSync(join(folder, "lab.yaml"), good);
    rmSync(join(folder, "node/worker.js"));
    mkdirSync(join(root, sharedOnNode), { recursive: true });
    for (const name of ["worker", "server"]) writeFileSync(join(root, sharedOnNode, `${name}.js`), `shared ${name}`);
    const files = readLab(folder, root).nodeFiles.map(({ path, text }) => [path, text]);
    expect(files).toContainEqual(["worker.js", "shared worker"]);
    expect(files).toContainEqual(["server.js", "server"]);
  });

  it("needs no Node variant", () => {
    writeFileSync(join(folder, "lab.yaml"), good.replace(/^node:\n(?: .*\n)*/m, ""));
    expect(readLab(folder, root)).toMatchObject({ nodeFiles: [] });
  });

  it("reads titles and plans that Node has for itself, general ones among them", () => {
    const own = "  titles: { development: One process, production: A cluster }\n  plans: [{ use: rush-hour }]\n";
    writeFileSync(join(folder, "lab.yaml"), good.replace(/^node:\n/m, `$&${own}`));
    const { node } = readLab(folder, root).definition;
    expect(node?.titles).toEqual({ development: "One process", production: "A cluster" });
    expect(node?.plans.map(({ name, label }) => [name, label])).toEqual([["rush-hour", "Rush hour"]]);
    expect(complaint(good.replace(/^node:\n/m, "$&  titles: { development: One process }\n"))).toBe(
      "content/labs/first-load/lab.yaml: node.titles.production is missing. Write e.g.: production: Four processes",
    );
    const twice = "  plans: [{ use: rush-hour }, { use: rush-hour }]\n";
    expect(complaint(good.replace(/^node:\n/m, `$&${twice}`))).toContain(
      "node.plans must not use the name of a plan twice",
    );
  });

  it("prepares a machine of its own, and not Node", () => {
    const prepared = good.replace(/^plans:/m, "prepare: [python manage.py migrate]\nplans:");
    expect(complaint(prepared)).toBe(
      "content/labs/first-load/lab.yaml: what a lab prepares (python manage.py migrate) is for its own machine, " +
        "and Node has other programs. Leave out: node",
    );
    writeFileSync(join(folder, "lab.yaml"), prepared.replace(/^node:\n(?: .*\n)*/m, ""));
    expect(readLab(folder, root).definition.prepare).toEqual(["python manage.py migrate"]);
  });

  it("names file, field and the corrected line of a missing field", () => {
    expect(complaint(good.replace(/^ {4}command: gunicorn.*\n/m, "    title: Production server\n"))).toBe(
      "content/labs/first-load/lab.yaml: sides.production.command is missing. " +
        "Write e.g.: command: gunicorn -w 4 -b 0.0.0.0:8000 app:app",
    );
  });

  it.each([
    ["machine: python", "machine: windows", "machine must be one of python, linux, node. Write e.g.: machine: python"],
    ["users: 10", "users: many", "plans[0].users must be a number. Write e.g.: users: 10"],
    ["users: 10", "users: 0", "plans[0].users must be at least 1. Write e.g.: users: 10"],
    ["path: /io", "path: io", 'plans[1].requests[0].path must start with "/". Write e.g.: path: /'],
    [
      "name: quick",
      "name: A Quick",
      "plans[0].name must be lower case words joined by hyphens. Write e.g.: name: quick",
    ],
    ["files: [app.py, wsgi.py]", "files: []", "files is empty. Write e.g.: files: [app.py, wsgi.py]"],
    ["title: The first load test", "title:", "title is empty. Write e.g.: title: The first load test"],
    ["title: The first load test", 'title: ""', "title is empty. Write e.g.: title: The first load test"],
    ["name: slow", "name: quick", "plans must not use the name of a plan twice"],
    [
      "requests: [{ path: /io }]\n    users: 10",
      "requests: [{ path: /io, number: never-falls }]\n    arrivals: { kind: constant, rate: 9 }",
      "plans[1].requests must not have never-falls without users: those who come by a schedule ask once. " +
        "Write e.g.: requests: [{ path: / }]",
    ],
    [
      "{ path: /io }",
      "{ path: /io, number: rises }",
      "plans[1].requests[0].number must be one of never-falls, never-repeats. Write e.g.: number: never-falls",
    ],
  ])("corrects %s written as %s", (right, wrong, message) => {
    expect(complaint(good.replace(right, wrong))).toContain(`content/labs/first-load/lab.yaml: ${message}`);
  });

  it("reads an exercise with its files, apart from what a page gets", () => {
    const stand = join(folder, "exercises/win-back/solution");
    mkdirSync(stand, { recursive: true });
    writeFileSync(join(stand, "app.py"), "VERSION = 2\n");
    writeFileSync(join(folder, "lab.yaml"), good.replace("    solution:\n", "    solution:\n      files: [app.py]\n"));
    const { definition, exercises } = readLab(folder, root);
    expect(exercises).toMatchObject([
      { start: [], solution: [{ path: "app.py", text: "VERSION = 2\n" }], definition: { name: "win-back" } },
    ]);
    expect(definition).not.toHaveProperty("exercises");
  });

  it.each([
    ["run: { plan: slow,", "run: { plan: sloth,", "exercises[0]: the lab has no plan sloth. It has: quick, slow"],
    [
      "    solution:\n",
      "    solution:\n      files: [apps.py]\n",
      "exercises[0]: apps.py is no file of the lab. It has: files: [app.py, wsgi.py]",
    ],
    ["    solution:\n", "    solution:\n      files: [app.py]\n", "exercises[0].solution.files: app.py is not in"],
    ['command: { matches: "^gunicorn', 'command: { matches: "(gunicorn', "must be a regular expression"],
    ["atLeast: 0.9 }", "}", "needs atLeast or atMost"],
  ])("says what is wrong with an exercise that has %s as %s", (right, wrong, message) => {
    expect(good).toContain(right);
    expect(complaint(good.replace(right, wrong))).toContain(message);
  });

  describe("with a program beside a server", () => {
    const without =
      "title: L\nfiles: [app.py]\nplans: [{ name: a, label: A, requests: [{ path: / }], users: 1, seconds: 2 }]";
    const sides = "sides: { development: { command: a }, production: { command: b, beside: { command: c } } }";
    const exercise = (solution: string, check: string) =>
      `exercises: [{ name: e, title: E, solution: { commands: { ${solution}: d } }, checks: [{ wants: w, hint: h, command: { ${check} matches: d } }] }]`;

    it("reads its command, and calls it a worker if nothing else is said", () => {
      const text = `${without}\n${sides}\n${exercise("productionBeside", "beside: true,")}\n`;
      writeFileSync(join(folder, "lab.yaml"), text);
      const { definition, exercises } = readLab(folder, root);
      expect(definition.sides.production.beside).toEqual({ title: "Worker", command: "c" });
      expect(exercises[0]?.definition.solution.commands).toEqual({ productionBeside: "d" });
    });

    it.each([
      ["developmentBeside", ""],
      ["production", "side: development, beside: true,"],
    ])("misses one that an exercise names: %s %s", (solution, check) => {
      expect(complaint(`${without}\n${sides}\n${exercise(solution, check)}\n`)).toBe(
        "content/labs/first-load/lab.yaml: an exercise names developmentBeside, and no program stands beside that server. Write in sides.development e.g.: beside: { command: huey_consumer tasks.huey }",
      );
    });

    it("has no variant for Node", () => {
      const node = "node: { files: [server.js], commands: { development: a, production: b } }";
      expect(complaint(`${without}\n${sides}\n${node}\n`)).toContain(
        "a lab with a program beside a server (Worker) has no variant for Node. Leave out: node",
      );
    });

    it("names the corrected line of a missing command", () => {
      const wrong = sides.replace("beside: { command: c }", "beside: { title: Queue }");
      expect(complaint(`${without}\n${wrong}\n`)).toContain("command: huey_consumer tasks.huey");
    });
  });

  describe("with a repair", () => {
    const repair = `repair:
  plan: slow
  symptoms:
    - { name: down, report: Nobody answers., lesson: 01-two-servers, hints: [Look.], request: { path: /io } }
    - { name: slow, report: It is slow., lesson: 01-two-servers, hints: [Count.], figures: [{ figure: failed, atMost: 0 }] }
    - { name: dead, report: It stays down., lesson: 01-two-servers, hints: [Kill.], survives: { process: gunicorn } }
  solution: { files: [app.py] }
`;

    beforeEach(() => {
      mkdirSync(join(folder, "repair/solution"), { recursive: true });
      writeFileSync(join(folder, "repair/solution/app.py"), "VERSION = 2\n");
    });

    it("reads it, apart from what a page gets", () => {
      writeFileSync(join(folder, "lab.yaml"), good + repair);
      const lab = readLab(folder, root);
      expect(lab.repair).toMatchObject({
        definition: { symptoms: [{ request: { status: 200 } }, {}, { survives: { side: "production", path: "/" } }] },
        solution: [{ path: "app.py", text: "VERSION = 2\n" }],
      });
      expect(lab.definition).not.toHaveProperty("repair");
    });

    it.each([
      ["plan: slow", "plan: sloth", "repair: the lab has no plan sloth. It has: quick, slow"],
      ["[app.py] }", "[apps.py] }", "repair: apps.py is no file of the lab"],
      ["[app.py] }", "[wsgi.py] }", "repair.solution.files: wsgi.py is not in the folder"],
      ["files: [app.py]", "files: []", "repair.solution must change a file or a command"],
      ["hints: [Kill.]", "hints: []", "repair.symptoms[2].hints is empty. Write e.g.: hints: ["],
      ["name: slow", "name: down", "repair.symptoms must not use the name of a symptom twice"],
      [", request: { path: /io }", "", "repair.symptoms[0] needs exactly one of request, figures and survives"],
      ["failed, atMost: 0", "failed", "repair.symptoms[1].figures[0] needs atLeast or atMost"],
    ])("says what is wrong where %s is written as %s", (right, wrong, message) => {
      expect(repair).toContain(right);
      expect(complaint(good + repair.replace(right, wrong))).toContain(`content/labs/first-load/lab.yaml: ${message}`);
    });
  });

  it("takes a general plan, and what the lab says instead", () => {
    writeFileSync(join(folder, "lab.yaml"), good);
    const plans = new Map(readLab(folder, root).definition.plans.map((plan) => [plan.name, plan]));
    expect(plans.get("rush-hour")).toMatchObject({
      label: "Rush hour",
      arrivals: { kind: "ramp", from: 5, to: 60 },
      requests: [{ path: "/io" }],
    });
    expect(plans.get("ten-readers")).toMatchObject({ users: 10, thinkTime: 0.5, requests: [{ path: "/" }] });
    const own = good.replace("- use: ten-readers", "- { use: ten-readers, arrivals: { kind: constant, rate: 5 } }");
    writeFileSync(join(folder, "lab.yaml"), own);
    const changed = readLab(folder, root).definition.plans.find(({ name }) => name === "ten-readers");
    expect([changed?.users, changed?.thinkTime, changed?.arrivals]).toEqual([
      undefined,
      undefined,
      { kind: "constant", rate: 5 },
    ]);
  });

  it.each([
    [
      "- use: ten-readers",
      "- use: twelve-readers",
      "plans[3].use must be one of ten-readers, rush-hour, one-slow-page, a-burst, impatient-readers. Write e.g.: use: rush-hour",
    ],
    [
      "    users: 10\n",
      "    arrivals: { kind: flood, rate: 5 }\n",
      "plans[0].arrivals.kind must be one of constant, poisson, ramp, steps, burst. Write e.g.: arrivals: { kind: constant, rate: 20 }",
    ],
    [
      "    users: 10\n",
      "    arrivals: { kind: ramp, rate: 5 }\n",
      "plans[0].arrivals.rate is not a field. The fields are: kind, from, to, connections",
    ],
    [
      "    users: 10\n",
      "    arrivals: { kind: constant, rate: 50000 }\n",
      "plans[0].arrivals.rate must be at most 5000. Write e.g.: arrivals: { kind: constant, rate: 20 }",
    ],
    ["    users: 10\n", "", "plans[0] must have either users or arrivals"],
    ["    users: 10\n", "    users: 10\n    warmup: 6\n", "plans[0].warmup must be shorter than seconds"],
  ])("corrects a plan: %s written as %s", (right, wrong, message) => {
    expect(complaint(good.replace(right, wrong)).split("\n")).toContainEqual(
      expect.stringContaining(`content/labs/first-load/lab.yaml: ${message}`),
    );
    if (wrong.includes("twelve")) expect(complaint(good.replace(right, wrong)).split("\n")).toHaveLength(1);
  });

  it("says all that is wrong at once", () => {
    expect(complaint("title: Nothing else\n").split("\n")).toHaveLength(3);
  });

  it("names the fields that an unknown one could have been", () => {
    expect(complaint(good.replace("controls:", "control:"))).toBe(
      "content/labs/first-load/lab.yaml: control is not a field. " +
        "The fields are: title, machine, situation, files, watches, prepare, sides, node, plans, controls, settings, shows, memory, paths, exercises, repair",
    );
  });

  it("asks for a version where a new one is to be deployed", () => {
    writeFileSync(join(folder, "app.py"), "app = None\n");
    expect(complaint(good)).toBe(
      "content/labs/first-load/lab.yaml: controls: deploy raises the version of the app, and no file has one. " +
        "Write in one of them e.g.: VERSION = 1",
    );
  });

  it("names a file that is not there", () => {
    expect(complaint(good.replace("[app.py, wsgi.py]", "[app.py, nginx.conf]"))).toBe(
      "content/labs/first-load/lab.yaml: files: nginx.conf is not in the folder. Write e.g.: files: [app.py, wsgi.py]",
    );
  });

  it("passes on where YAML itself is wrong", () => {
    expect(complaint(`${good}\n  : [`)).toMatch(/^content\/labs\/first-load\/lab\.yaml: .* at line \d+/);
  });
});
