/** `ab`: asks a server of this computer, and prints what it measured in the shape of ApacheBench 2.3. */
import { basicCredentials } from "../../../../http/basic-credentials.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import type { LoadSample } from "./load-connection.ts";
import { type LoadTarget, loadTarget } from "./load-target.ts";
import { requestBytes, withGiven } from "./request-head.ts";
import { type LoadOrder, type LoadToolOutcome, runLoad, tooLarge } from "./run-load.ts";
import { percentile, summary } from "./statistics.ts";
import { ToolArguments, type ToolOptions, ToolUsageError } from "./tool-arguments.ts";

const proxy = "there is no proxy on this machine";
const encryption = "this machine's servers speak no TLS";
const options: ToolOptions = {
  flags: ["-k", "-q", "-r", "-i", "-d", "-S", "-l", "-h", "-V"],
  values: ["-n", "-c", "-t", "-s", "-p", "-u", "-T", "-H", "-C", "-A", "-m", "-v", "-b"],
  refused: {
    "-X": proxy,
    "-P": proxy,
    "-f": encryption,
    "-Z": encryption,
    "-E": encryption,
    "-w": "tables in HTML are not written here",
    "-x": "tables in HTML are not written here",
    "-y": "tables in HTML are not written here",
    "-z": "tables in HTML are not written here",
    "-e": "no file of percentiles is written here",
    "-g": "no file for gnuplot is written here",
    "-B": "all requests come from 127.0.0.1",
  },
};

const usage = `Usage: ab [options] [http://]hostname[:port]/path
Options are:
    -n requests     Number of requests to perform
    -c concurrency  Number of multiple requests to make at a time
    -t timelimit    Seconds to max. to spend on benchmarking
    -s timeout      Seconds to max. wait for each response
    -p postfile     File containing data to POST
    -u putfile      File containing data to PUT
    -T content-type Content-type header to use for POST/PUT data
    -m method       Method name
    -C attribute    Add cookie, eg. 'Apache=1234'
    -H attribute    Add Arbitrary header line, eg. 'Accept-Encoding: gzip'
    -A attribute    Add Basic WWW Authentication, user:password
    -i              Use HEAD instead of GET
    -k              Use HTTP KeepAlive feature
    -r              Don't exit on socket receive errors
    -q              Do not show progress when doing more than 150 requests
    -d              Do not show percentiles served table
    -l              Accept variable document length
`;

const banner =
  "This is a stand-in for ApacheBench on this machine. It asks and measures by\nitself, on the processor that the server runs on too, and prints in ab's shape.\n";

