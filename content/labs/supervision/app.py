import os
import time

from flask import Flask

VERSION = 1

app = Flask(__name__)


@app.get("/")
def hello():
    return f"Worker {os.getpid()}, version {VERSION}\n"


@app.get("/io")
def io():
    # Waits, as if for a database or another server.
    time.sleep(0.1)
    return f"Worker {os.getpid()} waited for 100 ms\n"
