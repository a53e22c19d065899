import os
import time

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return f"Hello from process {os.getpid()}\n"


@app.get("/wait")
def wait():
    # Stands for a database that needs half a second. The thread waits for it.
    time.sleep(0.5)
    return "Here you are.\n"


@app.get("/compute")
def compute():
    return f"{sum(number * number for number in range(30_000))}\n"


@app.get("/report")
def report():
    # Stands for a library that blocks for two seconds.
    time.sleep(2)
    return "The report is ready.\n"
