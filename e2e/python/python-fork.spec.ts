// @project beside
// @also firefox
/** `os.fork()` for real: what a child inherits, what it does not, and how it ends. */
import { expect, test } from "../../testing/browser/machine.ts";

test("a child goes on where its parent forked, with its parent's locals, under a pid of its own", async ({
  computer,
}) => {
  const output = await computer.python(`
import os
parent = os.getpid()
def work(items):
    total = sum(items)
    label = f"sum {total}"
    pid = os.fork()
    if pid == 0:
        print("child", label, os.getppid() == parent, os.getpid() != parent, flush=True)
        os._exit(7)
    waited, status = os.waitpid(pid, 0)
    print("parent", label, os.getpid() == parent, waited == pid, status, os.waitstatus_to_exitcode(status))
work([1, 2, 3])
`);
  expect(output).toBe("child sum 6 True True\nparent sum 6 True True 1792 7\n");
});

test("what a child changes stays in the child", async ({ computer }) => {
  const output = await computer.python(`
import os
shared = {"count": 1}
pid = os.fork()
shared["count"] += 10 if pid == 0 else 100
print("child" if pid == 0 else "parent", shared["count"], flush=True)
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
`);
  expect(output.split("\n").sort()).toEqual(["", "child 11", "parent 101"]);
});

test("a pipe carries more than its buffer from child to parent, in order", async ({ computer }) => {
  const output = await computer.python(`
import hashlib, os
sent = bytes(number % 251 for number in range(700_000))
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.close(reader)
    left = memoryview(sent)
    while left:
        left = left[os.write(writer, left):]
    os._exit(0)
os.close(writer)
got = b""
while chunk := os.read(reader, 65536):
    got += chunk
print(len(got), hashlib.sha256(got).digest() == hashlib.sha256(sent).digest(), os.waitpid(pid, 0)[1])
`);
  expect(output).toBe("700000 True 0\n");
});

test("waitpid tells of exit codes, signals, children that still run, and no children", async ({ computer }) => {
  const output = await computer.python(`
import os, signal, time
def child(function):
    pid = os.fork()
    if pid == 0:
        function()
        os._exit(0)
    return pid
pid = child(lambda: os._exit(300))
print(os.waitpid(pid, 0)[1] == (300 & 255) << 8)
pid = child(lambda: os.kill(os.getpid(), signal.SIGKILL))
status = os.waitpid(pid, 0)[1]
print(status, os.WIFSIGNALED(status), os.WTERMSIG(status))
pid = child(lambda: time.sleep(60))
print(os.waitpid(pid, os.WNOHANG))
os.kill(pid, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
pid = child(os.abort)
print(os.waitpid(pid, 0)[1])
one, other = child(lambda: os._exit(1)), child(lambda: os._exit(2))
print(sorted(os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(2)))
try:
    os.wait()
except ChildProcessError as error:
    print(error.strerror)
try:
    os.kill(pid, 0)
except ProcessLookupError as error:
    print(error.strerror)
`);
  expect(output).toBe("True\n9 True 9\n(0, 0)\n-15\n6\n[1, 2]\nNo child processes\nNo such process\n");
});

test("parent and children draw different random numbers", async ({ computer }) => {
  const output = await computer.python(`
import os, random
random.seed(1)
for _ in range(2):
    pid = os.fork()
    if pid == 0:
        print(random.getrandbits(64), flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
print(random.getrandbits(64))
`);
  const numbers = output.trim().split("\n");
  expect(new Set(numbers).size).toBe(3);
  // The parent goes on with its own seed, as if nothing had been forked.
  expect(numbers[2]).toBe("10499958131665514997");
});

test("hooks run before and after a fork, in CPython's order", async ({ computer }) => {
  const output = await computer.python(`
import os
def hook(text):
    return lambda: print(text, flush=True)
for number in (1, 2):
    os.register_at_fork(
        before=hook(f"before {number}"), after_in_parent=hook(f"parent {number}"), after_in_child=hook(f"child {number}")
    )
pid = os.fork()
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
`);
  const lines = output.trim().split("\n");
  expect(lines.slice(0, 2)).toEqual(["before 2", "before 1"]);
  expect(lines.filter((line) => line.startsWith("parent"))).toEqual(["parent 1", "parent 2"]);
  expect(lines.filter((line) => line.startsWith("child"))).toEqual(["child 1", "child 2"]);
});

