// One worker of cluster.js: answers requests, says when it is ready and that it is alive, finishes before it leaves.
const { createServer } = require("./server.js");

const port = Number(process.env.WORKER_PORT);
const tell = (message) => process.connected && process.send(message, () => {});

const server = createServer();
let draining = false;
// Connections that have had an answer, and are kept for the next request.
const kept = new Set();

server.on("connection", (socket) => socket.once("close", () => kept.delete(socket)));

server.prependListener("request", ({ socket }, response) => {
  kept.delete(socket);
  response.once("finish", () => socket.destroyed || kept.add(socket));
  // A reader who keeps the connection is asked to take another one for the next request.
  if (draining) response.setHeader("Connection", "close");
});

// Node's own would also close a connection whose first request is still on its way.
server.closeIdleConnections = () => {
  for (const socket of kept) socket.end();
};

server.on("error", (error) => {
  console.error(`[${process.pid}] Worker cannot listen on port ${port}: ${error.message}`);
  process.exit(error.code === "EADDRINUSE" ? 98 : 1);
});

server.listen(port, () => tell("ready"));

// A worker that is caught in a loop says nothing any more.
setInterval(() => tell("alive"), 500).unref();

process.on("message", (message) => {
  draining = true;
  if (message === "finish") server.closeIdleConnections();
  if (message === "leave") server.close(() => process.exit(0));
});

// Without its primary nobody would end it.
process.on("disconnect", () => process.exit(0));

// The terminal's ^C reaches every process at once; how the workers leave is the primary's business.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => process.emit("message", "leave"));
