/** A small browser on a side's computer, without its screen: addresses, redirects, cookies, history. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Connection, Port } from "../../machine/machine.ts";
import { isOwnHost, resolved } from "./addresses.ts";
import type { Ask, BrowserView, PageVisit } from "./browser-view.ts";
import type { PageService } from "./page-contract.ts";
import type { PageLoader } from "./page-loader.ts";
import type { PageNote, PageRequest, ShownPage } from "./page-service.ts";
import type { PageStreams } from "./page-streams.ts";

/** A page that tells more than this in a row is not heard out. */
const mostNotes = 5;

/** The browser of a side. */
export class BrowserSession {
  readonly #view: Signal<BrowserView> = signal({ kind: "empty" });
  readonly #loading = signal(false);
  readonly #visits: Signal<readonly PageVisit[]> = signal([]);
  readonly #place = signal(-1);
  readonly #notes: Signal<readonly PageNote[]> = signal([]);
  /** The navigation that counts. */
  #latest = 0;
  /** What the page that is shown keeps open to its server. */
  #streams: { readonly page: ShownPage; readonly streams: Promise<PageStreams> } | undefined;
  /** Made with the first request; with it go the cookies. */
  #loader: Promise<PageLoader> | undefined;

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
    this.#loader = undefined;
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
        await this.#navigate(next.request, next.replace, page);
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
      fetch: async (request, follow) =>
        isShown() ? (await this.#pages()).fetchFor(page, request, follow) : { kind: "failed" },
      asset: async (url) => (isShown() ? (await this.#pages()).asset(page, url) : undefined),
      setCookie: (cookie) => {
        if (isShown()) void this.#pages().then((loader) => loader.setCookie(page, cookie));
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
            const cookies = (await this.#pages()).cookieHeader(url);
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

  #pages(): Promise<PageLoader> {
    if (this.#loader !== undefined) return this.#loader;
    const loader = import("./page-loader.ts").then((module) => new module.PageLoader(this.ask));
    this.#loader = loader;
    // Another attempt may have a network.
    loader.catch(() => {
      if (this.#loader === loader) this.#loader = undefined;
    });
    return loader;
  }

  get #current(): PageVisit | undefined {
    return this.#visits.value[this.#place.value];
  }

  /** @param from the page that leads there */
  async #navigate(request: PageRequest, again: boolean, from?: ShownPage): Promise<void> {
    this.#latest += 1;
    const navigation = this.#latest;
    this.address.value = request.url;
    this.#loading.value = true;
    const visit = await this.#pages()
      .then((loader) => loader.visit(request, from))
      .catch((error: unknown): PageVisit => ({ url: request.url, view: notLoaded(error, request.url) }));
    if (navigation !== this.#latest) return;
    this.#loading.value = false;
    // Nothing to show: the page stays.
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
}

/** The browser's own code could not be had. */
function notLoaded(error: unknown, url: string): BrowserView {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "failed", problem: { kind: "no-answer", url, message } };
}
