import { longestLookedAt } from "../load/consistency.ts";
import type { PlannedRequest } from "../load/plan.ts";
import type { ExchangeOutcome, Requester, Sending, SendOptions } from "../load/requester.ts";
import { type Connection, ConnectionError, type HttpRequest, type Port } from "../machine/machine.ts";
import { CookieJar } from "./cookie-jar.ts";
import { exchange } from "./exchange.ts";
import type { Connect } from "./http-client.ts";
import { HttpError } from "./http-error.ts";

/** Methods whose request may be sent a second time when a kept connection turns out to be closed (RFC 9110, 9.2.2). */
const idempotent = new Set(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"]);

/**
 * What the load generator sends with, over any machine's connections. Connections that are kept wait in one pool, the
 * last one used first; a request that finds its kept connection closed is sent again on a new one, as browsers do. Each
 * reader who is named has a cookie jar.
 */
export class HttpRequester implements Requester {
  readonly #connect: Connect;
  readonly #port: Port;
  readonly #host: string;
  readonly #requests = new Map<PlannedRequest, HttpRequest>();
  readonly #jars = new WeakMap<object, CookieJar>();
  #idle: Connection[] = [];
  #closed = false;

  constructor(connect: Connect, port: Port) {
    this.#connect = connect;
    this.#port = port;
    this.#host = `localhost:${port}`;
  }

  send(planned: PlannedRequest, options: SendOptions): Sending {
    const { keepAlive } = options;
    let hungUp = false;
    let current: Connection | undefined;

    const askOn = async (connection: Connection): Promise<ExchangeOutcome> => {
      current = connection;
      if (hungUp) {
        connection.close();
        throw new ConnectionError("reset", this.#port);
      }
      return this.#ask(connection, this.#requestOf(planned), options);
    };
    const ask = async (): Promise<ExchangeOutcome> => {
      const kept = keepAlive ? this.#idle.pop() : undefined;
      if (!kept) return askOn(await this.#connect(this.#port));
      try {
        return await askOn(kept);
      } catch (error) {
        if (hungUp || failureOf(error) !== "reset" || !idempotent.has(planned.method ?? "GET")) throw error;
        return askOn(await this.#connect(this.#port));
      }
    };

    return {
      outcome: ask().catch((error: unknown) => ({ kind: "failed", failure: failureOf(error) })),
      cancel: () => {
        hungUp = true;
        current?.close();
      },
    };
  }

  close(): void {
    this.#closed = true;
    for (const connection of this.#idle) connection.close();
    this.#idle = [];
  }

  async #ask(connection: Connection, request: HttpRequest, options: SendOptions): Promise<ExchangeOutcome> {
    const { keepAlive, header: name, reader, contradicts, firstByte } = options;
    const jar = this.#jarOf(reader);
    const [path = "/"] = request.path.split("?");
    const place = { host: "localhost", path };
    let reusable = false;
    try {
      const result = await exchange(connection, withCookies(request, jar?.header(place)), {
        host: this.#host,
        keepAlive,
        firstByte,
        keepBody: contradicts !== undefined,
        wrong: contradicts && (({ body }) => contradicts(beginning(body))),
      });
      reusable = result.reusable && !this.#closed;
      const { status, headers } = result.response;
      jar?.setAll(headers, place);
      const header = name === undefined ? undefined : headers.find(([each]) => each.toLowerCase() === name)?.[1];
      return {
        kind: "answered",
        status,
        bytes: result.received,
        ...(header !== undefined && { header }),
        ...(result.wrong && { contradicts: true }),
      };
    } finally {
      if (reusable) this.#idle.push(connection);
      else connection.close();
    }
  }

  #jarOf(reader: object | undefined): CookieJar | undefined {
    if (reader === undefined) return undefined;
    const known = this.#jars.get(reader) ?? new CookieJar();
    this.#jars.set(reader, known);
    return known;
  }

  #requestOf(planned: PlannedRequest): HttpRequest {
    const known = this.#requests.get(planned);
    if (known) return known;
    const { method = "GET", path, headers = [], body } = planned;
    const request = { method, path, headers, ...(body !== undefined && { body: new TextEncoder().encode(body) }) };
    this.#requests.set(planned, request);
    return request;
  }
}

/** As much of a body as is looked at, and a little more, so that it shows that there is more. */
function beginning(body: Uint8Array): string {
  return String.fromCharCode(...body.subarray(0, longestLookedAt + 1));
}

function withCookies(request: HttpRequest, cookies: string | undefined): HttpRequest {
  return cookies === undefined ? request : { ...request, headers: [...(request.headers ?? []), ["Cookie", cookies]] };
}

/** What else goes wrong with a connection counts as reset, as does one that ends without a whole answer. */
function failureOf(error: unknown): "refused" | "reset" | "timed out" | "malformed" {
  if (error instanceof ConnectionError) return error.failure;
  const answered = error instanceof HttpError && error.fault !== "empty" && error.fault !== "truncated";
  return answered ? "malformed" : "reset";
}
