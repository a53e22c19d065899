"""What Python does for one hello request under gunicorn, without any socket: parse, build the environment, run
Flask, write the answer.

Prints the milliseconds of one such round, the best of several series, and of one call that waits for the kernel (0
where there is no kernel of ours to wait for: a plain system call).
"""

import os
import sys
import time

from flask import Flask
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello from Flask\n"


class Socket:
    """Takes what is sent."""

    def sendall(self, data):
        pass

    def send(self, data):
        return len(data)


config = Config()
request_bytes = b"GET / HTTP/1.1\r\nHost: localhost:8000\r\n\r\n"
address = ("127.0.0.1", 40000)


def one():
    request = next(RequestParser(config, iter([request_bytes]), address))
    response, environ = create(request, Socket(), address, ("127.0.0.1", 8000), config)
    environ["wsgi.multithread"] = False
    environ["wsgi.multiprocess"] = False
    answer = app(environ, response.start_response)
    for item in answer:
        response.write(item)
    response.close()
    answer.close()


def best(function, times):
    series = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            function()
        series.append((time.perf_counter() - began) / times * 1000)
    return min(series)


for _ in range(200):
    one()
print("python", best(one, 300))
print("trip", best(lambda: os.getpgid(0), 300))
sys.stdout.flush()
