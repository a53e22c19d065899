// @project labs
// @also firefox
/** Servers of ASGI applications, on CPython's own event loop. */
import { expect, test } from "../../testing/browser/machine.ts";

const app = `
import asyncio, os

started = []

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                started.append(os.getpid())
                print("up", flush=True)
                await send({"type": "lifespan.startup.complete"})
            else:
                print("down", flush=True)
                await send({"type": "lifespan.shutdown.complete"})
                return
    await asyncio.sleep(0.3)
    body = f"{scope['path']} {started == [os.getpid()]}".encode()
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
`;

const client = `
import threading, time, urllib.request
got = []
def ask(n):
    with urllib.request.urlopen(f"http://127.0.0.1:8000/{n}") as answer:
        got.append(answer.read().decode())
threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
begun = time.monotonic()
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sorted(got), time.monotonic() - begun < 0.3 * 4)
`;

test("gunicorn -k asgi: lifespan, requests at once in two workers, TERM", async ({ computer }) => {
  await computer.write("app.py", app);
  await computer.write("client.py", client);
  const server = await computer.start(["gunicorn", "-k", "asgi", "-w", "2", "app:app"]);
  await server.prints(/up\n(.*\n)*up\n/, 60_000);
  const { output } = await computer.run(["python", "client.py"]);
  expect(output).toBe(
    "['/0 True', '/1 True', '/2 True', '/3 True', '/4 True', '/5 True', '/6 True', '/7 True'] True\n",
  );
  await computer.kill(server.pid, "SIGTERM");
  expect(await server.exit()).toEqual({ kind: "exited", code: 0 });
  expect((await server.output()).match(/^down$/gm)).toHaveLength(2);
});
