/**
 * Runs in each page of a browser pane, before its own scripts: what would go to the network goes to the lab. Links,
 * forms, `fetch`, XMLHttpRequest, cookies, `location` (by the name that `rewrite-script.ts` gives it), and what scripts
 * load later.
 */
import { openGate } from "../../gate/gate.ts";
import { closeDoors } from "./closed-doors.ts";
import { type LabOfPage, noteText, pageCalls } from "./page-contract.ts";
import {
  type PageAnswer,
  type PageNote,
  type PageRequest,
  pageReady,
  paneLocationName,
  type ShownPage,
  type StreamRequest,
} from "./page-service.ts";
import { PaneLocation } from "./pane-location.ts";
import { PaneEventSource, PaneWebSocket, streamsOver } from "./pane-streams.ts";
import { PaneXmlHttpRequest } from "./pane-xml-http-request.ts";

/** What the page's script knows of it. */
type KnownPage = Omit<ShownPage, "doctype" | "html">;

declare global {
  var startPage: (page: KnownPage) => void;
}

globalThis.startPage = (page) => {
  Reflect.deleteProperty(globalThis, "startPage");
  document.currentScript?.remove();
  const { port1, port2 } = new MessageChannel();
  const service = fitting(openGate(port1, { offers: {}, does: {}, expects: pageCalls }).there);
  parent.postMessage(pageReady, "*", [port2]);
  closeDoors((what) => service.tell({ kind: "missing", what, url: page.url }));
  catchNavigation(service, page);
  replaceFetch(service);
  replaceStorage(service, page.cookies);
  replaceStreams(service);
  loadLater(service);
  tellWhatIsMissing(service);
};

/** The lab, as the page's scripts reach it: what it would not take is not sent, for it would close the page. */
type Service = ReturnType<typeof fitting>;

function fitting(lab: LabOfPage) {
  const gone = () => {}; // The pane shows another page by now.
  return {
    navigate: (request: PageRequest, replace: boolean) => {
      if (pageCalls.navigate.arguments([request, replace])) lab.navigate(request, replace).catch(gone);
    },
    reload: () => void lab.reload().catch(gone),
    travel: (step: 1 | -1) => void lab.travel(step).catch(gone),
    tell: (note: PageNote) => {
      if (pageCalls.tell.arguments([note])) lab.tell(note).catch(gone);
    },
    fetch: async (request: PageRequest, follow: boolean): Promise<PageAnswer> =>
      pageCalls.fetch.arguments([request, follow]) ? lab.fetch(request, follow) : { kind: "failed" },
    asset: async (url: string) => (pageCalls.asset.arguments([url]) ? lab.asset(url) : undefined),
    setCookie: (cookie: string) => {
      if (pageCalls.setCookie.arguments([cookie])) lab.setCookie(cookie).catch(gone);
    },
    moved: (url: string) => {
      if (pageCalls.moved.arguments([url])) lab.moved(url).catch(gone);
    },
    streamOpen: (number: number, request: StreamRequest) => {
      if (pageCalls.streamOpen.arguments([number, request])) lab.streamOpen(number, request).catch(gone);
    },
    streamNext: (number: number) => lab.streamNext(number),
    streamSend: (number: number, messages: (string | Uint8Array<ArrayBuffer>)[]) => {
      if (pageCalls.streamSend.arguments([number, messages])) lab.streamSend(number, messages).catch(gone);
    },
    streamClose: (number: number, code: number | undefined, reason: string) => {
      if (pageCalls.streamClose.arguments([number, code, reason])) lab.streamClose(number, code, reason).catch(gone);
    },
  };
}

