/** What gunicorn's settings mean for production, wherever they were written: command line, `gunicorn.conf.py`. */
import { isForEverybody, isUnixSocket } from "./addresses.ts";
import type { Finding, Place } from "./finding.ts";

/** A setting and its value. */
export interface Setting extends Place {
  /** As gunicorn calls it: `workers`, `forwarded_allow_ips`. */
  readonly name: string;
  /**
   * The value as text (`True` for a switch that is on), or `undefined` where it is not known before the file runs. Of a
   * list, its texts with commas.
   */
  readonly value: string | undefined;
}

const off: ReadonlySet<string> = new Set(["False", "false", "0", "None", ""]);

/** What there is to say of settings that stand beside one another. */
export function findInSettings(settings: readonly Setting[]): Finding[] {
  const last = (name: string) => settings.findLast((setting) => setting.name === name);
  const isOn = (name: string) => {
    const setting = last(name);
    return setting?.value !== undefined && !off.has(setting.value) ? setting : undefined;
  };
  const binds = settings.filter(({ name }) => name === "bind");
  const addresses = binds.map(({ value }) => value?.split(",").map((each) => each.trim()));
  const onlyUnix = binds.length > 0 && addresses.every((each) => each?.every(isUnixSocket) ?? true);
  const findings: Finding[] = [];
  const add = (rule: Finding["rule"], setting: Setting | undefined, about = setting?.value ?? "") => {
    if (setting !== undefined) findings.push({ rule, about, from: setting.from, to: setting.to });
  };

  const timeout = last("timeout");
  if (timeout?.value !== undefined && Number(timeout.value) === 0) add("no-time-out", timeout);
  add("reload-in-production", isOn("reload"));
  add("traces-every-line", isOn("spew"));
  const trusted = last("forwarded_allow_ips");
  if (trusted?.value?.trim() === "*" && !onlyUnix) add("trusts-every-proxy", trusted);
  const line = last("limit_request_line");
  if (line?.value !== undefined && Number(line.value) === 0) add("no-limit-of-request-line", line);
  const user = last("user");
  if (user?.value === "root" || user?.value === "0") add("runs-as-root", user);
  add("preload-keeps-old-code", isOn("preload_app"));
  add("nobody-watches", isOn("daemon"));
  for (const [index, bind] of binds.entries()) {
    const open = addresses[index]?.find(isForEverybody);
    if (open !== undefined) add("everybody-can-connect", bind, open);
  }

  const threads = last("threads");
  const worker = last("worker_class");
  const workers = last("workers");
  const many = threads !== undefined && threads.value !== "1";
  if (many || worker?.value === "gthread") add("threads-outlive-the-time-out", many ? threads : worker);
  else if (workers?.value === "1" && (worker === undefined || worker.value === "sync")) {
    add("one-at-a-time", workers);
  }
  return findings;
}
