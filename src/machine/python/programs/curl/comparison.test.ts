/** The same command lines with our curl and with this computer's, on the same server: what they print, on either output, and how they end. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NativeComputer } from "../../native/testing/native-computer.ts";
import { type CurlServer, startCurlServer } from "./testing/curl-server.ts";

const lines = readFileSync(new URL("testing/curl-lines.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

/** What lies in the folder in which a line is run. */
const files: Readonly<Record<string, string>> = {
  "body.txt": "first line\nsecond line\n",
  "page.html": "<p>page</p>\n",
  "data.json": '{"a": 1}\n',
  "headers.txt": "X-From: a file\nX-Other: 2\n",
  "format.txt": "%{http_code}\\n",
  "config.txt": '# a comment\nsilent\nurl = "localhost:PORT/echo"\n-H "X-One: 1"\n',
  "tag-file": '"abc"\n',
};

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

let server: CurlServer;

beforeAll(async () => {
  server = await startCurlServer();
});

afterAll(() => server.close());

function withPort(text: string): string {
  return text.replaceAll("PORT", String(server.port));
}

async function runHere(line: string): Promise<Outcome> {
  const computer = new NativeComputer();
  for (const [name, content] of Object.entries(files)) computer.write(`/tmp/case/${name}`, withPort(content));
  await computer.bridge(server.port);
  const wrapped = `cd /tmp/case; sh -c "$1" > /tmp/out 2> /tmp/err < /dev/null; echo $? > /tmp/status`;
  await computer.start("sh", "-c", wrapped, "case", withPort(line)).exit;
  return {
    out: computer.read("/tmp/out"),
    err: computer.read("/tmp/err"),
    status: Number(computer.read("/tmp/status")),
  };
}

async function runInstalled(line: string): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "curl-"));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), withPort(content));
    return await new Promise((resolve) => {
      const env = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: folder, LANG: "C.UTF-8" };
      const child = execFile("sh", ["-c", withPort(line)], { cwd: folder, env, timeout: 20_000 }, (error, out, err) => {
        resolve({ out, err, status: error === null ? 0 : typeof error.code === "number" ? error.code : 128 });
      });
      child.stdin?.end();
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Words that curl has changed since 7.88: what is said now, and what was said. */
const newer: readonly (readonly [string, string])[] = [
  ["Could not connect to server", "Couldn't connect to server"],
  ["(2) no URL specified", "no URL specified!"],
  ["cannot open 'nothing'", "Can't open 'nothing'!"],
  [" not supported\n", " not supported or disabled in libcurl\n"],
];

/** What differs from run to run, and from one curl to the next, says nothing of ours. */
function comparable({ err, out, status }: Outcome): Outcome {
  const text = (given: string) =>
    given
      .replace(/curl\/\d+\.\d+\.\d+/g, "curl/VERSION")
      .replace(/-{24}\w{16,22}/g, "BOUNDARY")
      .replace(/^(?:< )?(?:Date|Keep-Alive): [^\n]*\n/gm, "")
      // Newer ones wait for the server's word only with a large upload, and have longer boundaries.
      .replace(',"Expect","100-continue"', "")
      .replace(/"Content-Length","\d+"(?=.*BOUNDARY)/, "")
      .replace(/\r[\r \d.kM]+(?:--:--:-- +){3}[\d.kM]+/g, "METER")
      .replace(/(?:METER)+/g, "METER")
      .replace(/after \d+ ms/g, "after N ms")
      .replace(/after \d+ milliseconds/g, "after N milliseconds")
      .replace(/^curl: (\(3\) URL rejected|\(3\) URL using bad).*/gm, "curl: (3) URL");
  return {
    out: text(out),
    err: Array.from(newer).reduce((said, [now, before]) => said.replace(now, before), text(err)),
    status,
  };
}

it("is held against a curl that is installed", async () => {
  const { out } = await runInstalled("curl --version");
  expect(out, "apt-get install curl: ours is held against it").toMatch(/^curl /);
});

describe("curl does what curl does", () => {
  it.concurrent.each(lines)("%s", async (line) => {
    const [ours, theirs] = await Promise.all([runHere(line), runInstalled(line)]);
    expect(comparable(ours)).toEqual(comparable(theirs));
  });
});