test("an exception in a child ends the child with a traceback and code 1, and not its parent", async ({ computer }) => {
  const output = await computer.python(`
import os
def fails():
    pid = os.fork()
    if pid == 0:
        raise ValueError("in the child")
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print("exit code", fails())
`);
  expect(output).toContain(`Traceback (most recent call last):
  File "/home/student/script.py", line 8, in <module>
    print("exit code", fails())
                       ~~~~~^^
  File "/home/student/script.py", line 6, in fails
    raise ValueError("in the child")
ValueError: in the child
`);
  expect(output).toMatch(/\nexit code 1\n$/);
});

test("an exception in a child is caught by the callers that it forked under", async ({ computer }) => {
  const output = await computer.python(`
import os
def forks():
    if os.fork() == 0:
        raise KeyError("lost")
    return "parent"
def between():
    try:
        return forks()
    finally:
        print("finally in", "parent" if os.getpid() == parent else "child", flush=True)
parent = os.getpid()
try:
    print(between())
except KeyError as error:
    print("caught", error, flush=True)
    os._exit(4)
print(os.waitstatus_to_exitcode(os.wait()[1]))
`);
  const lines = output.trim().split("\n");
  expect(lines.filter((line) => /child|caught/.test(line))).toEqual(["finally in child", "caught 'lost'"]);
  expect(lines.filter((line) => !/child|caught/.test(line))).toEqual(["finally in parent", "parent", "4"]);
});

test("sys.exit in a child runs its finally clauses and exit handlers, and only there", async ({ computer }) => {
  const output = await computer.python(`
import atexit, os, sys
parent = os.getpid()
def who():
    return "parent" if os.getpid() == parent else "child"
atexit.register(lambda: print("atexit in", who(), flush=True))
pid = os.fork()
try:
    if pid == 0:
        sys.exit(3)
finally:
    print("finally in", who(), flush=True)
print("code", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
`);
  const lines = output.trim().split("\n");
  expect(lines.filter((line) => line.includes("child"))).toEqual(["finally in child", "atexit in child"]);
  expect(lines.filter((line) => !line.includes("child"))).toEqual(["finally in parent", "code 3", "atexit in parent"]);
});

test("a child branches as its parent would on what a function returned over the fork", async ({ computer }) => {
  const output = await computer.python(`
import os
def is_child():
    return os.fork() == 0
def nothing():
    if os.fork() == 0:
        return None
    return os.wait()
if is_child():
    print("True", flush=True)
    os._exit(0)
os.wait()
if not is_child():
    os.wait()
    print("False", flush=True)
else:
    os._exit(0)
print("None" if nothing() is None else "Some", flush=True)
`);
  expect(output).toBe("True\nFalse\nNone\nSome\n");
});

test("a child that returns from everything ends with 0", async ({ computer }) => {
  const output = await computer.python(`
import os
def outer():
    return inner() * 2
def inner():
    return 21 if (pid := os.fork()) == 0 else -(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])) - 1
print(outer(), flush=True)
`);
  expect(output).toBe("42\n-2\n");
});

test("a child can fork again", async ({ computer }) => {
  const output = await computer.python(`
import os
def family(depth):
    pid = os.fork()
    if pid == 0:
        if depth > 0:
            os._exit(family(depth - 1) + 1)
        os._exit(40)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(family(2))
`);
  expect(output).toBe("42\n");
});

test("one parent forks many children, one after the other and at once, and leaves no zombies", async ({ computer }) => {
  const process = await computer.start([
    "python",
    "-c",
    `
import os
def child(code):
    pid = os.fork()
    if pid == 0:
        os._exit(code)
    return pid
print([os.waitstatus_to_exitcode(os.waitpid(child(code), 0)[1]) for code in range(4)])
codes = {child(code): code for code in range(4, 8)}
print(all(os.waitstatus_to_exitcode(status) == codes[pid] for pid, status in (os.wait() for _ in codes)))
input("look")
`,
  ]);
  const output = await process.prints(/look/);
  expect(output).toBe("[0, 1, 2, 3]\nTrue\nlook");
  expect(await computer.processes()).toHaveLength(1);
});

