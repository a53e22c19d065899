"""Runs a program on a terminal of its own, as the page does: `on-terminal.py program argument...`.

What it prints comes out here, what is typed here reaches it. On descriptor 3 come its pid and, at the end, how it
ended, a line each.
"""

import os
import pty
import select
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.close(3)
    try:
        os.execvp(sys.argv[1], sys.argv[1:])
    except FileNotFoundError:
        os.write(2, f"{sys.argv[1]}: command not found\n".encode())
        os._exit(127)
os.write(3, f"{pid}\n".encode())
inputs = [0, terminal]
while terminal in inputs:
    for descriptor in select.select(inputs, [], [])[0]:
        try:
            data = os.read(descriptor, 65536)
        except OSError:
            # The last one who held the terminal is gone.
            data = b""
        if not data:
            inputs.remove(descriptor)
        elif descriptor == terminal:
            os.write(1, data)
        else:
            os.write(terminal, data)
status = os.waitpid(pid, 0)[1]
os.write(3, f"{os.waitstatus_to_exitcode(status)}\n".encode())
