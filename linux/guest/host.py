"""A host: a root file system of its own over the machine's, a network and a process table of its own, a control group.

The machine's own Debian is a host too (`Debian`): there systemd and its services live.
"""

import ctypes
import mmap
import os
import shutil
import signal
import struct
import subprocess

FOLDER = "/run/hosts"
CONTROL = "/sys/fs/cgroup/hosts"
HOME = "/home/student"
# What the machine began with, before anything was written over it.
DISC = "/lower"
RING = "/run/two-servers/accepted"

# As in accepted.c.
HEADER = struct.Struct("<I28x")
RECORD = struct.Struct("<I4sHHiiII")
RECORDS = 1024
CLOSED = 1

CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWNET = 0x04000000, 0x08000000, 0x20000000, 0x40000000
MS_BIND, MS_REC = 4096, 16384

libc = ctypes.CDLL(None, use_errno=True)


def checked(result):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def mount(source, target, kind="none", flags=0, data=None):
    encoded = data.encode() if data else None
    checked(libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), encoded))


def unmount(target):
    checked(libc.umount2(target.encode(), 0))


def set_sysctl(name, value):
    with open(f"/proc/sys/{name}", "w") as file:
        file.write(value)


def ip_commands(*lines):
    subprocess.run(["ip", "-batch", "-"], input="\n".join(lines), text=True, check=True)


class Accepted:
    """The records that accepted.c has written for one host."""

    def __init__(self, root):
        path = root + RING
        os.makedirs(os.path.dirname(path), exist_ok=True)
        size = HEADER.size + RECORDS * RECORD.size
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        # Workers that gave up root write into it as well.
        os.fchmod(descriptor, 0o666)
        os.ftruncate(descriptor, size)
        self.memory = mmap.mmap(descriptor, size)
        os.close(descriptor)
        (self.read,) = HEADER.unpack_from(self.memory)

    def take(self):
        """
        The records since the last call, with seconds on the monotonic clock: connections that were accepted (pid,
        peer's address, its port, local port, seconds), and of those from the same host the ones that were closed (pid,
        peer's port, seconds).
        """
        (written,) = HEADER.unpack_from(self.memory)
        accepted, closed = [], []
        self.read = max(self.read, written - RECORDS)
        while self.read < written:
            offset = HEADER.size + (self.read % RECORDS) * RECORD.size
            pid, address, port, local, seconds, nanoseconds, what, complete = RECORD.unpack_from(self.memory, offset)
            if complete < self.read + 1:
                break
            self.read += 1
            at = seconds + nanoseconds / 1e9
            if what == CLOSED:
                closed.append((pid, port, at))
            else:
                accepted.append((pid, ".".join(map(str, address)), port, local, at))
        return accepted, closed


class Debian:
    """The machine's own Debian as a host. `stop` ends what was started from the page; services are systemd's."""

    def __init__(self, name):
        self.name = name
        self.root = ""
        # What the page was told last, when its files had changed last, and whether it has changed them since.
        self.told = None
        self.stamps = {}
        self.edited = False
        self.control = f"{CONTROL}/{name}"
        os.makedirs(self.control, exist_ok=True)
        os.makedirs(HOME, exist_ok=True)
        self.accepted = Accepted("")
        self.network = "/proc/self/net/tcp"

    def enter(self):
        """In a child: joins the host's control group."""
        join(self.control)

    def fork(self):
        return os.fork()

    def pids(self):
        own = os.getpid()
        found = []
        for group in (self.control, "/sys/fs/cgroup/lab.slice"):
            for folder, _, files in os.walk(group):
                if "cgroup.procs" in files:
                    found += members(folder)
        return [pid for pid in found if pid != own]

    def inner(self, pid):
        return pid

    def changed_below(self):
        return HOME

    def stop(self):
        kill_group(self.control)
        self.stop_services()

    def stop_services(self):
        """Those of systemd's that the lab shows: a slice takes all its units with it."""
        nowhere = subprocess.DEVNULL
        subprocess.run(["systemctl", "stop", "lab.slice"], stdout=nowhere, stderr=nowhere, timeout=60, check=False)

    def restore(self):
        shutil.rmtree(HOME, ignore_errors=True)
        os.makedirs(HOME)