export const ab: NativeProgram = async (system) => {
  let given: ToolArguments;
  try {
    given = new ToolArguments(system.args, options, true);
  } catch (error) {
    if (!(error instanceof ToolUsageError)) throw error;
    return refuse(system, error);
  }
  if (given.has("-h") || given.has("-V")) {
    await system.print(given.has("-h") ? usage : banner);
    return given.has("-h") ? 22 : 0;
  }
  const [address] = given.operands;
  if (address === undefined || given.operands.length > 1) {
    await system.write(2, `ab: wrong number of arguments\n${usage}`);
    return 22;
  }
  const target = loadTarget(system, address);
  if (typeof target === "string" || !address.replace(/^http:\/\//i, "").includes("/")) {
    if (target === "unknown host") {
      await system.write(2, `${banner}\nab: Could not resolve host: there is no network but this computer's own\n`);
      return 1;
    }
    await system.write(
      2,
      `ab: ${target === "not http" ? "SSL not compiled in; no https support" : "invalid URL"}\n${usage}`,
    );
    return 22;
  }
  return bench(system, given, target);
};

async function refuse(system: System, { kind, message, option }: ToolUsageError): Promise<number> {
  if (kind === "refused") await system.complain(message);
  else {
    const what = kind === "unknown" ? "illegal option" : "missing argument";
    await system.write(2, `ab: ${what} -- ${option.slice(1)}\n${usage}`);
  }
  return 22;
}

async function bench(system: System, given: ToolArguments, target: LoadTarget): Promise<number> {
  const order = await orderOf(system, given, target);
  if (typeof order === "string") {
    await system.write(2, `ab: ${order}\n`);
    return 22;
  }
  const quiet = given.has("-q");
  await system.print(
    `${banner}\nBenchmarking ${target.host} (be patient)${order.progress > 0 && !quiet ? "\n" : "..."}`,
  );
  const outcome = await runLoad(system, {
    ...order,
    onSample: (count) => {
      if (order.progress > 0 && !quiet && count % order.progress === 0 && count < order.requests)
        void system.write(2, `Completed ${count} requests\n`);
    },
  });
  const { samples } = outcome;
  const broken = samples.find(({ failure }) => failure !== undefined)?.failure;
  if (samples.length === 0 || (samples.every(({ failure }) => failure !== undefined) && broken !== undefined)) {
    const [text, code] = errorTexts[broken ?? "timed out"];
    await system.write(2, `${order.progress > 0 ? "" : "\n"}${text}\n`);
    return code;
  }
  if (order.progress > 0) await system.write(2, quiet ? "" : `Finished ${samples.length} requests\n`);
  await system.print(
    `${order.progress > 0 ? (quiet ? "..done\n" : "") : "..done\n"}\n\n${report(outcome, order, given, target)}`,
  );
  return 0;
}

const errorTexts = {
  refused: ["apr_socket_recv: Connection refused (111)", 111],
  reset: ["apr_socket_recv: Connection reset by peer (104)", 104],
  "timed out": ["apr_pollset_poll: The timeout specified has expired (70007)", 1],
  malformed: ["Response is not HTTP: the server's answer could not be read", 1],
} as const;

interface AbOrder extends LoadOrder {
  /** A line after so many answers; 0: none. */
  readonly progress: number;
  readonly sent: number;
}

/** What the options come to, or what is wrong with them. */
async function orderOf(system: System, given: ToolArguments, target: LoadTarget): Promise<AbOrder | string> {
  const clients = Number(given.value("-c") ?? 1);
  const limit = given.value("-t");
  const requests = Number(given.value("-n") ?? (limit === undefined ? 1 : 50_000));
  const duration = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit) * 1000;
  if (!Number.isInteger(requests) || requests < 1) return "Invalid number of requests";
  if (!Number.isInteger(clients) || clients < 1) return `Invalid Concurrency [Range 0..${20_000}]`;
  if (!(duration > 0)) return "Invalid time limit";
  if (clients > requests) return "Cannot use concurrency level greater than total number of requests";
  const wrong = tooLarge({ clients, requests, duration });
  if (wrong !== undefined) return wrong;
  const file = given.value("-p") ?? given.value("-u");
  let body: Uint8Array | undefined;
  try {
    body = file === undefined ? undefined : system.files.read(system.path(file));
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    return `Could not open POST data file (${file}): ${error.message}`;
  }
  const usual = given.value("-p") !== undefined ? "POST" : given.value("-u") !== undefined ? "PUT" : "GET";
  const method = given.value("-m") ?? (given.has("-i") ? "HEAD" : usual);
  const bytes = requestBytes(`${method} ${target.path} HTTP/1.0`, headersOf(given, target, body), body);
  return {
    request: { port: target.port, method, bytes, keepAlive: given.has("-k") },
    clients,
    requests,
    duration,
    timeout: Number(given.value("-s") ?? 30) * 1000,
    progress: requests >= 150 ? Math.max(100, Math.floor(requests / 10)) : 0,
    sent: body === undefined ? 0 : bytes.length,
  };
}

function headersOf(given: ToolArguments, target: LoadTarget, body: Uint8Array | undefined) {
  const cookies = given.all("-C");
  const user = given.value("-A");
  const own: (readonly [string, string])[] = [
    ...(given.has("-k") ? [["Connection", "Keep-Alive"] as const] : []),
    ...(body === undefined
      ? []
      : ([
          ["Content-length", String(body.length)],
          ["Content-type", given.value("-T") ?? "text/plain"],
        ] as const)),
    ...(cookies.length > 0 ? [["Cookie", cookies.join("; ")] as const] : []),
    ...(user === undefined ? [] : [["Authorization", basicCredentials(user)] as const]),
    ["Host", target.authority],
    ["User-Agent", "ApacheBench/2.3"],
    ["Accept", "*/*"],
  ];
  return withGiven(own, given.all("-H"));
}

