import os
import signal
import threading

from flask import Flask

from mail import count_sent, send_newsletter

app = Flask(__name__)

# A scheduler, as small as possible: it sends today's newsletter one second after the app has been loaded.
threading.Timer(1, send_newsletter).start()


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
