import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** A server that both curls ask: what it was asked as JSON, and every way to answer badly. */
export interface CurlServer {
  readonly port: number;
  close(): void;
}

/** Answers that are sent byte by byte, past HTTP's rules: by path. `undefined` after it: the connection is reset. */
const raw: Readonly<Record<string, { readonly bytes: string; readonly next: "end" | "reset" | "keep" }>> = {
  "/reset": { bytes: "", next: "reset" },
  "/empty": { bytes: "", next: "end" },
  "/short": { bytes: "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nonly this", next: "end" },
  "/half": { bytes: "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nonly this", next: "keep" },
  "/garbage": { bytes: "garbage, not HTTP\r\n\r\n", next: "end" },
  "/never": { bytes: "", next: "keep" },
};

/** Listens on a port of its own. */
export async function startCurlServer(): Promise<CurlServer> {
  const http = createHttpServer({ keepAliveTimeout: 200 }, (request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => answer(request, response, Buffer.concat(pieces).toString()));
  });
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("data", (first) => {
      const path = /^\S+ ([^ ?]*)/.exec(first.toString())?.[1] ?? "";
      const wanted = raw[path];
      if (wanted === undefined) {
        socket.pause();
        socket.unshift(first);
        http.emit("connection", socket);
        socket.resume();
        return;
      }
      if (wanted.next === "reset") socket.resetAndDestroy();
      else if (wanted.next === "end") socket.end(wanted.bytes);
      else socket.write(wanted.bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      http.close();
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  const url = new URL(request.url ?? "/", "http://localhost");
  const [, kind = "", detail = ""] = url.pathname.split("/");
  const text = (status: number, content: string, headers: Record<string, string | string[]> = {}) => {
    response.writeHead(status, {
      "Content-Type": "text/plain",
      "Content-Length": Buffer.byteLength(content),
      ...headers,
    });
    response.end(request.method === "HEAD" ? undefined : content);
  };
  if (kind === "page") text(200, "<p>hello</p>\n", { "Content-Type": "text/html; charset=utf-8" });
  else if (kind === "status") text(Number(detail), [204, 304].includes(Number(detail)) ? "" : `answer ${detail}\n`);
  else if (kind === "hop")
    text(302, "hop\n", { Location: Number(detail) > 0 ? `/hop/${Number(detail) - 1}` : "/page" });
  else if (kind === "see") text(Number(detail), "see\n", { Location: "/echo" });
  else if (kind === "set")
    text(200, "set\n", { "Set-Cookie": ["chip=chocolate; Path=/", "gone=x; Max-Age=0; Path=/"] });
  else if (kind === "range") range(request, text);
  else if (kind === "tagged") text(200, "tagged\n", { ETag: '"abc"' });
  else if (kind === "attachment")
    text(200, "attached\n", { "Content-Disposition": 'attachment; filename="named.txt"' });
  else {
    const { httpVersion, method, rawHeaders } = request;
    text(200, `${JSON.stringify({ method, url: request.url, httpVersion, rawHeaders, body })}\n`);
  }
}

function range(
  { headers }: IncomingMessage,
  text: (status: number, content: string, headers?: Record<string, string>) => void,
) {
  const whole = "0123456789";
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? "") ?? [];
  if (from === "" && to === "") {
    text(200, whole);
    return;
  }
  const begin = from === "" ? whole.length - Number(to) : Number(from);
  const end = from !== "" && to !== "" ? Number(to) + 1 : whole.length;
  text(206, whole.slice(begin, end), { "Content-Range": `bytes ${begin}-${end - 1}/${whole.length}` });
}
