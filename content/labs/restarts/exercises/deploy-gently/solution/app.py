import os
import signal
import time

from flask import Flask, request

VERSION = 1

app = Flask(__name__)


@app.after_request
def name_version(response):
    response.headers["X-Version"] = str(VERSION)
    return response


@app.get("/")
def hello():
    return f"Process {os.getpid()}, version {VERSION}\n"


@app.get("/io")
def io():
    # Waits, as if for a database or another server.
    time.sleep(0.4)
    return f"Process {os.getpid()} waited for 400 ms\n"


@app.get("/slow")
def slow():
    # Waits long enough to watch it being finished, or cut off.
    time.sleep(3)
    return f"Process {os.getpid()} waited for 3 s\n"


@app.get("/deploy")
def deploy():
    # What you would do to deploy a change: save the file, and tell gunicorn's master.
    os.utime(__file__)
    if request.environ["SERVER_SOFTWARE"].startswith("gunicorn"):
        os.kill(os.getppid(), signal.SIGHUP)
    return "Deployed\n"
