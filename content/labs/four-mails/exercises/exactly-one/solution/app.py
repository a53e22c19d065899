import os
import signal

from flask import Flask

from mail import count_sent

app = Flask(__name__)


@app.get("/")
def hello():
    return f"Hello from process {os.getpid()}\n"


@app.get("/sent")
def sent():
    return f"{count_sent()} sent today\n"


@app.get("/crash")
def crash():
    # Ends this process as the system does when memory runs out.
    os.kill(os.getpid(), signal.SIGKILL)
