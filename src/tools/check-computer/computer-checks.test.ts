import { afterEach, describe, expect, it, vi } from "vitest";
import { type Machine, MachineError, type MachineKind } from "../../machine/machine.ts";
import { ObservableValue } from "../../machine/observable-value.ts";
import { checkReport, mailWith } from "./check-report.ts";
import { type CheckedState, computerChecks, verdictOf } from "./computer-checks.ts";

const siteRoot = new URL("https://course.example/two-servers/");

/** A machine whose only server answers with this status, or never begins to listen. */
function machineWith(kind: MachineKind, status: number | undefined): Machine {
  const ports = new ObservableValue<readonly number[]>(status === undefined ? [] : [5000]);
  const host = {
    writeFile: async () => {},
    spawn: async () => ({}),
    ports,
    request: async () => ({ status }),
    stop: async () => {},
  };
  return { kind, host: async () => host, dispose: vi.fn() } as unknown as Machine;
}

async function results(open: (kind: MachineKind) => Promise<Machine>): Promise<Map<string, CheckedState>> {
  const found = new Map<string, CheckedState>();
  for (const { name, run } of computerChecks({ siteRoot, open })) found.set(name, await run());
  return found;
}

/** A host that has the machine's parts, or answers everything with this status. */
function host(status = 200) {
  vi.stubGlobal("fetch", async (input: URL) => {
    if (status !== 200) return new Response("", { status, statusText: "Not Found" });
    if (input.pathname.endsWith("manifest.json")) {
      return Response.json({ parts: { "pyodide.asm.wasm": { file: "pyodide.bin" } } });
    }
    return new Response(new Uint8Array(3_000_000));
  });
}

describe("what a computer can do", () => {
  afterEach(() => void vi.unstubAllGlobals());

  it("says what works, and disposes of each machine", async () => {
    host();
    const opened: Machine[] = [];
    const found = await results(async (kind) => {
      opened.push(machineWith(kind, 200));
      return opened.at(-1) as Machine;
    });
    expect(found.get("Python labs")?.finding).toBe("works");
    expect(found.get("Linux labs")?.finding).toBe("works");
    expect(found.get("The network to this site")).toMatchObject({ finding: "works", detail: /^3\.0 MB in / });
    for (const { dispose } of opened) expect(dispose).toHaveBeenCalledOnce();
  });

  it("goes on after what does not work, and says why and what to do", async () => {
    host(404);
    const found = await results(async (kind) => {
      if (kind === "linux") throw new MachineError("image-missing", { message: "No image.", remedy: "Make it." });
      return machineWith(kind, 500);
    });
    expect(found.get("The network to this site")).toEqual({
      finding: "does not",
      detail: "/two-servers/machine/python/manifest.json: 404 Not Found",
    });
    expect(found.get("Python labs")).toEqual({
      finding: "does not",
      detail: "The server answered with status 500.",
    });
    expect(found.get("Linux labs")).toEqual({ finding: "not here", detail: "No image." });
  });

  it("names what a machine needs that does not open", async () => {
    host();
    const refused = new MachineError("no-jspi", { message: "It cannot wait.", remedy: "Take another browser." });
    const found = await results(() => Promise.reject(refused));
    expect(found.get("Python labs")).toEqual({
      finding: "does not",
      detail: "It cannot wait. Take another browser.",
    });
  });

  it("gives the worst as the verdict; what this site does not offer is no fault of the computer", () => {
    const each = (...findings: readonly CheckedState["finding"][]) =>
      verdictOf(findings.map((finding) => ({ finding, detail: "" })));
    expect(each("works", "not here")).toBe("works");
    expect(each("works", "slow")).toBe("slow");
    expect(each("slow", "does not", "works")).toBe("does not");
  });

  it("writes a report that a mail can carry", () => {
    const rows = [{ name: "Python labs", finding: "works", detail: "Open after 2.0 s." }] as const;
    const where = { browser: "Browser 1", site: siteRoot.href, when: new Date("2026-11-30T10:00:00Z") };
    const report = checkReport(rows, where);
    expect(report).toContain("Python labs: works. Open after 2.0 s.\n");
    expect(report).toContain("2026-11-30 10:00 UTC");
    const { search } = new URL(mailWith(report));
    expect(new URLSearchParams(search).get("body")).toBe(report.replaceAll("\n", "\r\n"));
  });
});
