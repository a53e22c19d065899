/** Loads pages from the servers of a side's computer, as a browser does: redirects, cookies, what a page names. */
import { CookieJar } from "../../http/cookie-jar.ts";
import type { HttpResponse } from "../../machine/machine.ts";
import { paneStrings } from "../../strings/strings.ts";
import { isOwnHost, resolved } from "./addresses.ts";
import type { Ask, BrowserProblem, PageVisit } from "./browser-view.ts";
import type { PageAnswer, PageRequest, ShownPage } from "./page-service.ts";
import { asDataUrl, contentTypeOf, headerOf, isText, textOf, textPage } from "./response-content.ts";
import { type AssetSource, rewriteCss } from "./rewrite-css.ts";
import { rewritePage } from "./rewrite-page.ts";
import { rewriteScript } from "./rewrite-script.ts";

interface Fetched {
  readonly url: URL;
  readonly response: HttpResponse;
  readonly redirected: boolean;
}

class Refused extends Error {
  constructor(readonly problem: BrowserProblem) {
    super(problem.kind);
  }
}

const mostRedirects = 20;
const answerWithin = 30_000;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const accepted = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
/** Headers that a script may not set, or that stand for the connection. */
const forbidden = new Set(["host", "connection", "content-length", "cookie", "origin", "referer", "transfer-encoding"]);

/** What loads pages, with the cookies that their servers have set. Comes with the first page that is asked for. */
export class PageLoader {
  readonly #jar = new CookieJar();
  /** What each page has loaded, so that what it names twice is asked for once. */
  readonly #loaded = new WeakMap<ShownPage, AssetSource>();

  constructor(private readonly ask: Ask) {}

  /**
   * Asks for a page; undefined if the server has nothing to show (204).
   *
   * @param from the page that leads there
   */
  async visit(request: PageRequest, from?: ShownPage): Promise<PageVisit | undefined> {
    try {
      const asked = from === undefined ? request : withReferer(request, from.url);
      const fetched = await this.#follow(asked, true, accepted);
      if (fetched.response.status === 204) return undefined;
      const url = fetched.url.href;
      return { url, view: { kind: "page", page: await this.#pageOf(fetched), status: fetched.response.status } };
    } catch (error) {
      return { url: request.url, view: { kind: "failed", problem: problemOf(error, request.url) } };
    }
  }

  /** As the browser's own `fetch`: a page reaches its own origin, and others only as the servers there allow. */
  async fetchFor(page: ShownPage, request: PageRequest, follow: boolean): Promise<PageAnswer> {
    const { origin } = new URL(page.url);
    const foreign = resolved(request.url, page.url) === undefined || new URL(request.url).origin !== origin;
    if (foreign) return { kind: "failed" };
    const headers = request.headers.filter(([name]) => !forbidden.has(name.toLowerCase()));
    const asked = withReferer({ ...request, headers }, page.url);
    try {
      const { url, response, redirected } = await this.#follow(asked, follow, "*/*");
      const { status, reason } = response;
      const body = new Uint8Array(response.body);
      const visible = response.headers.filter(([name]) => !/^set-cookie2?$/i.test(name));
      return { kind: "answered", url: url.href, redirected, status, reason, headers: visible, body };
    } catch {
      return { kind: "failed" };
    }
  }

  /** What a page names, as a `data:` URL; undefined if it cannot be had. */
  async asset(page: ShownPage, url: string): Promise<string | undefined> {
    return this.#loaded.get(page)?.(url);
  }

  /** Keeps a cookie that a page's script has set. */
  setCookie(page: ShownPage, cookie: string): void {
    this.#jar.set(cookie, placeOf(new URL(page.url)), true);
  }

  /** The header that goes to an address, if there are cookies for it. */
  cookieHeader(url: URL): string | undefined {
    return this.#jar.header(placeOf(url));
  }

  /** Throws `Refused`, or what `ask` rejects with. */
  async #follow(request: PageRequest, follow: boolean, accept: string): Promise<Fetched> {
    let url = new URL(request.url);
    let { method, body } = request;
    let headers = request.headers;
    for (let count = 0; ; count += 1) {
      const response = await this.#send(url, method, headers, body, accept);
      const location = headerOf(response, "location");
      if (!follow || location === undefined || !redirects.has(response.status)) {
        return { url, response, redirected: count > 0 };
      }
      if (count >= mostRedirects) throw new Refused({ kind: "redirects" });
      const next = resolved(location, url.href);
      if (next === undefined) throw new Refused({ kind: "address", address: location });
      const { hash } = url;
      url = new URL(next);
      if (url.hash === "") url.hash = hash;
      if (response.status === 303 ? method !== "HEAD" : response.status < 303 && method === "POST") {
        method = "GET";
        body = undefined;
        headers = headers.filter(([name]) => name.toLowerCase() !== "content-type");
      }
    }
  }

  async #send(
    url: URL,
    method: string,
    headers: PageRequest["headers"],
    body: Uint8Array | undefined,
    accept: string,
  ): Promise<HttpResponse> {
    if (url.protocol !== "http:" || !isOwnHost(url.hostname)) throw new Refused({ kind: "outside", url: url.href });
    const own = [
      ["Host", url.host],
      ["User-Agent", navigator.userAgent],
      ["Accept", accept],
      ["Accept-Language", navigator.language],
    ] as const;
    const theirs = new Set(headers.map(([name]) => name.toLowerCase()));
    const cookies = this.#jar.header(placeOf(url));
    const response = await this.ask(Number(url.port || 80), {
      method,
      path: url.pathname + url.search,
      headers: [
        ...own.filter(([name]) => !theirs.has(name.toLowerCase())),
        ...headers,
        ...(cookies === undefined ? [] : [["Cookie", cookies] as const]),
      ],
      ...(body === undefined ? {} : { body }),
      timeout: answerWithin,
    });
    this.#jar.setAll(response.headers, placeOf(url));
    return response;
  }

