import { describe, expect, it } from "vitest";
import { longestLookedAt } from "../load/consistency.ts";
import { startLoad } from "../load/generator.ts";
import { type Connection, ConnectionError } from "../machine/machine.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { HttpRequester } from "./http-requester.ts";
import { bytesOf, ScriptedConnection } from "./testing/scripted-connection.ts";

const hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const keep = { keepAlive: true };
const part = { keepAlive: false };
const get = { path: "/" };

/** A requester whose connections are those, one after the other; then nobody listens any more. */
function requester(...connections: ScriptedConnection[]) {
  let next = 0;
  const made = new HttpRequester(async () => {
    const connection = connections[next++];
    if (!connection) throw new ConnectionError("refused", 8000);
    return connection;
  }, 8000);
  return { requester: made, connected: () => next };
}

describe("the requester", () => {
  it("sends each request on a connection of its own and closes it", async () => {
    const connections = [new ScriptedConnection([hello]), new ScriptedConnection([hello])];
    const { requester: http } = requester(...connections);
    const answered = { kind: "answered", status: 200, bytes: hello.length };
    expect(await http.send(get, part).outcome).toEqual(answered);
    expect(await http.send(get, part).outcome).toEqual(answered);
    expect(connections.map(({ closed }) => closed)).toEqual([true, true]);
  });

  it("tells the header that it was asked for", async () => {
    const versioned = "HTTP/1.1 200 OK\r\nX-Version: 2\r\nContent-Length: 0\r\n\r\n";
    const { requester: http } = requester(new ScriptedConnection([versioned]), new ScriptedConnection([hello]));
    const asked = { ...part, header: "x-version" };
    expect(await http.send(get, asked).outcome).toMatchObject({ header: "2" });
    expect(await http.send(get, asked).outcome).not.toHaveProperty("header");
  });

  it("keeps each reader's cookies, and nobody's who is not named", async () => {
    const setting = "HTTP/1.1 200 OK\r\nSet-Cookie: session=ada; HttpOnly; Path=/\r\nContent-Length: 0\r\n\r\n";
    const connections = Array.from({ length: 4 }, () => new ScriptedConnection([setting]));
    const { requester: http } = requester(...connections);
    const [ada, ben] = [{}, {}];
    for (const reader of [ada, ben, undefined, ada]) await http.send(get, { ...part, reader }).outcome;
    const sent = connections.map(({ received }) => /\r\nCookie: (.*)\r\n/.exec(received)?.[1]);
    expect(sent).toEqual([undefined, undefined, undefined, "session=ada"]);
  });

  it("asks of a successful answer whether it contradicts, once, with the beginning of its body", async () => {
    const long = `40 votes${" ".repeat(5000)}`;
    const answers = [hello, `HTTP/1.1 200 OK\r\nContent-Length: ${long.length}\r\n\r\n${long}`];
    const failed = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
    const connections = [...answers, failed, hello].map((answer) => new ScriptedConnection([answer]));
    const { requester: http } = requester(...connections);
    const asked: string[] = [];
    const contradicts = (body: string) => asked.push(body) === 2;
    const outcomes = [];
    for (let count = 0; count < 3; count++) outcomes.push(await http.send(get, { ...part, contradicts }).outcome);
    outcomes.push(await http.send(get, part).outcome);
    expect(asked.map((body) => [body.slice(0, 8), body.length])).toEqual([
      ["hello", 5],
      ["40 votes", longestLookedAt + 1],
    ]);
    expect(outcomes.map((outcome) => "contradicts" in outcome)).toEqual([false, true, false, false]);
  });

  it("says when the first byte of an answer has come, once", async () => {
    const connection = new ScriptedConnection([hello.slice(0, 20), hello.slice(20, 30), hello.slice(30)]);
    const { requester: http } = requester(connection, new ScriptedConnection([null]));
    let told = 0;
    const firstByte = () => {
      told += 1;
    };
    await http.send(get, { ...part, firstByte }).outcome;
    expect(told).toBe(1);
    expect(await http.send(get, { ...part, firstByte }).outcome).toEqual({ kind: "failed", failure: "reset" });
    expect(told).toBe(1);
  });

  it("sends method, headers and body", async () => {
    const connection = new ScriptedConnection([hello]);
    const { requester: http } = requester(connection);
    await http.send({ method: "POST", path: "/", headers: [["X", "1"]], body: "\u00e9" }, part).outcome;
    expect(connection.received).toBe(
      "POST / HTTP/1.1\r\nHost: localhost:8000\r\nX: 1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\xc3\xa9",
    );
  });

  it("keeps connections, and closes them at the end", async () => {
    const connection = new ScriptedConnection([hello, hello]);
    const { requester: http, connected } = requester(connection);
    await http.send(get, keep).outcome;
    await http.send(get, keep).outcome;
    expect(connected()).toBe(1);
    expect(connection.closed).toBe(false);
    http.close();
    expect(connection.closed).toBe(true);
  });

  it("closes what comes back after the end", async () => {
    const connection = new ScriptedConnection([hello]);
    const { requester: http } = requester(connection);
    const { outcome } = http.send(get, keep);
    http.close();
    await outcome;
    expect(connection.closed).toBe(true);
  });

  it("asks again on a new connection when the kept one is closed, unless asking twice may do harm", async () => {
    const stale = () => new ScriptedConnection([hello, null]);
    const { requester: http, connected } = requester(stale(), new ScriptedConnection([hello, null]), stale());
    await http.send(get, keep).outcome;
    expect(await http.send(get, keep).outcome).toMatchObject({ kind: "answered" });
    expect(connected()).toBe(2);
    expect(await http.send({ ...get, method: "POST" }, keep).outcome).toMatchObject({ failure: "reset" });
    expect(connected()).toBe(2);
  });

  it.each<[string, ScriptedConnection[]]>([
    ["refused", []],
    ["reset", [new ScriptedConnection([null])]],
    ["reset", [new ScriptedConnection([hello.slice(0, -1), null])]],
    ["reset", [new ScriptedConnection([new ConnectionError("reset", 8000)])]],
    ["timed out", [new ScriptedConnection([new ConnectionError("timed out", 8000)])]],
    ["malformed", [new ScriptedConnection(["nonsense\r\n"])]],
  ])("tells that a request failed: %s", async (failure, connections) => {
    const outcome = await requester(...connections).requester.send(get, part).outcome;
    expect(outcome).toEqual({ kind: "failed", failure });
    expect(connections.every(({ closed }) => closed)).toBe(true);
  });

  it("hangs up, even before it is connected", async () => {
    const connection = new ScriptedConnection([]);
    const { requester: http } = requester(connection);
    const sending = http.send(get, part);
    sending.cancel();
    await sending.outcome;
    expect(connection.closed).toBe(true);
    expect(connection.received).toBe("");
  });

  it("carries a load test", async () => {
    const clock = new VirtualClock(60);
    let open = 0;
    const connect = async (): Promise<Connection> => {
      open++;
      return {
        read: async () => {
          await clock.sleep(20);
          return bytesOf(hello);
        },
        write: async () => {},
        end: () => {},
        close: () => void open--,
      };
    };
    const plan = { name: "test", requests: [get], duration: 1000, timeout: 500, seed: 1, keepAlive: true };
    const run = startLoad(
      { ...plan, model: { kind: "closed", users: 4 } },
      { clock, requester: new HttpRequester(connect, 8000) },
    );
    await clock.pass(500);
    expect(open).toBe(4);
    const report = await clock.runUntil(run.report);
    expect(report.done).toBe(200);
    expect(report.latency.p50).toBeCloseTo(20, 0);
    expect(report.bytesReceived).toBe(200 * hello.length);
    expect(open).toBe(0);
  });
});
