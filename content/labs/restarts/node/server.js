// The app, and a server of one process: node --watch server.js
const { utimesSync } = require("node:fs");
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

const VERSION = 1;

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");
  response.setHeader("X-Version", String(VERSION));

  if (pathname === "/") {
    response.end(`Process ${process.pid}, version ${VERSION}\n`);
  } else if (pathname === "/io") {
    // Waits, as if for a database or another server.
    await wait(400);
    response.end(`Process ${process.pid} waited for 400 ms\n`);
  } else if (pathname === "/slow") {
    // Waits long enough to watch it being finished, or cut off.
    await wait(3000);
    response.end(`Process ${process.pid} waited for 3 s\n`);
  } else if (pathname === "/deploy") {
    // What you would do to deploy a change: save the file, and tell the primary of the workers.
    const now = new Date();
    utimesSync(__filename, now, now);
    process.send?.("reload");
    response.end("Deployed\n");
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
