// A pool of workers and a queue before it: node pool.js --port 8000 --workers 4
//
// Node's own server takes many requests at a time, and has no ceiling on a page that only waits. This one gives each
// worker one connection at a time, as gunicorn's sync workers take them, so that the arithmetic is the same.
const net = require("node:net");
const { fork } = require("node:child_process");
const { parseArgs } = require("node:util");

const options = {
  port: { type: "string", default: "8000" },
  workers: { type: "string", default: "2" },
};
const values = readOptions();
const port = Number(values.port);
const say = (text) => console.log(`[${process.pid}] ${text}`);

/** Readers who are connected and have no worker yet. */
const waiting = [];
/** Ports of workers that have nothing to do. */
const idle = [];
let stopping = false;
let failedStarts = 0;

function readOptions() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`pool.js: ${error.message}`);
    process.exit(2);
  }
}

function startWorker(workerPort) {
  const child = fork(require.resolve("./server.js"), [], { env: { ...process.env, WORKER_PORT: String(workerPort) } });
  let ready = false;
  child.once("message", () => {
    ready = true;
    failedStarts = 0;
    say(`Worker ${child.pid} is ready.`);
    idle.push(workerPort);
    serveNext();
  });
  child.once("exit", () => {
    if (stopping) return;
    say(`Worker ${child.pid} ended.`);
    const at = idle.indexOf(workerPort);
    if (at !== -1) idle.splice(at, 1);
    if (!ready) failedStarts++;
    if (failedStarts < 3) return startWorker(workerPort);
    say("Giving up: workers end before they are ready. The lines above say why.");
    process.exit(3);
  });
}

function serveNext() {
  while (waiting.length > 0 && idle.length > 0) {
    const reader = waiting.shift();
    if (!reader.destroyed) handOver(reader, idle.shift());
  }
}

/** Connects a reader with a worker until the answer is there. */
function handOver(reader, workerPort) {
  const way = net.connect(workerPort, "127.0.0.1");
  let works = true;
  way.on("error", () => {
    // The worker has died. It comes back as a new one.
    works = false;
    reader.destroy();
  });
  reader.once("close", () => way.destroy());
  way.once("close", () => {
    if (works) idle.push(workerPort);
    serveNext();
  });
  reader.pipe(way);
  way.pipe(reader);
}

const server = net.createServer({ allowHalfOpen: true }, (reader) => {
  reader.on("error", () => {});
  waiting.push(reader);
  serveNext();
});
server.once("error", (error) => {
  say(error.code === "EADDRINUSE" ? `Port ${port} is in use.` : error.message);
  process.exit(1);
});
server.listen(port, () => {
  say(`Listening on http://localhost:${port} with ${values.workers} workers.`);
  for (let count = 1; count <= Number(values.workers); count++) startWorker(port + count);
});

process.on("SIGTERM", () => {
  stopping = true;
  process.exit(0);
});
