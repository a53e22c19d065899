"""Errors of functions that are C natively: a traceback has no frames of theirs."""

import logging
import os
import queue
import signal
import socket
import subprocess
import threading
import time
import traceback


def tried(function):
    try:
        function()
    except BaseException:
        traceback.print_exc()


def wakes(number, frame):
    raise RuntimeError("woken")


signal.signal(signal.SIGALRM, wakes)
for function in (
    lambda: time.sleep(-1),
    lambda: socket.create_connection(("127.0.0.1", 1)),
    lambda: socket.socket().recv(1),
    lambda: queue.SimpleQueue().get_nowait(),
    lambda: os.kill(2**22, 9),
    lambda: os.read(99, 1),
    lambda: subprocess.run(["no-such-program"]),
    lambda: (signal.setitimer(signal.ITIMER_REAL, 0.02), time.sleep(5)),
    lambda: threading.Lock().release(),
    lambda: os.open("nowhere/at/all", os.O_RDONLY),
):
    tried(function)
thread = threading.Thread(target=lambda: time.sleep(-1))
thread.start()
thread.join()
try:
    time.sleep("long")
except TypeError:
    logging.exception("logged")
traceback.print_stack()
time.sleep(-2)
