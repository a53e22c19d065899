// @project beside
// @also firefox
/** multiprocessing: forked, spawned and served children over the kernel's semaphores, pipes and shared memory. */
import { expect, test } from "../../testing/browser/machine.ts";

const program = `
import mmap, multiprocessing as mp, os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import shared_memory
from multiprocessing.pool import ThreadPool

def square(number): return number * number
def fail(): raise ValueError("told")
def pause(number):
    time.sleep(number)
    return number
def mark(name):
    shared = shared_memory.SharedMemory(name=name)
    shared.buf[0] = 9
    shared.close()
def keep(known, listed, number):
    known[number] = number * number
    listed.append(number)
def meet(barrier, condition, queue):
    with condition: queue.put(condition.wait(20))
    queue.put(barrier.wait(20) in (0, 1))

def count(value, queue):
    for _ in range(20):
        with value.get_lock(): value.value += 1
    queue.put(os.getpid() != os.getppid())

def run(method):
    context = mp.get_context(method)
    value, queue = context.Value("i", 0), context.Queue()
    children = [context.Process(target=count, args=(value, queue)) for _ in range(2)]
    for child in children: child.start()
    print(method, [queue.get() for _ in children], end=" ")
    for child in children: child.join()
    print(value.value, [child.exitcode for child in children])

if __name__ == "__main__":
    for method in ("fork", "forkserver", "spawn"): run(method)
    fork = mp.get_context("fork")
    with fork.Pool(2) as pool:
        print(pool.map(square, range(9), chunksize=1), sorted(pool.imap_unordered(square, range(3))))
        try: pool.apply(fail)
        except ValueError as error: print("raised", error)
        try: pool.apply_async(pause, (60,)).get(0.1)
        except mp.TimeoutError: print("late")
    with mp.Pool(2, maxtasksperchild=1) as pool: print(pool.map(square, range(4), chunksize=1))
    with ThreadPool(2) as pool: print(pool.map(square, range(4)))
    with ProcessPoolExecutor(2) as executor: print(list(executor.map(square, range(4))))
    with fork.Manager() as manager:
        known, listed = manager.dict(), manager.list()
        children = [fork.Process(target=keep, args=(known, listed, number)) for number in range(2)]
        for child in children: child.start()
        for child in children: child.join()
        print(sorted(known.items()), sorted(listed))
    barrier, condition, queue = fork.Barrier(2), fork.Condition(), fork.Queue()
    children = [fork.Process(target=meet, args=(barrier, condition, queue)) for _ in range(2)]
    for child in children: child.start()
    while condition._sleeping_count._semlock._get_value() < 2: time.sleep(0.01)
    with condition: condition.notify_all()
    print([queue.get(timeout=20) for _ in range(4)])
    child = fork.Process(target=pause, args=(100,))
    child.start(); child.terminate(); child.join()
    print(child.exitcode)
    shared = shared_memory.SharedMemory(create=True, size=16)
    child = fork.Process(target=mark, args=(shared.name,))
    child.start(); child.join()
    memory = mmap.mmap(-1, 8)
    if os.fork() == 0:
        memory[0] = 65
        os._exit(0)
    os.wait()
    print(shared.buf[0], memory[:1])
    shared.close(); shared.unlink()
    semaphore = fork.BoundedSemaphore(1)
    try: semaphore.release()
    except ValueError as error: print(error)
`;

test("processes share locks, queues and memory, however they are started, and pools of them work", async ({
  computer,
}) => {
  await computer.write("parallel.py", program);
  const process = await computer.start(["python", "parallel.py"]);
  expect(await process.exit(90_000)).toEqual({ kind: "exited", code: 0 });
  expect(await process.output()).toBe(`fork [True, True] 40 [0, 0]
forkserver [True, True] 40 [0, 0]
spawn [True, True] 40 [0, 0]
[0, 1, 4, 9, 16, 25, 36, 49, 64] [0, 1, 4]
raised told
late
[0, 1, 4, 9]
[0, 1, 4, 9]
[0, 1, 4, 9]
[(0, 0), (1, 1)] [0, 1]
[True, True, True, True]
-15
9 b'A'
semaphore or lock released too many times
`);
});
