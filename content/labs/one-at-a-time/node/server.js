// The app, and a server of one process: node server.js
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");

  if (pathname === "/") {
    response.end("Hello from Node\n");
  } else if (pathname === "/io") {
    // Waits, as if for a database or another server. Meanwhile the process answers others.
    await wait(100);
    response.end("Waited for 100 ms\n");
  } else if (pathname === "/cpu") {
    // Computes: this process does nothing else meanwhile.
    response.end(`Counted to ${count(20_000_000)}\n`);
  } else if (pathname === "/long") {
    // The same for much longer, like a large report or a picture.
    response.end(`Counted to ${count(1_500_000_000)}\n`);
  } else {
    response.statusCode = 404;
    response.end("Not found\n");
  }
}

function count(steps) {
  let total = 0;
  for (let number = 0; number < steps; number++) total += number;
  return total;
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
