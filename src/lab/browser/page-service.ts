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
  /** Leads the pane to another page. */
  navigate(request: PageRequest): void;
  /** For a script's `fetch`. */
  fetch(request: PageRequest, follow: boolean): Promise<PageAnswer>;
  /** A script, style or image as a `data:` URL; undefined if it cannot be had. */
  asset(url: string): Promise<string | undefined>;
  /** `document.cookie = …` */
  setCookie(cookie: string): void;
  /** A script has changed the address without leaving the page. */
  moved(url: string): void;
}

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

/** What the frame says when it is there, and what a page says when its script begins. */
export const frameReady = "browser frame is ready";
export const pageReady = "page is ready";
