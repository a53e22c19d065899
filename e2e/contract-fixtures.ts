/** How each kind of machine does what the contract checks need. */
import type { ContractFixture } from "../src/machine/contract-checks.ts";

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

/** A server on plain sockets, because Python takes seconds to import Flask on the emulated PC. */
export const linuxFixture: ContractFixture = {
  hosts: ["development", "production"],
  files: {
    "server.py": `import socket, sys, threading, time

PAGES = {"/": ("200 OK", "Hello", 0), "/io": ("200 OK", "Waited", 0.1)}


def answer(connection):
    with connection:
        request = b""
        while b"\\r\\n\\r\\n" not in request:
            part = connection.recv(4096)
            if not part:
                return
            request += part
        status, text, wait = PAGES.get(request.split()[1].decode(), ("404 Not Found", "Nothing here", 0))
        time.sleep(wait)
        head = f"HTTP/1.1 {status}\\r\\nContent-Length: {len(text)}\\r\\nConnection: close\\r\\n\\r\\n"
        connection.sendall((head + text).encode())


with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    while True:
        threading.Thread(target=answer, args=server.accept()[:1], daemon=True).start()
`,
  },
  printer: ["sh", "-c", 'echo "out: $GREETING"; exit 3'],
  reader: ["sh", "-c", "read line; echo $line | tr a-z A-Z"],
  writer: ["sh", "-c", "ls; printf made >made.txt"],
  server: (port) => ["python3", "-S", "server.py", String(port)],
};
