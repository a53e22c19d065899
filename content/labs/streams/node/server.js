// The app, and a server of one process: node server.js
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");

  if (pathname === "/") {
    response.end(`Hello from process ${process.pid}\n`);
  } else if (pathname === "/answer") {
    // As a language model answers: word by word, for half a second.
    for (const word of "You would like to know how long this takes. Eleven words.".split(" ")) {
      response.write(`${word} `);
      // Here the event loop goes on with the other streams.
      await wait(50);
    }
    response.end("\n");
  } else if (pathname === "/listen") {
    // As a page that listens for news: an event, and then nothing for a while.
    response.setHeader("Content-Type", "text/event-stream");
    for (let number = 0; number < 10; number++) {
      response.write(`data: event ${number}\n\n`);
      await wait(500);
    }
    response.end();
  } else if (pathname === "/drawing") {
    // Ten parts that have to be computed first. There is no await between them: no other stream goes on, and this one's
    // parts are sent when the last is done.
    for (let part = 1; part <= 10; part++) {
      compute(400);
      response.write(`part ${part}\n`);
    }
    response.end();
  } else {
    response.statusCode = 404;
    response.end("Not found\n");
  }
}

/** Computes for so many milliseconds: nothing else runs in this process meanwhile. */
function compute(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
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
