/** What a page in a browser pane and the lab say to each other. Plain data: it crosses by messages. */

/** A request that a page makes. */
export interface PageRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array;
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
      readonly body: Uint8Array;
    }
  | { readonly kind: "failed" };

/** What a page can ask of the lab: its links, forms and scripts end here. Called through Comlink. */
export interface PageService {
  /** Leads the pane to another page; in the place of this one in the history if `replace`. */
  navigate(request: PageRequest, replace: boolean): void;
  /** Asks again for this page. */
  reload(): void;
  /** Back or forward in the history. */
  travel(step: 1 | -1): void;
  /** Something that the reader must know, and the page cannot show. */
  tell(note: PageNote): void;
  /** For a script's `fetch`. */
  fetch(request: PageRequest, follow: boolean): Promise<PageAnswer>;
  /** A script, style or image as a `data:` URL; undefined if it cannot be had. */
  asset(url: string): Promise<string | undefined>;
  /** `document.cookie = …` */
  setCookie(cookie: string): void;
  /** A script has changed the address without leaving the page. */
  moved(url: string): void;
}

/** What a page's script wanted of a browser and the pane tells the reader instead. */
export type PageNote =
  /** `alert`. */
  | { readonly kind: "alert"; readonly text: string }
  /** `confirm` and `prompt`: they wait for an answer, which no script here can. */
  | { readonly kind: "question"; readonly name: "confirm" | "prompt"; readonly text: string }
  /** What the pane does not have: a WebSocket, an EventSource, a worker, a frame. */
  | { readonly kind: "missing"; readonly what: string; readonly url: string };

/** What the frame is given to show. */
export interface ShownPage {
  /** The document, which holds `shimPlace` where the page's own scripts cannot come before it. */
  readonly html: string;
  readonly url: string;
  /** What its relative addresses are relative to. */
  readonly base: string;
  /** What scripts read as `document.cookie`. */
  readonly cookies: string;
  /** `<meta http-equiv=refresh>`: where to, and after how many seconds. */
  readonly refresh: { readonly url: string; readonly seconds: number } | undefined;
}

/** Stands in a document where the frame puts its base, and the script that speaks with the lab. */
export const shimPlace = "<!--the pane's script-->";

/** What `location` is called in scripts of a page: a property of its window and of its document. */
export const paneLocationName = "paneLocation";

/** What the frame says when it is there, and what a page says when its script begins. */
export const frameReady = "browser frame is ready";
export const pageReady = "page is ready";

/** What the frame says when a page has navigated it where it could not go. */
export interface PageLeft {
  /** Where to; browsers say the origin only. */
  readonly left: string;
}

/** Whether a message from the frame says that. */
export function isPageLeft(data: unknown): data is PageLeft {
  return typeof data === "object" && data !== null && "left" in data && typeof data.left === "string";
}
