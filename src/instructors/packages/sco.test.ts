import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const script = readFileSync("src/instructors/packages/sco.js", "utf8");
const address = "https://course.example/two-servers/embed/assignment/?report=scorm#a=1.x";
const origin = "https://course.example";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A course system's interface of SCORM 1.2 or 2004, as far as the page calls it. */
class Interface {
  readonly values: Map<string, string>;
  readonly calls: string[] = [];
  answer = "true";

  constructor(values: Readonly<Record<string, string>> = {}) {
    this.values = new Map(Object.entries(values));
  }

  /** Under the names of the version. */
  get functions(): Readonly<Record<string, unknown>> {
    const call = (name: string) => {
      this.calls.push(name);
      return this.answer;
    };
    const get = (name: string) => this.values.get(name) ?? "";
    const set = (name: string, value: string) => {
      this.calls.push(`${name}=${value}`);
      if (this.answer === "true") this.values.set(name, value);
      return this.answer;
    };
    return {
      ...{ LMSInitialize: () => call("begin"), Initialize: () => call("begin") },
      ...{ LMSGetValue: get, GetValue: get, LMSSetValue: set, SetValue: set },
      ...{ LMSCommit: () => call("keep"), Commit: () => call("keep") },
      ...{ LMSFinish: () => call("end"), Terminate: () => call("end") },
    };
  }
}

interface Place {
  parent?: unknown;
  opener?: unknown;
  [name: string]: unknown;
}

/** The package's page, in a window that the course system made. */
function opened(place: Place) {
  const said = { textContent: "" };
  const frame = { src: address, contentWindow: {} };
  const listeners = new Map<string, (event: unknown) => void>();
  // A window that nothing is around is its own parent: so is that of a file opened from the disk.
  place.parent ??= place;
  runInNewContext(script, {
    window: place,
    document: { getElementById: (id: string) => (id === "said" ? said : frame) },
    addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
    ...{ setTimeout, Date, URL },
  });
  const hear = (event: unknown) => listeners.get("message")?.(event);
  return {
    said,
    hear,
    tell: (done: number, all: number, share: number) =>
      hear({ source: frame.contentWindow, origin, data: { type: "two-servers:progress", done, all, share } }),
    frame,
    leave: () => listeners.get("pagehide")?.({}),
  };
}