test("loops, with-blocks, constructors, properties and deep calls go on in the child", async ({ computer }) => {
  const output = await computer.python(`
import contextlib, os
@contextlib.contextmanager
def manager(name):
    yield name
    print("left", name, flush=True)
class Forks:
    def __init__(self, fork):
        self.pid = os.fork() if fork else -1
    @property
    def own(self):
        return deep(40) - 820
    def __getitem__(self, key):
        return self.own + key
def deep(depth):
    return depth + deep(depth - 1) if depth else forks()
def forks():
    with manager("block"):
        return Forks(forking).pid
def indexed():
    return Forks(False)[0]
forking = False
# Warm: CPython calls constructors and operators without a detour through C only when it has specialised the code.
with open("/dev/null", "w") as nowhere, contextlib.redirect_stdout(nowhere):
    for _ in range(50):
        assert indexed() == -1
forking = True
for number in range(3):
    if number == 1:
        child = indexed()
    if number == 2:
        if child == 0:
            print("child", number, flush=True)
            os._exit(0)
        print("parent", number, os.waitpid(child, 0)[1])
`);
  expect(output.replaceAll("left block\n", "")).toBe("child 2\nparent 2 0\n");
  expect(output.match(/left block/g)).toHaveLength(2);
});

test("of the parent's threads only the one that forked lives on in the child, as its main thread", async ({
  computer,
}) => {
  const output = await computer.python(`
import os, threading, time
lock = threading.Lock()
ticks = []
def tick():
    while not done.is_set():
        ticks.append(1)
        time.sleep(0.01)
done = threading.Event()
ticker = threading.Thread(target=tick)
ticker.start()
def forker():
    with lock:
        pid = os.fork()
    if pid == 0:
        before = len(ticks)
        time.sleep(0.1)
        print(
            "child", threading.active_count(), threading.current_thread() is threading.main_thread(),
            ticker.is_alive(), len(ticks) == before, lock.acquire(timeout=1), flush=True,
        )
        os._exit(5)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
codes = []
thread = threading.Thread(target=forker)
thread.start()
thread.join()
before = len(ticks)
time.sleep(0.1)
print("parent", codes, len(ticks) > before)
done.set()
ticker.join()
`);
  expect(output).toBe("child 1 True False True True\nparent [5] True\n");
});

test("a child that a thread has forked ends when the thread's function returns", async ({ computer }) => {
  const output = await computer.python(`
import os, threading
def forker():
    pids.append(os.fork())
pids = []
thread = threading.Thread(target=forker)
thread.start()
thread.join()
print(os.waitpid(pids[0], 0)[1], len(pids))
`);
  expect(output).toBe("0 1\n");
});

test("a child can start threads of its own", async ({ computer }) => {
  const output = await computer.python(`
import os, threading, queue
pid = os.fork()
if pid == 0:
    answers = queue.Queue()
    threads = [threading.Thread(target=answers.put, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    os._exit(sum(answers.get(timeout=5) for _ in threads))
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`);
  expect(output).toBe("10\n");
});

test("a child's threads go on while the callers of fork return one after the other", async ({ computer }) => {
  const output = await computer.python(`
import os, sys, threading
awake = []
owners = set()
own = threading.RLock()
def locked():
    lock = threading.Lock()
    lock.acquire()
    return lock
mine, *theirs = [locked() for _ in range(9)]
def wait(lock):
    lock.acquire()
    awake.append(1)
def wake_all():
    for lock in [mine, *theirs]:
        lock.release()
def fork_below(depth):
    if depth:
        pid = fork_below(depth - 1)
        with own:
            owners.add(repr(own).split("owner=")[1].split()[0] == str(threading.get_ident()))
        return pid
    pid = os.fork()
    if pid == 0:
        for lock in theirs:
            threading.Thread(target=wait, args=(lock,)).start()
        threading.Timer(0.05, wake_all).start()
        # The main thread and the others wake in the same moment.
        mine.acquire()
    return pid
pid = fork_below(60)
if pid == 0:
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join()
    print("child", len(awake), owners, flush=True)
    sys.exit(3)
print("parent", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`);
  expect(output).toBe("child 8 {True}\nparent 3\n");
});

