/** The app that is measured: that of the first lab. */
import { readFileSync } from "node:fs";
import type { LoadModel, LoadPlan } from "../src/load/plan.ts";

/** Text of `app.py`. */
export const app = readFileSync("content/labs/first-load/app.py", "utf8");

/** The least that an ASGI server can be asked for. */
export const asgiApp = `async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            kind = (await receive())["type"]
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"Hello"})
`;

/** The commands that a measurement starts, on a port of its choice. */
export const commands = {
  flask: ["flask", "--app", "app", "run", "--port", "{port}"],
  gunicorn: (workers: number) => ["gunicorn", "-w", String(workers), "-b", "127.0.0.1:{port}", "app:app"],
  gunicornAsgi: ["gunicorn", "-k", "asgi", "-b", "127.0.0.1:{port}", "app:app"],
  waitress: ["waitress-serve", "--listen", "127.0.0.1:{port}", "app:app"],
} as const;

/** A plan for one path. */
export function planFor(path: string, model: LoadModel, seconds: number): LoadPlan {
  const warmup = Math.min(500, seconds * 250);
  return {
    name: path,
    model,
    requests: [{ path }],
    duration: seconds * 1000 + warmup,
    warmup,
    timeout: 30_000,
    seed: 1,
  };
}

/** So many readers, each waiting for its answer. */
export function readers(users: number): LoadModel {
  return { kind: "closed", users };
}
