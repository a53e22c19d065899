import type { PageAnswer, PageRequest } from "./page-service.ts";

/** XMLHttpRequest in a browser pane: what scripts use of it, over the lab instead of the network. Asynchronous only. */
export class PaneXmlHttpRequest extends EventTarget {
  static readonly UNSENT = 0;
  static readonly OPENED = 1;
  static readonly HEADERS_RECEIVED = 2;
  static readonly LOADING = 3;
  static readonly DONE = 4;
  /** Sends a request; set once, before any page's script runs. */
  static send: (request: PageRequest) => Promise<PageAnswer> = async () => ({ kind: "failed" });

  onload: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onabort: ((event: Event) => void) | null = null;
  ontimeout: ((event: Event) => void) | null = null;
  onloadend: ((event: Event) => void) | null = null;
  onreadystatechange: ((event: Event) => void) | null = null;
  readonly upload = new EventTarget();
  withCredentials = false;
  timeout = 0;
  responseType: XMLHttpRequestResponseType = "";
  readyState = 0;
  status = 0;
  statusText = "";
  responseURL = "";
  #method = "GET";
  #url = "";
  #sent: [string, string][] = [];
  #headers = new Headers();
  #body = new Uint8Array();
  #life = 0;

  open(method: string, url: string): void {
    this.#life += 1;
    this.#method = method.toUpperCase();
    this.#url = new URL(url, document.baseURI).href;
    this.#sent = [];
    this.#change(1);
  }

  setRequestHeader(name: string, value: string): void {
    this.#sent.push([name, value]);
  }

  send(body: BodyInit | null = null): void {
    this.#life += 1;
    const life = this.#life;
    if (this.timeout > 0) setTimeout(() => this.#fail(life, "timeout"), this.timeout);
    void this.#perform(body).then(
      (answer) => {
        if (life !== this.#life) return;
        if (answer.kind === "failed") {
          this.#fail(life, "error");
          return;
        }
        this.#life += 1;
        this.status = answer.status;
        this.statusText = answer.reason;
        this.responseURL = answer.url;
        this.#headers = new Headers(answer.headers.map(([name, value]): [string, string] => [name, value]));
        this.#body = new Uint8Array(answer.body);
        for (const state of [2, 3, 4]) this.#change(state);
        this.#dispatch("load");
        this.#dispatch("loadend");
      },
      () => this.#fail(life, "error"),
    );
  }

  abort(): void {
    if (this.readyState === 1) this.#fail(this.#life, "abort");
  }

  getResponseHeader(name: string): string | null {
    return this.#headers.get(name);
  }

  getAllResponseHeaders(): string {
    return Array.from(this.#headers, ([name, value]) => `${name}: ${value}\r\n`).join("");
  }

  overrideMimeType(): void {}

  get responseText(): string {
    return new TextDecoder().decode(this.#body);
  }

  get response(): unknown {
    switch (this.responseType) {
      case "json":
        try {
          return JSON.parse(this.responseText);
        } catch {
          return null;
        }
      case "arraybuffer":
        return this.#body.slice().buffer;
      case "blob":
        return new Blob([this.#body], { type: this.getResponseHeader("content-type") ?? "" });
      case "document":
        return new DOMParser().parseFromString(this.responseText, "text/html");
      default:
        return this.responseText;
    }
  }

  async #perform(body: BodyInit | null): Promise<PageAnswer> {
    const written = new Response(body);
    const bytes = new Uint8Array(await written.arrayBuffer());
    const type = written.headers.get("content-type");
    const typed = this.#sent.some(([name]) => name.toLowerCase() === "content-type");
    const headers = typed || type === null ? this.#sent : [...this.#sent, ["Content-Type", type] as const];
    return PaneXmlHttpRequest.send({
      url: this.#url,
      method: this.#method,
      headers,
      ...(bytes.length > 0 ? { body: bytes } : {}),
    });
  }

  #fail(life: number, type: "error" | "abort" | "timeout"): void {
    if (life !== this.#life) return;
    this.#life += 1;
    this.status = 0;
    this.#change(4);
    this.#dispatch(type);
    this.#dispatch("loadend");
  }

  #change(state: number): void {
    this.readyState = state;
    this.#dispatch("readystatechange");
  }

  #dispatch(type: "load" | "error" | "abort" | "timeout" | "loadend" | "readystatechange"): void {
    const event = new ProgressEvent(type, { loaded: this.#body.length, total: this.#body.length });
    this[`on${type}`]?.(event);
    this.dispatchEvent(event);
  }
}
