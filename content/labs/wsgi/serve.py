# The server of Python's own standard library: for trying things, not for the internet.
from wsgiref.simple_server import make_server

from plain import application

with make_server("0.0.0.0", 8000, application) as server:
    print("Listening on port 8000", flush=True)
    server.serve_forever()
