// The app that the workers of cluster.js run.
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");

  if (pathname === "/") {
    response.end("Hello from Node\n");
  } else if (pathname === "/wait") {
    // Waits, as if for a database or another server.
    await wait(50);
    response.end("Waited for 50 ms\n");
  } else if (pathname === "/slow") {
    // Waits long enough to be followed by hand.
    await wait(2000);
    response.end("Waited for 2 s\n");
  } else {
    response.statusCode = 404;
    response.end("Not found\n");
  }
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
