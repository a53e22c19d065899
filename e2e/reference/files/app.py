import hashlib
import json
import logging
import time

from flask import Flask, Response, jsonify, make_response, redirect, request, url_for

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello\n"


@app.get("/environ")
def environ():
    def shown(value):
        return value if isinstance(value, (str, bool, int, tuple)) else type(value).__name__

    described = {key: shown(value) for key, value in sorted(request.environ.items())}
    return Response(json.dumps(described, indent=1), mimetype="application/json")


@app.post("/form")
def form():
    return jsonify(sorted(request.form.items(multi=True)))


@app.post("/json")
def posted_json():
    return jsonify(request.get_json())


@app.route("/echo", methods=["POST", "PUT"])
def echo():
    body = request.get_data()
    return f"{request.method} {len(body)} {hashlib.sha256(body).hexdigest()}\n"


@app.get("/query/<path:rest>")
def query(rest):
    return jsonify(path=request.path, rest=rest, args=sorted(request.args.items(multi=True)))


@app.get("/old")
def old():
    return redirect(url_for("hello", moved=1))


@app.get("/cookies")
def cookies():
    response = make_response(" ".join(f"{name}={value}" for name, value in sorted(request.cookies.items())) + "\n")
    response.set_cookie("seen", "yes and no", max_age=60, httponly=True, samesite="Lax")
    response.set_cookie("also", "ü")
    return response


@app.get("/stream")
def stream():
    return Response((f"line {number}\n" for number in range(3)), mimetype="text/plain")


@app.get("/sleep/<float:seconds>")
def sleep(seconds):
    time.sleep(seconds)
    return "rested\n"


@app.get("/endless")
def endless():
    def lines():
        while True:
            yield "and so on\n" * 5000
            time.sleep(0.01)

    return Response(lines(), mimetype="text/plain")


@app.post("/stream-in")
def stream_in():
    length = 0
    digest = hashlib.sha256()
    while chunk := request.stream.read(65536):
        length += len(chunk)
        digest.update(chunk)
    return f"{length} {digest.hexdigest()}\n"


@app.get("/large")
def large():
    return "0123456789" * 30_000


@app.get("/fail")
def fail():
    raise RuntimeError("this page is broken")


@app.get("/teapot")
def teapot():
    return Response("short and stout\n", status=418, headers=[("X-Pot", "tea"), ("X-Pot", "pot")])


@app.get("/log")
def log():
    app.logger.warning("something is odd: %s", request.args.get("what"))
    logging.getLogger("other").error("from another logger")
    return "", 204


def breaks(environ, start_response):
    raise ValueError("no framework here")


def late(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "20")])
    yield b"half of it"
    raise ValueError("in the middle")


def make_app():
    return app
