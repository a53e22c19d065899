/** `wrk`: asks a server of this computer, and prints what it measured in the shape of wrk 4.2. */
import type { NativeProgram, System } from "../../native/system.ts";
import { type LoadTarget, loadTarget } from "./load-target.ts";
import { requestBytes, withGiven } from "./request-head.ts";
import { type LoadToolOutcome, runLoad, tooLarge } from "./run-load.ts";
import { percentile, summary } from "./statistics.ts";
import { ToolArguments, type ToolOptions, ToolUsageError } from "./tool-arguments.ts";

const options: ToolOptions = {
  flags: ["-L", "-v", "-h"],
  values: ["-c", "-d", "-t", "-H", "-T"],
  refused: { "-s": "scripts in Lua are not run on this machine" },
  same: {
    "--connections": "-c",
    "--duration": "-d",
    "--threads": "-t",
    "--header": "-H",
    "--timeout": "-T",
    "--script": "-s",
    "--latency": "-L",
    "--version": "-v",
    "--help": "-h",
  },
};

const usage = `Usage: wrk <options> <url>
  Options:
    -c, --connections <N>  Connections to keep open
    -d, --duration    <T>  Duration of test
    -t, --threads     <N>  Number of threads to use

    -H, --header      <H>  Add header to request
        --latency          Print latency statistics
        --timeout     <T>  Socket/request timeout
    -v, --version          Print version details

  Numeric arguments may include a SI unit (1k, 1M, 1G)
  Time arguments may include a time unit (2s, 2m, 2h)
`;

const note = "wrk: this machine's own, in wrk's shape: it shares the processor with the server that it asks\n";

/** How often a thread looks at how many answers it has had, in milliseconds. */
const interval = 100;

interface WrkOrder {
  readonly connections: number;
  readonly threads: number;
  readonly duration: number;
  readonly timeout: number;
}

export const wrk: NativeProgram = async (system) => {
  let given: ToolArguments;
  try {
    given = new ToolArguments(system.args, options, true);
  } catch (error) {
    if (!(error instanceof ToolUsageError)) throw error;
    await system.write(2, wrongOption(error));
    return 1;
  }
  if (given.has("-v")) {
    await system.print("wrk, a stand-in of this machine for it\n");
    return 0;
  }
  const [address] = given.operands;
  const target = address === undefined ? "malformed" : loadTarget(system, address);
  if (address !== undefined && target === "unknown host") {
    await system.write(2, `unable to resolve ${address}: there is no network but this computer's own\n`);
    return 1;
  }
  if (given.has("-h") || typeof target === "string" || !/^http:\/\//i.test(address ?? "")) {
    await system.write(2, address === undefined || given.has("-h") ? usage : `invalid URL: ${address}\n${usage}`);
    return given.has("-h") ? 0 : 1;
  }
  const order = orderOf(given);
  if (typeof order === "string") {
    await system.write(2, `${order}\n`);
    return 1;
  }
  return bench(system, given, target, order);
};

function wrongOption({ kind, message, option }: ToolUsageError): string {
  if (kind === "refused") return `wrk: ${message}\n`;
  const name = option.startsWith("--") ? `'${option}'` : `'${option.slice(1)}'`;
  if (kind === "no value") return `wrk: option requires an argument -- ${name}\n${usage}`;
  return option.startsWith("--")
    ? `wrk: unrecognized option ${name}\n${usage}`
    : `wrk: invalid option -- ${name}\n${usage}`;
}

function orderOf(given: ToolArguments): WrkOrder | string {
  const connections = count(given.value("-c") ?? "10");
  const threads = count(given.value("-t") ?? "2");
  const duration = time(given.value("-d") ?? "10");
  const timeout = time(given.value("-T") ?? "2");
  if (!(connections >= 1 && threads >= 1 && duration > 0 && timeout > 0)) return usage.trimEnd();
  if (connections < threads) return "number of connections must be >= threads";
  return (
    tooLarge({ clients: connections, requests: Number.POSITIVE_INFINITY, duration }) ?? {
      connections,
      threads,
      duration,
      timeout,
    }
  );
}

function count(text: string): number {
  const [, number, unit = ""] = /^(\d+)([kKMG]?)$/.exec(text) ?? [];
  return Number(number) * ({ k: 1e3, K: 1e3, M: 1e6, G: 1e9 }[unit] ?? 1);
}

function time(text: string): number {
  const [, number, unit = "s"] = /^(\d+)(s|m|h)?$/.exec(text) ?? [];
  return Number(number) * ({ s: 1000, m: 60_000, h: 3_600_000 }[unit] ?? 0);
}

