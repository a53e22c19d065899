import type { Connection, HttpRequest, HttpResponse } from "../machine/machine.ts";
import { type ResponseLimits, ResponseParser } from "./response-parser.ts";
import { serialiseRequest } from "./serialise-request.ts";

/** How a request is sent and its answer read. */
export interface ExchangeOptions {
  /** For the `Host` header: name and port. Default `localhost`. */
  readonly host?: string;
  /** Asks the server to keep the connection. Default false. */
  readonly keepAlive?: boolean;
  /** Default true. False: the body is read and forgotten, and the response's is empty. */
  readonly keepBody?: boolean;
  readonly limits?: ResponseLimits;
  /** Whether a successful response is wrong all the same; asked once, when it is whole. Left out: none is. */
  readonly wrong?: ((response: HttpResponse) => boolean) | undefined;
  /** Called when the first byte of the response has come. */
  readonly firstByte?: (() => void) | undefined;
}

/** What came of an exchange. */
export interface Exchange {
  readonly response: HttpResponse;
  /** It was successful, and `wrong` said that it is wrong. */
  readonly wrong: boolean;
  /** Whether the connection can carry a further request. If not, whoever made it closes it. */
  readonly reusable: boolean;
  /** Bytes that the server sent, head and framing included. */
  readonly received: number;
}

/**
 * Sends one request over a connection and reads its answer, without any limit of time (`HttpRequest.timeout` is for who
 * has a clock). Reads while it writes: a server may answer, and close, before it has read everything.
 *
 * Rejects with `ConnectionError` or `HttpError`; the connection is then of no further use. An `HttpError` of the kind
 * `unsendable` comes before anything was sent.
 */
export async function exchange(
  connection: Connection,
  request: HttpRequest,
  { host = "localhost", keepAlive = false, wrong, firstByte, ...reading }: ExchangeOptions = {},
): Promise<Exchange> {
  const bytes = serialiseRequest(request, { host, keepAlive });
  const parser = new ResponseParser(request.method ?? "GET", reading);
  connection.requestBegan?.(request.path, request.label);
  try {
    const sent = await converse(connection, bytes, parser, firstByte);
    const response = parser.response();
    const successful = response.status < 400;
    const isWrong = successful && wrong?.(response) === true;
    connection.requestEnded?.(successful && !isWrong ? "answered" : "error");
    const reusable = keepAlive && sent && parser.persistent;
    return { response, wrong: isWrong, reusable, received: parser.received };
  } catch (error) {
    connection.requestEnded?.("failed");
    throw error;
  }
}

/** Writes the request and reads until the answer is whole. Answers whether all was written by then. */
async function converse(
  connection: Connection,
  bytes: Uint8Array,
  parser: ResponseParser,
  firstByte: (() => void) | undefined,
): Promise<boolean> {
  let sent = false;
  let brokenPipe: { readonly error: unknown } | undefined;
  connection.write(bytes).then(
    () => {
      sent = true;
    },
    (error: unknown) => {
      brokenPipe = { error };
    },
  );

  while (!parser.complete) {
    const chunk = await connection.read();
    if (chunk && parser.received === 0) firstByte?.();
    if (chunk) parser.push(chunk);
    else if (brokenPipe && parser.received === 0) throw brokenPipe.error;
    else parser.end();
  }
  return sent;
}
