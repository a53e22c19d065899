// A web server without node:http: the bytes of a request come in, the bytes of an answer go out.
//
// Node accepts connections by itself and calls a function for each. It does not stop for one that waits, so several are
// under way at once: nobody is in the backlog for long.
const net = require("node:net");
const { setTimeout: wait } = require("node:timers/promises");

const port = Number(process.env.PORT ?? 3000);
const backlog = 5;

async function answer(path) {
  if (path === "/wait") {
    await wait(50);
    return ["200 OK", "Waited for 50 ms\n"];
  }
  if (path === "/slow") {
    await wait(2000);
    return ["200 OK", "Waited for 2 s\n"];
  }
  if (path === "/") return ["200 OK", "Hello from a socket\n"];
  return ["404 Not Found", "Not found\n"];
}

const server = net.createServer((connection) => {
  connection.on("error", () => connection.destroy());
  connection.once("data", async (bytes) => {
    const request = bytes.toString("latin1");
    if (!request.startsWith("GET ")) return connection.destroy();
    console.log(JSON.stringify(request));
    const [status, text] = await answer(request.split(" ")[1]);
    const head = [
      `HTTP/1.1 ${status}`,
      "Content-Type: text/plain",
      `Content-Length: ${Buffer.byteLength(text)}`,
      "Connection: close",
    ];
    connection.end(`${head.join("\r\n")}\r\n\r\n${text}`);
  });
});

server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.code === "EADDRINUSE" ? "it is in use" : error.message}`);
  process.exit(1);
});
server.listen({ port, backlog }, () =>
  console.log(`Process ${process.pid} listens on port ${port}, backlog ${backlog}`),
);
