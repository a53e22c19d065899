// @project labs
// @also firefox
/** CPython's own event loops, on the kernel's sockets, pipes, signals and children. */
import { expect, test } from "../../testing/browser/machine.ts";

test("the loop is CPython's, and there is none before a program makes one", async ({ computer }) => {
  const output = await computer.python(`
import asyncio
async def main():
    return type(asyncio.get_running_loop()).__name__
print(asyncio.run.__module__, asyncio.run(main()))
with asyncio.Runner(debug=True) as runner:
    print(runner.run(main()), runner.get_loop().get_debug(), runner.run(asyncio.sleep(0, "again")))
for get in (asyncio.get_running_loop, asyncio.get_event_loop):
    try:
        get()
    except RuntimeError as error:
        print(error)
`);
  expect(output).toBe(`asyncio.runners _UnixSelectorEventLoop
_UnixSelectorEventLoop True again
no running event loop
There is no current event loop in thread 'MainThread'.
`);
});

test("several threads have a loop each, with its own tasks, generators and debug mode", async ({ computer }) => {
  const output = await computer.python(`
import asyncio, sys, threading
found = {}
async def numbers():
    for n in range(3):
        yield n
        await asyncio.sleep(0.02)
async def work(name):
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    got = []
    async for n in numbers():
        got.append(n)
        assert asyncio.current_task() is task and asyncio.get_running_loop() is loop
        assert sys.get_asyncgen_hooks().firstiter == loop._asyncgen_firstiter_hook
        assert (sys.get_coroutine_origin_tracking_depth() > 0) == loop.get_debug()
    found[name] = got, len(asyncio.all_tasks())
threads = [threading.Thread(target=lambda n=n: asyncio.run(work(n), debug=n % 2 == 0)) for n in range(4)]
for thread in threads: thread.start()
asyncio.run(work("main"))
for thread in threads: thread.join()
print(sorted(found.items(), key=str))
`);
  expect(output).toBe(
    "[('main', ([0, 1, 2], 1)), (0, ([0, 1, 2], 1)), (1, ([0, 1, 2], 1)), (2, ([0, 1, 2], 1)), (3, ([0, 1, 2], 1))]\n",
  );
});

test("connections, Unix sockets, refusals, time-outs and large transfers", async ({ computer }) => {
  const output = await computer.python(`
import asyncio
async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()
async def through(reader, writer, size):
    async def send():
        writer.write(bytes(size))
        await writer.drain()
        writer.write_eof()
    async with asyncio.TaskGroup() as group:
        group.create_task(send())
        data = group.create_task(reader.read())
    writer.close()
    await writer.wait_closed()
    return len(data.result())
async def main():
    tcp = await asyncio.start_server(echo, "localhost", 0)
    unix = await asyncio.start_unix_server(echo, "echo.sock")
    port = tcp.sockets[0].getsockname()[1]
    print(await through(*await asyncio.open_connection("127.0.0.1", port), 3_000_000))
    print(await through(*await asyncio.open_unix_connection("echo.sock"), 3_000_000))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(0.05):
            await reader.read(1)
    except TimeoutError:
        print("timed out")
    writer.close()
    tcp.close(); unix.close()
    try:
        await asyncio.open_connection("127.0.0.1", 9)
    except OSError as error:
        print(error.errno, error)
asyncio.run(main())
`);
  expect(output).toBe(`3000000
3000000
timed out
111 [Errno 111] Connect call failed ('127.0.0.1', 9)
`);
});

test("children, signals and threads of a loop", async ({ computer }) => {
  const output = await computer.python(`
import asyncio, os, signal, sys, threading
async def main():
    loop = asyncio.get_running_loop()
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", "print(input()[::-1])", stdin=-1, stdout=-1)
    print(await child.communicate(b"live\\n"), child.returncode)
    child = await asyncio.create_subprocess_shell("echo out; echo err >&2; exit 3", stdout=-1, stderr=-1)
    print(await child.communicate(), child.returncode)
    child = await asyncio.create_subprocess_exec("sleep", "60")
    child.terminate()
    print(await child.wait())
    heard = asyncio.Queue()
    loop.add_signal_handler(signal.SIGUSR1, heard.put_nowait, "heard")
    os.kill(os.getpid(), signal.SIGUSR1)
    print(await heard.get(), loop.remove_signal_handler(signal.SIGUSR1))
    print(await asyncio.to_thread(lambda: threading.current_thread() is threading.main_thread()))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(60))
            group.create_task(asyncio.to_thread(int, "none"))
    except* ValueError as errors:
        print(errors.exceptions)
    os.kill(os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(60)
    finally:
        print("cancelled")
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
`);
  expect(output).toBe(`(b'evil\\n', None) 0
(b'out\\n', b'err\\n') 3
-15
heard True
False
(ValueError("invalid literal for int() with base 10: 'none'"),)
cancelled
interrupted
`);
});
