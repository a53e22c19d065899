// The app, and a server of one process: node server.js
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

const VERSION = 1;

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");

  if (pathname === "/") {
    response.end(`Process ${process.pid}, version ${VERSION}\n`);
  } else if (pathname === "/io") {
    // Waits, as if for a database or another server.
    await wait(100);
    response.end(`Process ${process.pid} waited for 100 ms\n`);
  } else {
    response.statusCode = 404;
    response.end("Not found\n");
  }
}

const port = Number(process.env.PORT ?? 3000);
const server = http.createServer((request, response) => {
  app(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.statusCode = 500;
    response.end("Internal server error\n");
  });
});
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.code === "EADDRINUSE" ? "it is in use" : error.message}`);
  process.exit(1);
});
server.listen(port, () => console.log(`Listening on http://localhost:${port}`));
