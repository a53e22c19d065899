/**
 * A cookie jar for one computer (RFC 6265): what its servers set, and what a client sends them back.
 *
 * Our own, because tough-cookie carries a list of all public suffixes along (tldts), which means nothing on a computer
 * that knows no host but itself. Cookies do not heed ports. `Secure` is kept but asks for nothing: browsers and curl
 * both trust localhost.
 */

/** A cookie as it is kept. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** In lower case, without a dot before it. */
  readonly domain: string;
  /** Only this very host gets it. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** Milliseconds since 1970; undefined: until the jar is gone. */
  readonly expires: number | undefined;
}

interface Kept {
  readonly cookie: Cookie;
  readonly created: number;
}

/** Where a cookie comes from or goes to: host and path of a URL. */
export interface CookiePlace {
  readonly host: string;
  readonly path: string;
}

/** More than browsers must keep of one host (RFC 6265, 6.1). */
const mostCookies = 150;
const longestCookie = 4096;

/** Cookies, by name, domain and path. */
export class CookieJar {
  readonly #cookies = new Map<string, Kept>();
  #order = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * Takes the value of a `Set-Cookie` header. `script`: a page's script sets it, which may not touch `HttpOnly` ones.
   */
  set(header: string, place: CookiePlace, script = false): void {
    const cookie = parseSetCookie(header, place, this.now());
    if (cookie === undefined || (script && cookie.httpOnly)) return;
    this.put(cookie, script);
  }

  /** Takes those that the headers of a response set. */
  setAll(headers: Iterable<readonly [name: string, value: string]>, place: CookiePlace): void {
    for (const [name, value] of headers) if (name.toLowerCase() === "set-cookie") this.set(value, place);
  }

  /** Keeps a cookie, or forgets its like if it has expired. */
  put(cookie: Cookie, script = false): void {
    const key = `${cookie.name};${cookie.domain};${cookie.path}`;
    const before = this.#cookies.get(key);
    if (script && before?.cookie.httpOnly) return;
    this.#cookies.delete(key);
    if (cookie.expires !== undefined && cookie.expires <= this.now()) return;
    this.#order += 1;
    this.#cookies.set(key, { cookie, created: before?.created ?? this.#order });
    for (const [oldest] of this.#cookies) {
      if (this.#cookies.size <= mostCookies) break;
      this.#cookies.delete(oldest);
    }
  }

  /** The value of the `Cookie` header for a request; undefined if there is nothing to send. */
  header(place: CookiePlace): string | undefined {
    const cookies = this.#matching(place);
    return cookies.length === 0 ? undefined : cookies.map(({ name, value }) => pair(name, value)).join("; ");
  }

  /** What a page's script reads as `document.cookie`. */
  forScript(place: CookiePlace): string {
    return this.#matching(place)
      .filter(({ httpOnly }) => !httpOnly)
      .map(({ name, value }) => pair(name, value))
      .join("; ");
  }

  all(): Cookie[] {
    this.#dropExpired();
    return Array.from(this.#cookies.values(), ({ cookie }) => cookie);
  }

  clear(): void {
    this.#cookies.clear();
  }

  /** Longer paths first, then the older ones. */
  #matching({ host, path }: CookiePlace): Cookie[] {
    this.#dropExpired();
    return [...this.#cookies.values()]
      .filter(({ cookie }) => matchesDomain(host.toLowerCase(), cookie) && matchesPath(path, cookie.path))
      .sort((a, b) => b.cookie.path.length - a.cookie.path.length || a.created - b.created)
      .map(({ cookie }) => cookie);
  }

  #dropExpired(): void {
    const now = this.now();
    for (const [key, { cookie }] of this.#cookies) {
      if (cookie.expires !== undefined && cookie.expires <= now) this.#cookies.delete(key);
    }
  }
}

function pair(name: string, value: string): string {
  return name === "" ? value : `${name}=${value}`;
}

function parseSetCookie(header: string, place: CookiePlace, now: number): Cookie | undefined {
  const [first = "", ...attributes] = header.split(";");
  const equals = first.indexOf("=");
  const name = equals === -1 ? "" : first.slice(0, equals).trim();
  const value = first.slice(equals + 1).trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if ((name === "" && value === "") || /[\x00-\x08\x0a-\x1f\x7f]/.test(header)) return undefined;
  if (name.length + value.length > longestCookie) return undefined;
  const domain = place.host.toLowerCase();
  const path = defaultPath(place.path);
  let cookie: Cookie = {
    name,
    value,
    domain,
    hostOnly: true,
    path,
    secure: false,
    httpOnly: false,
    expires: undefined,
  };
  let maxAge: number | undefined;
  for (const attribute of attributes) {
    const [key = "", ...rest] = attribute.split("=");
    const text = rest.join("=").trim();
    const known = key.trim().toLowerCase();
    if (known === "max-age" && /^-?\d+$/.test(text)) maxAge = Number(text);
    const change = attributeReaders.get(known)?.(text, place) ?? {};
    if (change === "refused") return undefined;
    cookie = { ...cookie, ...change };
  }
  return maxAge === undefined ? cookie : { ...cookie, expires: maxAge <= 0 ? 0 : now + maxAge * 1000 };
}

/** What an attribute changes of a cookie; `refused`: with it the whole cookie is not taken. */
type AttributeReader = (text: string, place: CookiePlace) => Partial<Cookie> | "refused";

/** The attributes of a cookie but `Max-Age`, which goes before `Expires` wherever it stands (RFC 6265, 5.3). */
const attributeReaders: ReadonlyMap<string, AttributeReader> = new Map<string, AttributeReader>([
  [
    "domain",
    (text, place) => {
      const domain = text.toLowerCase().replace(/^\./, "");
      const host = place.host.toLowerCase();
      if (domain === "") return {};
      return host === domain || host.endsWith(`.${domain}`) ? { domain, hostOnly: false } : "refused";
    },
  ],
  ["path", (text, place) => ({ path: text.startsWith("/") ? text : defaultPath(place.path) })],
  ["secure", () => ({ secure: true })],
  ["httponly", () => ({ httpOnly: true })],
  [
    "expires",
    (text) => {
      const expires = Date.parse(text.replaceAll("-", " "));
      return Number.isNaN(expires) ? {} : { expires };
    },
  ],
]);

function defaultPath(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}

function matchesDomain(host: string, { domain, hostOnly }: Cookie): boolean {
  return host === domain || (!hostOnly && host.endsWith(`.${domain}`));
}

function matchesPath(requested: string, path: string): boolean {
  const [plain = ""] = requested.split("?");
  if (!plain.startsWith(path)) return false;
  return plain.length === path.length || path.endsWith("/") || plain.charAt(path.length) === "/";
}