describe.each([
  ["1.2", "API", { status: "cmi.core.lesson_status", raw: "cmi.core.score.raw", mode: "cmi.core.lesson_mode" }],
  ["2004", "API_1484_11", { status: "cmi.completion_status", raw: "cmi.score.raw", mode: "cmi.mode" }],
] as const)("a package of SCORM %s", (_, name, names) => {
  it("reports state, score and time", () => {
    const system = new Interface();
    const page = opened({ parent: { parent: undefined, [name]: system.functions } });
    page.tell(0, 2, 0);
    expect(system.values.get(names.status)).toBe("incomplete");
    page.tell(2, 2, 1);
    expect(system.values.get(names.status)).toBe("completed");
    expect(system.values.get(names.raw)).toBe("100");
    vi.advanceTimersByTime(3_723_000);
    page.leave();
    page.leave();
    expect([...system.values.values()]).toContain(name === "API" ? "0001:02:03" : "PT3723S");
    expect(system.calls.filter((call) => call === "end")).toHaveLength(1);
    expect(page.said.textContent).toBe("");
  });

  it("waits for an interface that comes late, and reports what was done meanwhile", () => {
    const around: Place = {};
    const page = opened({ parent: around });
    page.tell(1, 2, 0.5);
    vi.advanceTimersByTime(15_000);
    expect(page.said.textContent).toBe("");
    const system = new Interface();
    around[name] = system.functions;
    vi.advanceTimersByTime(500);
    expect(system.values.get(names.raw)).toBe("50");
  });

  it("takes one that comes later still, and no longer says that there is none", () => {
    const around: Place = {};
    const page = opened({ parent: around });
    page.tell(1, 2, 0.5);
    vi.advanceTimersByTime(60_000);
    expect(page.said.textContent).toContain("nothing is reported");
    const system = new Interface();
    around[name] = system.functions;
    vi.advanceTimersByTime(5_000);
    expect(system.values.get(names.raw)).toBe("50");
    expect(page.said.textContent).toBe("");
  });

  it("looks past windows of other origins, and behind the window that opened it", () => {
    const foreign: Place = {};
    for (const each of ["API", "API_1484_11"]) {
      Object.defineProperty(foreign, each, {
        get: () => {
          throw new Error("SecurityError");
        },
      });
    }
    const system = new Interface();
    const page = opened({ parent: foreign, opener: { parent: { [name]: system.functions } } });
    page.tell(1, 1, 1);
    expect(system.values.get(names.status)).toBe("completed");
  });

  it.each(["refuses", "throws"])("says so where the course system %s", (how) => {
    const system = new Interface();
    const { functions } = system;
    const set = () => {
      if (how === "throws") throw new Error("The session has expired.");
      return "false";
    };
    const page = opened({ parent: { [name]: { ...functions, LMSSetValue: set, SetValue: set } } });
    page.tell(1, 2, 0.5);
    expect(page.said.textContent).toContain("The course system did not take the report.");
    expect(page.leave).not.toThrow();
  });

  it("takes nothing back: on another computer, or where nothing is kept, the student begins anew", () => {
    const system = new Interface({ [names.status]: "completed", [names.raw]: "80" });
    const page = opened({ parent: { [name]: system.functions } });
    page.tell(0, 2, 0);
    expect(system.values.get(names.status)).toBe("completed");
    expect(system.values.get(names.raw)).toBe("80");
    page.tell(2, 2, 1);
    expect(system.values.get(names.raw)).toBe("100");
  });

  it("asks that what it reports is kept for the next time", () => {
    const system = new Interface();
    const page = opened({ parent: { [name]: system.functions } });
    page.tell(1, 2, 0.5);
    page.leave();
    expect(system.values.get(name === "API" ? "cmi.core.exit" : "cmi.exit")).toBe("suspend");
  });

  it.each(["browse", "review"])("writes nothing where somebody only looks: %s", (mode) => {
    const system = new Interface({ [names.mode]: mode });
    const page = opened({ parent: { [name]: system.functions } });
    page.tell(1, 2, 0.5);
    page.leave();
    expect(system.calls).toEqual(["begin", "end"]);
  });

  it("hears the page that it frames, and nobody else; and believes no nonsense", () => {
    const system = new Interface();
    const { hear, frame } = opened({ parent: { [name]: system.functions } });
    const data = { type: "two-servers:progress", done: 1, all: 1, share: 1 };
    const source = frame.contentWindow;
    hear({ source: {}, origin, data });
    hear({ source, origin: "https://elsewhere.example", data });
    for (const wrong of [
      ...[null, "done", 1, { ...data, type: "lti.frameResize" }, { ...data, share: 1.5 }],
      ...[
        { ...data, done: "1" },
        { ...data, all: -1 },
        { ...data, share: Number.NaN },
      ],
    ]) {
      hear({ source, origin, data: wrong });
    }
    expect(system.calls).toEqual(["begin"]);
  });
});

describe("a package without an interface", () => {
  it.each([
    ["opened from the disk", {}],
    ["in a frame of a page that has none", { parent: { parent: undefined } }],
  ])("%s: says that nothing is reported, once it has waited, and lets the student work", (_, place) => {
    const page = opened({ ...place });
    page.tell(1, 2, 0.5);
    vi.advanceTimersByTime(19_000);
    expect(page.said.textContent).toBe("");
    vi.advanceTimersByTime(2_000);
    expect(page.said.textContent).toContain("nothing is reported");
    page.tell(2, 2, 1);
    expect(page.leave).not.toThrow();
  });
});
