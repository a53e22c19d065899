// @project labs
// @also firefox
/** CPython's `threading`, `queue` and `concurrent.futures`, unmodified, on the machine's threads. */
import { expect, test } from "../../testing/browser/machine.ts";

test("threads that wait, wait at the same time", async ({ computer }) => {
  const output = await computer.python(`
import threading, time
def sleeper():
    time.sleep(0.3)
began = time.monotonic()
threads = [threading.Thread(target=sleeper) for _ in range(10)]
for thread in threads: thread.start()
for thread in threads: thread.join()
together = time.monotonic() - began
began = time.monotonic()
sleeper()
print(together < 3 * (time.monotonic() - began), threading.active_count())
`);
  expect(output).toBe("True 1\n");
});

test("threads that compute take turns", async ({ computer }) => {
  const output = await computer.python(`
import threading, time
rounds = {"a": 0, "b": 0}
woken = []
def count(name):
    while not done.is_set():
        rounds[name] += 1
def sleeper():
    while not done.is_set():
        time.sleep(0.02)
        woken.append(1)
done = threading.Event()
threads = [threading.Thread(target=count, args=("a",)), threading.Thread(target=count, args=("b",)), threading.Thread(target=sleeper)]
for thread in threads: thread.start()
time.sleep(1)
done.set()
for thread in threads: thread.join()
print(0.5 < rounds["a"] / rounds["b"] < 2, len(woken) > 5)
`);
  expect(output).toBe("True True\n");
});

test("a lock keeps others out, in order of their coming, with and without a time-out", async ({ computer }) => {
  const output = await computer.python(`
import threading, time
lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.05))
order = []
def wants(number):
    with lock:
        order.append(number)
threads = []
for number in range(5):
    threads.append(threading.Thread(target=wants, args=(number,)))
    threads[-1].start()
lock.release()
for thread in threads: thread.join()
print(order, lock.locked())
try:
    lock.release()
except RuntimeError as error:
    print(error)
counter = 0
def add():
    global counter
    for _ in range(2000):
        with lock:
            value = counter
            if value % 100 == 0:
                time.sleep(0)
            counter = value + 1
threads = [threading.Thread(target=add) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(counter)
`);
  expect(output).toBe("True True False False\n[0, 1, 2, 3, 4] False\nrelease unlocked lock\n8000\n");
});

test("an RLock belongs to its thread, however often it is taken", async ({ computer }) => {
  const output = await computer.python(`
import threading
lock = threading.RLock()
with lock:
    with lock:
        tried = []
        thread = threading.Thread(target=lambda: tried.append(lock.acquire(False)))
        thread.start(); thread.join()
        print(tried)
thread = threading.Thread(target=lambda: tried.append(lock.acquire(False)) or lock.release())
thread.start(); thread.join()
print(tried)
try:
    lock.release()
except RuntimeError as error:
    print(error)
`);
  expect(output).toBe("[False]\n[False, True]\ncannot release un-acquired lock\n");
});

test("conditions, events, semaphores and barriers hold threads together", async ({ computer }) => {
  const output = await computer.python(`
import threading, time
condition, items, taken = threading.Condition(), [], []
def consumer():
    with condition:
        while not items:
            condition.wait()
        taken.append(items.pop(0))
threads = [threading.Thread(target=consumer) for _ in range(3)]
for thread in threads: thread.start()
for number in range(3):
    with condition:
        items.append(number)
        condition.notify()
for thread in threads: thread.join()
with condition:
    print(sorted(taken), condition.wait(0.05), condition.wait_for(lambda: True))

event = threading.Event()
print(event.wait(0.05), event.is_set())
threading.Timer(0.05, event.set).start()
print(event.wait(10))

semaphore, inside, most = threading.BoundedSemaphore(2), [0], [0]
def limited():
    with semaphore:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        inside[0] -= 1
threads = [threading.Thread(target=limited) for _ in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(most[0])
try:
    semaphore.release()
except ValueError as error:
    print(error)

barrier, passed = threading.Barrier(3), []
def meet(number):
    time.sleep(0.02 * number)
    passed.append(("before", number))
    barrier.wait()
    passed.append(("after", number))
threads = [threading.Thread(target=meet, args=(number,)) for number in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print([when for when, _ in passed])
try:
    barrier.wait(0.05)
except threading.BrokenBarrierError:
    print("broken", barrier.broken)
`);
  expect(output).toBe(`[0, 1, 2] False True
False False
True
2
Semaphore released too many times
['before', 'before', 'before', 'after', 'after', 'after']
broken True
`);
});

test("thread-local data and context variables are each thread's own", async ({ computer }) => {
  const output = await computer.python(`
import contextvars, threading, time
class Data(threading.local):
    def __init__(self, start):
        self.value = start
data, variable = Data(10), contextvars.ContextVar("variable", default="none")
data.value += 1
variable.set("main")
seen = {}
def work(number):
    before = (data.value, variable.get())
    data.value += number
    variable.set(number)
    time.sleep(0.05)
    seen[number] = (before, data.value, variable.get(), hasattr(data, "other"))
    data.other = True
threads = [threading.Thread(target=work, args=(number,)) for number in (1, 2, 3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
for number in sorted(seen): print(number, *seen[number])
print(data.value, variable.get(), hasattr(data, "other"))
`);
  expect(output).toBe(`1 (10, 'none') 11 1 False
2 (10, 'none') 12 2 False
3 (10, 'none') 13 3 False
11 main False
`);
});

