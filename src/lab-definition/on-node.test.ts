import { describe, expect, it } from "vitest";
import { onNode } from "./on-node.ts";
import { labSchema } from "./schema.ts";

const plan = (name: string, label: string) => ({ name, label, requests: [{ path: "/" }], users: 1, seconds: 1 });
const predict = { question: "Which side?" };
const node = { files: ["server.js"], commands: { development: "node server.js", production: "node cluster.js" } };
const lab = (variant?: object) =>
  labSchema.parse({
    title: "A lab",
    machine: "linux",
    situation: "nginx-and-gunicorn",
    files: ["app.py"],
    sides: { development: { title: "Threads", command: "flask run" }, production: { command: "gunicorn app" } },
    plans: [{ ...plan("quick", "Quick"), predict }, plan("slow", "Slow")],
    ...(variant && { node: variant }),
  });

describe("onNode", () => {
  it("takes files and commands of the variant, and all else of the lab", () => {
    const written = lab(node);
    const { machine, situation, files, sides, plans } = onNode(written);
    expect({ machine, situation, files }).toEqual({ machine: "node", situation: undefined, files: ["server.js"] });
    expect(sides).toEqual({
      development: { title: "Threads", command: "node server.js" },
      production: { title: "Production server", command: "node cluster.js" },
    });
    expect(plans).toEqual(written.plans);
  });

  it("leaves a lab without a variant as it is", () => {
    const written = lab();
    expect(onNode(written)).toBe(written);
  });

  it("calls the sides as the variant does, and then asks nothing that is about the lab's own", () => {
    const { sides, plans } = onNode(lab({ ...node, titles: { development: "One process", production: "A cluster" } }));
    expect([sides.development.title, sides.production.title]).toEqual(["One process", "A cluster"]);
    expect(plans.map((each) => each.predict)).toEqual([undefined, undefined]);
  });

  it("puts a plan of the variant in the place of the lab's of that name, or after them", () => {
    const own = [plan("blocks", "A loop"), { ...plan("slow", "Slower"), predict }];
    const { plans } = onNode(lab({ ...node, titles: { development: "One", production: "Two" }, plans: own }));
    expect(plans.map(({ label }) => label)).toEqual(["Quick", "Slower", "A loop"]);
    expect(plans.map((each) => each.predict?.question)).toEqual([undefined, "Which side?", undefined]);
  });
});
