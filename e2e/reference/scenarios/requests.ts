/** Requests that every server is asked. */
import type { Scenario } from "../scenario.ts";

/** A request that asks the server to close afterwards. */
export function get(path: string, ...headers: string[]): string {
  return request("GET", path, headers);
}

/** A request with a body. */
export function post(path: string, body: string, ...headers: string[]): string {
  return request("POST", path, [`Content-Length: ${body.length}`, ...headers], body);
}

/** A request as `curl` would write it, but for its own name. */
export function request(method: string, path: string, headers: readonly string[], body = ""): string {
  const lines = [`${method} ${path} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

function chunked(body: string): string {
  return request("POST", "/echo", ["Transfer-Encoding: chunked"], body);
}

/** One text, sent at once. */
export function says(name: string, text: string): Scenario {
  return { name, says: [{ send: text }] };
}

const formType = "Content-Type: application/x-www-form-urlencoded";

/** What a server and the app behind it make of usual requests. */
export const usualRequests: readonly Scenario[] = [
  says("hello", get("/")),
  says("not found", get("/nowhere")),
  says("wrong method", request("DELETE", "/", [])),
  says("options", request("OPTIONS", "/", [])),
  says("head", request("HEAD", "/large", [])),
  says("environ", get("/environ?a=1&b=%20c", "X-Own: one", "X-Own: two", "Accept: */*", "User-Agent: reference")),
  says("form", post("/form", "name=M%C3%BCller&x=1&x=2+3", formType)),
  says("json", post("/json", '{"a": [1, 2], "b": "\\u00fc"}', "Content-Type: application/json")),
  says("json that is none", post("/json", '{"a": ', "Content-Type: application/json")),
  says("json of another type", post("/json", "{}", "Content-Type: text/plain")),
  says("redirect", get("/old")),
  says("cookies", get("/cookies", "Cookie: b=2; a=1", "Cookie: c=3")),
  says("query with escapes", get("/query/a%2Fb%20c/%C3%BC?x=%26&x=+&empty=&%zz=1")),
  says("an answer of unknown length", get("/stream")),
  says("a large answer", get("/large")),
  says("a status and headers of its own", get("/teapot")),
  says("no content, and lines in the log", get("/log?what=%22quoted%22")),
  says("an exception", get("/fail")),
  says("a body", post("/echo", "some bytes\0\xff")),
  {
    name: "a large body",
    says: [{ send: request("POST", "/echo", ["Content-Length: 1000000"]) }, { send: "0123456789", times: 100_000 }],
  },
  // In one piece: what Werkzeug does with the rest of a request that it refuses depends on when that comes.
  says("a chunked body", chunked("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")),
  says("a chunked body with an extension", chunked("5;part=1\r\nhello\r\n0\r\n\r\n")),
  {
    name: "expect 100-continue",
    says: [
      { send: request("POST", "/echo", ["Content-Length: 5", "Expect: 100-continue"]) },
      { until: "100 Continue\r\n" },
      { send: "hello" },
    ],
  },
  says("absolute form", get("http://localhost/query/absolute?x=1")),
  says("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"),
  says("HTTP/1.0, kept alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
  {
    name: "bytes that arrive one by one",
    says: slowly("GET /teapot HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
  },
];

/** What a client says first that wants to speak TLS. */
const clientHello = `\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x03${"\x5a".repeat(32)}\0\0\x04\x13\x01\x13\x02\x01\0`;

/** All bytes there are, in a line each. */
const garbage = `${Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte).repeat(3)).join("\r\n")}\r\n\r\n`;

/** What is no proper request. */
export const oddRequests: readonly Scenario[] = [
  says("a malformed request line", "GARBAGE\r\n\r\n"),
  says("an unknown version", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"),
  says("a lower-case method", "get / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
  says("no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"),
  says("a header without a colon", get("/", "nonsense")),
  says("a header that is too large", get("/", `X-Long: ${"x".repeat(70_000)}`)),
  says("bytes of no meaning", garbage),
  says("bytes of no meaning and no line", "\xff\0".repeat(50_000)),
  says("TLS where none is spoken", clientHello),
  says("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  says("10 000 headers", get("/", ...Array.from({ length: 10_000 }, (_, number) => `X-${number}: ${number}`))),
  says("too many headers", get("/", ...Array.from({ length: 300 }, (_, number) => `X-${number}: ${number}`))),
  says("a request line that is too long", get(`/query/${"x".repeat(70_000)}`)),
  says("two lengths", request("POST", "/echo", ["Content-Length: 3", "Content-Length: 5"], "hello")),
  says("a length that is none", request("POST", "/echo", ["Content-Length: five"], "hello")),
  { name: "half a request", says: [{ send: "GET / HTTP/1.1\r\nHost: loc" }, { end: true }] },
  {
    name: "half a body",
    says: [{ send: request("POST", "/echo", ["Content-Length: 10"], "hello") }, { end: true }],
  },
  { name: "no request at all", says: [{ end: true }] },
  { name: "half a request, then gone", says: [{ send: "GET / HTTP/1.1\r\nHost: loc" }, { leave: true }] },
  {
    name: "half a body, then gone",
    says: [{ send: request("POST", "/echo", ["Content-Length: 10"], "hello") }, { leave: true }],
  },
  {
    name: "gone in the middle of an answer",
    says: [{ send: get("/endless") }, { until: "and so on" }, { leave: true }],
  },
  says("and the server still answers", get("/")),
];

/** 100 MB, which the app reads piece by piece. */
export const hugeBody: Scenario = {
  name: "a body of 100 MB",
  says: [
    { send: request("POST", "/stream-in", ["Content-Length: 100000000"]) },
    { send: "0123456789", times: 10_000_000 },
    { until: "\n\n" },
  ],
};

/** Two requests in one piece: whether the second is answered says whether the server keeps connections. */
export const twoAtOnce = says("two requests at once", `GET / HTTP/1.1\r\nHost: localhost\r\n\r\n${get("/teapot")}`);

/** Two requests on one connection, the second after the first answer. For servers that close it, or read on. */
export const keptAlive: Scenario = {
  name: "kept alive",
  says: [{ send: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" }, { until: "Hello\n" }, { send: get("/teapot") }],
};

function slowly(text: string) {
  return [...text].flatMap((character) => [{ send: character }, { pause: 2 }]);
}
