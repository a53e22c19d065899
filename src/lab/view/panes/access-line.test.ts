import { expect, it } from "vitest";
import { accessOf } from "./access-line.ts";

it("reads what was asked and answered from the access logs of the course's servers", () => {
  const lines = [
    '127.0.0.1 - - [29/Nov/2026 19:33:11] "GET / HTTP/1.1" 200 -',
    '127.0.0.1 - - [29/Nov/2026:19:33:11 +0000] "POST /form HTTP/1.1" 302 5 "-" "curl/8.14.1"',
    'INFO:     127.0.0.1:52134 - "GET /io?n=1 HTTP/1.1" 500 Internal Server Error',
    '[2026-11-29 19:33:11 +0000] [7] [INFO] 127.0.0.1:52134 - - [29/Nov/2026:19:33:11 +0000] "GET / 1.1" 200 2 "-" "-"',
    "[pid: 3|app: 0|req: 1/1] 127.0.0.1 () {28 vars in 300 bytes} [Sun Nov 29 19:33:11 2026] GET /slow => generated 5 bytes in 1 msecs (HTTP/1.1 200) 2 headers in 79 bytes",
  ];
  expect(lines.map(accessOf)).toEqual(["GET / 200", "POST /form 302", "GET /io?n=1 500", "GET / 200", "GET /slow 200"]);
});

it("takes nothing else for one", () => {
  const lines = [
    "[INFO] Listening at: http://0.0.0.0:8000 (41)",
    'print("GET / HTTP/1.1")',
    "b'GET /slow HTTP/1.1\\r\\n'",
  ];
  expect(lines.map(accessOf)).toEqual([undefined, undefined, undefined]);
});
