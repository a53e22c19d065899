"""What /proc says of a host's processes and ports.

It is read often, and each call costs the emulator: a file is read at once, without layers.
"""

import os

TICKS = os.sysconf("SC_CLK_TCK")
STATES = {
    b"R": "running",
    b"S": "waiting",
    b"D": "waiting",
    b"I": "waiting",
    b"T": "stopped",
    b"t": "stopped",
    b"Z": "zombie",
    b"X": "zombie",
}
LISTENING = "0A"
# Bytes that are read of a file: more than a command line that anybody types.
MOST = 65536


def process_rows(host):
    """(pid, parent, title, state, seconds from boot to its start), by the host's own numbers."""
    rows = []
    for pid in host.pids():
        inner = host.inner(pid)
        if inner is None:
            continue
        try:
            stat, title = contents(f"/proc/{pid}/stat"), contents(f"/proc/{pid}/cmdline")
        except OSError:
            continue
        name, rest = stat[stat.index(b"(") + 1 : stat.rindex(b")")], stat[stat.rindex(b")") + 2 :].split(None, 20)
        title = title.rstrip(b"\0").replace(b"\0", b" ") or name
        state, parent, started = STATES.get(rest[0], "waiting"), host.inner(int(rest[1])) or 0, int(rest[19]) / TICKS
        rows.append((inner, parent, title.decode(errors="replace"), state, started))
    return sorted(rows)


def listening_ports(host):
    """Those come first in the list; behind them is every connection of the last minute."""
    ports = set()
    try:
        with open(host.network) as file:
            next(file)
            for line in file:
                _, local, _, state, _ = line.split(None, 4)
                if state != LISTENING:
                    break
                ports.add(int(local.split(":")[1], 16))
    except OSError:
        return []
    return sorted(ports)


def contents(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, MOST)
    finally:
        os.close(descriptor)
