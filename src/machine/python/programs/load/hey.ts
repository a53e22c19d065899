/** `hey`: asks a server of this computer, and prints what it measured in the shape of hey 0.1.4. */
import { basicCredentials } from "../../../../http/basic-credentials.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import type { LoadFailure, LoadSample } from "./load-connection.ts";
import { type LoadTarget, loadTarget } from "./load-target.ts";
import { requestBytes, withGiven } from "./request-head.ts";
import { type LoadOrder, type LoadToolOutcome, runLoad, tooLarge } from "./run-load.ts";
import { percentile } from "./statistics.ts";
import { ToolArguments, type ToolOptions, ToolUsageError } from "./tool-arguments.ts";

const options: ToolOptions = {
  flags: ["-disable-compression", "-disable-keepalive", "-disable-redirects", "-h", "-help"],
  values: ["-n", "-c", "-q", "-z", "-m", "-t", "-d", "-D", "-H", "-T", "-A", "-a", "-U", "-o", "-host", "-cpus"],
  refused: { "-x": "there is no proxy on this machine", "-h2": "this machine's servers speak no HTTP/2" },
  same: Object.fromEntries(
    ["disable-compression", "disable-keepalive", "disable-redirects", "host", "cpus", "h2", "help"].map((name) => [
      `--${name}`,
      `-${name}`,
    ]),
  ),
};

const usage = `Usage: hey [options...] <url>

Options:
  -n  Number of requests to run. Default is 200.
  -c  Number of workers to run concurrently. Default is 50.
  -q  Rate limit, in queries per second (QPS) per worker. Default is no rate limit.
  -z  Duration of application to send requests, e.g. -z 10s, -z 3m.
  -o  Output type: csv prints the times of each request.
  -m  HTTP method, one of GET, POST, PUT, DELETE, HEAD, OPTIONS.
  -H  Custom HTTP header, as often as you like.
  -t  Timeout for each request in seconds. Default is 20, use 0 for infinite.
  -A  HTTP Accept header.
  -d  HTTP request body.
  -D  HTTP request body from file.
  -T  Content-type, defaults to "text/html".
  -U  User-Agent, defaults to version "hey/0.0.1".
  -a  Basic authentication, username:password.
  -host  HTTP Host header.
  -disable-keepalive    Use a new connection for each request.
`;

const note = "hey: this machine's own, in hey's shape: it shares the processor with the server that it asks\n";

export const hey: NativeProgram = async (system) => {
  let given: ToolArguments;
  try {
    given = new ToolArguments(system.args, options, false);
  } catch (error) {
    if (!(error instanceof ToolUsageError)) throw error;
    await system.write(2, wrongOption(error));
    return 2;
  }
  const [address] = given.operands;
  if (given.has("-h") || given.has("-help") || address === undefined || given.operands.length > 1) {
    await system.write(2, usage);
    return given.has("-h") || given.has("-help") ? 0 : 1;
  }
  const target = loadTarget(system, address);
  if (typeof target === "string") {
    await system.write(2, `${targetTexts[target].replace("URL", address)}\n`);
    return 1;
  }
  const order = orderOf(system, given, target);
  if (typeof order === "string") {
    await system.write(2, `${order}\n\n${usage}`);
    return 1;
  }
  await system.write(2, note);
  const outcome = await runLoad(system, order);
  await system.print(given.value("-o") === "csv" ? asCsv(outcome) : report(outcome, target));
  return 0;
};

const targetTexts = {
  malformed: 'parse "URL": this is no address',
  "not http": "URL: this machine's servers speak HTTP only",
  "unknown host": "URL: there is no network but this computer's own: ask localhost",
} as const;

function wrongOption({ kind, message, option }: ToolUsageError): string {
  if (kind === "refused") return `hey: ${message}\n`;
  if (kind === "no value") return `flag needs an argument: ${option}\n${usage}`;
  return `flag provided but not defined: ${option.replace(/^--/, "-")}\n${usage}`;
}

