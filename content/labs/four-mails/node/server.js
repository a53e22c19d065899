// The app, and a server of one process: node --watch server.js
const http = require("node:http");
const { countSent, sendNewsletter } = require("./mail.js");

// A scheduler, as small as possible: it sends today's newsletter one second after the app has been loaded.
setTimeout(sendNewsletter, 1000);

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");

  if (pathname === "/") {
    response.end(`Hello from process ${process.pid}\n`);
  } else if (pathname === "/sent") {
    response.end(`${countSent()} sent today\n`);
  } else if (pathname === "/crash") {
    // Ends this process at once.
    process.exit(1);
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