async function bench(system: System, given: ToolArguments, target: LoadTarget, order: WrkOrder): Promise<number> {
  const { connections, duration, threads, timeout } = order;
  const own = [["Host", target.authority]] as const;
  const bytes = requestBytes(`GET ${target.path} HTTP/1.1`, withGiven(own, given.all("-H")), undefined);
  await system.write(2, note);
  const plural = (number: number, what: string) => `${number} ${what}`;
  await system.print(
    `Running ${shownTime(duration)} test @ ${given.operands[0]}\n  ${plural(threads, "threads")} and ${plural(connections, "connections")}\n`,
  );
  const outcome = await runLoad(system, {
    request: { port: target.port, method: "GET", bytes, keepAlive: true },
    clients: connections,
    requests: Number.POSITIVE_INFINITY,
    duration,
    timeout,
  });
  const { samples } = outcome;
  if (samples.length > 0 && samples.every(({ failure }) => failure === "refused")) {
    await system.write(2, `unable to connect to ${target.host}:${target.port} Connection refused\n`);
    return 1;
  }
  await system.print(report(outcome, threads, given.has("-L")));
  return 0;
}

function report({ elapsed, samples }: LoadToolOutcome, threads: number, withLatency: boolean): string {
  const answered = samples.filter(({ failure }) => failure === undefined);
  const times = answered.map(({ total }) => total);
  const failed = (...kinds: readonly unknown[]) => samples.filter(({ failure }) => kinds.includes(failure)).length;
  const bad = answered.filter(({ status }) => status > 399).length;
  const [connect, read, late] = [failed("refused"), failed("reset", "malformed"), failed("timed out")];
  const received = answered.reduce((sum, each) => sum + each.received, 0);
  const sorted = times.toSorted((a, b) => a - b);
  const distribution = [50, 75, 90, 99]
    .map((each) => `    ${String(each).padStart(3)}% ${microseconds(percentile(sorted, each))}\n`)
    .join("");
  const perSecond = answered.length / (elapsed / 1000);
  return [
    "  Thread Stats   Avg      Stdev     Max   +/- Stdev\n",
    `    Latency${statistics(times, microseconds)}`,
    `    Req/Sec${statistics(rates(answered, elapsed, threads), metric)}`,
    withLatency ? `  Latency Distribution\n${distribution}` : "",
    `  ${answered.length} requests in ${shownTime(elapsed)}, ${bytesText(received).trim()} read\n`,
    connect + read + late > 0 ? `  Socket errors: connect ${connect}, read ${read}, write 0, timeout ${late}\n` : "",
    bad > 0 ? `  Non-2xx or 3xx responses: ${bad}\n` : "",
    `Requests/sec: ${perSecond.toFixed(2).padStart(9)}\n`,
    `Transfer/sec: ${bytesText(received / (elapsed / 1000)).padStart(10)}\n`,
  ].join("");
}

/** Answers a second of one thread, in each interval of the run. */
function rates(answered: readonly { readonly at: number }[], elapsed: number, threads: number): number[] {
  const found = Array.from({ length: Math.max(1, Math.floor(elapsed / interval)) }, () => 0);
  for (const { at } of answered) {
    const index = Math.floor(at / interval);
    if (index < found.length) found[index] = (found[index] ?? 0) + 1;
  }
  return found.map((answers) => (answers * 1000) / interval / threads);
}

function statistics(numbers: readonly number[], shown: (number: number) => string): string {
  const { deviation, mean, most } = summary(numbers);
  const within = numbers.filter((each) => Math.abs(each - mean) <= deviation).length;
  const share = ((within / Math.max(1, numbers.length)) * 100).toFixed(2);
  return `${shown(mean).padStart(10)}${shown(deviation).padStart(10)}${shown(most).padStart(9)}${share.padStart(8)}%\n`;
}

/** Milliseconds, in wrk's units. */
function microseconds(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toFixed(2)}us`;
  return milliseconds < 1000 ? `${milliseconds.toFixed(2)}ms` : `${(milliseconds / 1000).toFixed(2)}s`;
}

function metric(number: number): string {
  return number < 1000 ? number.toFixed(2) : `${(number / 1000).toFixed(2)}k`;
}

function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes.toFixed(2)}B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(2)}KB` : `${(bytes / 1024 ** 2).toFixed(2)}MB`;
}

function shownTime(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const rounded = Number.isInteger(seconds) ? String(seconds) : seconds.toFixed(2);
  return seconds >= 60 && Number.isInteger(seconds / 60) ? `${seconds / 60}m` : `${rounded}s`;
}