/** `10s`, `2m`, `1m30s`, `500ms`, in milliseconds; NaN if it is none. */
function duration(text: string): number {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return Number.NaN;
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, number, unit = ""]) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
}

/** What the options come to, or what is wrong with them, in hey's words. */
function orderOf(system: System, given: ToolArguments, target: LoadTarget): LoadOrder | string {
  const number = (name: string, usual: number) => Number(given.value(name) ?? usual);
  const requests = number("-n", 200);
  const clients = number("-c", 50);
  const limit = given.value("-z");
  const rate = number("-q", 0);
  const time = limit === undefined ? Number.POSITIVE_INFINITY : duration(limit);
  for (const name of ["-n", "-c", "-t"]) {
    if (!Number.isInteger(number(name, 1))) return `invalid value "${given.value(name)}" for flag ${name}: parse error`;
  }
  if (Number.isNaN(time)) return `invalid value "${limit}" for flag -z: parse error`;
  if (Number.isNaN(rate) || rate < 0) return `invalid value "${given.value("-q")}" for flag -q: parse error`;
  if (clients <= 0 || requests <= 0) return "-n and -c cannot be smaller than 1.";
  if (limit === undefined && requests < clients) return "-n cannot be less than -c.";
  if (given.value("-o") !== undefined && given.value("-o") !== "csv")
    return "Invalid output type; only csv is supported.";
  const all = limit === undefined ? requests : Number.POSITIVE_INFINITY;
  const wrong = tooLarge({ clients, requests: all, duration: time });
  if (wrong !== undefined) return wrong;
  const body = bodyOf(system, given);
  if (typeof body === "string") return body;
  const method = (given.value("-m") ?? "GET").toUpperCase();
  const keepAlive = !given.has("-disable-keepalive");
  const bytes = requestBytes(`${method} ${target.path} HTTP/1.1`, headersOf(given, target, body, keepAlive), body);
  const timeout = number("-t", 20);
  return {
    request: { port: target.port, method, bytes, keepAlive },
    clients,
    // As hey does: each worker has the same share.
    requests: Number.isFinite(all) ? Math.floor(all / clients) * clients : all,
    duration: time,
    timeout: timeout > 0 ? timeout * 1000 : 2 ** 31 - 1,
    rate: rate > 0 ? rate : undefined,
  };
}

function bodyOf(system: System, given: ToolArguments): Uint8Array | undefined | string {
  const file = given.value("-D");
  const text = given.value("-d");
  if (file === undefined) return text === undefined ? undefined : new TextEncoder().encode(text);
  try {
    return system.files.read(system.path(file));
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    return `open ${file}: ${error.message.toLowerCase()}`;
  }
}

function headersOf(given: ToolArguments, target: LoadTarget, body: Uint8Array | undefined, keepAlive: boolean) {
  const user = given.value("-a");
  const accept = given.value("-A");
  const own: (readonly [string, string])[] = [
    ["Host", given.value("-host") ?? target.authority],
    ["User-Agent", given.value("-U") ?? "hey/0.0.1"],
    ...(body === undefined ? [] : [["Content-Length", String(body.length)] as const]),
    ["Content-Type", given.value("-T") ?? "text/html"],
    ...(accept === undefined ? [] : [["Accept", accept] as const]),
    ...(user === undefined ? [] : [["Authorization", basicCredentials(user)] as const]),
    ...(keepAlive ? [] : [["Connection", "close"] as const]),
  ];
  return withGiven(own, given.all("-H"));
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(4);
}

