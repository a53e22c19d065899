// @project beside
// @also firefox
/** Changes of files that the kernel refuses, because another process's came first or the disk is full. */
import { expect, test } from "../../testing/browser/machine.ts";

test("two processes create one file at once: all see one file with the lines of both", async ({ computer }) => {
  const output = await computer.python(`
import os, time
reader, writer = os.pipe()
start = time.monotonic() + 1.5
children = []
for name in ("one", "two"):
    pid = os.fork()
    if pid == 0:
        # At the same moment, so that neither has heard of the other's.
        while time.monotonic() < start:
            pass
        with open("shared.txt", "a") as file:
            file.write(name + "\\n")
        time.sleep(0.5)
        with open("shared.txt", "a") as file:
            file.write(name + " again\\n")
        deadline = time.monotonic() + 10
        while len(open("shared.txt").readlines()) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        os.write(writer, repr(sorted(open("shared.txt").read().split("\\n"))).encode() + b"|")
        os._exit(0)
    children.append(pid)
for pid in children:
    os.waitpid(pid, 0)
print(os.read(reader, 1000).decode())
print(sorted(open("shared.txt").read().split("\\n")))
`);
  const all = "['', 'one', 'one again', 'two', 'two again']";
  expect(output).toBe(`${all}|${all}|\n${all}\n`);
  expect((await computer.read("shared.txt")).split("\n").sort()).toEqual(["", "one", "one again", "two", "two again"]);
});

// [threat: app-code-resources]
test("a full disk is an error at the next write, and what did not fit is not there", async ({ computer }) => {
  const output = await computer.python(`
import errno, os, time
file = os.open("big.bin", os.O_CREAT | os.O_WRONLY)
block = bytes(8 * 1024 * 1024)
try:
    for _ in range(20):
        os.write(file, block)
        time.sleep(0.05)
    print("all of it fitted")
except OSError as error:
    print(error.errno == errno.ENOSPC, os.fstat(file).st_size <= 128 * 1024 * 1024)
os.unlink("big.bin")
`);
  expect(output).toBe("True True\n");
});
