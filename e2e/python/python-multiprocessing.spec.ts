// @project beside
/** multiprocessing: forked, spawned and served children over the kernel's semaphores, pipes and shared memory. */
import { expect, test } from "../../testing/browser/machine.ts";

const program = `
import multiprocessing as mp, os

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
`;

test("processes share locks, queues and values, however they are started", async ({ computer }) => {
  await computer.write("parallel.py", program);
  const process = await computer.start(["python", "parallel.py"]);
  expect(await process.exit(90_000)).toEqual({ kind: "exited", code: 0 });
  expect(await process.output()).toBe(`fork [True, True] 40 [0, 0]
forkserver [True, True] 40 [0, 0]
spawn [True, True] 40 [0, 0]
`);
});
