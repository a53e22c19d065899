// @project labs
/** What a reader may do to the Debian in the page: look at what it is, fill it, break it, and have it back. */
import type { Page } from "@playwright/test";
import type { RequestEvent } from "../../src/machine/machine.ts";
import { LabUnderTest } from "../../testing/browser/lab.ts";
import { linuxMissing } from "../../testing/browser/linux.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";
import { injectContract } from "../machine-contract/contract.ts";

const patience = 120_000;

/** Opens a page in which `contractPage` is there. Skips the test where the image is not. */
async function prepare(page: Page): Promise<void> {
  const missing = linuxMissing("debian");
  test.skip(missing !== undefined, missing ?? "");
  test.setTimeout(patience);
  await page.goto(pages.embed);
  await injectContract(page);
}

test("the Debian is what the lab says: its clock is right, vi edits, a full disk is refused and can be emptied", async ({
  page,
  baseURL,
}) => {
  await prepare(page);
  const seen = await page.evaluate(async (root) => {
    const home = "/home/student";
    const machine = await contractPage.open("linux", root);
    const host = await machine.host("production");
    const start = async (argv: readonly string[]) => {
      const process = await host.spawn(argv, { cwd: home });
      const decoder = new TextDecoder();
      const output = { text: "" };
      process.onOutput((bytes) => {
        output.text += decoder.decode(bytes, { stream: true });
      });
      return { process, output };
    };
    const sh = async (line: string) => {
      const { process, output } = await start(["sh", "-c", line]);
      await process.exit;
      return output.text.replaceAll("\r", "").trim();
    };
    const about = await sh(
      "nproc; awk '/MemTotal/ { print $2 }' /proc/meminfo; vi --help 2>&1 | head -1; cat /etc/ld.so.preload; command -v apt perl man",
    );
    const slices = await sh(
      "mount -t debugfs none /mnt && (cd /mnt/sched && cat latency_ns min_granularity_ns wakeup_granularity_ns); umount /mnt",
    );
    const clock = Number(await sh("date +%s")) * 1000 - Date.now();

    // Keys that come before vi has the terminal are lost.
    const vi = await start(["vi", "note.txt"]);
    const shows = (text: string) =>
      new Promise<void>((resolve) => {
        vi.process.onOutput(() => vi.output.text.includes(text) && resolve());
      });
    const type = (keys: string) => vi.process.input(new TextEncoder().encode(keys));
    await shows("~");
    type("iwritten in vi");
    await shows("written in vi");
    // Right behind Escape, a key would be part of a sequence.
    type("\x1b");
    await shows("odified");
    type(":wq\r");
    await vi.process.exit;
    const note = new TextDecoder().decode(await host.readFile(`${home}/note.txt`));

    const full = await sh("head -c 200M /dev/zero > big");
    const write = () =>
      host.writeFile(`${home}/more.txt`, "x".repeat(100_000)).then(
        () => "written",
        (error: Error) => error.message,
      );
    const refused = await write();
    await sh("rm big");
    const written = await write();
    machine.dispose();
    return { about: about.split("\n"), slices: slices.split("\n"), clock, note, full, refused, written };
  }, baseURL ?? "");

  const [processors, kilobytes, vi, preloaded, ...more] = seen.about;
  expect(processors).toBe("1");
  expect(Number(kilobytes)).toBeGreaterThan(200_000);
  expect(Number(kilobytes)).toBeLessThan(262_144);
  expect(vi).toContain("BusyBox");
  expect(preloaded).toBe("/usr/lib/two-servers/accepted.so");
  // Neither apt nor perl nor man.
  expect(more).toEqual([]);
  expect(seen.slices).toEqual(["80000000", "40000000", "80000000"]);
  expect(Math.abs(seen.clock)).toBeLessThan(5000);
  expect(seen.note).toBe("written in vi\n");
  expect(seen.full).toContain("No space left on device");
  expect([seen.refused, seen.written]).toEqual(["/home/student/more.txt: ENOSPC", "written"]);
});

/** Sends its answer's last bytes in the segment that closes the connection. */
const lastBytesWithTheEnd = `
import socket
listener = socket.create_server(("127.0.0.1", 8000))
while True:
    connection, _ = listener.accept()
    connection.recv(65536)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 6\\r\\n\\r\\nwhole\\n")
    connection.close()
`;

test("an answer whose last bytes come with the end of the connection is whole", async ({ page, baseURL }) => {
  await prepare(page);
  const answer = await page.evaluate(
    async ({ root, text }) => {
      const machine = await contractPage.open("linux", root);
      const host = await machine.host("production");
      await host.writeFile("/home/student/server.py", text);
      await host.spawn(["python3", "server.py"], { cwd: "/home/student" });
      await new Promise<void>((resolve) => host.ports.subscribe((ports) => ports.includes(8000) && resolve()));
      const { status, body } = await host.request(8000, { path: "/" });
      machine.dispose();
      return { status, text: new TextDecoder().decode(body) };
    },
    { root: baseURL ?? "", text: lastBytesWithTheEnd },
  );
  expect(answer).toEqual({ status: 200, text: "whole\n" });
});

/** Answers at once, and hangs up first, as most servers do. */
const quickServer = `
import _socket
listener = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
listener.bind(("127.0.0.1", 8000))
listener.listen(64)
while True:
    descriptor, _ = listener._accept()
    connection = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM, 0, descriptor)
    connection.recv(65536)
    connection.send(b"HTTP/1.1 200 OK\\r\\nContent-Length: 6\\r\\nConnection: close\\r\\n\\r\\nquick\\n")
    connection.close()
`;

