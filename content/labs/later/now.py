import os

from flask import Flask

from tasks import write_report

app = Flask(__name__)


@app.get("/")
def hello():
    return f"Hello from process {os.getpid()}\n"


@app.post("/report")
def report():
    # The user waits for the report, and so does this worker.
    return write_report()
