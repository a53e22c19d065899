import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText, inTime, type Language } from "../testing/hostile-text.ts";
import { HttpError } from "./http-error.ts";
import { ResponseParser } from "./response-parser.ts";
import { bytesOf } from "./testing/scripted-connection.ts";

const http: Language = {
  tokens: [
    ...[
      "\r\n",
      "\n",
      "\r",
      ": ",
      ":",
      " ",
      "\t",
      ";",
      ",",
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.0 ",
      "HTTP/1.1 100 \r\n\r\n",
    ],
    ...[
      "Content-Length: 5\r\n",
      "Content-Length: 99999999999999999\r\n",
      "Transfer-Encoding: chunked\r\n",
      "0\r\n\r\n",
    ],
    ...["Connection: close\r\n", "ffffffffffffff\r\n", "1\r\na\r\n", "Set-Cookie: a=b\r\n", "__proto__: x\r\n", "\0"],
  ],
  brackets: [
    ["HTTP/1.1 100 Continue\r\n\r\n", ""],
    ["1;a=", "\r\nx\r\n"],
    [" ", "\r\n"],
  ],
  valid: [
    "HTTP/1.1 200 OK\r\nServer: gunicorn\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5 \r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n",
  ],
};

/** Reads an answer that comes in pieces of this length, to its end. */
function read(bytes: Uint8Array, piece: number): void {
  const parser = new ResponseParser("GET");
  try {
    for (let at = 0; at < bytes.length; at += piece) parser.push(bytes.subarray(at, at + piece));
    parser.end();
    parser.response();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
  }
}

describe("any answer", () => {
  it("is read, or refused, however it comes", () => {
    fc.assert(
      fc.property(hostileText(http), fc.constantFrom(1, 7, 20_000), (text, piece) => {
        const bytes = bytesOf(text);
        inTime(() => read(bytes, piece));
      }),
      { numRuns: 300 },
    );
  });

  it("is read in time, with blanks wherever they may stand", () => {
    const blanks = " \t".repeat(30_000);
    for (const head of [`A: b${blanks}c`, `A:${blanks}`, `A: b\r\n${blanks}c${blanks}d`, `Connection: a${blanks}b,`]) {
      const answer = bytesOf(`HTTP/1.1 200 OK\r\n${head}\r\nContent-Length: 0\r\n\r\n`);
      inTime(() => read(answer, answer.length));
    }
    const parser = new ResponseParser("GET");
    parser.push(bytesOf("HTTP/1.1 200 OK\r\nA: \t b  c\t\r\nContent-Length: 0\r\n\r\n"));
    expect(parser.response().headers[0]).toEqual(["A", "b  c"]);
  });
});
