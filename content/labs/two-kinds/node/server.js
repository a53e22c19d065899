// The app, and a server of one process: node server.js
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");

  if (pathname === "/") {
    response.end(`Hello from process ${process.pid}\n`);
  } else if (pathname === "/wait") {
    // Stands for a database that needs half a second. At await, the event loop goes on with other requests.
    await wait(500);
    response.end("Here you are.\n");
  } else if (pathname === "/compute") {
    let total = 0;
    for (let number = 0; number < 20_000_000; number++) total += number;
    response.end(`${total}\n`);
  } else if (pathname === "/report") {
    // There is no await here.
    block(2000);
    response.end("The report is ready.\n");
  } else {
    response.statusCode = 404;
    response.end("Not found\n");
  }
}

/**
 * Stands for a call that blocks, such as readFileSync or execSync: the thread sleeps for so many milliseconds, and the
 * event loop with it.
 */
function block(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Answers with `app`. What it throws is printed, and answered with 500. */
function createServer() {
  return http.createServer((request, response) => {
    app(request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.statusCode = 500;
      response.end("Internal server error\n");
    });
  });
}

module.exports = { createServer };

if (require.main === module) {
  const port = Number(process.env.PORT ?? 3000);
  const server = createServer();
  server.on("error", (error) => {
    console.error(`Cannot listen on port ${port}: ${error.code === "EADDRINUSE" ? "it is in use" : error.message}`);
    process.exit(1);
  });
  server.listen(port, () => console.log(`Listening on http://localhost:${port}`));
}
