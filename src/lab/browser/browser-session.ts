/** A small browser on a side's computer, without its screen: addresses, redirects, cookies, history. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { CookieJar } from "../../http/cookie-jar.ts";
import type { Connection, HttpRequest, HttpResponse, Port } from "../../machine/machine.ts";
import { labStrings } from "../../strings/strings.ts";
import type { PageService } from "./page-contract.ts";
import type { PageAnswer, PageNote, PageRequest, ShownPage } from "./page-service.ts";
import type { PageStreams } from "./page-streams.ts";
import { asDataUrl, contentTypeOf, headerOf, isText, textOf, textPage } from "./response-content.ts";
import { type AssetSource, resolved, rewriteCss } from "./rewrite-css.ts";

/** Sends a request to a port of the side's computer. */
export type Ask = (port: Port, request: HttpRequest) => Promise<HttpResponse>;

/** What the pane shows. */
export type BrowserView =
  | { readonly kind: "empty" }
  | { readonly kind: "page"; readonly page: ShownPage; readonly status: number }
  | { readonly kind: "failed"; readonly problem: BrowserProblem };

/** Why there is no page. */
export type BrowserProblem =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "outside"; readonly url: string }
  /** Code that a script made as it ran has set `location`. */
  | { readonly kind: "left"; readonly url: string }
  /** It sent what no page may send, or without end. */
  | { readonly kind: "stopped"; readonly url: string }
  | { readonly kind: "redirects" }
  | { readonly kind: "no-answer"; readonly url: string; readonly message: string };

interface Visit {
  readonly url: string;
  readonly view: BrowserView;
}

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
/** A page that tells more than this in a row is not heard out. */
const mostNotes = 5;
const answerWithin = 30_000;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const accepted = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
/** Headers that a script may not set, or that stand for the connection. */
const forbidden = new Set(["host", "connection", "content-length", "cookie", "origin", "referer", "transfer-encoding"]);

/** The browser of a side. */
export class BrowserSession {
  readonly #view: Signal<BrowserView> = signal({ kind: "empty" });
  readonly #loading = signal(false);
  readonly #visits: Signal<readonly Visit[]> = signal([]);
  readonly #place = signal(-1);
  readonly #notes: Signal<readonly PageNote[]> = signal([]);
  /** What each page has loaded, so that what it names twice is asked for once. */
  readonly #loaded = new WeakMap<ShownPage, AssetSource>();
  /** The navigation that counts. */
  #latest = 0;
  /** What the page that is shown keeps open to its server. */
  #streams: { readonly page: ShownPage; readonly streams: Promise<PageStreams> } | undefined;
  /** Made with the first request. */
  #jar: Promise<CookieJar> | undefined;

