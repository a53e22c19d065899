// @project labs
/** What a process may not take from others: a host bears programs that want everything. */
import { expect, test } from "../../testing/browser/machine.ts";

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

test("a process that opens without end meets EMFILE everywhere, and can go on once it closes something", async ({
  computer,
}) => {
  const output = await computer.python(`
import errno, os, resource, socket

limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
taken = []
try:
    while len(taken) <= limit:
        taken.append(socket.socket())
except OSError as error:
    print(errno.errorcode[error.errno], limit - 10 < len(taken) <= limit)

def refusal(call, *arguments):
    try:
        return str(call(*arguments))
    except OSError as error:
        return errno.errorcode[error.errno]

print(refusal(socket.socketpair), refusal(os.pipe), refusal(os.dup, 0), refusal(open, "file", "w"))
taken.pop().close()
taken.append(open("file", "w"))
for one in taken:
    one.close()
print(len(os.pipe()), os.path.exists("file"))
`);
  expect(output).toBe("EMFILE True\nEMFILE EMFILE EMFILE EMFILE\n2 True\n");
});
