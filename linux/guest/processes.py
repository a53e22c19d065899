"""What /proc says of a host's processes and ports."""

import os

TICKS = os.sysconf("SC_CLK_TCK")
STATES = {"R": "running", "S": "waiting", "D": "waiting", "I": "waiting", "T": "stopped", "t": "stopped", "Z": "zombie", "X": "zombie"}
LISTENING = "0A"


def process_rows(host):
    """(pid, parent, title, state, seconds from boot to its start), by the host's own numbers."""
    rows = []
    for pid in host.pids():
        inner = host.inner(pid)
        if inner is None:
            continue
        try:
            with open(f"/proc/{pid}/stat") as file:
                stat = file.read()
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                title = file.read().rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        name, rest = stat[stat.index("(") + 1 : stat.rindex(")")], stat[stat.rindex(")") + 2 :].split()
        rows.append((inner, host.inner(int(rest[1])) or 0, title or name, STATES.get(rest[0], "waiting"), int(rest[19]) / TICKS))
    return sorted(rows)


def listening_ports(host):
    try:
        with open(host.network) as file:
            lines = file.readlines()[1:]
    except OSError:
        return []
    fields = (line.split() for line in lines)
    return sorted({int(each[1].split(":")[1], 16) for each in fields if each[3] == LISTENING})