function catchNavigation(service: Service, page: KnownPage): void {
  const go = (url: string, replace = false) => service.navigate({ url, method: "GET", headers: [] }, replace);
  const scrollToFragment = (url: string) => {
    const [, fragment = ""] = url.split("#");
    if (fragment === "") scrollTo(0, 0);
    else (document.getElementById(decodeURIComponent(fragment)) ?? document.body).scrollIntoView();
  };
  const location = new PaneLocation(page.url, {
    navigate: go,
    reload: () => service.reload(),
    moveWithin: (url) => {
      scrollToFragment(url);
      service.moved(url);
      dispatchEvent(new HashChangeEvent("hashchange", { newURL: url }));
    },
  });
  for (const holder of [globalThis, document]) {
    Object.defineProperty(holder, paneLocationName, {
      get: () => location,
      set: (address: unknown) => location.assign(String(address)),
    });
  }
  Object.defineProperty(document, "URL", { get: () => location.href });
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href], area[href]") : null;
    if (event.defaultPrevented || !(link instanceof HTMLAnchorElement || link instanceof HTMLAreaElement)) return;
    if (!/^https?:$/.test(link.protocol)) return;
    event.preventDefault();
    const [here] = location.href.split("#");
    const [there, fragment] = link.href.split("#");
    if (there !== here || fragment === undefined) go(link.href);
    else if (fragment === "") scrollTo(0, 0);
    else location.assign(link.href);
  });
  addEventListener("submit", (event) => {
    if (event.defaultPrevented || !(event.target instanceof HTMLFormElement)) return;
    event.preventDefault();
    void requestOf(event.target, event.submitter).then((request) => service.navigate(request, false));
  });
  HTMLFormElement.prototype.submit = function submit() {
    void requestOf(this, null).then((request) => service.navigate(request, false));
  };
  window.open = (url) => {
    if (url !== undefined) go(new URL(url, document.baseURI).href);
    return null;
  };
  for (const name of ["pushState", "replaceState"] as const) {
    history[name] = (_state, _title, url) => {
      if (url == null) return;
      location.moved(new URL(url, document.baseURI).href);
      service.moved(location.href);
    };
  }
  history.back = () => service.travel(-1);
  history.forward = () => service.travel(1);
  history.go = (delta = 0) => (delta === 0 ? service.reload() : service.travel(delta < 0 ? -1 : 1));
  const { refresh } = page;
  if (refresh !== undefined) setTimeout(() => go(refresh.url), refresh.seconds * 1000);
}

async function requestOf(form: HTMLFormElement, submitter: HTMLElement | null): Promise<PageRequest> {
  const button =
    submitter instanceof HTMLButtonElement || submitter instanceof HTMLInputElement ? submitter : undefined;
  const data = new FormData(form, submitter);
  const method = (button?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toUpperCase();
  const type = button?.getAttribute("formenctype") ?? form.enctype;
  const url = new URL(button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", document.baseURI);
  const pairs = Array.from(data, ([name, value]) => [name, typeof value === "string" ? value : value.name]);
  if (method !== "POST") {
    url.search = new URLSearchParams(pairs).toString();
    return { url: url.href, method: "GET", headers: [] };
  }
  const body = type === "multipart/form-data" ? data : new URLSearchParams(pairs);
  // The browser itself writes the body, in either form.
  const written = new Response(body);
  const headers = [["Content-Type", written.headers.get("content-type") ?? type]] as const;
  return { url: url.href, method, headers, body: new Uint8Array(await written.arrayBuffer()) };
}

function replaceFetch(service: Service): void {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input instanceof Request ? input : new URL(String(input), document.baseURI), init);
    if (!/^https?:/.test(request.url)) return original(request);
    request.signal.throwIfAborted();
    const body = new Uint8Array(await request.arrayBuffer());
    const asked: PageRequest = {
      url: request.url,
      method: request.method,
      headers: [...request.headers],
      ...(body.length > 0 ? { body } : {}),
    };
    const aborted = new Promise<never>((_, reject) => {
      request.signal.addEventListener("abort", () => reject(request.signal.reason));
    });
    const answer = await Promise.race([service.fetch(asked, request.redirect === "follow"), aborted]);
    if (answer.kind === "failed") throw new TypeError("Failed to fetch");
    const { status, reason, headers, url, redirected } = answer;
    const empty = status === 204 || status === 205 || status === 304;
    const response = new Response(empty ? null : new Uint8Array(answer.body), {
      status,
      statusText: reason,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    });
    return Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } });
  };
  PaneXmlHttpRequest.send = (request) => service.fetch(request, true);
  Object.defineProperty(globalThis, "XMLHttpRequest", { value: PaneXmlHttpRequest, writable: true });
}

