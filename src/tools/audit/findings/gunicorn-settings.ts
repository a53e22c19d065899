/** What gunicorn's settings mean for production, wherever they were written: command line, `gunicorn.conf.py`. */
import { isAddress, isForEverybody, isUnixSocket } from "./addresses.ts";
import type { Finding, Place } from "./finding.ts";
import { nearestName } from "./nearest-name.ts";
import { isRefused } from "./refused-values.ts";
import { givesKeyAway } from "./secrets.ts";

/** A setting and its value. */
export interface Setting extends Place {
  /** As gunicorn calls it: `workers`, `forwarded_allow_ips`. */
  readonly name: string;
  /**
   * The value as text (`True` for a switch that is on), or `undefined` where it is not known before the file runs. Of a
   * list, its texts with commas.
   */
  readonly value: string | undefined;
  /** Parts of the value are put in when the server starts; they stand as `$`. */
  readonly expands: boolean;
}

const off: ReadonlySet<string> = new Set(["False", "false", "0", "None", ""]);

/** The names of gunicorn's own workers: `SUPPORTED_WORKERS` of 27. */
const workerClasses = ["sync", "gthread", "gevent", "gevent_wsgi", "gevent_pywsgi", "tornado", "asgi"];

/** Settings that stand beside one another, as the rules ask for them. */
interface Settings {
  readonly all: readonly Setting[];
  /** The last of a name, which is the one that counts. */
  last(name: string): Setting | undefined;
  /** The last of a name, if it is switched on. */
  isOn(name: string): Setting | undefined;
}

/** One rule: what it finds, and where. */
type SettingsRule = (
  settings: Settings,
) => readonly (readonly [rule: Finding["rule"], place: Setting | undefined, about?: string | undefined])[];

const rules: readonly SettingsRule[] = [
  ({ last }) => {
    const timeout = last("timeout");
    return timeout?.value !== undefined && timeout.value !== "" && Number(timeout.value) === 0
      ? [["no-time-out", timeout]]
      : [];
  },
  ({ isOn }) => [
    ["reload-in-production", isOn("reload")],
    ["traces-every-line", isOn("spew")],
    ["preload-keeps-old-code", isOn("preload_app")],
    ["nobody-watches", isOn("daemon"), ""],
  ],
  ({ all, last }) => {
    const trusted = last("forwarded_allow_ips");
    const binds = all.filter(({ name }) => name === "bind");
    // An address that is not known may be any.
    const onlyUnix =
      binds.length > 0 && binds.every(({ value }) => value !== undefined && addressesOf(value).every(isUnixSocket));
    const all0 = trusted?.value?.split(",").some((each) => /^(?:\*|0\.0\.0\.0\/0|::\/0)$/.test(each.trim()));
    return all0 && !onlyUnix ? [["trusts-every-proxy", trusted]] : [];
  },
  ({ last }) => {
    const line = last("limit_request_line");
    return line?.value !== undefined && line.value !== "" && Number(line.value) === 0
      ? [["no-limit-of-request-line", line]]
      : [];
  },
  ({ last }) => {
    const user = last("user");
    return user?.value === "root" || user?.value === "0" ? [["runs-as-root", user]] : [];
  },
  ({ all }) =>
    all
      .filter(({ name }) => name === "bind")
      .flatMap((bind) => {
        const addresses = addressesOf(bind.value ?? "");
        const open = addresses.find(isForEverybody);
        const wrong = bind.value === undefined ? undefined : addresses.find((each) => !isAddress(each, bind.expands));
        return [
          ["everybody-can-connect", open === undefined ? undefined : bind, open],
          ["not-an-address", wrong === undefined ? undefined : bind, wrong],
        ] as const;
      }),
  ({ last }) => {
    const worker = last("worker_class");
    const { value = "" } = worker ?? {};
    if (value === "" || value.includes("$") || /[.:#]/.test(value)) {
      return /uvicorn|hypercorn|asgi/i.test(value) ? [["worker-speaks-asgi", worker]] : [];
    }
    if (value === "asgi") return [["worker-speaks-asgi", worker]];
    if (workerClasses.includes(value)) return [];
    const meant = nearestName(value, workerClasses);
    return [["unknown-worker", worker, meant === undefined ? value : `${value} (${meant}?)`]];
  },
  ({ all }) =>
    all.flatMap((setting) => {
      const { name, value, expands } = setting;
      const refused = value !== undefined && !(expands && value.includes("$")) && isRefused(name, value);
      return refused ? [["refused-value", setting, `${name} = ${value}`] as const] : [];
    }),
  ({ all }) =>
    all
      .filter(({ name, value }) => name === "raw_env" && value !== undefined)
      .flatMap((setting) =>
        (setting.value ?? "").split(",").flatMap((each) => {
          const [, name = "", value = ""] = /^\s*(\w+)=([\s\S]*)$/.exec(each) ?? [];
          return givesKeyAway(name, value) ? [["secret-in-file", setting, name] as const] : [];
        }),
      ),
  ({ last }) => {
    const threads = last("threads");
    const worker = last("worker_class");
    const workers = last("workers");
    // Workers of other kinds do not look at the number of threads: `worker_class` of gunicorn's `config.py`.
    const threaded = worker?.value === undefined || ["", "sync", "gthread"].includes(worker.value);
    const many = threaded && threads !== undefined && threads.value !== "1";
    if (many || worker?.value === "gthread") {
      return [["threads-outlive-the-time-out", many ? threads : worker, many ? threads.value : worker?.value]];
    }
    const oneByOne = worker === undefined || worker.value === "sync";
    return workers?.value === "1" && oneByOne ? [["one-at-a-time", workers]] : [];
  },
];

function addressesOf(value: string): readonly string[] {
  return value
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

/** What there is to say of settings that stand beside one another. */
export function findInSettings(all: readonly Setting[]): Finding[] {
  const last = (name: string) => all.findLast((setting) => setting.name === name);
  const isOn = (name: string) => {
    const setting = last(name);
    const said = setting?.value;
    return said !== undefined && !said.includes("$") && !off.has(said) ? setting : undefined;
  };
  const settings: Settings = { all, last, isOn };
  return rules.flatMap((look) =>
    look(settings).flatMap(([rule, place, about = place?.value ?? ""]) =>
      place === undefined ? [] : [{ rule, about, from: place.from, to: place.to }],
    ),
  );
}
