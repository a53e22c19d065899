import { describe, expect, it } from "vitest";
import { type Connection, ConnectionError } from "../machine/machine.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { HttpClient } from "./http-client.ts";
import { characters, ScriptedConnection } from "./testing/scripted-connection.ts";

const hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const refused = new ConnectionError("refused", 8000);

function client(connect: () => Promise<Connection>) {
  const clock = new VirtualClock(30);
  return { clock, client: new HttpClient(connect, clock) };
}

describe("the client", () => {
  it("asks over a connection of its own and closes it", async () => {
    const connection = new ScriptedConnection([hello]);
    const { client: http } = client(async () => connection);
    const response = await http.request(8000, { path: "/", timeout: 100 });
    expect(characters(response.body)).toBe("hello");
    expect(connection.received).toContain("\r\nHost: localhost:8000\r\nConnection: close\r\n");
    expect(connection.closed).toBe(true);
  });

  it("passes on that nobody listens", async () => {
    const { client: http } = client(() => Promise.reject(refused));
    await expect(http.request(8000, { path: "/" })).rejects.toBe(refused);
    await expect(http.request(8000, { path: "/", timeout: 5 })).rejects.toBe(refused);
  });

  it("closes the connection when the answer is bad", async () => {
    const connection = new ScriptedConnection(["bad\r\n"]);
    const { client: http } = client(async () => connection);
    await expect(http.request(8000, { path: "/" })).rejects.toMatchObject({ fault: "malformed" });
    expect(connection.closed).toBe(true);
  });

  it("gives up when its time has passed", async () => {
    const connection = new ScriptedConnection([hello.slice(0, 10)]);
    const { clock, client: http } = client(async () => connection);
    const answer = http.request(8000, { path: "/", timeout: 100 });
    await expect(clock.runUntil(answer)).rejects.toMatchObject({
      name: "ConnectionError",
      failure: "timed out",
      port: 8000,
    });
    expect(clock.now()).toBe(100);
    expect(connection.closed).toBe(true);
  });

  it("closes a connection that comes too late", async () => {
    const connection = new ScriptedConnection([hello]);
    const { clock, client: http } = client(async () => {
      await clock.sleep(200);
      return connection;
    });
    await expect(clock.runUntil(http.request(8000, { path: "/", timeout: 100 }))).rejects.toMatchObject({
      failure: "timed out",
    });
    await clock.pass(200);
    expect(connection.closed).toBe(true);
    expect(connection.received).toBe("");
  });
});
