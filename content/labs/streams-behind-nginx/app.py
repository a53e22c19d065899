import os
import time

from flask import Flask, Response

app = Flask(__name__)

# Nginx reads this header of a response. Other responses are buffered as before.
headers = {"X-Accel-Buffering": "no"} if os.environ.get("UNBUFFERED") else {}


@app.get("/")
def hello():
    return "Hello\n"


@app.get("/answer")
def answer():
    def words():
        for word in "This answer comes word by word, or all at once.".split():
            yield f"{word} "
            time.sleep(0.15)
        yield "\n"

    return Response(words(), mimetype="text/plain", headers=headers)