test("signal handlers are inherited, pending signals are not shared", async ({ computer }) => {
  const output = await computer.python(`
import os, signal, time
heard = []
signal.signal(signal.SIGUSR1, lambda number, frame: heard.append(number))
signal.signal(signal.SIGUSR2, signal.SIG_IGN)
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.kill(os.getpid(), signal.SIGUSR2)
    os.write(writer, b"ready")
    deadline = time.monotonic() + 10
    while not heard and time.monotonic() < deadline:
        time.sleep(0.01)
    os._exit(len(heard))
os.read(reader, 5)
os.kill(pid, signal.SIGUSR1)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), heard)
`);
  expect(output).toBe("1 []\n");
});

test("text that was not flushed before a fork is printed by both, as C and CPython do", async ({ computer }) => {
  const output = await computer.python(`
import os
print("once or twice", end=" ")
pid = os.fork()
if pid != 0:
    os.waitpid(pid, 0)
`);
  expect(output).toBe("once or twice once or twice ");
});

test("a log file that was opened before a fork gets every line of parent and children", async ({ computer }) => {
  await computer.python(`
import os
log = open("log.txt", "a", buffering=1)
log.write("parent begins\\n")
children = []
for number in range(3):
    pid = os.fork()
    if pid == 0:
        for line in range(20):
            log.write(f"child {number} line {line}\\n")
        os._exit(0)
    children.append(pid)
for pid in children:
    os.waitpid(pid, 0)
log.write("parent ends\\n")
`);
  const lines = (await computer.read("log.txt")).trim().split("\n");
  expect(lines).toHaveLength(62);
  expect(lines[0]).toBe("parent begins");
  expect(lines[61]).toBe("parent ends");
  for (const child of [0, 1, 2]) {
    const own = lines.filter((line) => line.startsWith(`child ${child} `));
    expect(own).toEqual(Array.from({ length: 20 }, (_, line) => `child ${child} line ${line}`));
  }
});

test("parent and child share the position of an open file", async ({ computer }) => {
  await computer.python(`
import os
out = os.open("shared.txt", os.O_CREAT | os.O_WRONLY)
os.write(out, b"parent ")
pid = os.fork()
if pid == 0:
    os.write(out, b"child ")
    os._exit(0)
os.waitpid(pid, 0)
os.write(out, b"PARENT")
`);
  expect(await computer.read("shared.txt")).toBe("parent child PARENT");
});

test("frames outside of a C call that forked do not go on in the child (a deviation)", async ({ computer }) => {
  const output = await computer.python(`
import os
def forks(_):
    pid = os.fork()
    print("child" if pid == 0 else "parent", flush=True)
    return pid
pids = list(map(forks, [1]))
print("beyond the call", os.waitstatus_to_exitcode(os.waitpid(pids[0], 0)[1]), flush=True)
`);
  expect(output.split("\n").sort()).toEqual([
    "",
    "beyond the call 70",
    "child",
    "fork() was called through C code: this child cannot go on in <module>()",
    "parent",
  ]);
});

test("children accept from a socket that their parent listens on", async ({ computer }) => {
  const server = await computer.start([
    "python",
    "-c",
    `
import os, socket
listener = socket.create_server(("127.0.0.1", 5000))
for number in range(3):
    if os.fork() == 0:
        connection, _ = listener.accept()
        connection.sendall(b"child %d" % number)
        connection.close()
        os._exit(0)
print("forked", flush=True)
print("codes", sorted(os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(3)), flush=True)
`,
  ]);
  await server.prints(/forked/);
  const answers: string[] = [];
  for (let number = 0; number < 3; number += 1) {
    answers.push((await (await computer.connect(5000)).readAll()).text);
  }
  expect(answers.sort()).toEqual(["child 0", "child 1", "child 2"]);
  await server.prints(/codes \[0, 0, 0\]/);
});

test("a child stands where its parent stands", async ({ computer }) => {
  const output = await computer.python(`
import os
os.mkdir("deep")
os.chdir("deep")
open("here", "w").close()
if os.fork() == 0:
    print(os.getcwd(), os.listdir("."), flush=True)
    os._exit(0)
os.wait()
`);
  expect(output).toBe("/home/student/deep ['here']\n");
});
