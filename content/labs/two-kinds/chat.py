import os
from pathlib import Path

from starlette.responses import HTMLResponse

# Who is in the room, and what was said there: as far as this process knows.
everyone = set()
said = []


async def room(request):
    return HTMLResponse(Path("room.html").read_text())


async def chat(socket):
    await socket.accept()
    everyone.add(socket)
    try:
        await socket.send_text(f"(connected to process {os.getpid()})")
        for line in said:
            await socket.send_text(line)
        async for line in socket.iter_text():
            said.append(line)
            for each in list(everyone):
                await each.send_text(line)
    finally:
        everyone.discard(socket)
