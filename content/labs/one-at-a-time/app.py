import time

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


@app.get("/cpu")
def cpu():
    # Computes: this thread needs the interpreter all the time.
    return f"Counted to {count(100_000)}\n"


@app.get("/long")
def long():
    # The same for much longer, like a large report or a picture.
    return f"Counted to {count(30_000_000)}\n"


def count(steps):
    total = 0
    for number in range(steps):
        total += number
    return total
