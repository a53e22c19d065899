import os
import time

from flask import Flask

VERSION = 1

app = Flask(__name__)


@app.after_request
def name_version(response):
    response.headers["X-Version"] = str(VERSION)
    return response


@app.get("/")
def hello():
    return f"Worker {os.getpid()}, version {VERSION}\n"


@app.get("/io")
def io():
    # Waits, as if for a database or another server.
    time.sleep(0.1)
    return f"Worker {os.getpid()} waited for 100 ms\n"


@app.get("/slow")
def slow():
    # Waits long enough to watch a worker finish before it leaves.
    time.sleep(3)
    return f"Worker {os.getpid()} waited for 3 s\n"


@app.get("/hang")
def hang():
    # A mistake that happens: a loop that never ends.
    while True:
        pass
