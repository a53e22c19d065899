import asyncio
import os
import time

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from chat import chat, room


async def hello(request):
    return PlainTextResponse(f"Hello from process {os.getpid()}\n")


async def wait(request):
    # At await, the event loop goes on with other requests.
    await asyncio.sleep(0.5)
    return PlainTextResponse("Here you are.\n")


async def compute(request):
    return PlainTextResponse(f"{sum(number * number for number in range(30_000))}\n")


async def report(request):
    # There is no await here.
    time.sleep(2)
    return PlainTextResponse("The report is ready.\n")


app = Starlette(
    routes=[
        Route("/", hello),
        Route("/wait", wait),
        Route("/compute", compute),
        Route("/report", report),
        Route("/room", room),
        WebSocketRoute("/chat", chat),
    ]
)
