/** The local time of C code on the published CPython, in the zone that a process has chosen. */
import { execFileSync } from "node:child_process";
import { loadPyodide } from "pyodide";
import { expect, test } from "vitest";
import { LocalTime } from "./local-time.ts";

const source = `
import time, datetime
def told(moment):
    local = time.localtime(moment)
    return [*local, local.tm_gmtoff, local.tm_zone, time.mktime(local), time.strftime("%Z %z", local),
        str(datetime.datetime.fromtimestamp(moment, datetime.UTC if hasattr(datetime, "UTC") else None).astimezone())]
times = [0, 1768478400, 1772953199, 1772953200, 1784116800, 1793511000, 1793514600, 1793518200, 4102444800]
dates = [(2026, 3, 8, 2, 30, 0, 0, 0, -1), (2026, 7, 45, 30, -5, 0, 0, 0, -1), (2026, 1, 1, 0, 0, 0, 0, 0, 1)]
result = repr([told(moment) for moment in times] + [time.mktime(date) for date in dates])
`;

test("it is as natively", async () => {
  const localTime = new LocalTime();
  const { instantiate } = WebAssembly;
  Object.assign(WebAssembly, {
    instantiate: async (bytes: BufferSource, imports: WebAssembly.Imports) => {
      localTime.install(imports);
      const made = await instantiate(bytes, imports);
      localTime.attach(made.instance);
      return made;
    },
  });
  const pyodide = await loadPyodide().finally(() => Object.assign(WebAssembly, { instantiate }));
  for (const zone of [
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Sydney",
    "EST5EDT4,M3.2.0,M11.1.0",
  ]) {
    localTime.choose(zone);
    const ours: unknown = pyodide.runPython(`${source}\nresult`);
    const theirs = execFileSync("python3", ["-c", `${source}\nprint(result)`], { env: { ...process.env, TZ: zone } });
    expect(`${zone}: ${ours}`).toBe(`${zone}: ${theirs.toString().trim()}`);
  }
}, 60_000);
