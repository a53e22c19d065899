import time

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

# How many proxies there are in front of the app, each of which adds who is asking.
PROXIES = 1

app = Flask(__name__)
if PROXIES:
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=PROXIES, x_proto=PROXIES)


@app.get("/")
def hello():
    return "Hello from Flask\n"


@app.get("/io")
def io():
    # Waits, as if for a database or another server.
    time.sleep(0.1)
    return "Waited for 100 ms\n"


@app.get("/who")
def who():
    return f"You come from {request.remote_addr} by {request.scheme}\n"


@app.get("/list")
def long_list():
    return "".join(f"Entry number {number}\n" for number in range(2000))


@app.get("/words")
def words():
    def parts():
        for word in "Word by word, or all at once.".split():
            yield f"{word} "
            time.sleep(0.2)

    # Nginx reads this header, and then passes the response on as it comes.
    headers = {"X-Accel-Buffering": "no"} if "unbuffered" in request.args else {}
    return Response(parts(), mimetype="text/plain", headers=headers)