  /** What stands in the address bar. */
  readonly address: Signal<string> = signal("");
  readonly view: ReadonlySignal<BrowserView> = this.#view;
  readonly loading: ReadonlySignal<boolean> = this.#loading;
  /** What the page that is shown has told, or missed. The last ones of the same text count once. */
  readonly notes: ReadonlySignal<readonly PageNote[]> = this.#notes;
  readonly canGoBack: ReadonlySignal<boolean> = computed(() => this.#place.value > 0);
  readonly canGoForward: ReadonlySignal<boolean> = computed(() => this.#place.value < this.#visits.value.length - 1);

  constructor(
    private readonly ask: Ask,
    /** The port of the side's server, if it listens. */
    private readonly serverPort: () => Port | undefined,
    /** Opens a connection to a port of the side's computer. */
    private readonly connect: (port: Port) => Promise<Connection>,
  ) {}

  /** The address of the server's first page. */
  home(): string {
    const port = this.serverPort();
    return port === undefined ? "" : `http://localhost:${port}/`;
  }

  /** Goes to what was typed: a whole address, a path, or `localhost:5000`. */
  async go(typed: string): Promise<void> {
    const address = typed.trim() || this.home();
    const { url: shown } = this.#current ?? { url: this.home() };
    // A path typed after an address that led out is meant for this computer again.
    const base = isOwnHost(URL.parse(shown)?.hostname ?? "") ? shown : this.home();
    const url = address.startsWith("/")
      ? resolved(address, base)
      : resolved(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`, "http://localhost/");
    if (url === undefined) {
      this.#show({ kind: "failed", problem: { kind: "address", address } });
      return;
    }
    await this.#navigate({ url, method: "GET", headers: [] }, false);
  }

  /** Asks again for what is shown. */
  async reload(): Promise<void> {
    const current = this.#current;
    if (current === undefined) await this.go(this.address.value);
    else await this.#navigate({ url: current.url, method: "GET", headers: [] }, true);
  }

  /** Back or forward; the page is shown as it came, without asking again. */
  travel(step: 1 | -1): void {
    const place = this.#place.value + step;
    const visit = this.#visits.value[place];
    if (visit === undefined) return;
    this.#latest += 1;
    this.#loading.value = false;
    this.#place.value = place;
    this.address.value = visit.url;
    this.#show(visit.view);
  }

  /** The reader has read what the page told. */
  dismissNotes(): void {
    this.#notes.value = [];
  }

  /** The page has navigated its own frame, where no page can come. */
  left(page: ShownPage, url: string): void {
    const { value: view } = this.#view;
    if (view.kind === "page" && view.page === page) this.#show({ kind: "failed", problem: { kind: "left", url } });
  }

  /** The page has sent what no page may send, or more than a lab can take: it is closed. */
  stopPage(page: ShownPage): void {
    const { value: view } = this.#view;
    if (view.kind === "page" && view.page === page) {
      this.#show({ kind: "failed", problem: { kind: "stopped", url: page.url } });
    }
  }

  #show(view: BrowserView): void {
    void this.#streams?.streams.then((streams) => streams.dropAll());
    this.#streams = undefined;
    this.#notes.value = [];
    this.#view.value = view;
  }

  /** As at the beginning: no page, no history, no cookies. */
  forget(): void {
    this.#latest += 1;
    this.#jar = undefined;
    this.#loading.value = false;
    this.#visits.value = [];
    this.#place.value = -1;
    this.address.value = "";
    this.#show({ kind: "empty" });
  }

  /** What a page that is shown may ask. */
  serviceFor(page: ShownPage): PageService {
    const isShown = () => this.#view.value.kind === "page" && this.#view.value.page === page;
    /** The server is asked for one page at a time: of those that are wanted meanwhile the last one counts. */
    let wanted: { readonly request: PageRequest; readonly replace: boolean } | undefined;
    let asking = false;
    const follow = async () => {
      asking = true;
      for (let next = wanted; next !== undefined && isShown(); next = wanted) {
        wanted = undefined;
        await this.#navigate(withReferer(next.request, page.url), next.replace);
      }
      asking = false;
    };
    return {
      navigate: (request, replace) => {
        wanted = { request, replace };
        if (!asking) void follow();
      },
      reload: () => {
        if (isShown()) void this.reload();
      },
      travel: (step) => {
        if (isShown()) this.travel(step);
      },
      tell: (note) => {
        if (isShown()) this.#note(note);
      },
      fetch: async (request, follow) => (isShown() ? this.#fetchFor(page, request, follow) : { kind: "failed" }),
      asset: async (url) => (isShown() ? this.#loaded.get(page)?.(url) : undefined),
      setCookie: (cookie) => {
        if (isShown()) void this.#cookies().then((jar) => jar.set(cookie, placeOf(new URL(page.url)), true));
      },
      streamOpen: (number, request) => {
        if (isShown()) void this.#streamsOf(page).then((streams) => streams.open(number, request));
      },
      streamNext: async (number) => (isShown() ? (await this.#streamsOf(page)).next(number) : []),
      streamSend: (number, messages) => {
        if (isShown()) void this.#streamsOf(page).then((streams) => streams.send(number, messages));
      },
      streamClose: (number, code, reason) => {
        if (isShown()) void this.#streamsOf(page).then((streams) => streams.close(number, code, reason));
      },
      moved: (url) => {
        if (isShown() && URL.parse(url)?.origin === new URL(page.url).origin) this.address.value = url;
      },
    };
  }

  #note(note: PageNote): void {
    const others = this.#notes.value.filter((each) => JSON.stringify(each) !== JSON.stringify(note));
    this.#notes.value = [...others, note].slice(-mostNotes);
  }

  #streamsOf(page: ShownPage): Promise<PageStreams> {
    if (this.#streams?.page === page) return this.#streams.streams;
    const { origin } = new URL(page.url);
    const streams = import("./page-streams.ts").then(
      (module) =>
        new module.PageStreams({
          connect: this.connect,
          headers: async (url) => {
            const cookies = (await this.#cookies()).header(placeOf(url));
            const own = [
              ["User-Agent", navigator.userAgent],
              ["Origin", origin],
            ] as const;
            return cookies === undefined ? own : [...own, ["Cookie", cookies]];
          },
          missing: (what, url) => this.#note({ kind: "missing", what, url }),
          origin,
        }),
    );
    this.#streams = { page, streams };
    return streams;
  }

  #cookies(): Promise<CookieJar> {
    this.#jar ??= import("../../http/cookie-jar.ts").then((module) => new module.CookieJar());
    return this.#jar;
  }

  get #current(): Visit | undefined {
    return this.#visits.value[this.#place.value];
  }

  async #navigate(request: PageRequest, again: boolean): Promise<void> {
    this.#latest += 1;
    const navigation = this.#latest;
    this.address.value = request.url;
    this.#loading.value = true;
    let visit: Visit | undefined;
    try {
      const fetched = await this.#fetch(request, true, accepted);
      // Nothing to show: the page stays.
      if (fetched.response.status !== 204) {
        const url = fetched.url.href;
        visit = { url, view: { kind: "page", page: await this.#pageOf(fetched), status: fetched.response.status } };
      }
    } catch (error) {
      visit = { url: request.url, view: { kind: "failed", problem: problemOf(error, request.url) } };
    }
    if (navigation !== this.#latest) return;
    this.#loading.value = false;
    if (visit === undefined) {
      this.address.value = this.#current?.url ?? "";
      return;
    }
    const kept = this.#visits.value.slice(0, again ? this.#place.value : this.#place.value + 1);
    this.#visits.value = [...kept, visit];
    this.#place.value = kept.length;
    this.address.value = visit.url;
    this.#show(visit.view);
  }

  /** Throws `Refused`, or what `ask` rejects with. */
  async #fetch(request: PageRequest, follow: boolean, accept: string): Promise<Fetched> {
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
    const jar = await this.#cookies();
    const cookies = jar.header(placeOf(url));
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
    jar.setAll(response.headers, placeOf(url));
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
    const { rewritePage } = await import("./rewrite-page.ts");
    const rewritten = await rewritePage(html, href, asset, labStrings.browser.noFrames);
    const page = { ...rewritten, url: href, cookies: (await this.#cookies()).forScript(placeOf(url)) };
    this.#loaded.set(page, asset);
    return page;
  }

  async #asset(address: string, referer: string, { around, loading }: AssetPlace): Promise<string | undefined> {
    if (around.includes(address) || around.length >= mostSheets || loading.left === 0) return undefined;
    loading.left -= 1;
    try {
      const request = withReferer({ url: address, method: "GET", headers: [] }, referer);
      const { url, response } = await this.#fetch(request, true, "*/*");
      if (response.status >= 400) return undefined;
      const type = contentTypeOf(response);
      if (/^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(type)) {
        const { rewriteScript } = await import("./rewrite-script.ts");
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

  /** As the browser's own `fetch`: a page reaches its own origin, and others only as the servers there allow. */
  async #fetchFor(page: ShownPage, request: PageRequest, follow: boolean): Promise<PageAnswer> {
    const { origin } = new URL(page.url);
    const foreign = resolved(request.url, page.url) === undefined || new URL(request.url).origin !== origin;
    if (foreign) return { kind: "failed" };
    const headers = request.headers.filter(([name]) => !forbidden.has(name.toLowerCase()));
    const asked = withReferer({ ...request, headers }, page.url);
    try {
      const { url, response, redirected } = await this.#fetch(asked, follow, "*/*");
      const { status, reason } = response;
      const body = new Uint8Array(response.body);
      const visible = response.headers.filter(([name]) => !/^set-cookie2?$/i.test(name));
      return { kind: "answered", url: url.href, redirected, status, reason, headers: visible, body };
    } catch {
      return { kind: "failed" };
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

function isOwnHost(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "0.0.0.0" || host.endsWith(".localhost");
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
