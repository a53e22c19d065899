import { basicCredentials } from "../../../../http/basic-credentials.ts";
import type { CookieJar } from "../../../../http/cookie-jar.ts";
import { HttpError } from "../../../../http/http-error.ts";
import { ResponseParser } from "../../../../http/response-parser.ts";
import { joinBytes } from "../../kernel/bytes.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { Fd } from "../../kernel/protocol.ts";
import type { System } from "../../native/system.ts";
import { loopbackOf } from "../loopback-names.ts";
import { CurlError } from "./curl-error.ts";
import type { CurlOptions, ReadNamedFile } from "./curl-options.ts";
import { bodyOf, isMissingFile, joinedData, type RequestBody } from "./request-body.ts";
import type { PatternedUrl } from "./url-patterns.ts";
import { type TransferReport, writeOut } from "./write-out.ts";

/** The curl whose words and ways these are. */
export const version = "8.14.1";

/** Answers after which `--retry` tries again. */
const transient = new Set([408, 429, 500, 502, 503, 504]);

/** One of the addresses of a command line. */
export interface WantedUrl {
  readonly given: PatternedUrl;
  /** Which of the URL arguments it comes from. */
  readonly place: number;
  readonly number: number;
}

interface Request {
  readonly url: URL;
  readonly method: string;
  readonly body: RequestBody | undefined;
}

/** One URL, with the redirects that lead on from it, and further tries. */
export class Transfer {
  #began = performance.now();
  #output: Fd | undefined;
  #file = "";
  #retries = 0;
  #redirects = 0;
  #redirectTime = 0;
  #attempt = newAttempt();
  #url = "";
  #method = "GET";
  #redirectUrl = "";

  constructor(
    private readonly system: System,
    private readonly options: CurlOptions,
    private readonly jar: CookieJar,
    private readonly read: ReadNamedFile,
    private readonly wanted: WantedUrl,
  ) {}

  /** curl's exit code. */
  async run(): Promise<number> {
    this.#url = this.wanted.given.url;
    let failure = await this.#once();
    while (this.#retries < this.options.retries && this.#isTransient(failure)) {
      await this.#pause(failure);
      failure = await this.#once();
    }
    await this.#progress(failure !== undefined);
    if (failure !== undefined) await this.#complain(failure);
    if (this.options.writeOut !== undefined) {
      const { out, err } = writeOut(this.options.writeOut, this.#report(failure));
      await this.system.print(out);
      await this.system.write(2, err);
    }
    if (this.#output !== undefined && this.#output !== 1) this.system.descriptors.close(this.#output);
    return failure?.code ?? 0;
  }

  async #pause(failure: CurlError | undefined): Promise<void> {
    const { silent, retryDelay, retries } = this.options;
    const pause = retryDelay ?? 1000 * 2 ** this.#retries;
    if (!silent) {
      const known = failure?.code === 28 ? "timeout" : failure?.message;
      const what = failure === undefined || failure.code === 22 ? "HTTP error" : known;
      const left = retries - this.#retries;
      const seconds = `${Math.round(pause / 1000)} second${pause === 1000 ? "" : "s"}`;
      const tries = `${left} ${left === 1 ? "retry" : "retries"} left.`;
      await this.system.write(2, `Warning: Problem: ${what}. Will retry in ${seconds}. ${tries}\n`);
    }
    this.#retries += 1;
    await this.system.sleep(pause);
  }

  #complain({ code, message }: CurlError): Promise<void> {
    if (this.options.silent && !this.options.showError) return Promise.resolve();
    return this.system.complain(`(${code}) ${message}`);
  }

  #isTransient(failure: CurlError | undefined): boolean {
    if (failure === undefined || failure.code === 22) return transient.has(this.#attempt.status);
    if (failure.code === 7) return this.options.retryConnectionRefused || this.options.retryAllErrors;
    return failure.code === 28 || this.options.retryAllErrors;
  }

