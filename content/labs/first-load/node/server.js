// The app, and its development server: node --watch server.js
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");

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
  } else if (pathname === "/hang") {
    // A mistake that happens: a loop without end. This one ends after 12 seconds, because
    // in WebContainer nothing can end a process that is in a loop.
    const end = Date.now() + 12_000;
    while (Date.now() < end);
    response.end("At last\n");
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