class Container:
    """A host beside others."""

    def __init__(self, name, number):
        self.name = name
        self.number = number
        self.folder = f"{FOLDER}/{number}"
        # What the page was told last, when its files had changed last, and whether it has changed them since.
        self.told = None
        self.stamps = {}
        self.edited = False
        self.root = f"{self.folder}/root"
        self.control = f"{CONTROL}/{name}"
        self.inner_pids = {}
        os.makedirs(self.control, exist_ok=True)
        os.makedirs(self.root)
        self.mount_root()
        self.start_init()
        self.connect_network()

    def mount_root(self):
        upper, work = f"{self.folder}/upper", f"{self.folder}/work"
        os.makedirs(upper)
        os.makedirs(work)
        mount("overlay", self.root, "overlay", 0, f"lowerdir={DISC},upperdir={upper},workdir={work}")
        os.makedirs(self.root + HOME, exist_ok=True)
        mount("/dev", f"{self.root}/dev", flags=MS_BIND | MS_REC)
        mount("/sys", f"{self.root}/sys", flags=MS_BIND | MS_REC)
        mount("tmpfs", f"{self.root}/run", "tmpfs", 0, "size=16m,mode=755")
        mount("tmpfs", f"{self.root}/tmp", "tmpfs", 0, "size=64m,mode=1777")
        self.accepted = Accepted(self.root)

    def start_init(self):
        """The first process of its table: it reaps what loses its parent, and holds the host's namespaces."""
        ready, done = os.pipe()
        between = os.fork()
        if between == 0:
            checked(libc.unshare(CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET))
            first = os.fork()
            if first == 0:
                os.close(ready)
                self.be_init(done)
            os.write(done, struct.pack("<I", first))
            os._exit(0)
        os.close(done)
        told = os.read(ready, 4)
        os.waitpid(between, 0)
        (self.init,) = struct.unpack("<I", told)
        # Ends when be_init has closed its end, at exec.
        problem = os.read(ready, 1000)
        os.close(ready)
        if problem:
            raise OSError(problem.decode())
        self.namespaces = {
            kind: os.open(f"/proc/{self.init}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC)
            for kind in ("net", "uts", "ipc", "pid")
        }
        self.network = f"/proc/{self.init}/net/tcp"

    def be_init(self, done):
        try:
            os.setsid()
            checked(libc.sethostname(b"localhost", 9))
            mount("proc", f"{self.root}/proc", "proc")
            os.chroot(self.root)
            os.chdir("/")
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            os.set_inheritable(done, False)
            os.execv("/usr/bin/sleep", ["sleep", "infinity"])
        except OSError as error:
            os.write(done, str(error).encode())
        os._exit(1)

    def connect_network(self):
        """A cable to the machine's own network, over which what the page sends to 127.0.0.1 of this host gets there.

        The page's packets carry the host in their source address, 10.0.N.1.
        """
        n, cable = self.number, f"host{self.number}"
        ip_commands(
            f"link add {cable} type veth peer name eth0 netns {self.init}",
            f"address add 10.1.{n}.1/24 dev {cable}",
            f"link set {cable} up",
            f"rule add pref {100 + n} iif eth0 from 10.0.{n}.1 lookup {1000 + n}",
        )
        child = os.fork()
        if child == 0:
            try:
                checked(libc.setns(self.namespaces["net"], CLONE_NEWNET))
                set_sysctl("net/ipv4/conf/all/route_localnet", "1")
                ip_commands(
                    "link set lo up",
                    f"address add 10.1.{n}.2/24 dev eth0",
                    "link set eth0 up",
                    f"route add default via 10.1.{n}.1",
                )
                os._exit(0)
            except BaseException:
                os._exit(1)
        if os.waitpid(child, 0)[1] != 0:
            raise OSError("the host's network did not start")
        ip_commands(f"route add default via 10.1.{n}.2 dev {cable} onlink table {1000 + n}")

    def enter(self):
        """In a child, forked by `fork`: joins everything that is the host's."""
        join(self.control)
        for kind, flag in (("net", CLONE_NEWNET), ("uts", CLONE_NEWUTS), ("ipc", CLONE_NEWIPC)):
            checked(libc.setns(self.namespaces[kind], flag))
        os.chroot(self.root)
        os.chdir("/")

    def fork(self):
        """A fork whose child belongs to the host's process table."""
        own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        checked(libc.setns(self.namespaces["pid"], CLONE_NEWPID))
        child = None
        try:
            child = os.fork()
        finally:
            # Not by its number: in its table the child may have the one that the agent has here.
            if child != 0:
                checked(libc.setns(own, CLONE_NEWPID))
                os.close(own)
        return child

    def pids(self):
        return members(self.control)

    def inner(self, pid):
        """Its number in the host's own table, or None where it has none (any more)."""
        known = self.inner_pids.get(pid)
        if known is None:
            try:
                with open(f"/proc/{pid}/status") as status:
                    for line in status:
                        if line.startswith("NSpid:"):
                            numbers = line.split()[1:]
                            known = int(numbers[-1]) if len(numbers) > 1 else None
                            break
            except OSError:
                return None
            if known is not None:
                self.inner_pids[pid] = known
        return known

    def changed_below(self):
        return f"{self.folder}/upper{HOME}"

    def stop(self):
        kill_group(self.control)

    def stop_services(self):
        """It has none."""

    def restore(self):
        home = self.root + HOME
        shutil.rmtree(home, ignore_errors=True)
        os.makedirs(home)


def join(control):
    with open(f"{control}/cgroup.procs", "w") as file:
        file.write("0")


def members(control):
    try:
        with open(f"{control}/cgroup.procs") as file:
            return [int(line) for line in file]
    except OSError:
        return []


def kill_group(control):
    with open(f"{control}/cgroup.kill", "w") as file:
        file.write("1")
