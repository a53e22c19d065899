/** A piece of a request's body. */
export type FormField =
  | { readonly kind: "text"; readonly name: string; readonly value: string; readonly type: string | undefined }
  | {
      readonly kind: "file" | "content";
      readonly name: string;
      readonly path: string;
      readonly type: string | undefined;
      readonly fileName: string | undefined;
    };

/** What a command line asks of curl. Times are in milliseconds. */
export interface CurlOptions {
  urls: string[];
  method: string | undefined;
  headers: string[];
  /** What `-d` and its relatives give, in bytes. */
  data: Uint8Array[];
  form: FormField[];
  upload: string[];
  /** `-G`: data goes into the query. */
  get: boolean;
  head: boolean;
  include: boolean;
  silent: boolean;
  showError: boolean;
  noProgress: boolean;
  verbose: boolean;
  follow: boolean;
  keepsMethod: ReadonlySet<number>;
  mostRedirects: number;
  fail: boolean;
  failWithBody: boolean;
  failEarly: boolean;
  outputs: string[];
  outputFolder: string | undefined;
  createFolders: boolean;
  remoteNames: number;
  dumpHeader: string | undefined;
  maxTime: number | undefined;
  connectTimeout: number | undefined;
  retries: number;
  retryDelay: number | undefined;
  retryConnectionRefused: boolean;
  retryAllErrors: boolean;
  writeOut: string | undefined;
  range: string | undefined;
  /** Read from (or given as `name=value`), and written to. */
  cookies: string[];
  cookieFile: string | undefined;
  user: string | undefined;
  bearer: string | undefined;
  userAgent: string | undefined;
  json: boolean;
  http10: boolean;
  parallel: boolean;
  globbing: boolean;
  pathAsIs: boolean;
  unixSocket: string | undefined;
  resolve: string[];
  /** `host:port:host:port`. */
  connectTo: string[];
  /** What the query gets, besides what the address has. */
  query: string[];
  referer: string | undefined;
  /** `-J`: a file is named as the answer says. */
  headerNames: boolean;
  /** `-C`: from this byte on, or from where the file ends. */
  resume: number | "auto" | undefined;
  etagSave: string | undefined;
  proxy: string | undefined;
}

/** What is wrong with a command line, in curl's words. */
export class CurlUsageError extends Error {
  override readonly name = "CurlUsageError";
}

/** Long names, by the letters that stand for them. */
const short: Readonly<Record<string, string>> = {
  "0": "http1.0",
  "4": "ipv4",
  "6": "ipv6",
  "#": "progress-bar",
  A: "user-agent",
  b: "cookie",
  c: "cookie-jar",
  C: "continue-at",
  d: "data",
  D: "dump-header",
  e: "referer",
  f: "fail",
  F: "form",
  g: "globoff",
  G: "get",
  h: "help",
  H: "header",
  i: "include",
  I: "head",
  j: "junk-session-cookies",
  J: "remote-header-name",
  K: "config",
  k: "insecure",
  L: "location",
  m: "max-time",
  n: "netrc",
  N: "no-buffer",
  o: "output",
  O: "remote-name",
  q: "disable",
  r: "range",
  s: "silent",
  S: "show-error",
  T: "upload-file",
  u: "user",
  v: "verbose",
  V: "version",
  w: "write-out",
  x: "proxy",
  X: "request",
  z: "time-cond",
  Z: "parallel",
  ":": "next",
};

/** What changes nothing here: there is one network, one protocol, and no proxy. */
const ignored = new Set([
  "ipv4",
  "ipv6",
  "insecure",
  "no-buffer",
  "compressed",
  "http1.1",
  "disable",
  "tcp-nodelay",
  "no-keepalive",
  "progress-bar",
  "anyauth",
  "basic",
  "junk-session-cookies",
  "netrc",
  "parallel-immediate",
  "styled-output",
  "no-styled-output",
  "show-headers-only",
  "tr-encoding",
  "raw",
]);
const ignoredValues = new Set([
  "limit-rate",
  "keepalive-time",
  "noproxy",
  "parallel-max",
  "interface",
  "speed-limit",
  "speed-time",
  "retry-max-time",
  "proto",
  "proto-default",
  "proto-redir",
]);

type Switch = (options: CurlOptions, on: boolean) => void;

