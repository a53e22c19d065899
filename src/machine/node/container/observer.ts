/**
 * Loaded before a Node program with `--require`, and by Node's own rules into each process that it forks. Tells the
 * agent that the process lives, where it listens and which requests it answers. The program itself runs unchanged.
 */
import { Server as HttpServer, type IncomingMessage, ServerResponse } from "node:http";
import { connect, Server, type Socket } from "node:net";
import { basename } from "node:path";
import type { Milliseconds } from "../../machine.ts";
import { type ObserverEvent, observerVariables, type ServerRequestEvent } from "../messages.ts";
import { nodeClock } from "./node-clock.ts";
import { Batch, tell } from "./tell.ts";

/** A port that closes sooner was opened to see whether it is free. */
const listensFor: Milliseconds = 120;
const batchEvery: Milliseconds = 25;

function observe(agentPort: number): void {
  const { pid, env } = process;
  const parent = Number(env[observerVariables.parent] ?? 0);
  // What this process starts is its child.
  env[observerVariables.parent] = String(pid);

  const socket = connect({ port: agentPort, host: "127.0.0.1" });
  socket.on("error", () => {});
  // A program ends when it has nothing more to do, observed or not.
  socket.unref();
  const send = (news: ObserverEvent) => tell(socket, news);
  send({
    news: "started",
    pid,
    parent,
    host: env[observerVariables.host] ?? "",
    spawn: Number(env[observerVariables.spawn] ?? 0),
    title: titleOf(process.argv),
    at: nodeClock.now(),
  });
  watchServers(
    (port, listening) => send({ news: listening ? "listening" : "closed", pid, port }),
    new Batch<ServerRequestEvent>((requests) => send({ news: "requests", pid, requests }), batchEvery),
  );
}

/** `node server.js --port 1` */
function titleOf([, script = "", ...rest]: readonly string[]): string {
  return ["node", ...(script === "" ? [] : [basename(script)]), ...rest].join(" ");
}

/** Every server announces what happens to it by `emit`, and an answer in parts is sent by `write`: this looks on. */
function watchServers(onPort: (port: number, listening: boolean) => void, news: Batch<ServerRequestEvent>): void {
  const ports = new WeakMap<Server, number>();
  const unanswered = new WeakMap<ServerResponse, number>();
  let requests = 0;

  const listening = (server: Server) => {
    const address = server.address();
    if (address === null || typeof address === "string") return;
    const { port } = address;
    setTimeout(() => {
      if (!server.listening) return;
      ports.set(server, port);
      onPort(port, true);
    }, listensFor).unref();
  };
  const closed = (server: Server) => {
    const port = ports.get(server);
    if (port !== undefined) onPort(port, false);
  };
  const request = ({ socket, url = "" }: IncomingMessage, response: ServerResponse) => {
    const { localPort: port, remotePort: from } = socket;
    if (port === undefined || from === undefined) return;
    const request = ++requests;
    news.add({ what: "accepted", request, port, from, path: url, at: nodeClock.now() });
    // What a loop is about to hold up is told first.
    if (requests < 3) news.flush();
    unanswered.set(response, request);
    const ended = (answered: boolean) => news.add({ what: "ended", request, at: nodeClock.now(), answered });
    response.once("finish", () => ended(true));
    response.once("close", () => {
      if (!response.writableFinished) ended(false);
    });
  };
  const relayed = ({ remotePort: from }: Socket) => {
    if (from !== undefined) news.add({ what: "relayed", from, at: nodeClock.now() });
  };

  const write = ServerResponse.prototype.write;
  ServerResponse.prototype.write = function (this: ServerResponse, ...values: unknown[]): boolean {
    const written = Reflect.apply(write, this, values);
    const request = unanswered.get(this);
    if (request === undefined) return written;
    unanswered.delete(this);
    // Node sends what was written once the program lets it, in a tick that the line above has asked for.
    process.nextTick(() => news.add({ what: "answering", request, at: nodeClock.now() }));
    return written;
  };

  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...values: unknown[]): boolean {
    if (event === "listening") listening(this);
    else if (event === "close") closed(this);
    else if (this instanceof HttpServer) {
      if (event === "request") Reflect.apply(request, undefined, values);
    } else if (event === "connection") Reflect.apply(relayed, undefined, values);
    return Reflect.apply(emit, this, [event, ...values]);
  };
}

const agentPort = Number(process.env[observerVariables.agent]);
if (agentPort > 0) observe(agentPort);
