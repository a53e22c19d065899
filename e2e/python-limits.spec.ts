/** What a process may not take from others: a host bears programs that want everything. */
import { expect, test } from "./support/machine.ts";

const server = `
from flask import Flask
app = Flask(__name__)

@app.get("/")
def hello():
    return "still here\\n"

@app.get("/hog")
def hog():
    taken = []
    while True:
        taken.append(bytearray(64 << 20))
`;

test("a handler that takes all memory fails alone: MemoryError, and the server answers on", async ({ computer }) => {
  await computer.write("app.py", server);
  const gunicorn = await computer.start(["gunicorn", "-w", "2", "app:app"]);
  await gunicorn.prints(/(Booting worker[\s\S]*){2}/);
  await expect.poll(async () => (await computer.request(8000, "/")).status).toBe(200);
  expect((await computer.request(8000, { path: "/hog", timeout: 20_000 })).status).toBe(500);
  await gunicorn.prints(/in hog\n[\s\S]*MemoryError/);
  expect((await computer.request(8000, "/")).text).toBe("still here\n");
  expect(await computer.childrenOf(gunicorn.pid)).toHaveLength(2);
});

// [threat: app-code-resources]
test("a process gets as much memory as its limit says, and no more", async ({ computer }) => {
  const output = await computer.python(`
import resource
taken = []
try:
    while True:
        taken.append(bytearray(32 << 20))
except MemoryError:
    count = len(taken)
    del taken
limit = resource.getrlimit(resource.RLIMIT_AS)[0]
print(limit == 1 << 30, 0.8 * limit < count * (32 << 20) < limit)
`);
  expect(output).toBe("True True\n");
});

// [threat: app-code-resources]
test("a fork bomb meets the limit of processes with EAGAIN, and the host can be used again", async ({ computer }) => {
  test.setTimeout(120_000);
  await computer.write(
    "bomb.py",
    `
import os, resource, time
most = resource.getrlimit(resource.RLIMIT_NPROC)[0]
children = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(600)
        children += 1
except BlockingIOError as error:
    print(children + 1 == most, type(error).__name__, error.strerror, flush=True)
    time.sleep(600)
`,
  );
  const bomb = await computer.start(["python", "bomb.py"]);
  await bomb.prints(/True BlockingIOError Resource temporarily unavailable\n/, 90_000);
  await expect(computer.start(["python", "-c", "print(1)"])).rejects.toThrow(/Resource temporarily unavailable/);
  await computer.stop();
  expect(await computer.processes()).toEqual([]);
  expect((await computer.run(["python", "-c", "print('again')"])).output).toBe("again\n");
});
