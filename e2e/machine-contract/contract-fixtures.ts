/** How each kind of machine does what the contract checks need. */
import type { ContractFixture } from "../../src/machine/contract-checks.ts";

/** Flask's development server, and plain Python. */
export const pythonFixture: ContractFixture = {
  files: {
    "app.py": `import time
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello"


@app.get("/io")
def io():
    time.sleep(0.1)
    return "Waited"
`,
  },
  printer: ["python", "-c", "import os, sys; print('out: ' + os.environ['GREETING']); sys.exit(3)"],
  reader: ["python", "-c", "print(input().upper())"],
  writer: ["python", "-c", "open('made.txt', 'w').write('made')"],
  server: (port) => ["flask", "--app", "app", "run", "--port", String(port)],
};

/** An ASGI application under gunicorn, for what a server has a part in. */
export const pythonAsgiFixture: ContractFixture = {
  ...pythonFixture,
  only: /^(?:ports|request|request events|connect|load|stop):/,
  files: {
    "app.py": `import asyncio

PAGES = {"/": ("Hello", 0), "/io": ("Waited", 0.1)}


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    text, wait = PAGES.get(scope["path"], ("Nothing here", 0))
    await asyncio.sleep(wait)
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(text))]
    status = 200 if scope["path"] in PAGES else 404
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
`,
  },
  server: (port) => ["gunicorn", "-k", "asgi", "-b", `127.0.0.1:${port}`, "app:app"],
};

/** Node's own HTTP server, and plain Node. */
export const nodeFixture: ContractFixture = {
  files: {
    "server.js": `const http = require("node:http");
const pages = { "/": ["Hello", 0], "/io": ["Waited", 100] };
http
  .createServer((request, response) => {
    const [text, wait] = pages[request.url] ?? [];
    if (text === undefined) response.statusCode = 404;
    setTimeout(() => response.end(text), wait);
  })
  .listen(Number(process.argv[2]));
`,
  },
  printer: ["node", "-e", "console.log('out: ' + process.env.GREETING); process.exit(3)"],
  reader: [
    "node",
    "-e",
    "process.stdin.once('data', (line) => { console.log(String(line).trim().toUpperCase()); process.exit() })",
  ],
  writer: ["node", "-e", "require('node:fs').writeFileSync('made.txt', 'made')"],
  server: (port) => ["node", "server.js", String(port)],
};

/**
 * A server on the C modules alone, because Python takes seconds to import `socket` and `threading` on the emulated PC.
 */
export const linuxFixture: ContractFixture = {
  hosts: ["development", "production"],
  emulated: true,
  files: {
    "server.py": `import _socket, _thread, sys, time

PAGES = {b"/": ("200 OK", "Hello", 0), b"/io": ("200 OK", "Waited", 0.1)}


def answer(connection):
    request = b""
    while b"\\r\\n\\r\\n" not in request:
        part = connection.recv(4096)
        if not part:
            break
        request += part
    else:
        status, text, wait = PAGES.get(request.split()[1], ("404 Not Found", "Nothing here", 0))
        time.sleep(wait)
        head = f"HTTP/1.1 {status}\\r\\nContent-Length: {len(text)}\\r\\nConnection: close\\r\\n\\r\\n"
        connection.send((head + text).encode())
    connection.close()


server = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
server.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(64)
while True:
    descriptor, _ = server._accept()
    _thread.start_new_thread(answer, (_socket.socket(_socket.AF_INET, _socket.SOCK_STREAM, 0, descriptor),))
`,
  },
  printer: ["sh", "-c", 'echo "out: $GREETING"; exit 3'],
  reader: ["sh", "-c", "read line; echo $line | tr a-z A-Z"],
  writer: ["sh", "-c", "ls; printf made >made.txt"],
  server: (port) => ["python3", "-I", "-S", "server.py", String(port)],
};
