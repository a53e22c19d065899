// The app, and a server of one process: node --watch server.js
const { randomBytes } = require("node:crypto");
const { EventEmitter, once } = require("node:events");
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

// What this process remembers. Another process has variables of its own.
let votes = 0;
const tickets = new Map();
const prices = new Map();
// Made once, when the app is loaded.
const copy = randomBytes(2).toString("hex");
// The chat: who has joined, and what was said.
const members = new Set();
const messages = [];
const news = new EventEmitter();

async function chat(request, response, member) {
  if (request.method === "POST") {
    let said = "";
    for await (const part of request.setEncoding("utf8")) said += part;
    messages.push(`${said}\n`);
    news.emit("said");
    response.statusCode = 204;
    response.end();
  } else if (member === null) {
    const given = randomBytes(4).toString("hex");
    members.add(given);
    response.end(`${given}\n`);
  } else if (members.has(member)) {
    // Long polling: the response waits for news, and then the client asks again.
    await Promise.race([once(news, "said"), wait(300)]);
    response.end(messages.join(""));
  } else {
    response.statusCode = 400;
    response.end(`Process ${process.pid} does not know this member.\n`);
  }
}

async function app(request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  response.setHeader("Content-Type", "text/plain");

  if (pathname === "/") {
    response.end(`${votes} votes, says process ${process.pid} with copy ${copy}\n`);
  } else if (pathname === "/vote" && request.method === "POST") {
    // No lock: nothing else runs in this process until the next await.
    votes += 1;
    response.end(`${votes} votes, and yours is one of them\n`);
  } else if (pathname === "/visit") {
    const [, ticket] = /(?:^|; )ticket=(\w+)/.exec(request.headers.cookie ?? "") ?? [];
    if (ticket === undefined) {
      const given = randomBytes(8).toString("hex");
      tickets.set(given, "Ada");
      response.setHeader("Set-Cookie", `ticket=${given}`);
      response.end("Welcome. You are logged in.\n");
    } else if (tickets.has(ticket)) {
      response.end(`Welcome back, ${tickets.get(ticket)}.\n`);
    } else {
      response.statusCode = 401;
      response.end(`Who are you? Process ${process.pid} does not know this ticket.\n`);
    }
  } else if (pathname === "/price") {
    // Asks the supplier once, which takes a while, and keeps the answer.
    if (!prices.has("tea")) {
      await wait(300);
      prices.set("tea", `asked for by process ${process.pid}`);
    }
    response.end(`Tea costs 3 euros, ${prices.get("tea")}\n`);
  } else if (pathname === "/chat") {
    await chat(request, response, searchParams.get("member"));
  } else if (pathname === "/crash") {
    // Ends this process at once.
    await wait(1000);
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