function report(
  { elapsed, samples }: LoadToolOutcome,
  order: AbOrder,
  given: ToolArguments,
  target: LoadTarget,
): string {
  const answered = samples.filter(({ failure }) => failure === undefined);
  const [first] = answered;
  const server = first?.headers.find(([name]) => name.toLowerCase() === "server")?.[1] ?? "";
  const length = first?.body ?? 0;
  const unlike = given.has("-l") ? 0 : answered.filter(({ body }) => body !== length).length;
  const broken = (...kinds: readonly unknown[]) => samples.filter(({ failure }) => kinds.includes(failure)).length;
  const [connect, receive, exceptions] = [broken("refused"), broken("reset"), broken("timed out", "malformed")];
  const failures = connect + receive + exceptions + unlike;
  const received = sum(answered, ({ received: bytes }) => bytes);
  const seconds = elapsed / 1000;
  const lines: (readonly [string, string] | string)[] = [
    ["Server Software:", server],
    ["Server Hostname:", target.host],
    ["Server Port:", String(target.port)],
    "",
    ["Document Path:", target.path],
    ["Document Length:", given.has("-l") ? "Variable" : `${length} bytes`],
    "",
    ["Concurrency Level:", String(order.clients)],
    ["Time taken for tests:", `${seconds.toFixed(3)} seconds`],
    ["Complete requests:", String(answered.length)],
    ["Failed requests:", String(failures)],
    ...(failures > 0
      ? [`   (Connect: ${connect}, Receive: ${receive}, Length: ${unlike}, Exceptions: ${exceptions})`]
      : []),
    ...counted("Non-2xx responses:", answered.filter(({ status }) => status < 200 || status > 299).length),
    ...(given.has("-k")
      ? [["Keep-Alive requests:", String(answered.filter((each) => each.persistent).length)] as const]
      : []),
    ["Total transferred:", `${received} bytes`],
    ...counted("Total body sent:", order.sent * samples.length),
    ["HTML transferred:", `${sum(answered, ({ body }) => body)} bytes`],
    ["Requests per second:", `${(answered.length / seconds).toFixed(2)} [#/sec] (mean)`],
    ["Time per request:", `${((order.clients * elapsed) / answered.length).toFixed(3)} [ms] (mean)`],
    ["Time per request:", `${(elapsed / answered.length).toFixed(3)} [ms] (mean, across all concurrent requests)`],
    ["Transfer rate:", `${(received / 1024 / seconds).toFixed(2)} [Kbytes/sec] received`],
  ];
  const text = lines.map((line) => (typeof line === "string" ? line : line[0].padEnd(24) + line[1])).join("\n");
  return `${text}\n\n${timesTable(answered)}${given.has("-d") ? "" : percentiles(answered)}`;
}

function counted(label: string, count: number): (readonly [string, string])[] {
  return count > 0 ? [[label, String(count)]] : [];
}

function sum(samples: readonly LoadSample[], of: (sample: LoadSample) => number): number {
  return samples.reduce((total, sample) => total + of(sample), 0);
}

function timesTable(samples: readonly LoadSample[]): string {
  const row = (label: string, times: readonly number[]) => {
    const { deviation, least, mean, median, most } = summary(times);
    const whole = (number: number, width: number) => String(Math.round(number)).padStart(width);
    return `${label.padEnd(12)}${whole(least, 5)} ${whole(mean, 4)} ${deviation.toFixed(1).padStart(5)} ${whole(median, 6)} ${whole(most, 7)}\n`;
  };
  const column = (of: (sample: LoadSample) => number) => samples.map(of);
  return `Connection Times (ms)
              min  mean[+/-sd] median   max
${row(
  "Connect:",
  column(({ connect }) => connect),
)}${row(
  "Processing:",
  column(({ connect, total }) => total - connect),
)}${row(
  "Waiting:",
  column(({ wait }) => wait),
)}${row(
  "Total:",
  column(({ total }) => total),
)}`;
}

function percentiles(samples: readonly LoadSample[]): string {
  if (samples.length < 2) return "";
  const sorted = samples.map(({ total }) => total).toSorted((a, b) => a - b);
  const rows = [50, 66, 75, 80, 90, 95, 98, 99, 100].map((each) => {
    const shown = String(Math.round(percentile(sorted, each))).padStart(5);
    return `${String(each).padStart(4)}%  ${shown}${each === 100 ? " (longest request)" : ""}\n`;
  });
  return `\nPercentage of the requests served within a certain time (ms)\n${rows.join("")}`;
}
