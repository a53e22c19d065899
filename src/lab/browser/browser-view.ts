/** What a side's browser has to show, and whom it asks. */
import type { HttpRequest, HttpResponse, Port } from "../../machine/machine.ts";
import type { ShownPage } from "./page-service.ts";

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

/** A page that was asked for, or why there is none, and where from. */
export interface PageVisit {
  readonly url: string;
  readonly view: BrowserView;
}
