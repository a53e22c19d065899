import os

from flask import Flask

from tasks import huey, report_later

app = Flask(__name__)


@app.get("/")
def hello():
    return f"Hello from process {os.getpid()}\n"


@app.post("/report")
def ask():
    job = report_later()
    link = f"/report/{job.id}"
    return f"Accepted. Ask for it at {link}\n", 202, {"Location": link}


@app.get("/report/<job>")
def come_back(job):
    report = huey.result(job, preserve=True)
    if report is None:
        return "Not ready yet.\n", 202, {"Retry-After": "1"}
    return report


@app.get("/waiting")
def waiting():
    return f"{huey.pending_count()} jobs wait in the queue\n"
