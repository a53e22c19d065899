"""The page's agent in the machine: files, programs on terminals, process tables and ports, over one TCP connection.

Both ways go frames: the length of a JSON text, the length of what follows it as bytes (two numbers of four bytes,
big-endian), the text, the bytes. The page sends calls `{"call": n, "task": …}` and gets `{"answer": n, …}` or
`{"failure": n, "errno": …}`; the agent sends news besides. The names of the fields are in
src/machine/linux/messages.ts.
"""

import contextlib
import errno
import fcntl
import json
import os
import selectors
import signal
import socket
import struct
import subprocess
import termios
import time
import traceback

from host import FOLDER, HOME, Container, Debian, ip_commands, mount, set_sysctl, unmount
from processes import listening_ports, process_rows

PORT = 9
LENGTHS = struct.Struct(">II")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ENVIRONMENT = {
    "PATH": PATH,
    "HOME": HOME,
    "USER": "root",
    "SHELL": "/bin/bash",
    "TERM": "xterm-256color",
    "LANG": "C.UTF-8",
}

# Seconds between two glances at the hosts: while the page changes something, while connections come, and otherwise.
SOON, OFTEN, LATER = 0.1, 0.2, 1.0
# Seconds between two looks at all that a glance does not show: after a process began or ended, while connections come,
# and otherwise. One costs the emulator as much as a request.
FRESH, LOOK, SELDOM = 1.0, 2.0, 5.0
# Opened beside what runs, and no replacement for it.
SHELLS = ["sh"], ["bash"]
# Bytes of what a kept process printed that are kept with it.
MOST_PRINTED = 65536
# How long after an event glances are frequent.
BUSY = 2.0
# How long a process that began may take to open its port or to start others: Python takes the emulator seconds.
STARTING = 15.0
TABLE = "/proc/loadavg"
# Milliseconds: all that can run get their turn in the first, each keeps it for the second, and what wakes takes it from
# another that is ahead by the third (Linux 6.1, kernel/sched/fair.c).
TIME_SLICES = {"latency": 80, "min_granularity": 40, "wakeup_granularity": 80}


