import time

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello"


@app.get("/io")
def io():
    time.sleep(0.1)
    return "Waited"
