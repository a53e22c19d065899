/** What a page in a browser pane and the lab say to each other. Plain data: it crosses by messages. */

/** A request that a page makes. */
export interface PageRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** How a script's request ended. */
export type PageAnswer =
  | {
      readonly kind: "answered";
      readonly url: string;
      readonly redirected: boolean;
      readonly status: number;
      readonly reason: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: "failed" };

/** What a page opens to its server and keeps open. */
export interface StreamRequest {
  readonly kind: "socket" | "events";
  readonly url: string;
  /** Of a WebSocket. */
  readonly protocols: readonly string[];
}

/** What happens on such a stream. */
export type StreamEvent =
  | { readonly kind: "open"; readonly protocol: string }
  | { readonly kind: "text"; readonly data: string }
  | { readonly kind: "bytes"; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly kind: "event"; readonly type: string; readonly data: string; readonly id: string }
  /** The server has ended an EventSource's answer, which is asked for again after a while. */
  | { readonly kind: "lost" }
  | { readonly kind: "closed"; readonly code: number; readonly reason: string; readonly clean: boolean };

/** What a page's script wanted of a browser and the pane tells the reader instead. */
export type PageNote =
  /** `alert`. */
  | { readonly kind: "alert"; readonly text: string }
  /** `confirm` and `prompt`: they wait for an answer, which no script here can. */
  | { readonly kind: "question"; readonly name: "confirm" | "prompt"; readonly text: string }
  /** What the pane does not have: a worker, a frame. */
  | { readonly kind: "missing"; readonly what: string; readonly url: string };

/** What the frame is given to show. */
export interface ShownPage {
  /** What comes before everything else: `<!doctype html>`, or nothing where the page has none. */
  readonly doctype: string;
  /** The document without it. */
  readonly html: string;
  readonly url: string;
  /** What its relative addresses are relative to. */
  readonly base: string;
  /** What scripts read as `document.cookie`. */
  readonly cookies: string;
  /** `<meta http-equiv=refresh>`: where to, and after how many seconds. */
  readonly refresh: { readonly url: string; readonly seconds: number } | undefined;
}

/** What `location` is called in scripts of a page: a property of its window and of its document. */
export const paneLocationName = "paneLocation";

/** What the frame says when it is there. */
export const frameReady = "browser frame is ready";
/** What a page says when its script begins. */
export const pageReady = "page is ready";
/** What the frame says of a page that speaks without end. */
export const pageFloods = "page floods";

/** What the frame says when a page has navigated it where it could not go. */
export interface PageLeft {
  /** Where to; browsers say the origin only. */
  readonly left: string;
}

/** Whether a message from the frame says that. */
export function isPageLeft(data: unknown): data is PageLeft {
  return typeof data === "object" && data !== null && "left" in data && typeof data.left === "string";
}
