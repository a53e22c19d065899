/** What a command line asks of curl. */
export interface CurlOptions {
  urls: string[];
  method: string | undefined;
  headers: string[];
  data: string[];
  /** `-G`: data goes into the query. */
  get: boolean;
  head: boolean;
  include: boolean;
  silent: boolean;
  showError: boolean;
  verbose: boolean;
  follow: boolean;
  fail: boolean;
  output: string | undefined;
  remoteName: boolean;
  /** Milliseconds. */
  maxTime: number | undefined;
  writeOut: string | undefined;
  /** Read from (or given as `name=value`), and written to. */
  cookies: string[];
  cookieFile: string | undefined;
  user: string | undefined;
  userAgent: string | undefined;
  json: boolean;
}

/** What is wrong with a command line, and curl's exit code for it. */
export class CurlUsageError extends Error {
  override readonly name = "CurlUsageError";
}

const long: Readonly<Record<string, string>> = {
  include: "i",
  silent: "s",
  "show-error": "S",
  verbose: "v",
  request: "X",
  header: "H",
  data: "d",
  "data-ascii": "d",
  "data-raw": "data-raw",
  "data-binary": "data-binary",
  "data-urlencode": "data-urlencode",
  json: "json",
  "max-time": "m",
  "connect-timeout": "ignored-value",
  output: "o",
  "remote-name": "O",
  head: "I",
  location: "L",
  "cookie-jar": "c",
  cookie: "b",
  fail: "f",
  get: "G",
  "write-out": "w",
  user: "u",
  "user-agent": "A",
  insecure: "k",
  "no-buffer": "N",
  compressed: "ignored",
  "http1.1": "ignored",
  "no-progress-meter": "no-progress-meter",
  help: "h",
  version: "V",
  retry: "ignored-value",
  url: "url",
};
const withValue = new Set(
  "X H d data-raw data-binary data-urlencode json m ignored-value o c b w u A e url".split(" "),
);
const withoutValue = new Set("i s S v O I L f G k N h V ignored no-progress-meter 4 6 #".split(" "));

/** Parses curl's arguments. `readFile` is for `-d @file`. Throws `CurlUsageError`. */
export function parseCurl(
  args: readonly string[],
  readFile: (name: string) => string,
): CurlOptions | "help" | "version" {
  const options: CurlOptions = {
    urls: [],
    method: undefined,
    headers: [],
    data: [],
    get: false,
    head: false,
    include: false,
    silent: false,
    showError: false,
    verbose: false,
    follow: false,
    fail: false,
    output: undefined,
    remoteName: false,
    maxTime: undefined,
    writeOut: undefined,
    cookies: [],
    cookieFile: undefined,
    user: undefined,
    userAgent: undefined,
    json: false,
  };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith("-") || arg === "-") {
      options.urls.push(arg);
      continue;
    }
    const names = arg.startsWith("--")
      ? [Object.hasOwn(long, arg.slice(2)) ? (long[arg.slice(2)] ?? "") : ""]
      : [...arg.slice(1)];
    for (const [index, name] of names.entries()) {
      if (name === "h") return "help";
      if (name === "V") return "version";
      if (withValue.has(name)) {
        const attached = arg.startsWith("--") ? "" : arg.slice(index + 2);
        const value = attached || rest.shift();
        if (value === undefined) throw new CurlUsageError(`option ${arg}: requires parameter`);
        take(options, name, value, readFile);
        break;
      }
      if (!withoutValue.has(name)) throw new CurlUsageError(`option ${arg}: is unknown`);
      turnOn(options, name);
    }
  }
  return options;
}

function turnOn(options: CurlOptions, name: string): void {
  switch (name) {
    case "i":
      options.include = true;
      break;
    case "s":
    case "no-progress-meter":
      options.silent = true;
      if (name !== "s") options.showError = true;
      break;
    case "S":
      options.showError = true;
      break;
    case "v":
      options.verbose = true;
      break;
    case "O":
      options.remoteName = true;
      break;
    case "I":
      options.head = true;
      break;
    case "L":
      options.follow = true;
      break;
    case "f":
      options.fail = true;
      break;
    case "G":
      options.get = true;
  }
}

function take(options: CurlOptions, name: string, value: string, readFile: (name: string) => string): void {
  switch (name) {
    case "X":
      options.method = value;
      break;
    case "H":
      options.headers.push(value);
      break;
    case "d":
      options.data.push(value.startsWith("@") ? readFile(value.slice(1)).replace(/[\r\n]/g, "") : value);
      break;
    case "data-binary":
      options.data.push(value.startsWith("@") ? readFile(value.slice(1)) : value);
      break;
    case "data-raw":
      options.data.push(value);
      break;
    case "data-urlencode": {
      const equals = value.indexOf("=");
      const mark = equals === -1 ? value.indexOf("@") : equals;
      const before = mark > 0 ? `${value.slice(0, mark)}=` : "";
      const content = value.slice(mark + 1);
      options.data.push(before + percentEncoded(value.charAt(mark) === "@" ? readFile(content) : content));
      break;
    }
    case "json":
      options.data.push(value.startsWith("@") ? readFile(value.slice(1)) : value);
      options.json = true;
      break;
    case "m": {
      const seconds = Number(value);
      if (value === "" || Number.isNaN(seconds))
        throw new CurlUsageError(`option -m: expected a proper numerical parameter`);
      options.maxTime = seconds > 0 ? seconds * 1000 : undefined;
      break;
    }
    case "o":
      options.output = value;
      break;
    case "c":
      options.cookieFile = value;
      break;
    case "b":
      options.cookies.push(value);
      break;
    case "w":
      options.writeOut = value;
      break;
    case "u":
      options.user = value;
      break;
    case "A":
      options.userAgent = value;
      break;
    case "e":
      options.headers.push(`Referer: ${value}`);
      break;
    case "url":
      options.urls.push(value);
  }
}

/** As `curl_easy_escape` has it: each byte but those of letters, digits and `-._~`. */
function percentEncoded(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
