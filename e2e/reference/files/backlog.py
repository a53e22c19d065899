"""How many connections a listener that never accepts lets in, for each length of its backlog."""

import errno
import select
import socket

for backlog in (0, 5):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
        clients = [socket.socket() for _ in range(backlog + 4)]
        for client in clients:
            client.setblocking(False)
            assert client.connect_ex(listener.getsockname()) == errno.EINPROGRESS
            select.select([], [client], [], 0.05)
        print("backlog", backlog, "lets in", len(select.select([], clients, [], 0)[1]))
        # A place that becomes free is taken by one who knocks again, a second later.
        waiting = [client for client in clients if client not in select.select([], clients, [], 0)[1]]
        listener.accept()[0].close()
        print("then, of those who wait:", len(select.select([], waiting, [], 5)[1]))
        for client in clients:
            client.close()
        address = listener.getsockname()
    try:
        socket.create_connection(address)
    except ConnectionRefusedError as error:
        print("a port that nobody listens on:", error.strerror)
