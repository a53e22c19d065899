"""An ASGI application without a framework."""

import asyncio
import hashlib
import json


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http":
        answer = PAGES.get(scope["path"], nothing)
        await answer(scope, receive, send)


async def lifespan(receive, send):
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            print("comes up", flush=True)
            await send({"type": "lifespan.startup.complete"})
        else:
            print("goes down", flush=True)
            await send({"type": "lifespan.shutdown.complete"})
            return


async def say(send, text, status=200):
    body = text.encode()
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def hello(scope, receive, send):
    await say(send, "Hello\n")


async def nothing(scope, receive, send):
    await say(send, "Nothing here\n", 404)


async def described(scope, receive, send):
    names = ("type", "http_version", "method", "scheme", "path", "root_path")
    shown = {name: scope.get(name) for name in names}
    shown["query"] = scope["query_string"].decode("latin-1")
    shown["raw_path"] = scope.get("raw_path", b"").decode("latin-1")
    shown["headers"] = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]]
    await say(send, json.dumps(shown, indent=1, sort_keys=True))


async def echo(scope, receive, send):
    digest, length, more = hashlib.sha256(), 0, True
    while more:
        message = await receive()
        digest.update(message.get("body", b""))
        length += len(message.get("body", b""))
        more = message.get("more_body", False)
    await say(send, f"{scope['method']} {length} {digest.hexdigest()}\n")


async def stream(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    for number in range(3):
        await send({"type": "http.response.body", "body": b"line %d\n" % number, "more_body": True})
        await asyncio.sleep(0.01)
    await send({"type": "http.response.body"})


async def fail(scope, receive, send):
    raise RuntimeError("this page is broken")


async def sleep(scope, receive, send):
    await asyncio.sleep(0.5)
    await say(send, "rested\n")


PAGES = {"/": hello, "/scope": described, "/echo": echo, "/stream": stream, "/fail": fail, "/sleep/0.5": sleep}


async def fails_at_once(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        raise RuntimeError("it cannot come up")