test("hundreds of connections after one another: none is taken for an old one", async ({ page, baseURL }) => {
  await prepare(page);
  const { done, failed, max } = await page.evaluate(
    async ({ root, text }) => {
      const machine = await contractPage.open("linux", root);
      const host = await machine.host("production");
      await host.writeFile("/home/student/server.py", text);
      await host.spawn(["python3", "-I", "-S", "server.py"], { cwd: "/home/student" });
      await new Promise<void>((resolve) => host.ports.subscribe((ports) => ports.includes(8000) && resolve()));
      const { done, failed, latency } = await host.load(8000, {
        name: "many",
        model: { kind: "closed", users: 4 },
        requests: [{ path: "/" }],
        duration: 10_000,
        timeout: 10_000,
        seed: 1,
      }).report;
      machine.dispose();
      return { done, failed, max: latency.max ?? 0 };
    },
    { root: baseURL ?? "", text: quickServer },
  );
  expect(failed).toEqual({});
  // So many that a port taken at random would have come twice.
  expect(done).toBeGreaterThan(400);
  // A SYN that is not answered is sent again after a second.
  expect(max).toBeLessThan(900);
});

/** Answers after 200 ms, or a minute; one at a time. */
const slowServer = `
import socket, time
listener = socket.create_server(("127.0.0.1", 8000))
while True:
    connection, _ = listener.accept()
    time.sleep(60 if b"hang" in connection.recv(65536) else 0.2)
    connection.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\ndone\\n")
    connection.close()
`;

test("what a program on the same host asks is seen at the process that has it, until that closes it or ends", async ({
  page,
  baseURL,
}) => {
  await prepare(page);
  const seen = await page.evaluate(
    async ({ root, text }) => {
      const machine = await contractPage.open("linux", root);
      const host = await machine.host("production");
      const events: RequestEvent[] = [];
      const waiting = new Set<() => void>();
      host.onRequestEvent((some) => {
        events.push(...some);
        for (const look of waiting) look();
      });
      const event = (is: (event: RequestEvent) => boolean) =>
        new Promise<RequestEvent>((resolve) => {
          const look = () => {
            const found = events.find(is);
            if (found) resolve(found);
          };
          waiting.add(look);
          look();
        });
      await host.writeFile("/home/student/server.py", text);
      const server = await host.spawn(["python3", "server.py"], { cwd: "/home/student" });
      await new Promise<void>((resolve) => host.ports.subscribe((ports) => ports.includes(8000) && resolve()));
      await host.spawn(["sh", "-c", "curl -s localhost:8000/ && curl -s localhost:8000/hang"]);
      const answered = await event(({ outcome }) => outcome === "answered");
      const hanging = await event(({ id, accepted }) => id !== answered.id && accepted !== undefined);
      await host.kill(server.pid, "SIGKILL");
      const failed = await event(({ outcome }) => outcome === "failed");
      machine.dispose();
      return { pid: server.pid, answered, hanging, failed };
    },
    { root: baseURL ?? "", text: slowServer },
  );
  const { pid, answered, hanging, failed } = seen;
  expect(answered).toMatchObject({ port: 8000, pid, local: true });
  const took = (answered.end ?? 0) - (answered.accepted ?? 0);
  expect(took).toBeGreaterThan(195);
  expect(took).toBeLessThan(2000);
  expect(hanging).toMatchObject({ pid, local: true });
  expect(failed.id).toBe(hanging.id);
});

test("a page that nobody sees stands still, and goes on when it is seen again", async ({ page, baseURL }) => {
  await prepare(page);
  const printed = await page.evaluateHandle(async (root) => {
    const machine = await contractPage.open("linux", root);
    const host = await machine.host("production");
    const clock = await host.spawn(["sh", "-c", "while sleep 0.1; do echo tick; done"]);
    const seen = { bytes: 0 };
    clock.onOutput((bytes) => {
      seen.bytes += bytes.length;
    });
    return seen;
  }, baseURL ?? "");
  const bytes = () => printed.evaluate((seen) => seen.bytes);
  const show = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { configurable: true, value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  /** How much comes within two seconds, in which twenty ticks would. */
  const soon = () =>
    printed.evaluate(async (seen) => {
      const before = seen.bytes;
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return seen.bytes - before;
    });
  await expect.poll(bytes).toBeGreaterThan(10);
  await show(true);
  await expect.poll(soon).toBe(0);
  await show(false);
  await expect.poll(soon).toBeGreaterThan(10);
});

test("a Debian that was emptied or has panicked: the lab says so, and Reset and Start bring it back", async ({
  browser,
  baseURL,
}) => {
  const missing = linuxMissing("supervision");
  test.skip(missing !== undefined, missing ?? "");
  test.setTimeout(2 * patience);
  const lab = await LabUnderTest.open(browser, baseURL, "supervision");
  await lab.start();
  const { production } = lab;
  await production.shell("rm -rf --no-preserve-root / 2>/dev/null; echo gone", /^gone/);
  await production.region.getByRole("button", { name: /^Restart the/ }).click();
  await expect(production.region).toContainText("this Debian has lost files that it needs. Reset brings it back", {
    timeout: patience,
  });
  await lab.button("Reset").click();
  await lab.start();
  await production.shell("ls /usr/bin/systemctl", /systemctl/);
  // The line itself is the last that it shows.
  await production.shell("echo c > /proc/sysrq-trigger", /^/);
  await expect(lab.region.getByRole("alert")).toContainText("The Linux in the page stopped: sysrq triggered crash");
  await lab.start();
  await lab.close();
});