function report({ elapsed, samples }: LoadToolOutcome, target: LoadTarget): string {
  const answered = samples.filter(({ failure }) => failure === undefined);
  const times = answered.map(({ total }) => total).toSorted((a, b) => a - b);
  const mean = (of: (sample: LoadSample) => number) =>
    answered.reduce((sum, each) => sum + of(each), 0) / Math.max(1, answered.length);
  const data = answered.reduce((sum, { body }) => sum + body, 0);
  const perSecond = answered.length / (elapsed / 1000);
  const sizes =
    data > 0 ? `\n  Total data:\t${data} bytes\n  Size/request:\t${Math.floor(data / answered.length)} bytes` : "";
  const summary =
    answered.length === 0
      ? `\nSummary:\n  Total:\t${seconds(elapsed)} secs\n  Requests/sec:\t${perSecond.toFixed(4)}\n`
      : `\nSummary:\n  Total:\t${seconds(elapsed)} secs\n  Slowest:\t${seconds(times.at(-1) ?? 0)} secs\n  Fastest:\t${seconds(times[0] ?? 0)} secs\n  Average:\t${seconds(mean(({ total }) => total))} secs\n  Requests/sec:\t${perSecond.toFixed(4)}\n  ${sizes}\n`;
  const details = (label: string, of: (sample: LoadSample) => number) => {
    const all = answered.map(of);
    const least = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const most = all.reduce((a, b) => Math.max(a, b), 0);
    return `  ${label}:\t${seconds(mean(of))} secs, ${seconds(least)} secs, ${seconds(most)} secs\n`;
  };
  const body =
    answered.length === 0
      ? ""
      : `\nResponse time histogram:\n${histogram(times)}\n\nLatency distribution:\n${distribution(times)}\nDetails (average, fastest, slowest):\n${details("DNS+dialup", ({ connect }) => connect)}${details("DNS-lookup", () => 0)}${details("req write", ({ write }) => write)}${details("resp wait", ({ wait }) => wait)}${details("resp read", (each) => Math.max(0, each.total - each.connect - each.write - each.wait))}\nStatus code distribution:\n${counts(
          answered.map(({ status }) => String(status)),
          (status, count) => `  [${status}]\t${count} responses\n`,
        )}`;
  const failures = samples.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const errors =
    failures.length === 0
      ? ""
      : `\nError distribution:\n${counts(failures, (kind, count) => `  [${count}]\tGet "${target.href}": ${errorText(kind, target)}\n`)}`;
  return `${summary}${body}${errors}\n`;
}

function errorText(kind: LoadFailure, { port }: LoadTarget): string {
  const texts: Readonly<Record<LoadFailure, string>> = {
    refused: `dial tcp 127.0.0.1:${port}: connect: connection refused`,
    reset: "EOF",
    "timed out": "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    malformed: "net/http: HTTP/1.x transport connection broken: malformed HTTP response",
  };
  return texts[kind];
}

function counts<T extends string>(values: readonly T[], line: (value: T, count: number) => string): string {
  const found = new Map<T, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].map(([value, count]) => line(value, count)).join("");
}

/** Ten steps from the fastest to the slowest, with bars of 40 signs at most. */
function histogram(sorted: readonly number[]): string {
  const least = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const marks = Array.from({ length: 11 }, (_, index) => (index === 10 ? most : least + ((most - least) / 10) * index));
  const found = marks.map((mark, index) => {
    const below = index === 0 ? Number.NEGATIVE_INFINITY : (marks[index - 1] ?? 0);
    return sorted.filter((time) => time > below && time <= mark).length;
  });
  const highest = Math.max(1, ...found);
  return marks
    .map((mark, index) => {
      const count = found[index] ?? 0;
      return `  ${(mark / 1000).toFixed(3)} [${count}]\t|${"■".repeat(Math.round((count / highest) * 40))}\n`;
    })
    .join("");
}

function distribution(sorted: readonly number[]): string {
  return [10, 25, 50, 75, 90, 95, 99]
    .map((each) => `  ${each}% in ${seconds(percentile(sorted, each))} secs\n`)
    .join("");
}

function asCsv({ samples }: LoadToolOutcome): string {
  const rows = samples
    .filter(({ failure }) => failure === undefined)
    .map(({ at, connect, status, total, wait, write }) => {
      const read = Math.max(0, total - connect - write - wait);
      const columns = [total, connect, 0, write, wait, read].map(seconds);
      return `${columns.join(",")},${status},${seconds(at - total)}\n`;
    });
  return `response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n${rows.join("")}`;
}
