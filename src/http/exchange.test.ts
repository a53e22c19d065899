import { describe, expect, it } from "vitest";
import { ConnectionError } from "../machine/machine.ts";
import { exchange } from "./exchange.ts";
import { bytesOf, characters, ScriptedConnection } from "./testing/scripted-connection.ts";

const hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const reset = new ConnectionError("reset", 8000);

describe("an exchange", () => {
  it("sends a request and reads the answer", async () => {
    const connection = new ScriptedConnection([hello.slice(0, 20), hello.slice(20)]);
    const { response, reusable, received } = await exchange(connection, { path: "/" }, { keepAlive: true });
    expect(connection.received).toBe("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
    expect(characters(response.body)).toBe("hello");
    expect(reusable).toBe(true);
    expect(received).toBe(hello.length);
    expect(connection.closed).toBe(false);
  });

  it("leaves the connection unusable unless it was to be kept, and the server keeps it", async () => {
    expect((await exchange(new ScriptedConnection([hello]), { path: "/" })).reusable).toBe(false);
    const closing = new ScriptedConnection([hello.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")]);
    expect((await exchange(closing, { path: "/" }, { keepAlive: true })).reusable).toBe(false);
  });

  it("can be repeated on a connection that is kept", async () => {
    const connection = new ScriptedConnection([hello, hello.replace("hello", "again")]);
    await exchange(connection, { path: "/1" }, { keepAlive: true });
    const { response } = await exchange(connection, { path: "/2" }, { keepAlive: true });
    expect(characters(response.body)).toBe("again");
  });

  it("reads an answer that ends with the connection", async () => {
    const { response } = await exchange(new ScriptedConnection(["HTTP/1.0 200 OK\r\n\r\n", "a", "b", null]), {
      path: "/",
    });
    expect(characters(response.body)).toBe("ab");
  });

  it("has an answer that came although the request could not be written to its end", async () => {
    const connection = new ScriptedConnection(["HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"], reset);
    const { response, reusable } = await exchange(connection, { path: "/", body: bytesOf("x") }, { keepAlive: true });
    expect(response.status).toBe(413);
    expect(reusable).toBe(false);
  });

  it.each<[string, ScriptedConnection, object]>([
    ["no answer", new ScriptedConnection([null]), { name: "HttpError", fault: "empty" }],
    ["half an answer", new ScriptedConnection([hello.slice(0, -1), null]), { name: "HttpError", fault: "truncated" }],
    ["nonsense", new ScriptedConnection(["nonsense\r\n"]), { name: "HttpError", fault: "malformed" }],
    ["a reset", new ScriptedConnection([hello.slice(0, -1), reset]), { name: "ConnectionError", failure: "reset" }],
    ["a broken pipe", new ScriptedConnection([null], reset), { name: "ConnectionError", failure: "reset" }],
  ])("fails by name: %s", async (_, connection, expected) => {
    await expect(exchange(connection, { path: "/" })).rejects.toMatchObject(expected);
  });

  it("tells a connection that wants to know where a request begins and ends", async () => {
    const told: string[] = [];
    const telling = (script: (string | null)[]) =>
      Object.assign(new ScriptedConnection(script), {
        requestBegan: (path: string) => told.push(`began ${path}`),
        requestEnded: (outcome: string) => told.push(outcome),
      });
    await exchange(telling([hello]), { path: "/1" });
    await expect(exchange(telling([null]), { path: "/2" })).rejects.toThrow();
    await expect(exchange(telling([]), { path: "/a b" })).rejects.toThrow();
    expect(told).toEqual(["began /1", "answered", "began /2", "failed"]);
    // A successful answer that is wrong is an error to whoever draws it; one that failed is not asked about.
    const wrong = await exchange(telling([hello]), { path: "/3" }, { wrong: () => true });
    expect(wrong).toMatchObject({ wrong: true, response: { status: 200 } });
    const failed = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
    const unasked = await exchange(telling([failed]), { path: "/4" }, { wrong: () => true });
    expect(unasked.wrong).toBe(false);
    expect(told.slice(4)).toEqual(["began /3", "error", "began /4", "error"]);
  });

  it("does not begin with a request that cannot be sent", async () => {
    const connection = new ScriptedConnection([]);
    await expect(exchange(connection, { path: "/a b" })).rejects.toMatchObject({ fault: "unsendable" });
    expect(connection.received).toBe("");
  });
});
