"""Moves gunicorn's logs away, sends it USR1 and tells which file each request was written to: `reopen.py port`."""

import http.client
import os
import pathlib
import signal
import sys
import time


def ask(path):
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
    connection.request("GET", path)
    connection.getresponse().read()
    connection.close()


def holds(name, text):
    """Waits until the file holds the text."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if pathlib.Path(name).exists() and text in pathlib.Path(name).read_text():
            return True
        time.sleep(0.01)
    return False


ask("/?before")
print("before the move:", holds("access.log", "/?before"))
os.rename("access.log", "access.log.1")
ask("/?between")
print("between, in the file that was moved:", holds("access.log.1", "/?between"))
os.kill(int(pathlib.Path("gunicorn.pid").read_text()), signal.SIGUSR1)
deadline = time.monotonic() + 10
while not os.path.exists("access.log") and time.monotonic() < deadline:
    time.sleep(0.01)
# The master has reopened its logs; the worker does so when it hears of it.
while time.monotonic() < deadline:
    ask("/?after")
    if "/?after" in pathlib.Path("access.log").read_text():
        break
print("after USR1, in a new one:", holds("access.log", "/?after"))
print("what was there before:", sorted(name for name in os.listdir() if name.startswith("access.log")))
