import time

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello from Flask\n"


@app.get("/wait")
def wait():
    # Waits, as if for a database or another server.
    time.sleep(0.05)
    return "Waited for 50 ms\n"


@app.get("/slow")
def slow():
    # Waits long enough for others to queue behind it.
    time.sleep(2)
    return "Waited for 2 s\n"
