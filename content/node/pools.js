// Two ways to spread connections over workers: node:cluster, or, where that does not work, a parent of our own that
// passes each connection on to the next worker.
const net = require("node:net");
const cluster = require("node:cluster");
const { fork } = require("node:child_process");

/** A probe of node:cluster that has not answered by then has failed, in milliseconds. */
const probeWithin = 3000;

/** The pool that works here. Rejects if the port is in use. */
exports.open = async (port, spread) => {
  await checkPort(port);
  if (spread === "cluster" || (spread === "auto" && (await clusterWorks()))) return clusterPool(port);
  return balancePool(port);
};

function checkPort(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(port, () => server.close(resolve));
  });
}

/** Whether a worker of node:cluster gets a connection of a port that it shares with its primary. */
function clusterWorks() {
  return new Promise((resolve) => {
    let worker;
    const answer = (works) => {
      clearTimeout(late);
      resolve(works);
      worker?.process.kill("SIGKILL");
    };
    const late = setTimeout(() => answer(false), probeWithin);
    try {
      cluster.setupPrimary({ exec: __filename, args: ["probe"] });
      worker = cluster.fork();
      worker.on("error", () => answer(false));
      worker.on("exit", () => answer(false));
      worker.on("message", (port) => {
        const socket = net.connect(port, "127.0.0.1");
        socket.on("error", () => answer(false));
        socket.on("data", () => answer(true));
      });
    } catch {
      answer(false);
    }
  });
}

if (require.main === module && cluster.isWorker) {
  const server = net.createServer((socket) => socket.end("probe"));
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
}

/** What the primary needs to know of a child, however it was started. */
function workerOf(child, more) {
  const ended = new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve([code, signal]));
    child.once("error", (error) => {
      console.error(error);
      resolve([1, null]);
    });
  });
  return {
    pid: child.pid,
    ready: false,
    onMessage: (listen) => child.on("message", listen),
    onEnd: (listen) => ended.then((how) => listen(...how)),
    tell: (message) => child.connected && child.send(message, () => {}),
    kill: () => child.kill("SIGKILL"),
    ...more,
  };
}

function clusterPool(port) {
  cluster.setupPrimary({ exec: require.resolve("./worker.js"), args: [] });
  return {
    words: "shared by node:cluster",
    /** All workers listen on the one port. */
    shares: true,
    start: () => workerOf(cluster.fork({ WORKER_PORT: String(port) }).process),
    drain: (worker) => {
      worker.tell("finish");
      worker.tell("leave");
    },
    forget: () => {},
    close: () => {},
  };
}

/** Workers listen on the ports above; the parent connects each reader with the next one that is ready. */
async function balancePool(port) {
  const workers = new Set();
  const ports = new Set();
  let turn = 0;

  const next = () => {
    const ready = [...workers].filter((worker) => worker.ready && !worker.leaving && !worker.ending);
    turn++;
    return ready[turn % ready.length];
  };

  const passOn = (reader, tried = 0) => {
    const worker = next();
    if (!worker || tried > workers.size) return reader.destroy();
    const way = net.connect(worker.port, "127.0.0.1");
    worker.connections.add(way);
    reader.once("close", () => way.destroy());
    way.once("connect", () => {
      way.removeListener("error", refused);
      way.on("error", () => reader.destroy());
      reader.pipe(way);
      way.pipe(reader);
    });
    way.once("close", () => {
      worker.connections.delete(way);
      worker.idle?.();
    });
    // Nothing has been sent yet: the next worker can have it.
    const refused = () => passOn(reader, tried + 1);
    way.once("error", refused);
  };

  const server = net.createServer({ allowHalfOpen: true }, (reader) => {
    reader.on("error", () => {});
    passOn(reader);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });

  const freePort = () => {
    let free = port + 1;
    while (ports.has(free)) free++;
    ports.add(free);
    return free;
  };

  return {
    words: "passed on to them by their parent",
    shares: false,
    start: () => {
      const own = freePort();
      const child = fork(require.resolve("./worker.js"), [], { env: { ...process.env, WORKER_PORT: String(own) } });
      const worker = workerOf(child, { port: own, connections: new Set() });
      workers.add(worker);
      worker.onEnd((code) => {
        workers.delete(worker);
        // Somebody else's port is not tried again.
        if (code !== 98) ports.delete(own);
      });
      return worker;
    },
    drain: (worker) => {
      worker.tell("finish");
      const leave = () => worker.connections.size === 0 && worker.tell("leave");
      worker.idle = leave;
      leave();
    },
    forget: (worker) => workers.delete(worker),
    close: () => server.close(),
  };
}