test("a pool's futures can be waited for right after they were submitted, without a time-out", async ({ computer }) => {
  const output = await computer.python(`
import concurrent.futures, time
with concurrent.futures.ThreadPoolExecutor(max_workers=3) as pool:
    print(pool.submit(pow, 2, 10).result())
    print(pool.submit(lambda: (time.sleep(0.05), "slept")[1]).result())
    print(list(pool.map(lambda number: number * number, range(6))))
    failing = pool.submit(int, "x")
    print(type(failing.exception()).__name__)
    slow = [pool.submit(time.sleep, 0.02 * number) for number in (3, 1, 2)]
    print([slow.index(future) for future in concurrent.futures.as_completed(slow)])
    try:
        pool.submit(time.sleep, 0.3).result(timeout=0.05)
    except TimeoutError:
        print("timed out")
print("shut down")
`);
  expect(output).toBe("1024\nslept\n[0, 1, 4, 9, 16, 25]\nValueError\n[1, 2, 0]\ntimed out\nshut down\n");
});

test("queues hand each item to one thread, hold back who is too fast, and can be joined", async ({ computer }) => {
  const output = await computer.python(`
import queue, threading
work, results = queue.Queue(maxsize=2), queue.SimpleQueue()
def worker():
    while (item := work.get()) is not None:
        results.put(item * 2)
        work.task_done()
    work.task_done()
threads = [threading.Thread(target=worker) for _ in range(3)]
for thread in threads: thread.start()
for number in range(200): work.put(number)
work.join()
for _ in threads: work.put(None)
for thread in threads: thread.join()
print(sum(results.get() for _ in range(200)), results.empty())
for ask in (lambda: results.get(timeout=0.05), lambda: results.get_nowait(), lambda: work.get(block=False)):
    try:
        ask()
    except queue.Empty:
        print("empty")
work.put(1); work.put(2)
try:
    work.put(3, timeout=0.05)
except queue.Full:
    print("full")
ordered = queue.PriorityQueue()
for number in (3, 1, 2): ordered.put(number)
print([ordered.get() for _ in range(3)])
`);
  expect(output).toBe("39800 True\nempty\nempty\nempty\nfull\n[1, 2, 3]\n");
});

test("an exception in a thread is printed as CPython prints it, and ends only that thread", async ({ computer }) => {
  const output = await computer.python(`
import threading
def fails():
    raise ValueError("in a thread")
thread = threading.Thread(target=fails, name="Unlucky")
thread.start()
thread.join()
print("main goes on", thread.is_alive())
`);
  expect(output).toMatch(
    /^Exception in thread Unlucky:\nTraceback \(most recent call last\):\n {2}File "[^"]*threading\.py", line \d+, in _bootstrap_inner\n/,
  );
  expect(output).toContain('  File "/home/student/script.py", line 4, in fails\n    raise ValueError("in a thread")\n');
  expect(output).toMatch(/\nValueError: in a thread\nmain goes on False\n$/);
});

test("a process waits for its threads at the end, but not for daemons", async ({ computer }) => {
  const output = await computer.python(`
import threading, time
def work():
    time.sleep(0.1)
    print("thread done", flush=True)
threading.Thread(target=work).start()
threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
print("main done", flush=True)
`);
  expect(output).toBe("main done\nthread done\n");
});

test("many short threads come and go", async ({ computer }) => {
  const output = await computer.python(`
import threading
done = []
for round in range(20):
    threads = [threading.Thread(target=done.append, args=(number,)) for number in range(50)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
print(len(done), threading.active_count(), len({thread.ident for thread in threads}))
`);
  expect(output).toBe("1000 1 50\n");
});

test("a signal interrupts what the main thread waits for, and only that", async ({ computer }) => {
  const output = await computer.python(`
import os, signal, threading, time
heard = []
signal.signal(signal.SIGUSR1, lambda number, frame: heard.append(threading.current_thread().name))
slept = []
def sleeper():
    began = time.monotonic()
    time.sleep(0.3)
    slept.append(time.monotonic() - began >= 0.299)
thread = threading.Thread(target=sleeper)
thread.start()
threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGUSR1)).start()
began = time.monotonic()
time.sleep(0.2)
print(heard, time.monotonic() - began >= 0.199)
thread.join()
print(slept)
signal.signal(signal.SIGALRM, lambda number, frame: (_ for _ in ()).throw(TimeoutError("alarm")))
signal.setitimer(signal.ITIMER_REAL, 0.1)
try:
    threading.Event().wait()
except TimeoutError as error:
    print(error)
`);
  expect(output).toBe("['MainThread'] True\n[True]\nalarm\n");
});

test("asyncio runs in a program of its own", async ({ computer }) => {
  const output = await computer.python(`
import asyncio
async def slow(number):
    await asyncio.sleep(0.05)
    return number
async def main():
    print(await asyncio.gather(slow(1), slow(2)), await asyncio.to_thread(lambda: "thread"))
asyncio.run(main())
`);
  expect(output).toBe("[1, 2] thread\n");
});

test("a thread's turn that ends below JavaScript ends a little later", async ({ computer }) => {
  // The first list that comes from JavaScript makes a class for its kind, and that asks Sequence, in Python.
  const { output } = await computer.run([
    "python",
    "-c",
    `
import collections.abc, os
asked = 0
def compute(cls, other):
    global asked
    asked += 1
    for _ in range(300_000): pass
    return NotImplemented
collections.abc.Sequence.__subclasshook__ = classmethod(compute)
try:
    print(os.get_terminal_size(1).columns > 0)
finally:
    print("asked", asked > 0)
`,
  ]);
  expect(output).toBe("True\nasked True\n");
});
