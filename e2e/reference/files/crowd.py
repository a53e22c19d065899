"""Clients that come at once: `crowd.py port path [path …]`, one for each path. Prints what each is answered, one after the other."""

import socket
import sys

port, *paths = sys.argv[1:]
clients = []
for path in paths:
    client = socket.create_connection(("127.0.0.1", int(port)))
    client.settimeout(10)
    client.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    clients.append(client)
for client in clients:
    answer = b""
    try:
        while part := client.recv(65536):
            answer += part
    except OSError as error:
        print(type(error).__name__)
    print(answer.partition(b"\r\n")[0].decode())
    client.close()
