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
