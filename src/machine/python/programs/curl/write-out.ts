/** What `-w` can tell of a transfer. Times are in milliseconds. */
export interface TransferReport {
  readonly method: string;
  readonly url: string;
  readonly urlGiven: string;
  readonly number: number;
  readonly status: number;
  readonly version: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly redirectUrl: string;
  readonly redirects: number;
  readonly downloaded: number;
  readonly uploaded: number;
  readonly headerBytes: number;
  readonly requestBytes: number;
  readonly connects: number;
  readonly retries: number;
  readonly file: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly connected: number;
  readonly sent: number;
  readonly firstByte: number;
  readonly total: number;
  readonly redirectTime: number;
  readonly exitCode: number;
  readonly error: string;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(6);
}

function code(status: number): string {
  return String(status).padStart(3, "0");
}

/** All names that curl knows, with their values. */
function valuesOf(report: TransferReport): ReadonlyMap<string, string> {
  const { total } = report;
  const rate = (bytes: number) => String(Math.round((bytes * 1000) / Math.max(1, total)));
  const { hash, hostname, pathname, port, protocol, search } = URL.parse(report.url) ?? new URL("http://-");
  const type = report.headers.findLast(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  return new Map([
    ["http_code", code(report.status)],
    ["response_code", code(report.status)],
    ["http_connect", "000"],
    ["http_version", report.version],
    ["content_type", type],
    ["errormsg", report.error],
    ["exitcode", String(report.exitCode)],
    ["filename_effective", report.file],
    ["local_ip", report.localPort === 0 ? "" : "127.0.0.1"],
    ["local_port", String(report.localPort)],
    ["remote_ip", report.remotePort === 0 ? "" : "127.0.0.1"],
    ["remote_port", String(report.remotePort)],
    ["method", report.method],
    ["num_connects", String(report.connects)],
    ["num_headers", String(report.headers.length)],
    ["num_redirects", String(report.redirects)],
    ["num_retries", String(report.retries)],
    ["proxy_ssl_verify_result", "0"],
    ["redirect_url", report.redirectUrl],
    ["referer", ""],
    ["scheme", report.version === "0" ? "" : "http"],
    ["size_download", String(report.downloaded)],
    ["size_header", String(report.headerBytes)],
    ["size_request", String(report.requestBytes)],
    ["size_upload", String(report.uploaded)],
    ["speed_download", rate(report.downloaded)],
    ["speed_upload", rate(report.uploaded)],
    ["ssl_verify_result", "0"],
    ["time_appconnect", "0.000000"],
    ["time_connect", seconds(report.connected)],
    ["time_namelookup", seconds(report.connected === 0 ? 0 : Math.min(report.connected, 0.02))],
    ["time_pretransfer", seconds(report.sent)],
    ["time_redirect", seconds(report.redirectTime)],
    ["time_starttransfer", seconds(report.firstByte)],
    ["time_total", seconds(total)],
    ["url", report.urlGiven],
    ["url_effective", report.url],
    ["urlnum", String(report.number)],
    ["url.host", hostname],
    ["url.path", pathname],
    ["url.port", port || "80"],
    ["url.query", search.slice(1)],
    ["url.scheme", protocol.slice(0, -1)],
    ["url.fragment", hash.slice(1)],
  ]);
}

const numeric =
  /^(?:http_code|response_code|http_connect|exitcode|local_port|remote_port|num_\w+|size_\w+|speed_\w+|time_\w+|urlnum|ssl_verify_result|proxy_ssl_verify_result)$/;

/** What is printed, on either output. */
export interface WrittenOut {
  readonly out: string;
  readonly err: string;
}

/** What a format comes to. Names that curl does not know are told of, as it does. */
export function writeOut(format: string, report: TransferReport): WrittenOut {
  const values = valuesOf(report);
  const written = { out: "", err: "" };
  let target: "out" | "err" = "out";
  const piece = /%%|%\{([^{}]*)\}|%header\{([^{}]*)\}|\\([\s\S])|[^%\\]+|[\s\S]/g;
  for (const [whole, name, header, letter] of format.matchAll(piece)) {
    if (name === "onerror" && report.exitCode === 0) break;
    if (name === "stderr" || name === "stdout") target = name === "stderr" ? "err" : "out";
    else if (name !== undefined) {
      const value = namedValue(name, values, report);
      if (value === undefined) written.err += `curl: unknown --write-out variable: '${name}'\n`;
      written[target] += value ?? "";
    } else if (header !== undefined) written[target] += headerOf(header, report);
    else if (letter !== undefined) written[target] += escapes[letter] ?? whole;
    else written[target] += whole === "%%" ? "%" : whole;
  }
  return written;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function namedValue(name: string, values: ReadonlyMap<string, string>, report: TransferReport): string | undefined {
  if (name === "json") return valuesAsJson(values);
  if (name === "header_json") return headersAsJson(report);
  return name === "onerror" ? "" : values.get(name);
}

function headerOf(wanted: string, { headers }: TransferReport): string {
  return headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1] ?? "";
}

function valuesAsJson(values: ReadonlyMap<string, string>): string {
  const entries = [...values]
    .filter(([name]) => !name.includes("."))
    .map(([name, value]) => {
      if (!numeric.test(name)) return `${JSON.stringify(name)}:${value === "" ? "null" : JSON.stringify(value)}`;
      return `${JSON.stringify(name)}:${name.startsWith("time_") ? value : Number(value)}`;
    });
  return `{${entries.sort().join(",")},"curl_version":"libcurl"}`;
}

function headersAsJson({ headers }: TransferReport): string {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    grouped.set(key, [...(grouped.get(key) ?? []), value]);
  }
  return JSON.stringify(Object.fromEntries(grouped), null, 1);
}
