// The app, and a server of one process: node server.js
const { createHmac, randomBytes, timingSafeEqual } = require("node:crypto");
const http = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");

// Sessions are signed with this key. There are three ways to get one; the lesson is about all three.
const key = randomBytes(16);
// const key = setting("SHOP_SECRET_KEY", "made-up-key");
// const key = setting("SHOP_SECRET_KEY");

// Messages below this level are dropped.
const levels = ["DEBUG", "INFO", "WARNING"];
const least = levels.indexOf(setting("SHOP_LOG_LEVEL", "WARNING"));

async function app(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const cookie = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? "")?.[1];
  const session = cookie === undefined ? undefined : read(cookie);
  response.setHeader("Content-Type", "text/plain");

  if (pathname === "/") {
    response.end(`Process ${process.pid} of ${setting("SHOP_NAME", "a shop without a name")}\n`);
  } else if (pathname === "/visit") {
    // Waits, as if for a database or another server.
    await wait(100);
    if (cookie === undefined) {
      response.setHeader("Set-Cookie", `session=${write({ user: "reader" })}; HttpOnly; Path=/`);
      log("INFO", "Logged in: reader");
      response.end("Welcome. You are logged in.\n");
    } else if (session === undefined) {
      log("INFO", "A cookie with a wrong signature");
      response.statusCode = 401;
      response.end(`Who are you? Process ${process.pid} has not signed this cookie.\n`);
    } else {
      response.end(`Welcome back, ${session.user}.\n`);
    }
  } else if (pathname === "/takings") {
    if (session?.user === "admin") {
      response.end("Takings today: 1024\n");
    } else {
      log("WARNING", "Not the admin, but asked for the takings");
      response.statusCode = 403;
      response.end("Only for the admin.\n");
    }
  } else {
    response.statusCode = 404;
    response.end("Not found\n");
  }
}

/** A setting from the environment. One that has no fallback must be there. */
function setting(name, fallback) {
  const value = process.env[name] ?? fallback;
  if (value === undefined) throw new Error(`${name} is missing in the environment`);
  return value;
}

const signature = (text) => createHmac("sha256", key).update(text).digest();

/** A session as a cookie: everybody can read it, and only who has the key can make one. */
function write(session) {
  const text = Buffer.from(JSON.stringify(session)).toString("base64url");
  return `${text}.${signature(text).toString("base64url")}`;
}

/** The session of a cookie; undefined if somebody else signed it. */
function read(cookie) {
  const [text, signed = ""] = cookie.split(".");
  const [given, right] = [Buffer.from(signed, "base64url"), signature(text)];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  return JSON.parse(Buffer.from(text, "base64url").toString());
}

function log(level, message) {
  if (levels.indexOf(level) >= least) console.error(`[${new Date().toISOString()}] ${level}: ${message}`);
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
