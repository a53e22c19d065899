// @project beside
/** multiprocessing: forked, spawned and served children over the kernel's semaphores, pipes and shared memory. */
import { expect, test } from "../../testing/browser/machine.ts";

const program = `
import mmap, multiprocessing as mp, os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import shared_memory

def square(number): return number * number
def fail(): raise ValueError("told")
def count(value, queue):
    for _ in range(20):
        with value.get_lock(): value.value += 1
    queue.put(os.getpid() != os.getppid())
def mark(name):
    shared = shared_memory.SharedMemory(name=name)
    shared.buf[0] = 9
    shared.close()

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
        print(pool.map(square, range(5)))
        try: pool.apply(fail)
        except ValueError as error: print("raised", error)
    child = fork.Process(target=time.sleep, args=(100,))
    child.start(); child.terminate(); child.join()
    print(child.exitcode)
    shared = shared_memory.SharedMemory(create=True, size=16)
    child = fork.Process(target=mark, args=(shared.name,))
    child.start(); child.join()
    print(shared.buf[0])
    shared.close(); shared.unlink()
    memory = mmap.mmap(-1, 8)
    if os.fork() == 0:
        memory[0] = 65
        os._exit(0)
    os.wait()
    print(memory[:1])
    with ProcessPoolExecutor(2, mp_context=fork) as executor: print(list(executor.map(square, range(3))))
    semaphore = fork.BoundedSemaphore(1)
    try: semaphore.release()
    except ValueError as error: print(error)
    print(mp.get_start_method())
`;

test("processes share locks, queues and memory, however they are started", async ({ computer }) => {
  await computer.write("parallel.py", program);
  const process = await computer.start(["python", "parallel.py"]);
  expect(await process.exit(90_000)).toEqual({ kind: "exited", code: 0 });
  expect(await process.output()).toBe(`fork [True, True] 40 [0, 0]
forkserver [True, True] 40 [0, 0]
spawn [True, True] 40 [0, 0]
[0, 1, 4, 9, 16]
raised told
-15
9
b'A'
[0, 1, 4]
semaphore or lock released too many times
forkserver
`);
});
