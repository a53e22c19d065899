# A web app without a framework: what PEP 3333 asks for, and nothing else.


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/":
        status, text = "200 OK", "Hello from a function\n"
    elif path.startswith("/hello/"):
        status, text = "200 OK", f"Hello, {path.removeprefix('/hello/')}\n"
    elif path == "/environ":
        status, text = "200 OK", "".join(f"{key} = {environ[key]!r}\n" for key in sorted(environ))
    else:
        status, text = "404 Not Found", "Not found\n"
    body = text.encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    start_response(status, headers)
    return [body]
