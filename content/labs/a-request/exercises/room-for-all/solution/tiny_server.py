# A web server without a framework: what every server does, in the order in which it does it.
import os
import socket
import time

PORT = 8001
BACKLOG = 100

# A socket, a port, and the kernel's promise to queue connections for it.
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("0.0.0.0", PORT))
listener.listen(BACKLOG)
print(f"Process {os.getpid()} listens on port {PORT}, backlog {BACKLOG}", flush=True)


def answer(path):
    if path == "/wait":
        time.sleep(0.05)
        return "200 OK", "Waited for 50 ms\n"
    if path == "/slow":
        time.sleep(2)
        return "200 OK", "Waited for 2 s\n"
    if path == "/":
        return "200 OK", "Hello from a socket\n"
    return "404 Not Found", "Not found\n"


while True:
    # Waits until there is a connection in the backlog, and takes it out.
    connection, address = listener.accept()
    with connection:
        request = connection.recv(65536)
        if not request.startswith(b"GET "):
            continue
        print(request, flush=True)
        path = request.split()[1].decode()
        status, text = answer(path)
        body = text.encode()
        head = (
            f"HTTP/1.1 {status}\r\n"
            "Content-Type: text/plain\r\n"
            f"Content-Length: {len(body)}\r\n"
            "Connection: close\r\n"
            "\r\n"
        )
        connection.sendall(head.encode() + body)
    # Leaving the block closes the connection. Only now is the next one accepted.
