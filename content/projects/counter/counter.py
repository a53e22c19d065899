"""A counter, as WSGI has it: no framework at all."""

import os

count = 0


def application(environ, start_response):
    global count
    if environ["PATH_INFO"] == "/reset":
        count = 0
    else:
        count += 1
    body = f"Visit {count}, answered by process {os.getpid()}.\n".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


if __name__ == "__main__":
    from wsgiref.simple_server import make_server

    with make_server("", 8080, application) as server:
        server.serve_forever()