  async #once(): Promise<CurlError | undefined> {
    this.#began = performance.now();
    try {
      await this.#follow();
      return undefined;
    } catch (error) {
      if (error instanceof CurlError) return error;
      if (isMissingFile(error)) return new CurlError(26, "Failed to open/read local data from file/application");
      throw error;
    }
  }

  async #follow(): Promise<void> {
    const { options } = this;
    let request = this.#first();
    this.#redirects = 0;
    while (true) {
      const { status, headers } = await this.#ask(request);
      const location = headers.find(([name]) => name.toLowerCase() === "location")?.[1];
      const leads = location !== undefined && [301, 302, 303, 307, 308].includes(status);
      const next = leads ? URL.parse(location, request.url) : null;
      this.#redirectUrl = next?.href ?? "";
      if (!leads || !options.follow) {
        if ((options.fail || options.failWithBody) && status >= 400) {
          throw new CurlError(22, `The requested URL returned error: ${status}`);
        }
        return;
      }
      if (next === null) throw new CurlError(3, "URL rejected: Malformed input to a URL function");
      if (this.#redirects >= options.mostRedirects) {
        throw new CurlError(47, `Maximum (${options.mostRedirects}) redirects followed`);
      }
      this.#redirects += 1;
      this.#redirectTime = performance.now() - this.#began;
      await this.#tell(`* Issue another request to this URL: '${next.href}'`);
      request = this.#redirected(request, parseUrl(next.href), status);
    }
  }

  #redirected({ method, body }: Request, url: URL, status: number): Request {
    const isPost = body !== undefined && this.options.upload.length === 0;
    const becomesGet =
      status <= 303 &&
      (isPost || method === "POST" || (status === 303 && method !== "HEAD")) &&
      !this.options.keepsMethod.has(status);
    // A method that was asked for stays, but what it carried is gone.
    return becomesGet ? { url, method: this.options.method ?? "GET", body: undefined } : { url, method, body };
  }

  #first(): Request {
    const { options } = this;
    const upload = options.upload[Math.min(this.wanted.place, options.upload.length - 1)];
    let url = parseUrl(this.wanted.given.url);
    if (upload !== undefined && url.pathname.endsWith("/") && upload !== "-" && this.wanted.given.url.endsWith("/")) {
      url = new URL(encodeURIComponent(upload.slice(upload.lastIndexOf("/") + 1)), url);
    }
    if (options.get && options.data.length > 0) {
      const query = new TextDecoder().decode(joinedData(options));
      url = new URL(`${url.href}${url.search === "" ? "?" : "&"}${query}`);
    }
    const body = bodyOf(options, upload, this.read);
    const usual = upload !== undefined ? "PUT" : options.head ? "HEAD" : body === undefined ? "GET" : "POST";
    return { url, method: options.method ?? usual, body };
  }

  async #ask(request: Request) {
    const { system } = this;
    this.#attempt = newAttempt();
    this.#url = request.url.href;
    this.#method = request.method;
    const fd = system.descriptors.socket();
    try {
      await this.#connect(fd, request.url);
      await this.#send(fd, request);
      await this.#receive(fd, request);
      return this.#attempt;
    } finally {
      system.descriptors.close(fd);
      system.flush();
    }
  }

  async #connect(fd: Fd, url: URL): Promise<void> {
    const { options, system } = this;
    const { host, port } = connectedTo(url, options.connectTo);
    if (options.proxy !== undefined && options.proxy !== "")
      throw new CurlError(5, `Could not resolve proxy: ${options.proxy.replace(/^\w+:\/\//, "").replace(/:\d+$/, "")}`);
    if (options.unixSocket !== undefined) {
      await this.#connectUnix(fd, options.unixSocket, `${host} port ${port}`);
      return;
    }
    const resolved = options.resolve.some((entry) => entry.startsWith(`${host}:${port}:127.`));
    if (!resolved && host !== "[::1]" && loopbackOf(host, system.hostName) === undefined)
      throw new CurlError(6, `Could not resolve host: ${host}`);
    await this.#tell(`* Host ${host}:${port} was resolved.`);
    await this.#tell("* IPv6: (none)");
    await this.#tell("* IPv4: 127.0.0.1");
    await this.#tell(`*   Trying 127.0.0.1:${port}...`);
    const began = performance.now();
    try {
      const { local } = await this.#inTime(
        system.call("connect", { fd, address: "127.0.0.1", port }),
        options.connectTimeout,
      );
      this.#attempt.localPort = local.port;
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      const after = Math.round(performance.now() - began);
      await this.#tell(`* connect to 127.0.0.1 port ${port} from 127.0.0.1 failed: ${error.message}`);
      throw new CurlError(7, `Failed to connect to ${host} port ${port} after ${after} ms: Couldn't connect to server`);
    }
    this.#attempt.remotePort = port;
    this.#attempt.connected = performance.now() - this.#began;
    await this.#tell(`* Connected to ${host} (127.0.0.1) port ${port}`);
    await this.#tell("* using HTTP/1.x");
  }

  async #connectUnix(fd: Fd, address: string, destination: string): Promise<void> {
    const { options, system } = this;
    await this.#tell(`*   Trying ${address}:0...`);
    const began = performance.now();
    try {
      const path = system.path(address);
      await this.#inTime(system.call("connect", { fd, address, port: 0, path }), options.connectTimeout);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      const after = Math.round(performance.now() - began);
      await this.#tell(`* connect to ${address} port 0 failed: ${error.message}`);
      throw new CurlError(
        7,
        `Failed to connect to ${destination} via ${address} after ${after} ms: Couldn't connect to server`,
      );
    }
    this.#attempt.connected = performance.now() - this.#began;
    await this.#tell(`* Connected to ${destination.replace(/ port .*/, "")} (${address}) port 0`);
    await this.#tell("* using HTTP/1.x");
  }

  async #send(fd: Fd, { url, method, body }: Request): Promise<void> {
    const protocol = this.options.http10 ? "HTTP/1.0" : "HTTP/1.1";
    const path = this.options.pathAsIs ? pathAsGiven(this.wanted.given.url) : `${url.pathname}${url.search}`;
    const lines = [`${method} ${path} ${protocol}`, ...this.#headers(url, body)];
    for (const line of lines) await this.#tell(`> ${line}\r`);
    await this.#tell("> \r");
    const head = `${lines.map((line) => `${line}\r\n`).join("")}\r\n`;
    const bytes = body?.chunked === true ? inChunks(body.bytes) : body?.bytes;
    this.#attempt.requestBytes = head.length + (bytes?.length ?? 0);
    this.#attempt.sent = performance.now() - this.#began;
    try {
      await this.system.write(fd, head);
      if (bytes !== undefined) await this.#inTime(this.system.write(fd, bytes));
      this.#attempt.uploaded = body?.bytes.length ?? 0;
    } catch (error) {
      // A server may answer before it has read everything: what it says is read next.
      if (!(error instanceof SyscallError)) throw error;
    }
    await this.#tell(
      body === undefined ? "* Request completely sent off" : `* upload completely sent off: ${body.bytes.length} bytes`,
    );
  }

  #headers(url: URL, body: RequestBody | undefined): string[] {
    const { options } = this;
    const given = options.headers.map((line): [string, string | undefined] => {
      const [, name = line, sign, value = ""] = /^([^:;]*)([:;])(.*)$/s.exec(line) ?? [];
      const text = value.trim();
      return [name, sign === ";" && text === "" ? "" : text === "" ? undefined : text];
    });
    const ours: [string, string | undefined][] = [
      ["Host", url.host],
      ["Authorization", this.#authorization(url)],
      ["Range", this.#range()],
      ["User-Agent", (options.userAgent ?? `curl/${version}`) || undefined],
      ["Accept", options.json ? undefined : "*/*"],
      ["Referer", options.referer],
      ["Cookie", this.#cookies(url) || undefined],
    ];
    const carried: [string, string | undefined][] = [
      ["Transfer-Encoding", body?.chunked === true ? "chunked" : undefined],
      ["Content-Length", body === undefined || body.chunked === true ? undefined : String(body.bytes.length)],
      ["Content-Type", body?.type],
    ];
    const asked = [...given, ...this.#jsonHeaders(given)];
    const find = (name: string) => asked.find(([each]) => each.toLowerCase() === name.toLowerCase());
    const host = find("Host");
    const line = (name: string, value: string) => `${name}:${value === "" ? "" : ` ${value}`}`;
    // What the command line gives stands in place of curl's own, between what it says of itself and what it says of the body.
    const own = (headers: typeof ours) =>
      headers.flatMap(([name, value]) => (value === undefined || find(name) !== undefined ? [] : [line(name, value)]));
    return [
      ...(host?.[1] === undefined ? [] : [line("Host", host[1])]),
      ...own(ours),
      ...asked.flatMap(([name, value]) =>
        value === undefined || name.toLowerCase() === "host" ? [] : [line(name, value)],
      ),
      ...own(carried),
    ];
  }

  /** What `--json` adds to the headers that are given. */
  #jsonHeaders(given: readonly (readonly [string, string | undefined])[]): [string, string][] {
    if (!this.options.json) return [];
    const added: [string, string][] = [
      ["Content-Type", "application/json"],
      ["Accept", "application/json"],
    ];
    return added.filter(([name]) => !given.some(([each]) => each.toLowerCase() === name.toLowerCase()));
  }

  #range(): string | undefined {
    const { range, resume } = this.options;
    if (range !== undefined) return `bytes=${range}`;
    if (resume === undefined) return undefined;
    const from = resume === "auto" ? this.#sizeOfOutput() : resume;
    return from === 0 ? undefined : `bytes=${from}-`;
  }

  /** Bytes that the file has that the answer goes to. */
  #sizeOfOutput(): number {
    const name = this.#namedOutput();
    return name === undefined ? 0 : (this.system.files.status(this.system.path(name))?.size ?? 0);
  }

  #authorization(url: URL): string | undefined {
    const { user, bearer } = this.options;
    if (user !== undefined) return basicCredentials(user.includes(":") ? user : `${user}:`);
    if (bearer !== undefined) return `Bearer ${bearer}`;
    if (url.username === "") return undefined;
    return basicCredentials(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`);
  }

  #cookies(url: URL): string {
    const kept = this.jar.header({ host: url.hostname, path: url.pathname });
    const given = this.options.cookies.filter((each) => each.includes("="));
    return [kept, given.join(";")].filter((each) => each !== undefined && each !== "").join("; ");
  }

  async #receive(fd: Fd, { url, method }: Request): Promise<void> {
    const parser = new ResponseParser(method);
    const attempt = this.#attempt;
    let begun = false;
    while (!parser.complete) {
      await this.#inTime(this.#next(fd, parser));
      const { head } = parser;
      if (head !== undefined && !begun) {
        begun = true;
        attempt.firstByte = performance.now() - this.#began;
        attempt.status = head.status;
        attempt.version = head.version.replace("HTTP/", "");
        attempt.headers = head.headers;
        await this.#showHead(head, url);
        await this.#saveTag();
      }
      const bytes = parser.takeBody();
      if (bytes.length === 0 || (this.options.fail && attempt.status >= 400)) continue;
      attempt.downloaded += bytes.length;
      if (!this.#isFollowed()) await this.#put(bytes);
    }
    if (!this.#isFollowed() && !(this.options.fail && attempt.status >= 400)) await this.#put(new Uint8Array());
    await this.#tell(
      parser.persistent ? `* Connection #0 to host ${url.hostname} left intact` : "* shutting down connection #0",
    );
  }

  /** curl drops the body of a redirect that it follows. */
  #isFollowed(): boolean {
    const { status, headers } = this.#attempt;
    if (!this.options.follow || ![301, 302, 303, 307, 308].includes(status)) return false;
    return headers.some(([name]) => name.toLowerCase() === "location");
  }

  /** Where the answer goes: a file is made when its first bytes come, or its end. */
  async #put(bytes: Uint8Array): Promise<void> {
    this.#output ??= this.#open();
    if (bytes.length > 0) await this.system.write(this.#output, bytes);
  }

  #open(): Fd {
    const { options, wanted, system } = this;
    const named = this.#namedOutput();
    if (named === undefined || named === "-") return 1;
    const file = named.replace(/#(\d)/g, (whole, place: string) => wanted.given.places[Number(place) - 1] ?? whole);
    this.#file = options.outputFolder === undefined ? file : `${options.outputFolder}/${file}`;
    const path = system.path(this.#file);
    try {
      if (options.createFolders) makeFolders(system, path);
      return system.descriptors.open(path, options.resume === undefined ? "write" : "append");
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      if (!options.silent) {
        void system.write(2, `Warning: Failed to open the file ${this.#file}: ${error.message}\n`);
      }
      throw new CurlError(23, "Failure writing output to destination");
    }
  }

  /** The file that the command line names for this answer, if it does. */
  #namedOutput(): string | undefined {
    const { options, wanted } = this;
    const further = wanted.place - options.outputs.length;
    return (
      options.outputs[wanted.place] ?? (further >= 0 && options.remoteNames > further ? this.#remoteName() : undefined)
    );
  }

  #remoteName(): string {
    const disposition = this.#attempt.headers.find(([name]) => name.toLowerCase() === "content-disposition")?.[1];
    const given = /filename="?([^";]+)/i.exec(disposition ?? "")?.[1]?.replace(/^.*[/\\]/, "");
    if (this.options.headerNames && given !== undefined) return given;
    const name = decodeURIComponent(parseUrl(this.wanted.given.url).pathname.split("/").at(-1) ?? "");
    if (name === "") throw new CurlError(23, "Failed writing received data to disk/application");
    return name;
  }

  async #next(fd: Fd, parser: ResponseParser): Promise<void> {
    try {
      const bytes = await this.system.read(fd);
      if (bytes === null) parser.end();
      else parser.push(bytes);
    } catch (error) {
      if (error instanceof SyscallError) throw new CurlError(56, `Recv failure: ${error.message}`);
      if (!(error instanceof HttpError)) throw error;
      throw failureOf(error, parser, this.#attempt.downloaded);
    }
  }

  /** `--etag-save`. */
  async #saveTag(): Promise<void> {
    const { etagSave } = this.options;
    if (etagSave === undefined) return;
    const tag = this.#attempt.headers.find(([name]) => name.toLowerCase() === "etag")?.[1];
    const fd = this.system.descriptors.open(this.system.path(etagSave), "write");
    if (tag !== undefined) await this.system.write(fd, `${tag}\n`);
    this.system.descriptors.close(fd);
  }

  async #showHead(
    { version: protocol, status, reason, headers }: NonNullable<ResponseParser["head"]>,
    url: URL,
  ): Promise<void> {
    const lines = [`${protocol} ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
    for (const line of lines) await this.#tell(`< ${line}\r`);
    await this.#tell("< \r");
    this.jar.setAll(headers, { host: url.hostname, path: url.pathname });
    const text = `${lines.map((line) => `${line}\r\n`).join("")}\r\n`;
    this.#attempt.headerBytes = text.length;
    const { dumpHeader, include, head } = this.options;
    const bytes = new TextEncoder().encode(text);
    if (dumpHeader === "-") await this.system.write(1, bytes);
    else if (dumpHeader !== undefined) {
      const first = this.#redirects === 0 && this.wanted.number === 0;
      const fd = this.system.descriptors.open(this.system.path(dumpHeader), first ? "write" : "append");
      await this.system.write(fd, bytes);
      this.system.descriptors.close(fd);
    }
    if (include || head) await this.#put(bytes);
  }

  /** Rejects when the time that the reader allows is over. */
  async #inTime<T>(work: Promise<T>, other?: number): Promise<T> {
    const most = Math.min(this.options.maxTime ?? Number.POSITIVE_INFINITY, other ?? Number.POSITIVE_INFINITY);
    if (most === Number.POSITIVE_INFINITY) return work;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => {
        // Timers may come a fraction of a millisecond early.
        const after = Math.max(Math.ceil(most), Math.round(performance.now() - this.#began));
        const message = `Operation timed out after ${after} milliseconds with ${this.#downloadedOf()} bytes received`;
        late.reject(new CurlError(28, message));
      },
      Math.max(0, most - (performance.now() - this.#began)),
    );
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** How much has come, and of how much, where that is known. */
  #downloadedOf(): string {
    const { downloaded, headers } = this.#attempt;
    const length = headers.find(([name]) => name.toLowerCase() === "content-length")?.[1];
    return length === undefined ? String(downloaded) : `${downloaded} out of ${length}`;
  }

  #tell(line: string): Promise<void> {
    return this.options.verbose ? this.system.write(2, `${line}\n`) : Promise.resolve();
  }

  /** What curl shows while an answer goes elsewhere than to a terminal: how it begins, and how it ends. */
  async #progress(failed: boolean): Promise<void> {
    const { silent, noProgress } = this.options;
    if (silent || noProgress || (this.#file === "" && this.system.descriptors.isTerminal(1))) return;
    const { downloaded } = this.#attempt;
    const elapsed = Math.max(1, performance.now() - this.#began);
    const number = (value: number, columns: number) => String(Math.round(value)).padStart(columns);
    const rate = (downloaded * 1000) / elapsed;
    const line = (share: number, bytes: number, speed: number) =>
      `\r${number(share, 3)} ${number(bytes, 5)}  ${number(share, 3)} ${number(bytes, 5)}    0     0 ${number(speed, 6)}      0 --:--:-- --:--:-- --:--:-- ${number(speed, 5)}`;
    const last = failed ? line(0, 0, 0) : line(100, downloaded, rate);
    await this.system.write(
      2,
      `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n${line(0, 0, 0)}${last}\n`,
    );
  }

  #report(failure: CurlError | undefined): TransferReport {
    return {
      ...this.#attempt,
      method: this.#method,
      url: this.#url,
      urlGiven: this.wanted.given.url,
      number: this.wanted.number,
      redirectUrl: this.#redirectUrl,
      redirects: this.#redirects,
      connects: this.#attempt.connected === 0 ? 0 : this.#redirects + 1,
      retries: this.#retries,
      file: this.#file,
      total: performance.now() - this.#began,
      redirectTime: this.#redirectTime,
      exitCode: failure?.code ?? 0,
      error: failure?.message ?? "",
    };
  }
}

const noHeaders: readonly (readonly [string, string])[] = [];

/** Where a connection goes: `--connect-to host:port:host:port` sends some elsewhere. Empty parts stand for any, or for the same. */
function connectedTo({ hostname, port: given }: URL, rules: readonly string[]): { host: string; port: number } {
  const port = Number(given || 80);
  for (const rule of rules) {
    const [from = "", fromPort = "", host = "", toPort = ""] = rule.split(":");
    if ((from === "" || from === hostname) && (fromPort === "" || Number(fromPort) === port))
      return { host: host || hostname, port: Number(toPort || port) };
  }
  return { host: hostname, port };
}

/** What is known of a request under way. Times are since the beginning of the transfer. */
function newAttempt() {
  return {
    status: 0,
    version: "0",
    headers: noHeaders,
    downloaded: 0,
    uploaded: 0,
    headerBytes: 0,
    requestBytes: 0,
    localPort: 0,
    remotePort: 0,
    connected: 0,
    sent: 0,
    firstByte: 0,
  };
}

function failureOf(error: HttpError, parser: ResponseParser, downloaded: number): CurlError {
  const length = parser.head?.headers.find(([name]) => name.toLowerCase() === "content-length")?.[1];
  switch (error.fault) {
    case "empty":
      return new CurlError(52, "Empty reply from server");
    case "truncated":
      return new CurlError(
        18,
        length === undefined
          ? "transfer closed with outstanding read data remaining"
          : `transfer closed with ${Number(length) - downloaded} bytes remaining to read`,
      );
    case "too large":
      return new CurlError(63, error.message);
    default:
      return parser.head === undefined
        ? new CurlError(1, "Received HTTP/0.9 when not allowed")
        : new CurlError(56, error.message);
  }
}

/** A body whose length is not known beforehand, in one chunk (RFC 9112, 7.1). */
function inChunks(bytes: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const pieces =
    bytes.length === 0 ? [] : [encoder.encode(`${bytes.length.toString(16)}\r\n`), bytes, encoder.encode("\r\n")];
  return joinBytes([...pieces, encoder.encode("0\r\n\r\n")]);
}

function makeFolders(system: System, path: string): void {
  const parts = path.split("/");
  for (let length = 2; length < parts.length; length += 1) {
    const above = parts.slice(0, length).join("/");
    if (!system.files.isFolder(above)) system.files.create(above, "directory", 0o755);
  }
}

function parseUrl(address: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  let url: URL;
  try {
    url = new URL(text.replace(/^http:\/\/:(?=\d)/, "http://localhost:"));
  } catch {
    const port = /^\w+:\/\/[^/]*:(\d+)/.exec(text)?.[1];
    if (port !== undefined && Number(port) > 65_535) {
      throw new CurlError(3, "URL rejected: Port number was not a decimal number between 0 and 65535");
    }
    throw new CurlError(3, "URL rejected: Malformed input to a URL function");
  }
  if (url.protocol !== "http:")
    throw new CurlError(1, `Protocol "${url.protocol.slice(0, -1)}" not supported or disabled in libcurl`);
  return url;
}

function pathAsGiven(address: string): string {
  return /^(?:[a-z]+:\/\/)?[^/?#]*([^#]*)/i.exec(address)?.[1] || "/";
}
