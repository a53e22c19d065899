// @project labs
/** Code of a lab that speaks to the kernel by hand, through `js`: it ends itself, and nothing else. */
import { fatal, grab, harmless } from "../../testing/browser/kernel-attacks.ts";
import { expect, PageComputer, test } from "../../testing/browser/machine.ts";

/** Attacks that run at once: each is a process of its own. */
const atOnce = 4;

/** Does to the kernel what its argument names. */
const attacker = `
import json, os, sys, time
import js
ATTACKS = json.loads(${JSON.stringify(JSON.stringify({ ...fatal, ...harmless }))})
js.Function.new(${JSON.stringify(grab)})()
print("begun", flush=True)
os.getpgid(0)
for name in sys.argv[1:]:
    js.Function.new(ATTACKS[name])()
    # The only one is to be the last: it waits for its end.
    time.sleep(0.5 if len(sys.argv) > 2 else 20)
    print("after", name, flush=True)
`;

// [threat: kernel-message]
test("a process that sends the kernel nonsense ends itself alone, and says why", async ({ computer, machine }) => {
  test.setTimeout(180_000);
  const neighbour = new PageComputer(machine.page, `${computer.name}-neighbour`);
  await neighbour.write("mine.txt", "mine");
  const servers = await Promise.all(
    [computer, neighbour].map((each) => each.start(["python", "-m", "http.server", "8123", "--bind", "0.0.0.0"])),
  );
  for (const server of servers) await server.prints(/Serving HTTP/);
  await computer.write("mine.txt", "also mine");
  await computer.write("attacker.py", attacker);
  const names = Object.keys(fatal);
  for (let first = 0; first < names.length; first += atOnce) {
    await Promise.all(
      names.slice(first, first + atOnce).map(async (name) => {
        const { output, exit } = await computer.run(["python", "attacker.py", name]);
        expect(exit.kind, `${name}: ${output}`).toBe("killed");
        expect(output, name).toContain("begun");
        expect(output, name).not.toContain("after");
        expect(output, name).toMatch(/\(pid \d+\)(:| sent the kernel) .+/);
      }),
    );
    expect((await computer.request(8123, "/mine.txt")).text).toBe("also mine");
    expect((await neighbour.request(8123, "/mine.txt")).text).toBe("mine");
  }
  const { output, exit } = await computer.run(["python", "attacker.py", ...Object.keys(harmless)]);
  expect(exit, output).toEqual({ kind: "exited", code: 0 });
  for (const name of Object.keys(harmless)) expect(output).toContain(`after ${name}`);
  expect((await neighbour.request(8123, "/mine.txt")).text).toBe("mine");
  await neighbour.stop();
});

/** Floods that stay just within what a process may send, so that it is not ended for them. */
const floods = {
  titles: `
const next = () => {
  for (let i = 0; i < 20; i += 1) raw([{ op: "title", title: "title " + Math.random() }]);
  setTimeout(next, 5);
};
next();`,
  output: `
const bytes = new TextEncoder().encode("flood ".repeat(10000));
const next = () => {
  for (let i = 0; i < 20; i += 1) raw([{ op: "send", fd: 1, tid: 1, bytes }]);
  setTimeout(next, 20);
};
next();`,
  files: `
let inode = 2 ** 40;
const next = () => {
  const words = [];
  for (let i = 0; i < 500; i += 1) {
    inode += 1;
    const path = "/tmp/" + inode;
    words.push({ op: "file", change: { kind: "create", inode, path, type: "file", mode: 0o644, time: 1 } });
    words.push({ op: "file", change: { kind: "unlink", path, time: 1 } });
  }
  raw(words);
  setTimeout(next, 20);
};
next();`,
  forks: `
let id = 1e6;
const next = () => {
  for (let i = 0; i < 50; i += 1) {
    id += 1;
    const args = { argv: ["true"], env: {}, cwd: "/", fds: [], newSession: false };
    raw([{ op: "call", id, name: "spawn", tid: 1, arguments: args }]);
    raw([{ op: "call", id: id + 1e6, name: "waitpid", tid: 1, arguments: { pid: -1, noHang: true } }]);
  }
  setTimeout(next, 20);
};
next();`,
} as const;

const flooder = `
import json, os, sys, time
import js
FLOODS = json.loads(${JSON.stringify(JSON.stringify(floods))})
js.Function.new(${JSON.stringify(grab)})()
os.getpgid(0)
js.Function.new(FLOODS[sys.argv[1]])()
print("begun", flush=True)
while True:
    time.sleep(1)
`;

/** What a reader notices, in milliseconds. */
const noticed = 200;
/**
 * An answer takes several steps of a program that shares the processor with the flood: it must come, and not much
 * later. In milliseconds.
 */
const moment = 1500;

// [threat: app-code-freeze]
test("during floods the page stays live, the other side answers, and stopping is as quick as ever", async ({
  computer,
  machine,
}, info) => {
  test.setTimeout(120_000);
  const { page } = machine;
  const neighbour = new PageComputer(page, `${computer.name}-neighbour`);
  await neighbour.write("mine.txt", "mine");
  const server = await neighbour.start(["python", "-m", "http.server", "8123", "--bind", "0.0.0.0"]);
  await server.prints(/Serving HTTP/);
  await computer.write("flooder.py", flooder);

  /** The page's longest pause in a second, the other side's quickest answer of three, and how long stopping takes. */
  const measure = () =>
    page.evaluate(
      async ({ own, other }) => {
        let longest = 0;
        let last = performance.now();
        const until = last + 1000;
        while (performance.now() < until) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          longest = Math.max(longest, performance.now() - last);
          last = performance.now();
        }
        const answers: { text: string; milliseconds: number }[] = [];
        while (answers.length < 3) answers.push(await machineDriver.request(other, 8123, { path: "/mine.txt" }));
        const texts = answers.map(({ text }) => text);
        const pressed = performance.now();
        await machineDriver.stop(own);
        const stop = performance.now() - pressed;
        return { pause: longest, texts, answer: Math.min(...answers.map(({ milliseconds }) => milliseconds)), stop };
      },
      { own: computer.name, other: neighbour.name },
    );

  // On a busy computer everything takes its time: what counts is what a flood adds.
  await computer.start(["python", "-c", "import time; time.sleep(100)"]);
  const calm = await measure();
  const slowness = 5 * Math.max(calm.pause, calm.stop);
  for (const flood of Object.keys(floods)) {
    const process = await computer.start(["python", "flooder.py", flood]);
    await process.prints(/begun/);
    const { pause, texts, answer, stop } = await measure();
    const figures = `${flood}: pause ${pause.toFixed()}, answer ${answer.toFixed()}, stop ${stop.toFixed()}`;
    info.annotations.push({ type: "milliseconds", description: figures });
    expect(texts).toEqual(["mine", "mine", "mine"]);
    expect(pause, figures).toBeLessThan(noticed + slowness);
    expect(answer, figures).toBeLessThan(moment);
    expect(stop, figures).toBeLessThan(noticed + slowness);
  }
  expect((await neighbour.request(8123, "/mine.txt")).text).toBe("mine");
  await neighbour.stop();
});