const switches: Readonly<Record<string, Switch>> = {
  include: (options, on) => {
    options.include = on;
  },
  "show-headers": (options, on) => {
    options.include = on;
  },
  silent: (options, on) => {
    options.silent = on;
  },
  "show-error": (options, on) => {
    options.showError = on;
  },
  verbose: (options, on) => {
    options.verbose = on;
  },
  "remote-name": (options, on) => {
    options.remoteNames += on ? 1 : -1;
  },
  "remote-name-all": (options, on) => {
    options.remoteNames = on ? Number.POSITIVE_INFINITY : 0;
  },
  head: (options, on) => {
    options.head = on;
  },
  "remote-header-name": (options, on) => {
    options.headerNames = on;
  },
  location: (options, on) => {
    options.follow = on;
  },
  "location-trusted": (options, on) => {
    options.follow = on;
  },
  fail: (options, on) => {
    options.fail = on;
  },
  "fail-with-body": (options, on) => {
    options.failWithBody = on;
  },
  "fail-early": (options, on) => {
    options.failEarly = on;
  },
  get: (options, on) => {
    options.get = on;
  },
  globoff: (options, on) => {
    options.globbing = !on;
  },
  parallel: (options, on) => {
    options.parallel = on;
  },
  "create-dirs": (options, on) => {
    options.createFolders = on;
  },
  "http1.0": (options, on) => {
    options.http10 = on;
  },
  "path-as-is": (options, on) => {
    options.pathAsIs = on;
  },
  "progress-meter": (options, on) => {
    options.noProgress = !on;
  },
  "retry-connrefused": (options, on) => {
    options.retryConnectionRefused = on;
  },
  "retry-all-errors": (options, on) => {
    options.retryAllErrors = on;
  },
  post301: (options) => {
    options.keepsMethod = new Set([...options.keepsMethod, 301]);
  },
  post302: (options) => {
    options.keepsMethod = new Set([...options.keepsMethod, 302]);
  },
  post303: (options) => {
    options.keepsMethod = new Set([...options.keepsMethod, 303]);
  },
};

/** Reads a file for `-d @file`; `-` is standard input. */
export type ReadNamedFile = (name: string) => Uint8Array;

type Take = (options: CurlOptions, value: string, read: ReadNamedFile) => void;

const values: Readonly<Record<string, Take>> = {
  request: (options, value) => {
    options.method = value;
  },
  header: (options, value, read) => {
    if (value.startsWith("@"))
      options.headers.push(
        ...text(read(value.slice(1)))
          .split(/\r?\n/)
          .filter((line) => line !== ""),
      );
    else options.headers.push(value);
  },
  data: (options, value, read) => {
    options.data.push(
      value.startsWith("@") ? bytes(text(read(value.slice(1))).replace(/[\r\n\0]/g, "")) : bytes(value),
    );
  },
  "data-ascii": (options, value, read) => values["data"]?.(options, value, read),
  "data-raw": (options, value) => {
    options.data.push(bytes(value));
  },
  "data-binary": (options, value, read) => {
    options.data.push(value.startsWith("@") ? read(value.slice(1)) : bytes(value));
  },
  "data-urlencode": (options, value, read) => {
    options.data.push(bytes(urlEncoded(value, read)));
  },
  "url-query": (options, value, read) => {
    options.query.push(urlEncoded(value, read));
  },
  json: (options, value, read) => {
    options.data.push(value.startsWith("@") ? read(value.slice(1)) : bytes(value));
    options.json = true;
  },
  form: (options, value) => {
    options.form.push(formField(value));
  },
  "form-string": (options, value) => {
    const [name, content] = split(value, "=");
    options.form.push({ kind: "text", name, value: content ?? "", type: undefined });
  },
  "upload-file": (options, value) => {
    options.upload.push(value);
  },
  "max-time": (options, value) => {
    options.maxTime = seconds("max-time", "-m", value);
  },
  "connect-timeout": (options, value) => {
    options.connectTimeout = seconds("connect-timeout", "--connect-timeout", value);
  },
  "max-redirs": (options, value) => {
    options.mostRedirects = Number(value) < 0 ? Number.POSITIVE_INFINITY : whole("--max-redirs", value);
  },
  retry: (options, value) => {
    options.retries = whole("--retry", value);
  },
  "retry-delay": (options, value) => {
    options.retryDelay = seconds("retry-delay", "--retry-delay", value) ?? 0;
  },
  output: (options, value) => {
    options.outputs.push(value);
  },
  "output-dir": (options, value) => {
    options.outputFolder = value;
  },
  "dump-header": (options, value) => {
    options.dumpHeader = value;
  },
  "cookie-jar": (options, value) => {
    options.cookieFile = value;
  },
  cookie: (options, value) => {
    options.cookies.push(value);
  },
  "write-out": (options, value, read) => {
    options.writeOut = value.startsWith("@") ? text(read(value.slice(1))).replace(/[\r\n]/g, "") : value;
  },
  user: (options, value) => {
    options.user = value;
  },
  "oauth2-bearer": (options, value) => {
    options.bearer = value;
  },
  "user-agent": (options, value) => {
    options.userAgent = value;
  },
  referer: (options, value) => {
    options.referer = value.replace(/;auto$/, "");
  },
  range: (options, value) => {
    options.range = /^\d+$/.test(value) ? `${value}-` : value;
  },
  url: (options, value) => {
    options.urls.push(value);
  },
  "unix-socket": (options, value) => {
    options.unixSocket = value;
  },
  resolve: (options, value) => {
    options.resolve.push(value);
  },
  "connect-to": (options, value) => {
    options.connectTo.push(value);
  },
  "continue-at": (options, value) => {
    options.resume = value === "-" ? "auto" : whole("-C", value);
  },
  "time-cond": (options, value) => {
    const before = value.startsWith("-") ? "If-Unmodified-Since" : "If-Modified-Since";
    const date = new Date(value.replace(/^[-+=]/, ""));
    if (!Number.isNaN(date.getTime())) options.headers.push(`${before}: ${date.toUTCString()}`);
  },
  "etag-save": (options, value) => {
    options.etagSave = value;
  },
  "etag-compare": (options, value, read) => {
    const tag = text(read(value)).trim();
    options.headers.push(`If-None-Match: ${tag === "" ? '""' : tag}`);
  },
  proxy: (options, value) => {
    options.proxy = value;
  },
};

