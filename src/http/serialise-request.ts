import type { HttpRequest } from "../machine/machine.ts";
import { HttpError } from "./http-error.ts";

/** What a client adds to a request. */
export interface DefaultHeaders {
  /** For the `Host` header, unless the request has one: name and port. */
  readonly host: string;
  /** Asks the server to keep the connection or to close it, unless the request has a `Connection` header. */
  readonly keepAlive: boolean;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const target = /^[\x21-\x7e]+$/;
const headerValue = /^[^\0\r\n]*$/;
const methodsWithBody = new Set(["POST", "PUT", "PATCH"]);

/**
 * The bytes of a request in HTTP/1.1, head and body. Characters outside ASCII are percent-encoded in the path, as a
 * browser does, and sent as UTF-8 in headers, as curl does. Throws `HttpError` (`unsendable`).
 */
export function serialiseRequest(request: HttpRequest, defaults: DefaultHeaders): Uint8Array {
  const method = request.method ?? "GET";
  const path = request.path.toWellFormed().replace(/[^\0-\x7f]+/gu, (characters) => encodeURIComponent(characters));
  const headers = request.headers ?? [];
  if (!token.test(method)) throw unsendable("method", method);
  if (!target.test(path)) throw unsendable("path", request.path);

  let head = `${method} ${path} HTTP/1.1\r\n`;
  if (!has(headers, "host")) head += `Host: ${defaults.host}\r\n`;
  for (const [name, value] of headers) {
    if (!token.test(name)) throw unsendable("header name", name);
    if (!headerValue.test(value)) throw unsendable(`value of ${name}`, value);
    head += `${name}: ${value}\r\n`;
  }
  if (!has(headers, "connection")) head += `Connection: ${defaults.keepAlive ? "keep-alive" : "close"}\r\n`;
  const length = request.body?.length ?? 0;
  if ((length > 0 || methodsWithBody.has(method)) && !has(headers, "content-length")) {
    head += `Content-Length: ${length}\r\n`;
  }
  return joined(new TextEncoder().encode(`${head}\r\n`), request.body);
}

function has(headers: NonNullable<HttpRequest["headers"]>, name: string): boolean {
  return headers.some(([each]) => each.toLowerCase() === name);
}

/** One piece, because each write costs a message. */
function joined(head: Uint8Array, body: Uint8Array | undefined): Uint8Array {
  if (!body?.length) return head;
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

function unsendable(part: string, text: string): HttpError {
  return new HttpError("unsendable", `The ${part} ${JSON.stringify(text)} cannot be sent in HTTP`);
}
