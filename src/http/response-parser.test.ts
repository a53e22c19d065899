import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HttpError } from "./http-error.ts";
import { ResponseParser } from "./response-parser.ts";
import { bytesOf, characters } from "./testing/scripted-connection.ts";

function parse(text: string, { method = "GET", closed = false, limits = undefined as Limits | undefined } = {}) {
  const parser = new ResponseParser(method, limits && { limits });
  parser.push(bytesOf(text));
  if (closed) parser.end();
  return { parser, response: parser.response(), body: characters(parser.response().body) };
}

type Limits = { head: number; headers: number; body: number };

function faultOf(text: string, closed = false, limits?: Limits): string {
  try {
    parse(text, { closed, ...(limits && { limits }) });
  } catch (error) {
    if (error instanceof HttpError) return error.fault;
    throw error;
  }
  return "none";
}

const werkzeug =
  "HTTP/1.1 200 OK\r\nServer: Werkzeug/3.1.3 Python/3.14.2\r\nDate: Sun, 22 Nov 2026 13:00:00 GMT\r\n" +
  "Content-Type: text/html; charset=utf-8\r\nContent-Length: 13\r\nConnection: close\r\n\r\nHello, World!";
const gunicorn =
  "HTTP/1.1 200 OK\r\nServer: gunicorn\r\nDate: Sun, 22 Nov 2026 13:00:00 GMT\r\nConnection: keep-alive\r\n" +
  "Content-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello";
