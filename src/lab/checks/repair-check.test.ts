import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type RepairDefinition, repairSchema } from "../../lab-definition/repair-schema.ts";
import type { LabDefinition } from "../../lab-definition/schema.ts";
import type { LoadTick } from "../../load/plan.ts";
import { Predictions } from "../runs/predictions.ts";
import { LabSession } from "../session/lab-session.ts";
import { type ProgramLife, type ScriptedHost, ScriptedMachine, ScriptedRun } from "../testing/scripted-machine.ts";
import type { CheckResult } from "./exercise-check.ts";
import { lookAtSite, type RepairEnd } from "./repair-check.ts";

const definition: LabDefinition = {
  title: "A broken lab",
  machine: "python",
  files: ["app.py"],
  sides: {
    development: { title: "Left", command: "server" },
    production: { title: "Right", command: "front", port: 80 },
  },
  plans: [
    { name: "many", label: "Many", requests: [{ path: "/" }], users: 2, seconds: 3, timeout: 10, waitsOnly: true },
  ],
  controls: [],
  paths: { byHand: "/", warm: "/", hang: "/hang", leak: "/leak" },
};
const repair: RepairDefinition = repairSchema.parse({
  plan: "many",
  symptoms: [
    {
      name: "page",
      report: "A page is wrong.",
      hints: ["Look."],
      lesson: "a",
      request: { path: "/page", answer: "right" },
    },
    { name: "many", report: "It is slow.", hints: ["Count."], lesson: "a", figures: [{ figure: "failed", atMost: 0 }] },
    { name: "night", report: "It dies.", hints: ["Kill it."], lesson: "a", survives: { process: "backend" } },
  ],
  solution: { files: ["app.py"] },
});

const tick: LoadTick = {
  at: 1500,
  warmingUp: false,
  done: 1,
  failed: 0,
  failedBy: {},
  dropped: 0,
  inFlight: 0,
  rate: 1,
  offeredRate: 1,
  failureRate: 0,
  latency: { count: 0 },
};

/** What differs between the sites of the tests. */
interface Site {
  readonly page: string;
  readonly failed: number;
  /** What a supervisor does after the backend was killed. */
  readonly afterKill: (life: ProgramLife, host: ScriptedHost) => void;
}

/** Checks a site of the double, whose runs last three seconds. */
async function check({
  page,
  failed,
  afterKill,
}: Site): Promise<{ end: RepairEnd; found: Record<string, CheckResult> }> {
  const server = ({ pid, set, listen }: ProgramLife) => {
    set(pid, { state: "waiting" });
    listen(8000);
  };
  let production: ScriptedHost | undefined;
  const front = (life: ProgramLife) => {
    life.set(life.pid, { state: "waiting" });
    life.set(
      life.fork("backend: master", () => {
        if (production !== undefined) afterKill(life, production);
      }),
      { state: "waiting" },
    );
    // The one behind is first, and is not the one that readers ask.
    life.listen(8000);
    life.listen(80);
  };
  const machine = new ScriptedMachine({ server, front });
  for (const side of ["development", "production"]) {
    const host = await machine.host(side);
    if (side === "production") production = host;
    host.answer = async (port) => ({
      version: "HTTP/1.1",
      status: 200,
      reason: "OK",
      headers: [],
      body: new TextEncoder().encode(port === 80 || side === "development" ? page : "not asked here"),
    });
    host.makeRun = (port, plan) => {
      const run = new ScriptedRun(port, plan);
      setTimeout(() => run.tick(tick), tick.at);
      setTimeout(() => run.finish({ failed: { "5xx": failed } }), 3000);
      return run;
    };
  }
  const session = new LabSession({
    definition,
    files: [{ path: "app.py", text: "app = 1\n" }],
    siteRoot: () => new URL("https://example.org/"),
    predictions: new Predictions("broken"),
    open: async () => machine,
  });
  const found: Record<string, CheckResult> = {};
  const looked = lookAtSite(session, repair, {
    step: () => {},
    found: (symptom, result) => {
      found[symptom] = result;
    },
  });
  await vi.advanceTimersByTimeAsync(200_000);
  return { end: await looked, found };
}

const comesBack: Site["afterKill"] = ({ fork, set }) => {
  setTimeout(() => set(fork("backend: master"), { state: "waiting" }), 9000);
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("lookAtSite", () => {
  it("finds nothing in a site that does under load what readers want, and comes back", async () => {
    const { end, found } = await check({ page: "right", failed: 0, afterKill: comesBack });
    expect(found).toEqual({ page: { kind: "right" }, many: { kind: "right" }, night: { kind: "right" } });
    expect(end).toEqual({ kind: "looked" });
  });

  it("judges each symptom by itself, and says what was seen", async () => {
    const { found } = await check({ page: "left", failed: 2, afterKill: comesBack });
    expect(found).toEqual({
      page: { kind: "wrong", seen: "The answer was: left" },
      many: { kind: "wrong", seen: "The number of failed requests was 2." },
      night: { kind: "right" },
    });
  });

  it("takes no answer of what ran before for one of what runs again, and starts again what stays dead", async () => {
    // Something still answers on the port.
    const { end, found } = await check({ page: "right", failed: 0, afterKill: () => {} });
    expect(found["night"]).toEqual({
      kind: "wrong",
      seen: expect.stringMatching(/^It was killed, and after 20\.\d\ss/),
    });
    expect(found["page"]).toEqual({ kind: "right" });
    expect(end).toEqual({ kind: "started again" });
  });
});