function replaceStreams(service: Service): void {
  streamsOver(service);
  Object.defineProperty(globalThis, "WebSocket", { value: PaneWebSocket, writable: true });
  Object.defineProperty(globalThis, "EventSource", { value: PaneEventSource, writable: true });
}

/** A frame without origin has neither cookies nor storage; scripts that look at them would fail. */
function replaceStorage(service: Service, initial: string): void {
  const cookies = new Map(initial.split("; ").flatMap((pair) => (pair === "" ? [] : [split(pair)])));
  Object.defineProperty(document, "cookie", {
    get: () => Array.from(cookies, ([name, value]) => `${name}=${value}`).join("; "),
    set: (cookie: string) => {
      const [name, value] = split(cookie.split(";")[0] ?? "");
      if (/;\s*max-age=(?:0|-\d+)\s*(?:;|$)/i.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
      service.setCookie(cookie);
    },
  });
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(globalThis, name, { value: memoryStorage() });
  }
}

function split(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return at === -1 ? ["", pair.trim()] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(String(key)) ?? null,
    setItem: (key, value) => void items.set(String(key), String(value)),
    removeItem: (key) => void items.delete(String(key)),
    clear: () => items.clear(),
  };
}

/** What scripts put into the page later, by `src` and `href`. */
function loadLater(service: Service): void {
  const load = (element: Element, name: string, address: string, set: (url: string) => void) => {
    const url = URL.parse(address, document.baseURI);
    const loads = name === "src" || (element instanceof HTMLLinkElement && /\b(?:stylesheet|icon)\b/.test(element.rel));
    if (url === null || !/^https?:$/.test(url.protocol) || !loads) set(address);
    else service.asset(url.href).then((data) => set(data ?? "data:,"));
  };
  for (const [prototype, name] of [
    [HTMLImageElement.prototype, "src"],
    [HTMLScriptElement.prototype, "src"],
    [HTMLLinkElement.prototype, "href"],
  ] as const) {
    const property = Object.getOwnPropertyDescriptor(prototype, name);
    const original = property?.set;
    if (property === undefined || original === undefined) continue;
    Object.defineProperty(prototype, name, {
      ...property,
      set(this: Element, address: unknown) {
        load(this, name, String(address), (url) => original.call(this, url));
      },
    });
    const setAttribute = prototype.setAttribute;
    prototype.setAttribute = function set(attribute: string, value: string) {
      if (attribute.toLowerCase() !== name) setAttribute.call(this, attribute, value);
      else load(this, name, String(value), (url) => setAttribute.call(this, attribute, url));
    };
  }
  // What comes as text, by innerHTML, was refused by the frame's policy before it can be seen here: it is given again.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const image of [node, ...node.querySelectorAll("img[src]")]) {
          const address = image instanceof HTMLImageElement ? image.getAttribute("src") : null;
          if (address !== null && !address.startsWith("data:")) image.setAttribute("src", address);
        }
      }
    }
  }).observe(document, { childList: true, subtree: true });
}

/**
 * What a browser has and the pane has not is told where the reader looks: a script that hears nothing would look
 * broken.
 */
function tellWhatIsMissing(service: Service): void {
  globalThis.alert = (text: unknown = "") => service.tell({ kind: "alert", text: noteText(text) });
  globalThis.confirm = (text = "") => {
    service.tell({ kind: "question", name: "confirm", text: noteText(text) });
    return false;
  };
  globalThis.prompt = (text = "") => {
    service.tell({ kind: "question", name: "prompt", text: noteText(text) });
    return null;
  };
  const directives: Readonly<Record<string, string>> = {
    "frame-src": "iframe",
    "worker-src": "Worker",
    "object-src": "object",
  };
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    const what = directives[effectiveDirective];
    if (what !== undefined) service.tell({ kind: "missing", what, url: blockedURI });
  });
}
