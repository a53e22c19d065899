/** What a page in a browser pane may ask of the lab, down to the last property: a page is a stranger. */
import { type Callable, call, type GateLimits, type Offered } from "../../gate/gate.ts";
import {
  bytes,
  either,
  list,
  maybe,
  nothing,
  oneOf,
  record,
  type Shape,
  text,
  truth,
  tuple,
  whole,
} from "../../gate/shape.ts";
import type { PageAnswer, PageNote, PageRequest, StreamEvent, StreamRequest } from "./page-service.ts";

/** Browsers take addresses of about this length, in UTF-16 units. */
const longestUrl = 64_000;
/** A note is a sentence or two. */
const longestNote = 2_000;
/** Most bytes of a body, either way. */
const mostBytes = 64 * 1024 * 1024;

const url = text(longestUrl);
const header = tuple(text(1000), text(100_000));
const headers = list(header, 1000);

const request: Shape<PageRequest> = record({ url, method: text(100), headers }, { body: bytes(mostBytes) });

const answer: Shape<PageAnswer> = either(
  record({
    kind: oneOf("answered"),
    url,
    redirected: truth,
    status: whole(0, 999),
    reason: text(),
    headers: list(tuple(text(), text(1_000_000)), 10_000),
    body: bytes(mostBytes),
  }),
  record({ kind: oneOf("failed") }),
);

const note: Shape<PageNote> = either(
  record({ kind: oneOf("alert"), text: text(longestNote) }),
  record({ kind: oneOf("question"), name: oneOf("confirm", "prompt"), text: text(longestNote) }),
  record({ kind: oneOf("missing"), what: text(100), url }),
);

/** A stream's number, which the page gives it. */
const number = whole(0, 2 ** 31);
const message = either(text(mostBytes), bytes(mostBytes));
const streamRequest: Shape<StreamRequest> = record({
  kind: oneOf("socket", "events"),
  url,
  protocols: list(text(1000), 100),
});
const streamEvent: Shape<StreamEvent> = either(
  record({ kind: oneOf("open"), protocol: text() }),
  record({ kind: oneOf("text"), data: text(mostBytes) }),
  record({ kind: oneOf("bytes"), data: bytes(mostBytes) }),
  record({ kind: oneOf("event"), type: text(mostBytes), data: text(mostBytes), id: text(mostBytes) }),
  record({ kind: oneOf("lost") }),
  record({ kind: oneOf("closed"), code: whole(0, 65_535), reason: text(), clean: truth }),
);

/** The calls of a page: its links, forms and scripts end here. */
export const pageCalls = {
  /** Leads the pane to another page; in the place of this one in the history if the second says so. */
  navigate: call(tuple(request, truth), nothing),
  /** Asks again for this page. */
  reload: call(tuple(), nothing),
  /** Back or forward in the history. */
  travel: call(tuple(oneOf(1, -1)), nothing),
  /** Something that the reader must know, and the page cannot show. */
  tell: call(tuple(note), nothing),
  /** For a script's `fetch`; the second says whether redirects are followed. */
  fetch: call(tuple(request, truth), answer),
  /** A script, style or image as a `data:` URL; undefined if it cannot be had. */
  asset: call(tuple(url), maybe(text(mostBytes * 2))),
  /** `document.cookie = …` */
  setCookie: call(tuple(text(10_000)), nothing),
  /** Opens a WebSocket or an EventSource, by a number that is not in use. */
  streamOpen: call(tuple(number, streamRequest), nothing),
  /** What has come on it since this was asked last, as soon as something has; nothing where it is over. */
  streamNext: call(tuple(number), list(streamEvent, 1000)),
  streamSend: call(tuple(number, list(message, 10_000)), nothing),
  /** With a WebSocket's code and reason. */
  streamClose: call(tuple(number, maybe(whole(0, 65_535)), text(1000)), nothing),
  /** A script has changed the address without leaving the page. */
  moved: call(tuple(url), nothing),
};

/** What the lab does when a page calls. */
export type PageService = Offered<typeof pageCalls>;
/** The lab, as a page calls it. */
export type LabOfPage = Callable<typeof pageCalls>;

/** More than a page of a person's making asks for, and less than what would keep the lab from drawing. */
export const pageLimits: GateLimits = { pending: 500, rate: 300 };
/** The longest note that crosses. */
export function noteText(said: unknown): string {
  return String(said).slice(0, longestNote);
}
