/** `curl`, for HTTP to the computer itself: there is no network. Words, layout and exit codes are those of curl 8.14. */
import { CookieJar } from "../../../../http/cookie-jar.ts";
import { HttpError } from "../../../../http/http-error.ts";
import { ResponseParser } from "../../../../http/response-parser.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { Fd } from "../../kernel/protocol.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { cookieFileText, readCookieFile } from "./cookie-file.ts";
import { type CurlOptions, CurlUsageError, parseCurl } from "./curl-options.ts";

const version = "8.14.1";
const mostRedirects = 50;

/** A transfer that fails: curl's exit code and its words. */
class CurlError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

interface Transfer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly bytes: number;
  readonly url: URL;
  readonly milliseconds: number;
}

export const curl: NativeProgram = async (system) => {
  let options: CurlOptions;
  try {
    const parsed = parseCurl(system.args, (name) => new TextDecoder().decode(system.files.read(system.path(name))));
    if (typeof parsed === "string") {
      await system.print(
        parsed === "version" ? `curl ${version}, a stand-in of this machine for it\nProtocols: http\n` : help,
      );
      return 0;
    }
    options = parsed;
    if (options.urls.length === 0) throw new CurlUsageError("(2) no URL specified");
  } catch (error) {
    if (!(error instanceof CurlUsageError) && !(error instanceof SyscallError)) throw error;
    await system.complain(error.message);
    await system.write(2, "curl: try 'curl --help' for more information\n");
    return error instanceof SyscallError ? 26 : 2;
  }
  const jar = new CookieJar();
  for (const cookies of options.cookies.filter((each) => !each.includes("="))) {
    const path = system.path(cookies);
    if (system.files.status(path)?.type === "file")
      readCookieFile(new TextDecoder().decode(system.files.read(path)), jar);
  }
  let code = 0;
  for (const url of options.urls) {
    try {
      await new Client(system, options, jar).get(url);
      code = 0;
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      code = error.code;
      if (!options.silent || options.showError) await system.complain(`(${error.code}) ${error.message}`);
    }
  }
  if (options.cookieFile !== undefined) {
    const target = options.cookieFile === "-" ? 1 : system.descriptors.open(system.path(options.cookieFile), "write");
    await system.write(target, cookieFileText(jar));
  }
  return code;
};

const help = `Usage: curl [options...] <url>
 -b, --cookie <data|filename>     Send cookies from string/load from file
 -c, --cookie-jar <filename>      Save cookies to <filename> after operation
 -d, --data <data>                HTTP POST data
 -f, --fail                       Fail fast with no output on HTTP errors
 -H, --header <header/@file>      Pass custom header(s) to server
 -I, --head                       Show document info only
 -i, --show-headers               Show response headers in output
 -L, --location                   Follow redirects
 -m, --max-time <seconds>         Maximum time allowed for transfer
 -o, --output <file>              Write to file instead of stdout
 -s, --silent                     Silent mode
 -S, --show-error                 Show error even when -s is used
 -u, --user <user:password>       Server user and password
 -v, --verbose                    Make the operation more talkative
 -w, --write-out <format>         Output FORMAT after completion
 -X, --request <method>           Specify request method to use
`;

/** One URL, with the redirects that lead on from it. */
class Client {
  readonly #began = performance.now();
  #output: Fd = 1;
  #received = 0;

  constructor(
    private readonly system: System,
    private readonly options: CurlOptions,
    private readonly jar: CookieJar,
  ) {}

  async get(address: string): Promise<void> {
    const { options, system } = this;
    let url = parseUrl(address);
    const file = options.output ?? (options.remoteName ? url.pathname.split("/").at(-1) : undefined);
    if (file === "") throw new CurlError(23, "Remote file name has no length");
    if (file !== undefined && file !== "-") this.#output = openForOutput(system, file);
    const data = options.data.length > 0 ? options.data.join(options.json ? "" : "&") : undefined;
    if (options.get && data !== undefined) url = new URL(`${url.href}${url.search === "" ? "?" : "&"}${data}`);
    let body = options.get ? undefined : data;
    let method = options.method ?? (options.head ? "HEAD" : body === undefined ? "GET" : "POST");
    for (let redirects = 0; ; redirects += 1) {
      const transfer = await this.#transfer(url, method, body);
      const location = transfer.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
      const leadsOn = options.follow && location !== undefined && [301, 302, 303, 307, 308].includes(transfer.status);
      if (!leadsOn) {
        if (file !== undefined || !system.descriptors.isTerminal(1)) await this.#progress(transfer);
        if (options.writeOut !== undefined) await system.print(writeOut(options.writeOut, transfer, redirects));
        if (options.fail && transfer.status >= 400) {
          throw new CurlError(22, `The requested URL returned error: ${transfer.status}`);
        }
        return;
      }
      if (redirects >= mostRedirects) throw new CurlError(47, `Maximum (${mostRedirects}) redirects followed`);
      const next = URL.parse(location, url);
      if (next === null) throw new CurlError(3, "URL rejected: Malformed input to a URL function");
      await this.#tell(`* Issue another request to this URL: '${next.href}'`);
      url = parseUrl(next.href);
      if (transfer.status <= 303 && method === "POST" && options.method === undefined) {
        method = "GET";
        body = undefined;
      }
    }
  }

