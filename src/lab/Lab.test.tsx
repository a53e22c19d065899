// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keptName } from "../kept-names.ts";
import { MachineError } from "../machine/machine.ts";
import { siteRootMetaName } from "../site-root.ts";
import { Lab } from "./Lab.tsx";
import type { OpenMachine } from "./session/machine-lifecycle.ts";
import { everythingName } from "./session/shown-parts.ts";
import { firstLab as definition } from "./testing/first-lab.ts";
import { type ProgramLife, ScriptedMachine } from "./testing/scripted-machine.ts";

vi.mock("./view/panes/terminal-screen.ts", () => ({
  TerminalScreen: class {
    show() {}
    fit() {}
    dispose() {}
  },
}));

const flask = ({ pid, set, listen }: ProgramLife) => {
  set(pid, { state: "waiting" });
  listen(5000);
};
const gunicorn = ({ pid, set, listen, fork }: ProgramLife) => {
  set(pid, { state: "waiting" });
  listen(8000);
  for (const _ of [1, 2]) set(fork("worker"), { state: "waiting" });
};

let machines: ScriptedMachine[] = [];
const openDouble: OpenMachine = async () => {
  const machine = new ScriptedMachine({ flask, gunicorn });
  machines.push(machine);
  return machine;
};

function element(selector: string, within: ParentNode = document): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`There is no ${selector} in ${document.body.innerHTML}`);
  return found;
}
function button(name: string, within: ParentNode = document): HTMLElement {
  const found = [...within.querySelectorAll<HTMLElement>("button")].find(
    (each) => (each.getAttribute("aria-label") ?? each.textContent?.trim()) === name,
  );
  if (found === undefined) throw new Error(`There is no button "${name}"`);
  return found;
}
const region = (name: string) => element(`section[aria-label="${name}"]`);
/** Long enough for Preact to run effects, which wait for a frame, also on a busy computer. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 150));
async function press(name: string, within?: ParentNode): Promise<void> {
  button(name, within).click();
  await settle();
}

function show(open: OpenMachine = openDouble): void {
  render(
    <Lab name="first-load" definition={definition} files={[{ path: "app.py", text: "app = 1\n" }]} open={open} />,
    document.body,
  );
}

beforeEach(() => {
  machines = [];
  document.head.innerHTML = `<meta name="${siteRootMetaName}" content="/">`;
});
afterEach(() => {
  render(null, document.body);
  localStorage.clear();
  sessionStorage.clear();
});

describe("a lab before its first run", () => {
  const has = (name: string) =>
    [...document.querySelectorAll("button")].some(({ textContent }) => textContent === name);

  it("shows commands, lanes, plans, and few things to press; the rest comes with the first start", async () => {
    show();
    await settle();
    const pressed = document.querySelectorAll("button, input, textarea, summary, a[href]");
    expect(pressed.length).toBeLessThanOrEqual(12);
    expect(document.querySelector("[role=tab]")).toBeNull();
    await press("Start both servers");
    expect(element("[role=tab]", region("Development server")).textContent).toBe("Terminal");
    expect(has("Reset")).toBe(true);
    expect(document.querySelector('button[aria-label^="Kill"]')).toBeNull();
    await press("Faults");
    button("Kill worker 42", region("Production server"));
    expect(has("Faults")).toBe(false);
    expect(has("Show everything")).toBe(true);
    await press("Requests by hand");
    // It has no settings: nothing is left to show.
    expect(has("Show everything")).toBe(false);
  });

  it("runs a load test with one press: servers start, then they are asked", async () => {
    show();
    await settle();
    await press("Run load test");
    await vi.waitFor(async () => {
      expect((await machines[0]?.host("development"))?.runs).toHaveLength(1);
    });
    button("Stop load test");
  });

  it("stays what a run needs on a page that says so, with one plan where there is room for no more", async () => {
    const { dataset } = document.documentElement;
    const plans = () => [...document.querySelectorAll('[role="radiogroup"] input')].length;
    try {
      dataset["labExtent"] = "run";
      show();
      await press("Start both servers");
      await vi.waitFor(() => expect(region("Production server").textContent).toContain("with 2 workers"));
      expect(document.querySelector("[role=tab], .lab-more, .lab-charts, .lab-trust")).toBeNull();
      expect(["Start both servers", "Run load test"].every(has)).toBe(true);
      expect(["Stop both servers", "Reset", "Share", "Restart"].some(has)).toBe(false);
      expect(plans()).toBe(definition.plans.filter(({ use }) => use === undefined).length);
      render(null, document.body);
      dataset["labExtent"] = "plan";
      show();
      await settle();
      expect(plans()).toBe(1);
    } finally {
      delete dataset["labExtent"];
    }
  });

  it("asks nobody whose start was stopped", async () => {
    show(() => new Promise(() => {}));
    await settle();
    await press("Run load test");
    button("Stop load test");
    await press("Stop both servers");
    button("Run load test");
    expect(region("Load test").textContent).not.toContain("listen");
  });

  it("shows everything at once to who wants that, and remembers it", async () => {
    show();
    await settle();
    await press("Show everything");
    expect(has("Reset")).toBe(true);
    render(null, document.body);
    show();
    await settle();
    expect(has("Reset")).toBe(true);
    await press("Show only what is needed");
    expect(has("Reset")).toBe(false);
  });
});

describe("Lab", () => {
  beforeEach(() => {
    localStorage.setItem(keptName(everythingName, new URL("http://localhost/")), "yes");
  });

  it("has the names that notes and tests rely on, and starts nothing by itself", async () => {
    show();
    await settle();
    const lab = region("Lab: The first load test");
    for (const name of ["Start both servers", "Stop both servers", "Run load test", "Reset"]) button(name, lab);
    for (const side of ["Development server", "Production server"]) {
      element('textarea[aria-label="Command"]', region(side));
      expect(element("[role=tab]", region(side)).textContent).toBe("Terminal");
      expect(element("h4", region(side)).textContent).toBe("Workers");
    }
    element('[role=radiogroup][aria-label="Plan"]', region("Load test"));
    expect(machines).toEqual([]);
  });

  it("starts both servers with one click, and lists their workers", async () => {
    show();
    await press("Start both servers");
    await vi.waitFor(() => {
      expect(region("Development server").textContent).toContain("Running on port 5000.");
      expect(region("Production server").textContent).toContain("Running on port 8000 with 2 workers.");
    });
    await vi.waitFor(() =>
      expect(region("Production server").querySelectorAll("ul.lab-worker-list > li").length).toBe(2),
    );
    button("Kill worker 42", region("Production server"));
    button("Kill main process 41", region("Production server"));
    expect(button("Start both servers").getAttribute("aria-disabled")).toBe("true");
    await press("Stop both servers");
    await vi.waitFor(() => expect(region("Production server").textContent).toContain("Stopped."));
  });

  it("shows the memory of a side where the lab asks for it", async () => {
    const withMemory: OpenMachine = async () => {
      const machine = new ScriptedMachine({
        flask: ({ pid, set, listen }) => {
          set(pid, { state: "waiting", memory: 40_000_000 });
          listen(5000);
        },
        gunicorn: ({ pid, set, listen, fork }) => {
          set(pid, { state: "waiting", memory: 40_000_000 });
          listen(8000);
          for (const _ of [1, 2]) set(fork("worker"), { state: "waiting", memory: 50_000_000 });
        },
      });
      machines.push(machine);
      return machine;
    };
    const open = async (memory: boolean | undefined) => {
      const shown = { ...definition, ...(memory === undefined ? {} : { memory }) };
      render(
        <Lab name="memory" definition={shown} files={[{ path: "app.py", text: "app = 1\n" }]} open={withMemory} />,
        document.body,
      );
      await press("Start both servers");
      await settle();
    };
    await open(true);
    await vi.waitFor(() => expect(region("Production server").textContent).toMatch(/memory 140\sMB/));
    expect(region("Development server").textContent).toMatch(/memory 40\sMB/);
    render(null, document.body);
    await open(undefined);
    await vi.waitFor(() => expect(region("Production server").textContent).toContain("with 2 workers"));
    expect(region("Production server").textContent).not.toContain("memory 140");
  });

  it("says that a killed development server is gone", async () => {
    show();
    await press("Start both servers");
    await press("Kill worker 41", region("Development server"));
    expect(region("Development server").textContent).toContain("ended by SIGKILL");
    await press("Run load test");
    expect(region("Load test").textContent).toContain("The development server does not listen on a port");
    await press("Start what is missing");
    expect(region("Development server").textContent).toContain("Running on port 5000.");
    expect(region("Load test").textContent).not.toContain("does not listen");
  });

  it("runs a load test and says what came of it", async () => {
    show();
    await press("Start both servers");
    await press("Run load test");
    button("Stop load test");
    const [left, right] = [await machines[0]?.host("development"), await machines[0]?.host("production")];
    left?.runs[0]?.finish({ done: 726, achievedRate: 121, latency: { count: 726, p50: 78.8, p95: 101, p99: 103 } });
    await settle();
    right?.runs[0]?.finish({ done: 90, failed: { reset: 2 }, achievedRate: 15, latency: { count: 90, p50: 600 } });
    await settle();
    const table = element('table[aria-label="Load test results"]');
    const text = [...table.querySelectorAll("tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim()),
    );
    expect(text).toEqual([
      ["Measure", "Development server", "Production server"],
      ["Requests per second", "121\u00a0/s", "15\u00a0/s"],
      ["Median latency", "78.8\u00a0ms", "600\u00a0ms"],
      ["95th percentile", "101\u00a0ms", "— (no figure: too few answers)"],
      ["99th percentile", "103\u00a0ms", "— (no figure: too few answers)"],
      ["Errors", "0", "2"],
    ]);
    expect(element(".lab-sentence").textContent).toContain("answered 8.1 times as many requests per second");
    button("Run load test");
  });

  it("has the side on screen that a run has come to, unless the reader chooses or works in another", async () => {
    show();
    await press("Start both servers");
    const onScreen = () => element('.lab-side[data-shown="true"]').getAttribute("aria-label");
    const runs = async () =>
      Promise.all((["development", "production"] as const).map(async (side) => (await machines[0]?.host(side))?.runs));
    const endsAt = async (side: 0 | 1) => {
      (await runs())[side]?.at(-1)?.finish({ done: 90, achievedRate: 15, latency: { count: 90, p50: 600 } });
      await settle();
    };
    await press("Production server", element(".lab-side-switch"));
    await press("Run load test");
    expect(onScreen()).toBe("Development server");
    await endsAt(0);
    expect(onScreen()).toBe("Production server");
    await endsAt(1);
    expect(onScreen()).toBe("Production server");

    await press("Run load test");
    await press("Development server", element(".lab-side-switch"));
    await endsAt(0);
    expect(onScreen()).toBe("Development server");
    await endsAt(1);

    await press("Run load test");
    region("Development server").querySelector("textarea")?.focus();
    await endsAt(0);
    expect(onScreen()).toBe("Development server");
    await endsAt(1);
  });

  it("shows why a machine did not open, and tries again without losing what was typed", async () => {
    let fails = true;
    show(async (...options) => {
      if (fails)
        throw new MachineError("no-jspi", {
          message: "This browser cannot pause Python.",
          remedy: "Use Chrome 137 or newer.",
        });
      return openDouble(...options);
    });
    const command = region("Production server").querySelector("textarea");
    if (command === null) throw new Error("There is no command line");
    command.value = "gunicorn -w 1 app:app";
    command.dispatchEvent(new Event("input", { bubbles: true }));
    await press("Start both servers");
    expect(element("[role=alert]").textContent).toContain("This browser cannot pause Python.Use Chrome 137 or newer.");
    fails = false;
    await press("Try again");
    expect(element("[role=alert]").textContent).toBe("");
    expect(command.value).toBe("gunicorn -w 1 app:app");
    expect(region("Development server").textContent).toContain("Running on port 5000.");
  });

  it("runs what stands in the command line on Enter, and says what it cannot run", async () => {
    show();
    const command = region("Development server").querySelector("textarea");
    if (command === null) throw new Error("There is no command line");
    const enter = (text: string) => {
      command.value = text;
      command.dispatchEvent(new Event("input", { bubbles: true }));
      command.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    };
    enter("flask run > log");
    await settle();
    expect(region("Development server").textContent).toContain("> has no meaning");
    expect(machines).toEqual([]);
    enter("nothing-like-it");
    await settle();
    await settle();
    expect(region("Development server").textContent).toContain("exited with code 127");
    expect(region("Production server").textContent).toContain("Not started.");
  });

  it("ends its machine when it goes away", async () => {
    show();
    await press("Start both servers");
    render(null, document.body);
    await settle();
    expect(machines[0]?.disposed).toBe(true);
  });
});