function empty(): CurlOptions {
  return {
    urls: [],
    method: undefined,
    headers: [],
    data: [],
    form: [],
    upload: [],
    get: false,
    head: false,
    include: false,
    silent: false,
    showError: false,
    noProgress: false,
    verbose: false,
    follow: false,
    keepsMethod: new Set(),
    mostRedirects: 50,
    fail: false,
    failWithBody: false,
    failEarly: false,
    outputs: [],
    outputFolder: undefined,
    createFolders: false,
    remoteNames: 0,
    dumpHeader: undefined,
    maxTime: undefined,
    connectTimeout: undefined,
    retries: 0,
    retryDelay: undefined,
    retryConnectionRefused: false,
    retryAllErrors: false,
    writeOut: undefined,
    range: undefined,
    cookies: [],
    cookieFile: undefined,
    user: undefined,
    bearer: undefined,
    userAgent: undefined,
    json: false,
    http10: false,
    parallel: false,
    globbing: true,
    pathAsIs: false,
    unixSocket: undefined,
    resolve: [],
    connectTo: [],
    query: [],
    referer: undefined,
    headerNames: false,
    resume: undefined,
    etagSave: undefined,
    proxy: undefined,
  };
}

/** What one `--next` leaves as it is for what comes after it. */
const global = ["silent", "showError", "verbose", "parallel", "failEarly", "noProgress"] as const;

/**
 * Parses curl's arguments: options for each part that `--next` divides them into. `read` is for `-d @file` and `-K file`. Throws
 * `CurlUsageError`.
 */
export function parseCurl(args: readonly string[], read: ReadNamedFile): CurlOptions[] | "help" | "version" {
  const parts: CurlOptions[] = [empty()];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const options = parts.at(-1) ?? empty();
    if (arg === "--next" || arg === "-:") {
      // A part without an address is what the next one begins with.
      if (options.urls.length > 0) parts.push(after(options));
    } else {
      const asked = take(options, arg, rest, read);
      if (asked !== undefined) return asked;
    }
  }
  for (const options of parts) finish(options);
  return parts;
}

/** The part behind `--next`, as it begins. */
function after(options: CurlOptions): CurlOptions {
  const next = empty();
  for (const name of global) next[name] = options[name];
  return next;
}

/** Takes one argument, with its value. */
function take(options: CurlOptions, arg: string, rest: string[], read: ReadNamedFile): "help" | "version" | undefined {
  if (arg === "--") options.urls.push(...rest.splice(0));
  else if (!arg.startsWith("-") || arg === "-") options.urls.push(arg);
  else if (arg === "-K" || arg === "--config") {
    const file = rest.shift();
    if (file === undefined) throw new CurlUsageError(`option ${arg}: requires parameter`);
    rest.unshift(...configArguments(text(read(file))));
  } else if (arg.startsWith("--")) return takeLong(options, arg, rest, read);
  else return takeShort(options, arg, rest, read);
  return undefined;
}

function finish(options: CurlOptions): void {
  if (options.data.length > 0 && options.form.length > 0) {
    throw new CurlUsageError(
      "You can only select one HTTP request method! POST (-d, --data) and multipart formpost (-F, --form).",
    );
  }
  if (options.query.length === 0) return;
  const query = options.query.join("&");
  options.urls = options.urls.map((url) => `${url}${url.includes("?") ? "&" : "?"}${query}`);
}