  async #transfer(url: URL, method: string, body: string | undefined): Promise<Transfer> {
    const fd = this.system.descriptors.socket();
    try {
      const port = Number(url.port || 80);
      await this.#connect(fd, url.hostname, port);
      await this.#send(fd, url, method, body);
      return await this.#receive(fd, url, method);
    } finally {
      this.system.descriptors.close(fd);
      this.system.flush();
    }
  }

  async #connect(fd: Fd, host: string, port: number): Promise<void> {
    if (!["localhost", "127.0.0.1", "0.0.0.0", this.system.hostName].includes(host) && !host.endsWith(".localhost")) {
      throw new CurlError(6, `Could not resolve host: ${host}`);
    }
    await this.#tell(`* Host ${host}:${port} was resolved.`);
    await this.#tell("* IPv6: (none)");
    await this.#tell("* IPv4: 127.0.0.1");
    await this.#tell(`*   Trying 127.0.0.1:${port}...`);
    const began = performance.now();
    try {
      await this.#inTime(this.system.call("connect", { fd, address: "127.0.0.1", port }));
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      const after = Math.round(performance.now() - began);
      await this.#tell(`* connect to 127.0.0.1 port ${port} from 127.0.0.1 failed: ${error.message}`);
      throw new CurlError(
        7,
        `Failed to connect to ${host} port ${port} after ${after} ms: Could not connect to server`,
      );
    }
    await this.#tell(`* Connected to ${host} (127.0.0.1) port ${port}`);
    await this.#tell("* using HTTP/1.x");
  }

  async #send(fd: Fd, url: URL, method: string, body: string | undefined): Promise<void> {
    const bytes = body === undefined ? undefined : new TextEncoder().encode(body);
    const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...this.#headers(url, bytes?.length)];
    for (const line of lines) await this.#tell(`> ${line}`);
    await this.#tell("> ");
    try {
      await this.system.write(fd, `${lines.map((line) => `${line}\r\n`).join("")}\r\n`);
      if (bytes !== undefined) await this.#inTime(this.system.write(fd, bytes));
    } catch (error) {
      // A server may answer before it has read everything: what it says is read next.
      if (!(error instanceof SyscallError)) throw error;
    }
    await this.#tell("* Request completely sent off");
  }

  #headers(url: URL, length: number | undefined): string[] {
    const { options, jar } = this;
    const given = options.headers.map((line): [string, string] => {
      const colon = line.search(/[:;]/);
      return [colon === -1 ? line : line.slice(0, colon), line.slice(colon + 1).trim()];
    });
    const ours: [string, string | undefined][] = [
      ["Host", url.host],
      ["Authorization", options.user === undefined ? undefined : `Basic ${base64(options.user)}`],
      ["User-Agent", options.userAgent ?? `curl/${version}`],
      ["Accept", options.json ? "application/json" : "*/*"],
    ];
    const sent = [
      jar.header({ host: url.hostname, path: url.pathname }),
      ...options.cookies.filter((each) => each.includes("=")),
    ];
    const cookies = sent.filter((each) => each !== undefined && each !== "").join("; ");
    if (cookies !== "") ours.push(["Cookie", cookies]);
    const theirs = (name: string) => given.find(([each]) => each.toLowerCase() === name.toLowerCase());
    const lines = ours.flatMap(([name, value]) => {
      const instead = theirs(name);
      if (instead !== undefined) return instead[1] === "" ? [] : [`${name}: ${instead[1]}`];
      return value === undefined ? [] : [`${name}: ${value}`];
    });
    const known = new Set(ours.map(([name]) => name.toLowerCase()));
    for (const [name, value] of given)
      if (!known.has(name.toLowerCase()) && value !== "") lines.push(`${name}: ${value}`);
    if (length !== undefined) {
      if (theirs("Content-Length") === undefined) lines.push(`Content-Length: ${length}`);
      const type = options.json ? "application/json" : "application/x-www-form-urlencoded";
      if (theirs("Content-Type") === undefined) lines.push(`Content-Type: ${type}`);
    }
    return lines;
  }

  async #receive(fd: Fd, url: URL, method: string): Promise<Transfer> {
    const parser = new ResponseParser(method);
    let status: number | undefined;
    while (!parser.complete) {
      await this.#inTime(this.#next(fd, parser));
      const { head } = parser;
      if (head !== undefined && status === undefined) {
        status = head.status;
        await this.#showHead(head, url);
      }
      const bytes = parser.takeBody();
      this.#received += bytes.length;
      const hidden = this.options.fail && (status ?? 0) >= 400;
      if (bytes.length > 0 && !hidden && !this.#isFollowed(parser)) await this.system.write(this.#output, bytes);
    }
    const kept = parser.persistent
      ? `* Connection #0 to host ${url.hostname} left intact`
      : "* shutting down connection #0";
    await this.#tell(kept);
    const headers = parser.head?.headers ?? [];
    return { status: status ?? 0, headers, bytes: this.#received, url, milliseconds: performance.now() - this.#began };
  }

  /** curl drops the body of a redirect that it follows. */
  #isFollowed({ head }: ResponseParser): boolean {
    if (!this.options.follow || head === undefined || head.status < 301 || head.status > 308) return false;
    return head.headers.some(([name]) => name.toLowerCase() === "location");
  }

  async #next(fd: Fd, parser: ResponseParser): Promise<void> {
    try {
      const bytes = await this.system.read(fd);
      if (bytes === null) parser.end();
      else parser.push(bytes);
    } catch (error) {
      if (error instanceof SyscallError) throw new CurlError(56, `Recv failure: ${error.message}`);
      if (!(error instanceof HttpError)) throw error;
      switch (error.fault) {
        case "empty":
          throw new CurlError(52, "Empty reply from server");
        case "truncated":
          throw new CurlError(18, "transfer closed with outstanding read data remaining");
        case "too large":
          throw new CurlError(63, error.message);
        default:
          throw new CurlError(
            parser.head === undefined ? 1 : 56,
            parser.head === undefined ? "Received HTTP/0.9 when not allowed" : error.message,
          );
      }
    }
  }

  async #showHead(
    { version: protocol, status, reason, headers }: NonNullable<ResponseParser["head"]>,
    url: URL,
  ): Promise<void> {
    const lines = [`${protocol} ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
    for (const line of lines) await this.#tell(`< ${line}`);
    await this.#tell("< ");
    this.jar.setAll(headers, { host: url.hostname, path: url.pathname });
    const shown = this.options.include || this.options.head;
    if (shown) await this.system.write(this.#output, `${lines.map((line) => `${line}\r\n`).join("")}\r\n`);
  }

  /** Rejects when the time that the reader allows is over. */
  async #inTime<T>(work: Promise<T>): Promise<T> {
    const { maxTime } = this.options;
    if (maxTime === undefined) return work;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => {
        const after = Math.round(performance.now() - this.#began);
        const message = `Operation timed out after ${after} milliseconds with ${this.#received} bytes received`;
        late.reject(new CurlError(28, message));
      },
      Math.max(0, maxTime - (performance.now() - this.#began)),
    );
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  #tell(line: string): Promise<void> {
    return this.options.verbose ? this.system.write(2, `${line}\n`) : Promise.resolve();
  }

  /** What curl shows while a file grows: here its last line only. */
  async #progress({ bytes, milliseconds }: Transfer): Promise<void> {
    if (this.options.silent) return;
    const size = String(bytes).padStart(5);
    const rate = String(Math.round((bytes * 1000) / Math.max(1, milliseconds))).padStart(6);
    await this.system.write(
      2,
      `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n100 ${size}  100 ${size}    0     0 ${rate}      0 --:--:-- --:--:-- --:--:-- ${rate}\n`,
    );
  }
}

function openForOutput(system: System, file: string): Fd {
  try {
    return system.descriptors.open(system.path(file), "write");
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    throw new CurlError(23, `Failed to open the file ${file}: ${error.message}`);
  }
}

function parseUrl(address: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new CurlError(3, "URL rejected: Malformed input to a URL function");
  }
  if (url.protocol !== "http:") {
    throw new CurlError(1, `Protocol "${url.protocol.slice(0, -1)}" not supported`);
  }
  return url;
}

function writeOut(format: string, { status, bytes, url, milliseconds }: Transfer, redirects: number): string {
  const seconds = (milliseconds / 1000).toFixed(6);
  const values = new Map([
    ["http_code", String(status).padStart(3, "0")],
    ["response_code", String(status).padStart(3, "0")],
    ["time_total", seconds],
    ["size_download", String(bytes)],
    ["url_effective", url.href],
    ["num_redirects", String(redirects)],
  ]);
  return format
    .replace(/%\{(\w+)\}/g, (_, name: string) => values.get(name) ?? "")
    .replace(/\\([nrt\\])/g, (_, letter: string) => ({ n: "\n", r: "\r", t: "\t" })[letter] ?? letter);
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
