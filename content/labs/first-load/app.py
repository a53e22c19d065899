import time

from flask import Flask

VERSION = 1

app = Flask(__name__)
kept = []


@app.after_request
def name_version(response):
    response.headers["X-Version"] = str(VERSION)
    return response


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


@app.get("/leak")
def leak():
    # Another one: each request leaves 10 MB behind.
    kept.append(bytearray(10_000_000))
    return f"Keeps {len(kept) * 10} MB\n"
