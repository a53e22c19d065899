import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NativeComputer } from "../../native/testing/native-computer.ts";

const computer = new NativeComputer();
const server = createServer((request, response) => response.end(`asked for ${request.url}\n`));
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address === "object" && address !== null) port = address.port;
  await computer.bridge(port);
});

afterAll(() => {
  computer.host.stop();
  server.close();
});

test("sends what is piped in, and prints the answer", async () => {
  const { output } = await computer.sh(`printf 'GET /x HTTP/1.0\\r\\n\\r\\n' | nc localhost ${port}`);
  expect(output).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(output).toContain("asked for /x");
});

test("tells by its status whether somebody listens", async () => {
  const { output } = await computer.sh(
    `nc -z 127.0.0.1 ${port}; echo $?; nc -zv localhost 1; echo $?; nc nosuch.example 80; echo $?; nc localhost; echo $?`,
  );
  expect(output.split("\n")).toEqual([
    "0",
    "nc: connect to localhost (127.0.0.1) port 1 (tcp) failed: Connection refused",
    "1",
    'nc: getaddrinfo for host "nosuch.example" port 80: Name or service not known',
    "1",
    "nc: usage: nc [-NUvz] [-w timeout] [destination] [port]",
    "1",
    "",
  ]);
});

test("bash connects by /dev/tcp", async () => {
  const script = `exec 3<>/dev/tcp/localhost/${port}; printf 'GET /y HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3 | tail -1; exec 3>&-
(echo > /dev/tcp/127.0.0.1/1) 2>/dev/null && echo up || echo down; echo > /dev/tcp/127.0.0.1/1`;
  computer.write("ask.sh", script);
  expect((await computer.sh("bash ask.sh")).output).toBe(
    "asked for /y\ndown\nask.sh: line 2: connect: Connection refused\nask.sh: line 2: /dev/tcp/127.0.0.1/1: Connection refused\n",
  );
});
