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


@app.get("/slow")
def slow():
    # Waits long enough for others to queue behind it.
    time.sleep(2)
    return "Waited for 2 s\n"


@app.get("/cpu")
def cpu():
    # Works: nothing else can use this core meanwhile.
    total = 0
    for number in range(200_000):
        total += number
    return f"Counted to {total}\n"


@app.get("/hang")
def hang():
    # A mistake that happens: a loop that never ends.
    while True:
        pass