/** The arguments that a file of `-K` stands for: `url = "…"`, `-H "…"`, `silent`, and comments. */
function configArguments(file: string): string[] {
  return file.split("\n").flatMap((line) => {
    const [, name, value] = /^([^\s=:#][^\s=:]*)(?:\s*[=:]\s*|\s+|$)(.*)$/.exec(line.trim()) ?? [];
    if (name === undefined) return [];
    const option = name.startsWith("-") ? name : `--${name}`;
    if (value === undefined || value === "") return [option];
    const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1];
    const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", v: "\v" };
    return [option, quoted?.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter) ?? value];
  });
}

function takeLong(
  options: CurlOptions,
  arg: string,
  rest: string[],
  read: ReadNamedFile,
): "help" | "version" | undefined {
  const name = arg.slice(2);
  if (name === "help" || name === "version") {
    if (name === "help" && rest[0] !== undefined) rest.shift();
    return name;
  }
  if (Object.hasOwn(values, name) || ignoredValues.has(name)) {
    const value = rest.shift();
    if (value === undefined) throw new CurlUsageError(`option ${arg}: requires parameter`);
    values[name]?.(options, value, read);
    return undefined;
  }
  const [positive, on] = name.startsWith("no-") ? [name.slice(3), false] : [name, true];
  if (Object.hasOwn(switches, positive)) switches[positive]?.(options, on);
  else if (!ignored.has(name) && !ignored.has(positive)) throw new CurlUsageError(`option ${arg}: is unknown`);
  return undefined;
}

function takeShort(
  options: CurlOptions,
  arg: string,
  rest: string[],
  read: ReadNamedFile,
): "help" | "version" | undefined {
  for (let at = 1; at < arg.length; at += 1) {
    const letter = arg.charAt(at);
    const name = Object.hasOwn(short, letter) ? (short[letter] ?? "") : "";
    if (name === "help" || name === "version") return name;
    if (Object.hasOwn(values, name)) {
      const value = arg.slice(at + 1) || rest.shift();
      if (value === undefined) throw new CurlUsageError(`option ${arg}: requires parameter`);
      values[name]?.(options, value, read);
      return undefined;
    }
    if (Object.hasOwn(switches, name)) switches[name]?.(options, true);
    else if (!ignored.has(name)) throw new CurlUsageError(`option ${arg}: is unknown`);
  }
  return undefined;
}

/** `name=value`, `name=@file;type=text/plain;filename=x`, `name=<file`. */
function formField(given: string): FormField {
  const [name, content] = split(given, "=");
  if (content === undefined) throw new CurlUsageError("Illegally formatted input field");
  const [first = "", ...more] = content.split(/;(?=(?:type|filename|encoder|headers)=)/);
  const extra = (key: string) =>
    more
      .find((each) => each.startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .replace(/^"(.*)"$/, "$1");
  const type = extra("type");
  if (!/^[@<]/.test(first)) return { kind: "text", name, value: first.replace(/^"(.*)"$/s, "$1"), type };
  const path = first.slice(1).replace(/^"(.*)"$/, "$1");
  return { kind: first.startsWith("@") ? "file" : "content", name, path, type, fileName: extra("filename") };
}

function urlEncoded(value: string, read: ReadNamedFile): string {
  const equals = value.indexOf("=");
  const mark = equals === -1 ? value.indexOf("@") : equals;
  const before = mark > 0 ? `${value.slice(0, mark)}=` : "";
  const content = value.slice(mark + 1);
  const encoded = percentEncoded(value.charAt(mark) === "@" ? read(content) : bytes(content));
  // As in forms: curl does so for what it encodes itself.
  return before + encoded.replaceAll("%20", "+");
}

function seconds(_name: string, shown: string, value: string): number | undefined {
  const number = Number(value);
  if (value.trim() === "" || Number.isNaN(number)) {
    throw new CurlUsageError(`option ${shown}: expected a proper numerical parameter`);
  }
  return number > 0 ? number * 1000 : undefined;
}

function whole(shown: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new CurlUsageError(`option ${shown}: expected a proper numerical parameter`);
  return Number(value);
}

function split(value: string, sign: string): [string, string | undefined] {
  const at = value.indexOf(sign);
  return at === -1 ? [value, undefined] : [value.slice(0, at), value.slice(at + 1)];
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(value: Uint8Array): string {
  return new TextDecoder().decode(value);
}

/** As `curl_easy_escape` has it: each byte but those of letters, digits and `-._~`. */
function percentEncoded(content: Uint8Array): string {
  return Array.from(content, (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