const old = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nread me to the end";
const chunked =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6;name="a;b"\r\nhello \r\n5 \r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n';
const interim = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${gunicorn}`;

describe("a response", () => {
  it("of Werkzeug is read by its length, and closes the connection", () => {
    const { parser, response, body } = parse(werkzeug);
    expect(response).toMatchObject({ version: "HTTP/1.1", status: 200, reason: "OK" });
    expect(response.headers).toEqual([
      ["Server", "Werkzeug/3.1.3 Python/3.14.2"],
      ["Date", "Sun, 22 Nov 2026 13:00:00 GMT"],
      ["Content-Type", "text/html; charset=utf-8"],
      ["Content-Length", "13"],
      ["Connection", "close"],
    ]);
    expect(body).toBe("Hello, World!");
    expect(parser.persistent).toBe(false);
    expect(parser.received).toBe(werkzeug.length);
  });

  it("of gunicorn leaves the connection open", () => {
    expect(parse(gunicorn)).toMatchObject({ body: "hello", parser: { complete: true, persistent: true } });
  });

  it("of HTTP/1.0 ends with the connection", () => {
    const parser = new ResponseParser("GET");
    expect(parser.push(bytesOf(old))).toBe(false);
    parser.end();
    expect(characters(parser.response().body)).toBe("read me to the end");
    expect(parser.persistent).toBe(false);
  });

  it("in chunks is put together, without extensions and trailers", () => {
    const { parser, response, body } = parse(chunked);
    expect(body).toBe("hello world");
    expect(response.headers).toEqual([["Transfer-Encoding", "chunked"]]);
    expect(parser.persistent).toBe(true);
  });

  it("comes after the interim ones", () => {
    const { response, body } = parse(interim);
    expect(response.status).toBe(200);
    expect(response.headers[0]).toEqual(["Server", "gunicorn"]);
    expect(body).toBe("hello");
  });

  it.each([
    ["HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"],
    ["HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"],
    ["GET", "HTTP/1.1 204 No Content\r\n\r\n"],
    ["GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n"],
    ["GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"],
  ])("has no body: %s, %j", (method, text) => {
    expect(parse(text, { method })).toMatchObject({ body: "", parser: { complete: true, persistent: true } });
  });

  it("keeps the connection in HTTP/1.0 only when it says so", () => {
    const head = "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n";
    expect(parse(`${head}\r\n`).parser.persistent).toBe(false);
    expect(parse(`${head}Connection: Keep-Alive\r\n\r\n`).parser.persistent).toBe(true);
  });

  it("with bytes behind it makes the connection unusable", () => {
    expect(parse(`${gunicorn}HTTP`)).toMatchObject({ body: "hello", parser: { complete: true, persistent: false } });
  });

  it("with two statements about its length makes the connection unusable", () => {
    const { parser, body } = parse(
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    );
    expect(body).toBe("x");
    expect(parser.persistent).toBe(false);
  });

  it("may end its lines with bare line feeds, fold headers and have no reason", () => {
    const { response, body } = parse("HTTP/1.1 200\nA:  1 \n\t2\nContent-Length: 1\n\nx");
    expect(response).toMatchObject({
      reason: "",
      headers: [
        ["A", "1 2"],
        ["Content-Length", "1"],
      ],
    });
    expect(body).toBe("x");
  });

  it("may repeat the same length", () => {
    expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\nContent-Length: 1\r\n\r\nx").body).toBe("x");
  });

  it("has headers in ISO 8859-1", () => {
    expect(parse("HTTP/1.1 200 OK\r\nX: \x80\xe9\xff\r\nContent-Length: 0\r\n\r\n").response.headers[0]).toEqual([
      "X",
      "\x80\xe9\xff",
    ]);
  });

  it("owns its body", () => {
    const bytes = bytesOf(gunicorn);
    const parser = new ResponseParser("GET");
    parser.push(bytes);
    const { body } = parser.response();
    expect(body.buffer.byteLength).toBe(5);
    bytes.fill(0);
    expect(characters(body)).toBe("hello");
  });

  it("can be read without keeping its body", () => {
    const parser = new ResponseParser("GET", { keepBody: false });
    parser.push(bytesOf(chunked));
    expect(parser.complete).toBe(true);
    expect(parser.response().body).toHaveLength(0);
    expect(parser.received).toBe(chunked.length);
  });
});

describe("bad input", () => {
  it.each([
    ["no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["a request", "GET / HTTP/1.1\r\n"],
    ["another version", "HTTP/2.0 200 OK\r\n"],
    ["an impossible status", "HTTP/1.1 099 Odd\r\n"],
    ["an empty first line", "\r\nHTTP/1.1 200 OK\r\n"],
    ["a header without a colon", "HTTP/1.1 200 OK\r\nnonsense\r\n"],
    ["a header with a space before its colon", "HTTP/1.1 200 OK\r\nA : 1\r\n"],
    ["a header without a name", "HTTP/1.1 200 OK\r\n: 1\r\n"],
    ["a continuation of nothing", "HTTP/1.1 200 OK\r\n  more\r\n"],
    ["a carriage return within a header", "HTTP/1.1 200 OK\r\nA: 1\r2\r\n"],
    ["a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"],
    ["an empty length", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    ["an unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"],
    ["no length of a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"],
    ["a chunk longer than it says", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"],
    ["an unasked change of protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"],
  ])("is malformed: %s", (_, text) => {
    expect(faultOf(text)).toBe("malformed");
  });

  it("is nothing at all", () => expect(faultOf("", true)).toBe("empty"));

  it.each([gunicorn, chunked, werkzeug, interim])("is cut short: %#", (text) => {
    for (let length = 1; length < text.length; length++) expect(faultOf(text.slice(0, length), true)).toBe("truncated");
  });

  it("is too large", () => {
    const limits = { head: 200, headers: 3, body: 10 };
    const head = "HTTP/1.1 200 OK\r\n";
    expect(faultOf("x".repeat(201), false, limits)).toBe("too large");
    expect(faultOf(`${head}A: ${"x".repeat(200)}\r\n`, false, limits)).toBe("too large");
    expect(faultOf(`${head}A: 1\r\nA: 2\r\nA: 3\r\nA: 4\r\n`, false, limits)).toBe("too large");
    expect(faultOf(`${head}Content-Length: 11\r\n\r\n`, false, limits)).toBe("too large");
    expect(faultOf(`${head}\r\n${"x".repeat(11)}`, false, limits)).toBe("too large");
    expect(faultOf(`${head}Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\n`, false, limits)).toBe("too large");
    expect(faultOf(`${head}Transfer-Encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(10)}0\r\n\r\n`, false, limits)).toBe(
      "none",
    );
    expect(faultOf("HTTP/1.1 100 Continue\r\n\r\n".repeat(20), false, limits)).toBe("too large");
  });
});

/** The text cut at those places. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytesOf(text.slice(sorted[index], end)));
}

const name = fc.stringMatching(/^X-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20}$/);
const value = fc.stringMatching(/^([!-~\x80-\xff]([ -~\x80-\xff]{0,30}[!-~\x80-\xff])?)?$/);
const bodyText = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
});
const responses = fc.record({
  status: fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304),
  reason: fc.stringMatching(/^[ -~]{0,20}$/),
  headers: fc.array(fc.tuple(name, value), { maxLength: 10 }),
  pieces: fc.array(bodyText, { maxLength: 5 }),
  framing: fc.constantFrom("length", "chunked", "close"),
  interim: fc.boolean(),
});

function written({
  status,
  reason,
  headers,
  pieces,
  framing,
  interim: waits,
}: typeof responses extends fc.Arbitrary<infer R> ? R : never) {
  const body = pieces.join("");
  const framed = {
    length: ["Content-Length", `${body.length}`],
    chunked: ["Transfer-Encoding", "chunked"],
    close: ["Connection", "close"],
  }[framing];
  const all = [...headers, framed];
  const head = `HTTP/1.1 ${status} ${reason}\r\n${all.map((header) => header.join(": ")).join("\r\n")}\r\n\r\n`;
  const chunks = pieces.filter((piece) => piece !== "").map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
  const sent = framing === "chunked" ? `${chunks.join("")}0\r\nX-Trailer: 1\r\n\r\n` : body;
  return { text: `${waits ? "HTTP/1.1 100 Continue\r\n\r\n" : ""}${head}${sent}`, body, all };
}

describe("any response", () => {
  it("reads the same however it is cut", () => {
    fc.assert(
      fc.property(responses, fc.array(fc.nat(), { maxLength: 20 }), (response, places) => {
        const { text, body, all } = written(response);
        const parser = new ResponseParser("GET");
        let completedBefore = false;
        for (const chunk of cut(text, places)) {
          if (chunk.length > 0) expect(completedBefore).toBe(false);
          completedBefore = parser.push(chunk);
        }
        expect(completedBefore).toBe(response.framing !== "close");
        parser.end();
        const read = parser.response();
        expect(read).toMatchObject({ status: response.status, reason: response.reason, headers: all });
        expect(characters(read.body)).toBe(body);
        expect(parser.persistent).toBe(response.framing !== "close");
      }),
      { numRuns: 500 },
    );
  });

  it.each([werkzeug, gunicorn, chunked, interim, old])("reads the same byte by byte: %#", (text) => {
    const parser = new ResponseParser("GET");
    for (const byte of bytesOf(text)) parser.push(Uint8Array.of(byte));
    parser.end();
    expect(parser.response()).toEqual(parse(text, { closed: true }).response);
  });

  it("is an answer or a typed error, whatever the bytes", () => {
    const noise = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }).map((bytes) => characters(bytes)),
        fc.constantFrom(
          "HTTP/1.1 200 OK\r\n",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "\r\n",
          "5\r\n",
          "hello",
          "0\r\n\r\n",
          ":",
          " ",
          "\n",
        ),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(noise, fc.array(fc.nat(), { maxLength: 8 }), (parts, places) => {
        const parser = new ResponseParser("GET");
        try {
          for (const chunk of cut(parts.join(""), places)) parser.push(chunk);
          parser.end();
          expect(parser.complete).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(HttpError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
