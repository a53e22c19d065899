import os
import time

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return f"Worker {os.getpid()}\n"


@app.get("/io")
def io():
    # Waits, as if for a database or another server.
    time.sleep(0.1)
    return f"Worker {os.getpid()} waited for 100 ms\n"


@app.get("/slow")
def slow():
    # Waits long enough to send a signal meanwhile.
    time.sleep(5)
    return f"Worker {os.getpid()} waited for 5 s\n"


@app.get("/hang")
def hang():
    # A mistake that happens: it waits for what never comes.
    while True:
        time.sleep(1)
