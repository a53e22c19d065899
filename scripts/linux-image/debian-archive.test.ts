import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArchiveStore, fetchArchive, forgetArchives } from "./debian-archive.ts";

const bytes = Buffer.from("the bytes of a package, as Debian has published them");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const archive = { version: "1", path: "debian/pool/main/h/hello_1_i386.deb", sha256 };

let folder = "";
let servers: Server[] = [];
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archives-"));
  said = [];
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
});

/** A mirror that answers as it is told. */
async function mirror(answer: RequestListener): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in has no port");
  return { address: `http://127.0.0.1:${address.port}/`, asked };
}

function store(mirrors: readonly string[], snapshots = "http://127.0.0.1:1/"): ArchiveStore {
  return { mirrors, snapshots, moment: "20261122T000000Z", folder, say: (line) => said.push(line) };
}

describe("an archive of Debian's", () => {
  it("is fetched once, and kept", async () => {
    const { address, asked } = await mirror((_, response) => response.end(bytes));
    for (let times = 0; times < 2; times++) {
      expect(Buffer.from(await fetchArchive(archive, store([address]))).equals(bytes)).toBe(true);
    }
    expect(asked).toEqual(["/debian/pool/main/h/hello_1_i386.deb"]);
  });

  it("comes from the snapshot archive once the mirror has a newer one", async () => {
    const gone = await mirror((_, response) => response.writeHead(404).end());
    const snapshots = await mirror((_, response) => response.end(bytes));
    await fetchArchive(archive, store([gone.address], snapshots.address));
    expect(snapshots.asked).toEqual(["/debian/20261122T000000Z/pool/main/h/hello_1_i386.deb"]);
  });

  it("is not taken from a mirror that sends other bytes", async () => {
    const wrong = await mirror((_, response) => response.end("<html>Sign in to this network</html>"));
    const right = await mirror((_, response) => response.end(bytes));
    await fetchArchive(archive, store([wrong.address, right.address]));
    expect(readFileSync(join(folder, `${sha256}.deb`)).equals(bytes)).toBe(true);
  });

  it("is asked for again where the network went away in the middle", async () => {
    let times = 0;
    const { address } = await mirror((_, response) => {
      times++;
      if (times > 1) return response.end(bytes);
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, 10));
      return response.destroy();
    });
    await fetchArchive(archive, store([address]));
    expect(times).toBe(2);
  });

  it("that nobody has is named, with each address and what came of it", async () => {
    const gone = await mirror((_, response) => response.writeHead(404).end());
    const wrong = await mirror((_, response) => response.end("something else"));
    const failed = fetchArchive(archive, store([gone.address, wrong.address]));
    await expect(failed).rejects.toThrow(/hello_1_i386\.deb cannot be fetched/);
    await expect(failed).rejects.toThrow(/answers 404/);
    await expect(failed).rejects.toThrow(/sends other bytes than Debian has published/);
    await expect(failed).rejects.toThrow(/127\.0\.0\.1:1\/.*(ECONNREFUSED|bad port)/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("whose kept copy is damaged is fetched anew, and that is said", async () => {
    const { address } = await mirror((_, response) => response.end(bytes));
    writeFileSync(join(folder, `${sha256}.deb`), bytes.subarray(0, 20));
    expect(Buffer.from(await fetchArchive(archive, store([address]))).equals(bytes)).toBe(true);
    expect(said).toEqual([`the kept copy of ${archive.path} is damaged; fetching it again`]);
  });
});

it("what is kept and no longer wanted goes, and half a download too", () => {
  for (const name of [`${sha256}.deb`, `${"1".repeat(64)}.deb`, `${sha256}.deb.1a2b.new`]) {
    writeFileSync(join(folder, name), bytes);
  }
  forgetArchives(folder, [archive]);
  expect(readdirSync(folder)).toEqual([`${sha256}.deb`]);
});
