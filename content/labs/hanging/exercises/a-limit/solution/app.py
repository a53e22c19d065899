import socket
import threading
import time
from urllib.request import urlopen

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello from Flask\n"


@app.get("/io")
def io():
    # Waits, as if for a database or another server.
    time.sleep(0.1)
    return "Waited for 100 ms\n"


@app.get("/threads")
def threads():
    # How many threads this process has, with the one that answers.
    return f"{threading.active_count()} threads\n"


@app.get("/hang")
def hang():
    # Asks a server that takes the connection and then says nothing.
    try:
        with urlopen(silent_server(), timeout=1) as answer:
            return answer.read()
    except OSError:
        return "The server behind this page does not answer.\n", 504


silent = []


def silent_server():
    if not silent:
        silent.append(socket.create_server(("127.0.0.1", 0)))
    return f"http://127.0.0.1:{silent[0].getsockname()[1]}/"