  async #pageOf({ url, response }: Fetched): Promise<ShownPage> {
    const type = contentTypeOf(response);
    const { href } = url;
    const under = new Map<string, Promise<string | undefined>>();
    const loading = { left: mostAssets };
    const asset = (address: string) => {
      const known = under.get(address) ?? this.#asset(address, href, { around: [], loading });
      under.set(address, known);
      return known;
    };
    const html = /^(?:text\/html|application\/xhtml\+xml)$/.test(type)
      ? textOf(response)
      : type.startsWith("image/")
        ? `<!doctype html><img alt="" src="${asDataUrl(response, type)}">`
        : textPage(isText(type, response.body) ? textOf(response) : `${type}, ${response.body.length} bytes`);
    const rewritten = await rewritePage(html, href, asset, paneStrings.browser.noFrames);
    const page = { ...rewritten, url: href, cookies: this.#jar.forScript(placeOf(url)) };
    this.#loaded.set(page, asset);
    return page;
  }

  async #asset(address: string, referer: string, { around, loading }: AssetPlace): Promise<string | undefined> {
    if (around.includes(address) || around.length >= mostSheets || loading.left === 0) return undefined;
    loading.left -= 1;
    try {
      const request = withReferer({ url: address, method: "GET", headers: [] }, referer);
      const { url, response } = await this.#follow(request, true, "*/*");
      if (response.status >= 400) return undefined;
      const type = contentTypeOf(response);
      if (/^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(type)) {
        const code = await rewriteScript(textOf(response));
        return asDataUrl({ body: new TextEncoder().encode(code) }, `${type};charset=utf-8`);
      }
      if (type !== "text/css") return asDataUrl(response, type);
      const inside = { around: [...around, address], loading };
      const css = await rewriteCss(textOf(response), url.href, (each) => this.#asset(each, url.href, inside));
      return asDataUrl({ ...response, body: new TextEncoder().encode(css) }, "text/css;charset=utf-8");
    } catch {
      return undefined;
    }
  }
}

/** Files that one page may load. */
const mostAssets = 1000;
/** Style sheets within one another: each holds all those below it, in base64 of base64. */
const mostSheets = 8;

/** What led to a file that a page loads. */
interface AssetPlace {
  /** Style sheets that are being read, and which may lead back to themselves. */
  readonly around: readonly string[];
  /** How many more files the page may load. */
  readonly loading: { left: number };
}

function placeOf(url: URL): { host: string; path: string } {
  return { host: url.hostname, path: url.pathname };
}

/** Who asks; and where from, where something is changed. */
function withReferer(request: PageRequest, page: string): PageRequest {
  const url = new URL(page);
  url.hash = "";
  const origin = request.method === "GET" || request.method === "HEAD" ? [] : [["Origin", url.origin] as const];
  return { ...request, headers: [...request.headers, ["Referer", url.href], ...origin] };
}

function problemOf(error: unknown, url: string): BrowserProblem {
  if (error instanceof Refused) return error.problem;
  return { kind: "no-answer", url, message: error instanceof Error ? error.message : String(error) };
}
