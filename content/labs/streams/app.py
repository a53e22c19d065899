import os
import time

from flask import Flask, Response

app = Flask(__name__)


def words(text, pause):
    # A view that yields sends each part as soon as it is there.
    for word in text.split():
        yield f"{word} "
        time.sleep(pause)
    yield "\n"


@app.get("/")
def hello():
    return f"Hello from process {os.getpid()}\n"


@app.get("/answer")
def answer():
    # As a language model answers: word by word, for half a second.
    text = "You would like to know how long this takes. Eleven words."
    return Response(words(text, 0.05), mimetype="text/plain")


@app.get("/listen")
def listen():
    # As a page that listens for news: an event, and then nothing for a while.
    def events():
        for number in range(10):
            yield f"data: event {number}\n\n"
            time.sleep(0.5)

    return Response(events(), mimetype="text/event-stream")
