// The app, in a worker of pool.js: answers one request at a time, because pool.js gives it no second one before.
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");
  // The next request comes on a connection of its own.
  response.setHeader("Connection", "close");

  if (pathname === "/") {
    response.end("Hello from Node\n");
  } else if (pathname === "/io") {
    // Waits, as if for a database or another server.
    await wait(100);
    response.end("Waited for 100 ms\n");
  } else if (pathname === "/slow") {
    // Waits long enough for others to queue behind it.
    await wait(2000);
    response.end("Waited for 2 s\n");
  } else if (pathname === "/cpu") {
    // Works: nothing else can use this process meanwhile.
    let total = 0;
    for (let number = 0; number < 5_000_000; number++) total += number;
    response.end(`Counted to ${total}\n`);
  } else {
    response.statusCode = 404;
    response.end("Not found\n");
  }
}

const server = http.createServer((request, response) => {
  app(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.statusCode = 500;
    response.end("Internal server error\n");
  });
});

server.on("error", (error) => {
  console.error(`[${process.pid}] Worker cannot listen: ${error.message}`);
  process.exit(1);
});
server.listen(Number(process.env.WORKER_PORT), () => process.send?.("ready"));

// Without its parent nobody would end it.
process.on("disconnect", () => process.exit(0));