class Agent:
    def __init__(self):
        self.selector = selectors.DefaultSelector()
        self.hosts = {}
        # Started by the page that is connected, by the numbers that it gave them.
        self.processes = {}
        # Started by an earlier page, the one that the snapshot was taken with: nobody shows them until they are asked
        # for again.
        self.kept = []
        self.page: socket.socket | None = None
        self.unread = b""
        self.unsent = b""
        self.number = 0
        # Until then each glance is a look: the page has changed something.
        self.busy_until = 0.0
        # Until then glances are frequent: connections come.
        self.watchful_until = 0.0
        # Until then looks are frequent: a process has begun or ended.
        self.starting_until = 0.0
        self.next_glance = 0.0
        self.next_look = 0.0
        self.table = None
        self.tables = os.open(TABLE, os.O_RDONLY)

    # The connection

    def listen(self):
        self.listener = socket.create_server(("0.0.0.0", PORT), backlog=2)
        self.listener.setblocking(False)
        self.selector.register(self.listener, selectors.EVENT_READ, self.accept)

    def accept(self, server, _):
        page, _ = server.accept()
        if self.page:
            self.lose_page()
        page.setblocking(False)
        page.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.page, self.unread, self.unsent = page, b"", b""
        self.selector.register(page, selectors.EVENT_READ, self.converse)

    def lose_page(self):
        if self.page:
            self.selector.unregister(self.page)
            self.page.close()
            self.page = None
        for process in self.processes.values():
            process["id"] = None
        self.kept += [process for process in self.processes.values() if process["status"] is None]
        self.processes = {}
        # What is there now is what they run on.
        for host in self.hosts.values():
            host.edited = False

    def converse(self, page, events):
        try:
            if events & selectors.EVENT_WRITE:
                self.flush()
            if not events & selectors.EVENT_READ or page is not self.page:
                return
            received = page.recv(262144)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if not received:
            self.lose_page()
            return
        self.unread += received
        while len(self.unread) >= LENGTHS.size:
            text, data = LENGTHS.unpack_from(self.unread)
            end = LENGTHS.size + text + data
            if len(self.unread) < end:
                return
            message = json.loads(self.unread[LENGTHS.size : LENGTHS.size + text])
            payload = self.unread[LENGTHS.size + text : end]
            self.unread = self.unread[end:]
            self.answer(message, payload)

    def answer(self, message, payload):
        call = message["call"]
        try:
            result = getattr(self, "do_" + message["task"])(message, payload)
        except OSError as error:
            name = errno.errorcode.get(error.errno or 0, "EIO")
            self.send({"failure": call, "errno": name, "message": error.strerror or str(error)})
            return
        except Exception as error:
            # One task has failed: the page's other programs go on, and so does their agent.
            traceback.print_exc()
            self.send({"failure": call, "errno": "EIO", "message": repr(error)})
            return
        data = b""
        if isinstance(result, bytes):
            result, data = None, result
        self.send({"answer": call, "value": result}, data)

    def send(self, message, data=b""):
        if not self.page:
            return
        text = json.dumps(message, separators=(",", ":")).encode()
        self.unsent += LENGTHS.pack(len(text), len(data)) + text + data
        self.flush()

    def flush(self):
        if not self.page:
            return
        try:
            self.unsent = self.unsent[self.page.send(self.unsent) :]
        except BlockingIOError:
            pass
        except OSError:
            self.lose_page()
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self.unsent else 0)
        self.selector.modify(self.page, wanted, self.converse)

    # What the page asks

    def do_clock(self, message, _):
        """Sets the time of day, which stood still in the snapshot; says the time of the other clock."""
        if "now" in message:
            time.clock_settime(time.CLOCK_REALTIME, message["now"])
        return time.monotonic()

    def do_host(self, message, _):
        name = message["host"]
        if name not in self.hosts:
            self.number += 1
            debian = message.get("debian", False)
            host = Debian(name) if debian else Container(name, self.number)
            self.hosts[name] = host
        host = self.hosts[name]
        host.told = None
        self.hurry()
        return getattr(host, "number", 0)

    def do_write(self, message, payload):
        host, path = self.place(message)
        # A file that is as it should be stays untouched: reloaders look at the time of its change.
        if holds(path, payload):
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(payload)
        host.edited = True
        if path.startswith(f"{host.root}{HOME}/"):
            # No news to the page.
            below = path[len(host.root + HOME) :]
            host.stamps[below] = stamp(host.changed_below() + below)

    def do_read(self, message, _):
        with open(self.place(message)[1], "rb") as file:
            return file.read()

    def do_remove(self, message, _):
        host, path = self.place(message)
        self.tell_changes(host)
        os.remove(path)
        host.edited = True
        host.stamps = stamps(host)

    def do_list(self, message, _):
        host, top = self.place(message)
        found = []
        for folder, _, names in os.walk(top):
            found += [os.path.join(folder, name)[len(host.root) :] for name in names]
        return found

    def do_stop(self, message, _):
        host = self.hosts[message["host"]]
        # What was kept is nothing that this page has started.
        if self.kept_of(host):
            self.kill(host, [process["pid"] for process in self.processes.values() if process["host"] is host])
        else:
            host.stop()
        self.hurry()

    def do_restore(self, message, _):
        host = self.hosts[message["host"]]
        host.restore()
        host.edited = True
        host.stamps = stamps(host)

    def do_spawn(self, message, _):
        host = self.hosts[message["host"]]
        found = self.adopt(host, message)
        if found:
            return {"pid": found["inner"], "kept": True}
        master, slave = os.openpty()
        size(slave, message["columns"], message["rows"])
        ready, begun = os.pipe()
        pid = host.fork()
        if pid == 0:
            be_program(host, slave, ready, message)
        os.close(slave)
        os.close(ready)
        os.set_blocking(master, False)
        inner = host.inner(pid) or pid
        process = {
            "host": host,
            "pid": pid,
            "inner": inner,
            "master": master,
            "id": message["id"],
            "status": None,
            "started": command(message),
            "printed": b"",
        }
        self.processes[message["id"]] = process
        self.selector.register(master, selectors.EVENT_READ, lambda *_: self.read_terminal(process))
        # It execs once its number is known.
        os.write(begun, b"!")
        os.close(begun)
        self.hurry()
        return {"pid": inner, "kept": False}

    def adopt(self, host, message):
        """The kept process that was started with this very command, with the same files.

        A shell stands beside it; anything else replaces it.
        """
        kept = self.kept_of(host)
        if not kept or message["argv"] in SHELLS:
            return None
        found = None if host.edited else next((each for each in kept if each["started"] == command(message)), None)
        self.kept = [each for each in self.kept if each["host"] is not host]
        host.told = None
        self.hurry()
        if not found:
            pages = [process["pid"] for process in self.processes.values() if process["host"] is host]
            self.kill(host, set(host.pids()) - set(descendants(pages)))
            host.stop_services()
            return None
        found["id"] = message["id"]
        self.processes[message["id"]] = found
        if found["master"] is not None:
            size(found["master"], message["columns"], message["rows"])
        self.send({"news": "output", "id": found["id"]}, found["printed"])
        return found

    def kept_of(self, host):
        return [process for process in self.kept if process["host"] is host]

    def kill(self, host, pids):
        known = set(host.pids())
        for pid in descendants(pids):
            if pid in known:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def do_input(self, message, payload):
        process = self.processes.get(message["id"])
        if process and process["master"] is not None:
            try:
                os.write(process["master"], payload)
            except BlockingIOError:
                # A terminal whose program reads nothing is full: what is typed further is lost, as on any terminal.
                pass
        self.hurry()

    def do_resize(self, message, _):
        process = self.processes.get(message["id"])
        if process and process["master"] is not None:
            size(process["master"], message["columns"], message["rows"])

    def do_kill(self, message, _):
        host = self.hosts[message["host"]]
        for pid in host.pids():
            if host.inner(pid) == message["pid"] and not is_zombie(pid):
                os.kill(pid, message["signal"])
                self.hurry()
                return
        raise ProcessLookupError(errno.ESRCH, os.strerror(errno.ESRCH))

    def do_wake(self, *_):
        self.watch()

    # What happens

    def read_terminal(self, process):
        try:
            data = os.read(process["master"], 65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            # For the page that finds it running.
            process["printed"] = (process["printed"] + data)[-MOST_PRINTED:]
            if process["id"] is not None:
                self.send({"news": "output", "id": process["id"]}, data)
            return
        self.selector.unregister(process["master"])
        os.close(process["master"])
        process["master"] = None
        self.finish(process)

    def reap(self):
        for process in [*self.processes.values(), *self.kept]:
            if process["status"] is None:
                pid, status = os.waitpid(process["pid"], os.WNOHANG)
                if pid:
                    process["status"] = status
                    process["host"].__dict__.get("inner_pids", {}).pop(pid, None)
                    self.hurry()
            if process["status"] is not None:
                # What it printed last comes first. Children of it may hold the terminal open.
                while process["master"] is not None and readable(process["master"]):
                    self.read_terminal(process)
                self.finish(process)

    def finish(self, process):
        status = process["status"]
        if status is None:
            return
        if process["master"] is None:
            self.processes.pop(process["id"], None)
        if process.get("told"):
            return
        process["told"] = True
        if process["id"] is None:
            # Then the page starts it itself.
            self.kept = [each for each in self.kept if each is not process]
            return
        how = {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"code": os.WEXITSTATUS(status)}
        self.look()
        self.tell_accepted()
        self.send({"news": "exit", "id": process["id"], **how})

    def look(self):
        """Tells what is new in the hosts."""
        for host in self.hosts.values():
            pages = [process["pid"] for process in self.processes.values() if process["host"] is host]
            if not self.kept_of(host):
                rows, ports = process_rows(host), [port for port in listening_ports(host) if port != PORT]
            elif pages:
                shown = {host.inner(pid) for pid in descendants(pages)}
                rows, ports = [row for row in process_rows(host) if row[0] in shown], []
            else:
                # Nothing that the page has asked for, and to read all the same takes the emulator a moment.
                rows, ports = [], []
            if (rows, ports) != host.told:
                host.told = (rows, ports)
                self.send({"news": "host", "host": host.name, "processes": rows, "ports": ports})
            self.tell_changes(host)

    def tell_accepted(self):
        for host in self.hosts.values():
            accepted, closed = host.accepted.take()
            if accepted or closed:
                self.send({"news": "accepted", "host": host.name, "accepted": accepted, "closed": closed})
                self.watch()

    def tell_changes(self, host):
        """Tells which files below home are not as they were at the last look."""
        now = stamps(host)
        before, host.stamps = host.stamps, now
        for path in sorted(now.keys() | before.keys()):
            if now.get(path) != before.get(path):
                self.send({"news": "file", "host": host.name, "path": HOME + path})

    def place(self, message):
        host = self.hosts[message["host"]]
        return host, host.root + os.path.normpath("/" + message["path"].lstrip("/"))

    def hurry(self):
        """The page has changed something: it shall soon see what came of it."""
        now = time.monotonic()
        self.busy_until = now + BUSY
        self.next_glance = min(self.next_glance, now + SOON)

    def watch(self):
        """Connections come: the page shall soon see who has them."""
        now = time.monotonic()
        self.watchful_until = now + BUSY
        self.next_glance = min(self.next_glance, now + OFTEN)

    def begin(self):
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # Kept: the descriptor alone does not hold it open.
        self.waking, woken = socket.socketpair()
        self.waking.setblocking(False)
        woken.setblocking(False)
        signal.set_wakeup_fd(self.waking.fileno())
        self.selector.register(woken, selectors.EVENT_READ, lambda *_: (woken.recv(4096), self.reap()))
        self.listen()

    def glance(self):
        """Tells which connections were accepted, and looks at the hosts if a process began or ended, or it is time
        to.
        """
        now = time.monotonic()
        busy, watchful = now < self.busy_until, now < self.watchful_until
        self.next_glance = now + (SOON if busy else OFTEN if watchful else LATER)
        if not self.page:
            return
        table = self.process_table()
        if table != self.table:
            self.table = table
            self.starting_until = now + STARTING
            self.next_look = now
        if busy or now >= self.next_look:
            self.next_look = now + (FRESH if now < self.starting_until else LOOK if watchful else SELDOM)
            self.look()
        self.tell_accepted()
        # What the page asks, and what its programs do, has at least two thirds of the time.
        after = time.monotonic()
        self.next_glance = max(self.next_glance, after + 2 * (after - now))

    def process_table(self):
        """Differs from what it was if a process or thread has begun or ended: how many there are, and the number of
        the youngest (proc(5)).
        """
        return os.pread(self.tables, 100, 0).partition(b"/")[2]

    def turn(self):
        """Waits for what happens next, or for the next glance, and sees to it."""
        if time.monotonic() >= self.next_glance:
            self.glance()
        for key, events in self.selector.select(max(0.0, self.next_glance - time.monotonic())):
            # What came first may have closed it, and another may have its number by now.
            current = self.selector.get_map().get(key.fd)
            if current and current.data == key.data:
                key.data(key.fileobj, events)

    def run(self):
        self.begin()
        with open("/dev/console", "w") as console:
            console.write("agent: ready\n")
        while True:
            self.turn()


def be_program(host, slave, ready, message):
    """In the child: becomes the program, on its terminal."""
    try:
        os.read(ready, 1)
        signal.set_wakeup_fd(-1)
        for each in range(1, signal.NSIG):
            if each not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
                signal.signal(each, signal.SIG_DFL)
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for descriptor in (0, 1, 2):
            os.dup2(slave, descriptor)
        host.enter()
        argv = message["argv"]
        os.chdir(message.get("cwd") or HOME)
        os.closerange(3, 4096)
        os.execvpe(argv[0], argv, {**ENVIRONMENT, **message.get("env", {})})
    except FileNotFoundError:
        os.write(2, f"{message['argv'][0]}: command not found\r\n".encode())
        os._exit(127)
    except BaseException as error:
        os.write(2, f"{message['argv'][0]}: {error}\r\n".encode())
        os._exit(126)


def command(message):
    """What makes two commands the same."""
    return message["argv"], message.get("cwd"), message.get("env", {})


def holds(path, content):
    try:
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False


def descendants(pids):
    """These processes, and all that they started."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat") as file:
                children.setdefault(int(file.read().rpartition(") ")[2].split()[1]), []).append(int(name))
    found = list(pids)
    for pid in found:
        found += children.get(pid, [])
    return found


def size(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def readable(descriptor):
    with selectors.PollSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        return bool(selector.select(0))


def is_zombie(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(") ")[2].startswith("Z")
    except OSError:
        return True


def stamp(path):
    """Time of change and size of a file."""
    about = os.lstat(path)
    return about.st_mtime_ns, about.st_size, about.st_ino


def stamps(host):
    """The stamp of each file that a host has below its home."""
    top, found = host.changed_below(), {}
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            with contextlib.suppress(OSError):
                found[path[len(top) :]] = stamp(path)
    return found


def connect_to_page():
    """The machine's network, once: what comes from the page for 127.0.0.1 belongs to the host that its source
    address names.
    """
    for name in ("conf/all/route_localnet", "conf/default/route_localnet", "ip_forward"):
        set_sysctl(f"net/ipv4/{name}", "1")
    ip_commands(
        "link set lo up",
        "address add 192.168.86.100/24 dev eth0",
        "link set eth0 up",
        "route add default via 192.168.86.1",
        "rule add pref 32000 lookup local",
        "rule delete pref 0",
    )


def lengthen_time_slices():
    """Linux shares a processor in slices of milliseconds.

    On this one, some fifty times slower, that is too little to get anything done: workers that wake together would take
    turns on their few requests, end together, and wake together again.
    """
    with mounted("debugfs", f"{FOLDER}/debug") as folder:
        for name, value in TIME_SLICES.items():
            with open(f"{folder}/sched/{name}_ns", "w") as file:
                file.write(str(value * 1_000_000))


@contextlib.contextmanager
def mounted(kind, folder):
    os.makedirs(folder)
    mount(kind, folder, kind)
    try:
        yield folder
    finally:
        unmount(folder)
        os.rmdir(folder)


if __name__ == "__main__":
    os.makedirs("/run/hosts", exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "hosts", "/run/hosts"], check=True)
    os.makedirs("/sys/fs/cgroup/hosts", exist_ok=True)
    connect_to_page()
    lengthen_time_slices()
    Agent().run()
