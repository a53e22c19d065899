"""`_socket`, replaced: TCP, UDP and Unix sockets of the kernel.

Follows CPython's `Modules/socketmodule.c` in names, arguments, time-outs and errors. Only loopback exists: a host
of the Python machine has no network.
"""

import _socket as _c_socket
import errno
import os
import struct
import sys

from . import bridge, posix, waiting

error = OSError
timeout = TimeoutError
has_ipv6 = False
gaierror = _c_socket.gaierror
herror = _c_socket.herror

# Pure functions and constants of the C module stay.
_KEPT = ("inet_", "hton", "ntoh", "AF_", "SO_", "IP", "TCP_", "EAI_", "NI_", "MSG_")
for _name in dir(_c_socket):
    if _name.isupper() or _name.startswith(_KEPT):
        globals()[_name] = getattr(_c_socket, _name)

AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = 0, 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 1, 2, 3
SOCK_NONBLOCK, SOCK_CLOEXEC = 0o4000, 0o2000000
SOL_SOCKET, SOL_TCP, SOL_IP, SOL_UDP = 1, 6, 0, 17
IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6 = 0, 1, 6, 17, 41
SO_DEBUG, SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_DONTROUTE, SO_BROADCAST = 1, 2, 3, 4, 5, 6
SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE, SO_OOBINLINE, SO_PRIORITY, SO_LINGER = 7, 8, 9, 10, 12, 13
SO_REUSEPORT, SO_PASSCRED, SO_PEERCRED, SO_RCVLOWAT, SO_RCVTIMEO, SO_SNDTIMEO = 15, 16, 17, 18, 20, 21
SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN = 30, 38, 39
TCP_NODELAY, TCP_MAXSEG, TCP_CORK, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT = 1, 2, 3, 4, 5, 6
TCP_DEFER_ACCEPT, TCP_INFO, TCP_QUICKACK, TCP_FASTOPEN = 9, 11, 12, 23
IPV6_V6ONLY = 26
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
SOMAXCONN = 4096
MSG_OOB, MSG_PEEK, MSG_TRUNC, MSG_DONTWAIT, MSG_WAITALL, MSG_NOSIGNAL = 1, 2, 0x20, 0x40, 0x100, 0x4000
INADDR_ANY, INADDR_LOOPBACK, INADDR_BROADCAST, INADDR_NONE = 0, 0x7F000001, 0xFFFFFFFF, 0xFFFFFFFF
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_NUMERICSERV, AI_ADDRCONFIG = 1, 2, 4, 0x400, 0x20
EAI_AGAIN, EAI_BADFLAGS, EAI_FAIL, EAI_FAMILY, EAI_MEMORY, EAI_NONAME = -3, -1, -4, -6, -10, -2
EAI_SERVICE, EAI_SOCKTYPE, EAI_SYSTEM = -8, -7, -11
NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD, NI_DGRAM = 1, 2, 8, 16

SCM_RIGHTS, SCM_CREDENTIALS, MSG_CTRUNC = 1, 2, 8
_INT = 4

_default_timeout = None
_HOST_NAMES = {"localhost": "127.0.0.1", "": "0.0.0.0", "<broadcast>": "255.255.255.255"}


def CMSG_LEN(length, /):
    """Length of a control message with data of that length: Linux's header has 16 bytes."""
    return 16 + length


def CMSG_SPACE(length, /):
    """Room that such a message takes, in words of eight bytes."""
    return 16 + (length + 7 & ~7)


def _descriptors_in(level, kind, data):
    if (level, kind) != (SOL_SOCKET, SCM_RIGHTS):
        raise bridge.error(errno.EINVAL)
    data = bytes(memoryview(data).cast("B"))
    return struct.unpack(f"{len(data) // _INT}i", data[: len(data) // _INT * _INT])


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(seconds, /):
    global _default_timeout
    _default_timeout = _checked_timeout(seconds)


def _checked_timeout(seconds):
    if seconds is None:
        return None
    seconds = float(seconds)
    if seconds < 0:
        raise ValueError("Timeout value out of range")
    return seconds


def _numeric(host):
    """The IPv4 address of a name: there is no name service, only /etc/hosts' worth of names."""
    if isinstance(host, (bytes, bytearray)):
        host = host.decode()
    if host in _HOST_NAMES:
        return _HOST_NAMES[host]
    if host == gethostname():
        return "127.0.0.1"
    address = _short_form(host)
    if address is None:
        raise gaierror(EAI_NONAME, "Name or service not known")
    return address


def _short_form(host):
    """What inet_aton(3) takes: one to four numbers, also octal and hexadecimal, the last of which fills the rest."""
    try:
        numbers = [_c_number(part) for part in host.split(".")]
    except ValueError:
        return None
    *first, last = numbers
    if len(first) > 3 or any(number > 0xFF for number in first) or last >= 1 << 8 * (4 - len(first)):
        return None
    return ".".join(map(str, (*first, *last.to_bytes(4 - len(first)))))


def _c_number(text):
    if not (text.isascii() and text.isalnum()):
        raise ValueError(text)
    if text[:2] in ("0x", "0X"):
        return int(text[2:], 16)
    return int(text, 8 if text[0] == "0" else 10)


def _checked_address(address, caller):
    if not isinstance(address, tuple):
        raise TypeError(f"{caller}(): AF_INET address must be tuple, not {type(address).__name__}")
    if len(address) != 2:
        raise TypeError("AF_INET address must be a pair (host, port)")
    host, port = address
    if not isinstance(port, int):
        raise TypeError(f"'{type(port).__name__}' object cannot be interpreted as an integer")
    if not 0 <= port <= 0xFFFF:
        raise OverflowError(f"{caller}(): port must be 0-65535.")
    return _numeric(host), port


def _destination(family, address, caller):
    """Whom a datagram is for, as the bridge takes it: address, port, and of a Unix socket its path."""
    if family == AF_UNIX:
        name, path = _unix_names(address)
        if not name:
            raise bridge.error(errno.EINVAL)
        return name, 0, path
    host, port = _checked_address(address, caller)
    return host, port, ""


def _pair(text):
    host, _, port = text.rpartition(":")
    return host, int(port)


#: Linux's room for a Unix socket's path, with the zero at its end.
_LONGEST_UNIX_PATH = 108


def _unix_names(address):
    """What a Unix socket's address is called, and where it is: an absolute path, or an abstract name."""
    if isinstance(address, str):
        path = os.fsencode(address)
    elif isinstance(address, (bytes, bytearray, memoryview)):
        path = bytes(address)
    else:
        raise TypeError(f"a bytes-like object is required, not '{type(address).__name__}'")
    abstract = path.startswith(b"\0")
    if len(path) > _LONGEST_UNIX_PATH or not abstract and len(path) == _LONGEST_UNIX_PATH:
        raise OSError("AF_UNIX path too long")
    if not abstract:
        # As the system call, which gets a C string.
        path = path.partition(b"\0")[0]
    name = os.fsdecode(path)
    if abstract or not name:
        return name, name
    return name, name if name.startswith("/") else f"{os.getcwd()}/{name}"


def _unix_address(text):
    """What the kernel says of a Unix socket's address, as Python gives it: abstract names are bytes."""
    name = text.rpartition(":")[0]  # It may have colons itself.
    return os.fsencode(name) if name.startswith("\0") else name


class socket:
    """The C half of `socket.socket`."""

    __slots__ = ("_fd", "family", "type", "proto", "_timeout", "_options")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        sys.audit("socket.__new__", self, family, type, proto)
        self._fd = -1
        if family == -1 and isinstance(fileno, int) and fileno >= 0:
            kind = bridge.js.datagramFamily(fileno)
            is_unix = kind == "unix" or not kind and bridge.js.localAddress(fileno).endswith(":0")
            family = AF_UNIX if is_unix else AF_INET
            if kind and type == -1:
                type = SOCK_DGRAM
        # `socket.socket` covers the two with read-only properties.
        _family.__set__(self, AF_INET if family == -1 else int(family))
        type = SOCK_STREAM if type == -1 else int(type)
        _type.__set__(self, type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC))
        self.proto = 0 if proto == -1 else proto
        self._timeout = 0.0 if type & SOCK_NONBLOCK else _default_timeout
        self._options = {}
        if fileno is not None:
            if not isinstance(fileno, int):
                raise TypeError("integer argument expected")
            if fileno < 0:
                raise ValueError("negative file descriptor")
            if not bridge.js.isSocket(fileno):
                raise bridge.error(errno.EBADF if bridge.js.firstBad(str(fileno), "") >= 0 else errno.ENOTSOCK)
            self._fd = fileno
            return
        if _family.__get__(self) not in (AF_INET, AF_UNIX):
            # A program sees what it would see where IPv6 is off.
            raise bridge.error(errno.EAFNOSUPPORT)
        if _type.__get__(self) not in (SOCK_STREAM, SOCK_DGRAM):
            # Raw ones are root's.
            raise bridge.error(errno.EPERM if _type.__get__(self) == SOCK_RAW else errno.ESOCKTNOSUPPORT)
        datagrams = "unix" if _family.__get__(self) == AF_UNIX else "udp"
        self._fd = bridge.js.socket(datagrams if _type.__get__(self) == SOCK_DGRAM else "")
        if self._fd < 0:
            self._fd, number = -1, -self._fd
            raise bridge.error(number)
        if self._timeout is not None:
            posix.set_blocking(self._fd, False)

    # --- waiting -------------------------------------------------------------------------------------------------

    def _wait(self, reading, deadline):
        """Until readable (or writable); raises when the time-out is over, or EAGAIN when non-blocking."""
        if self._timeout == 0:
            raise bridge.error(errno.EAGAIN)
        fd = str(self._fd)

        def start(milliseconds, main):
            return bridge.js.wait(fd if reading else "", "" if reading else fd, milliseconds, main)

        if not waiting.interruptible(start, deadline):
            raise timeout("timed out")

    def _check_open(self):
        if self._fd < 0:
            raise bridge.error(errno.EBADF)

    # --- making connections --------------------------------------------------------------------------------------

    def bind(self, address, /):
        self._check_open()
        if _family.__get__(self) == AF_UNIX:
            number = self._bind_unix(address)
        else:
            host, port = _checked_address(address, "bind")
            number = waiting.wait_for(bridge.js.bind(self._fd, host, port, ""))
        if number:
            raise bridge.error(number)

    def _bind_unix(self, address):
        name, path = _unix_names(address)
        if name:
            return waiting.wait_for(bridge.js.bind(self._fd, name, 0, path))
        # Linux chooses an abstract name of five hexadecimal digits that is free.
        for free in range(0x100000):
            name = f"\0{free:05x}"
            number = waiting.wait_for(bridge.js.bind(self._fd, name, 0, name))
            if number != errno.EADDRINUSE:
                return number
        return errno.ENOSPC

    def listen(self, backlog=128, /):
        self._check_open()
        if _family.__get__(self) == AF_UNIX and not bridge.js.localAddress(self._fd):
            raise bridge.error(errno.EINVAL)
        number = waiting.wait_for(bridge.js.listen(self._fd, max(0, backlog)))
        if number:
            raise bridge.error(number)

    def _accept(self):
        self._check_open()
        deadline = waiting.deadline_after(self._timeout)
        while True:
            fd = bridge.js.accept(self._fd)
            if fd >= 0:
                return fd, self._address(bridge.js.peer(fd))
            if fd != -errno.EAGAIN:
                raise bridge.error(-fd)
            if self._timeout == 0 and bridge.js.mustAsk(self._fd):
                # Polling without ever waiting: look into the kernel's backlog.
                waiting.wait_for(bridge.js.wait(str(self._fd), "", 0, False))
                fd = bridge.js.accept(self._fd)
                if fd >= 0:
                    return fd, self._address(bridge.js.peer(fd))
            self._wait(True, deadline)

    def connect_ex(self, address, /):
        self._check_open()
        milliseconds = -1 if self._timeout is None else self._timeout * 1000
        if _family.__get__(self) == AF_UNIX:
            name, path = _unix_names(address)
            if not name:
                return errno.EINVAL
            return waiting.wait_for(bridge.js.connect(self._fd, name, 0, path, milliseconds))
        host, port = _checked_address(address, "connect")
        if not host.startswith(("127.", "0.")):
            return errno.ENETUNREACH  # loopback is all there is
        if _type.__get__(self) == SOCK_DGRAM:
            return waiting.wait_for(bridge.js.connect(self._fd, host, port, "", -1))
        if self._timeout == 0:
            bridge.js.connectStart(self._fd, host, port)
            return errno.EINPROGRESS
        return waiting.wait_for(bridge.js.connect(self._fd, host, port, "", milliseconds))

    def connect(self, address, /):
        number = self.connect_ex(address)
        if number == errno.ETIMEDOUT and self._timeout is not None:
            raise timeout("timed out")
        if number:
            raise bridge.error(number)

    # --- bytes ---------------------------------------------------------------------------------------------------

    def recv(self, bufsize, flags=0, /):
        if bufsize < 0:
            raise ValueError("negative buffersize in recv")
        self._check_open()
        deadline = waiting.deadline_after(self._timeout)
        asked = False
        while True:
            got = bridge.js.recv(self._fd, bufsize, bool(flags & MSG_PEEK))
            if not isinstance(got, int):
                return got.to_bytes()
            if got == 0:
                return b""
            if got != -errno.EAGAIN:
                raise bridge.error(-got)
            if (self._timeout == 0 or flags & MSG_DONTWAIT) and not asked and bridge.js.mustAsk(self._fd):
                asked = True
                waiting.wait_for(bridge.js.wait(str(self._fd), "", 0, False))
                continue
            if flags & MSG_DONTWAIT:
                raise bridge.error(errno.EAGAIN)
            self._wait(True, deadline)

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = memoryview(buffer).cast("B")
        if nbytes < 0:
            raise ValueError("negative buffersize in recv_into")
        data = self.recv(nbytes or len(view), flags)
        view[: len(data)] = data
        return len(data)

    def _sender(self):
        """Who sent what was received last; nobody that could be named where it came in a stream."""
        if _type.__get__(self) != SOCK_DGRAM:
            return None
        sender = bridge.js.lastDatagram()[0]
        return None if sender == ":0" else self._address(sender)

    def recvfrom(self, bufsize, flags=0, /):
        return self.recv(bufsize, flags), self._sender()

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        return self.recv_into(buffer, nbytes, flags), self._sender()

    def recvmsg(self, bufsize, ancbufsize=0, flags=0, /):
        data = self.recv(bufsize, flags)
        if _type.__get__(self) != SOCK_DGRAM:
            return data, *self._received_descriptors(ancbufsize), None
        return data, [], MSG_TRUNC if bridge.js.lastDatagram()[1] > len(data) else 0, self._sender()

    def _received_descriptors(self, ancbufsize):
        """Ancillary data and flags: descriptors that came along, as far as the buffer has room for them."""
        received = bridge.js.takeRights().to_py()
        room = max(0, ancbufsize - CMSG_LEN(0)) // _INT
        for fd in received[room:]:
            close(fd)
        kept = received[:room]
        ancillary = [(SOL_SOCKET, SCM_RIGHTS, struct.pack(f"{len(kept)}i", *kept))] if kept else []
        return ancillary, MSG_CTRUNC if received[room:] else 0

    def recvmsg_into(self, buffers, ancbufsize=0, flags=0, /):
        views = [memoryview(buffer).cast("B") for buffer in buffers]
        data, ancillary, said, sender = self.recvmsg(sum(map(len, views)), ancbufsize, flags)
        rest = data
        for view in views:
            part = rest[: len(view)]
            view[: len(part)] = part
            rest = rest[len(part) :]
        return len(data), ancillary, said, sender

    def _send_datagram(self, data, flags, destination=("", 0, "")):
        data = data if type(data) is bytes else bytes(memoryview(data).cast("B"))
        deadline = waiting.deadline_after(self._timeout)
        while True:
            number = waiting.wait_for(bridge.js.sendDatagram(self._fd, bridge.to_js(data), *destination))
            if number == 0:
                return len(data)
            if number != errno.EAGAIN or flags & MSG_DONTWAIT:
                raise bridge.error(number)
            self._wait(False, deadline)

    def _settle(self):
        """The other end may have been closed in this process, of which the kernel has yet to tell."""
        if bridge.js.mayBeAbandoned(self._fd):
            waiting.wait_for(bridge.js.wait(str(self._fd), "", 0, False))

    def send(self, data, flags=0, /):
        self._check_open()
        if _type.__get__(self) == SOCK_DGRAM:
            return self._send_datagram(data, flags)
        self._settle()
        deadline = waiting.deadline_after(self._timeout)
        data = data if type(data) is bytes else bytes(memoryview(data).cast("B"))
        while True:
            sent = bridge.js.send(self._fd, bridge.to_js(data))
            if sent >= 0:
                return sent
            self._wait_for_room(sent, deadline)

    def sendall(self, data, flags=0, /):
        self._check_open()
        if _type.__get__(self) == SOCK_DGRAM:
            self._send_datagram(data, flags)
            return
        self._settle()
        view = data if type(data) is bytes else bytes(memoryview(data).cast("B"))
        deadline = waiting.deadline_after(self._timeout)
        while True:
            sent = bridge.js.send(self._fd, bridge.to_js(view))
            if sent == len(view):
                return
            if sent >= 0:
                view = view[sent:]
                self._wait(False, deadline)
            else:
                self._wait_for_room(sent, deadline)

    def _wait_for_room(self, refused, deadline):
        """After a send that was refused, with this negative errno: raises it, unless there was only no room."""
        if refused == -errno.ENOTCONN and _family.__get__(self) == AF_INET:
            # So Linux answers who sends on TCP before connecting.
            refused = -errno.EPIPE
        if refused != -errno.EAGAIN:
            raise bridge.error(-refused)
        self._wait(False, deadline)

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None, /):
        data = b"".join(bytes(buffer) for buffer in buffers)
        fds = [fd for part in ancdata for fd in _descriptors_in(*part)]
        if fds:
            self._check_open()
            if _family.__get__(self) != AF_UNIX or _type.__get__(self) != SOCK_STREAM:
                raise bridge.error(errno.EINVAL)
            if bridge.js.firstBad(",".join(map(str, fds)), "") >= 0:
                raise bridge.error(errno.EBADF)
            return self._send_with_descriptors(data, fds)
        return self.send(data, flags) if address is None else self.sendto(data, flags, address)

    def _send_with_descriptors(self, data, fds):
        deadline = waiting.deadline_after(self._timeout)
        self._settle()
        while True:
            sent = bridge.js.sendWithRights(self._fd, bridge.to_js(data), bridge.to_js(fds))
            if sent >= 0:
                return sent
            self._wait_for_room(sent, deadline)

    def sendto(self, data, *arguments):
        if not 1 <= len(arguments) <= 2:
            raise TypeError(f"sendto() takes 2 or 3 arguments ({len(arguments) + 1} given)")
        flags, address = (0, *arguments)[-2:]
        self._check_open()
        if _type.__get__(self) != SOCK_DGRAM:
            # As on Linux a stream goes to whom it is connected, whatever else is said.
            return self.send(data, flags)
        family = _family.__get__(self)
        destination = _destination(family, address, "sendto")
        if destination[0] == "255.255.255.255" and not self._options.get((SOL_SOCKET, SO_BROADCAST)):
            raise bridge.error(errno.EACCES)
        return self._send_datagram(data, flags, destination)

    # --- the rest ------------------------------------------------------------------------------------------------

    def shutdown(self, how, /):
        self._check_open()
        number = bridge.js.shutdown(self._fd, ("read", "write", "both")[how])
        if number:
            raise bridge.error(number)

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            posix.forget_flags(fd)
            bridge.js.close(fd)

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def fileno(self):
        return self._fd

    def _address(self, text):
        # Of the family that the address has, whatever the program took the descriptor for: gunicorn asks so of what it
        # has inherited.
        is_unix = text.endswith(":0") if text and text != "0.0.0.0:0" else _family.__get__(self) == AF_UNIX
        return _unix_address(text) if is_unix else _pair(text or "0.0.0.0:0")

    def getsockname(self):
        self._check_open()
        return self._address(bridge.js.localAddress(self._fd))

    def getpeername(self):
        self._check_open()
        text = bridge.js.peer(self._fd)
        if not text:
            raise bridge.error(errno.ENOTCONN)
        return self._address(text)

    def setblocking(self, flag, /):
        self.settimeout(None if flag else 0.0)

    def getblocking(self):
        return self._timeout != 0

    def settimeout(self, seconds, /):
        self._timeout = _checked_timeout(seconds)
        if self._fd >= 0:
            # As CPython does: a socket with a time-out is non-blocking to everybody else.
            posix.set_blocking(self._fd, self._timeout is None)

    def gettimeout(self):
        return self._timeout

    @property
    def timeout(self):
        return self._timeout

    def setsockopt(self, level, option, value, optlen=None, /):
        self._check_open()
        self._options[level, option] = value
        if (level, option) == (SOL_SOCKET, SO_LINGER):
            if isinstance(value, int) or len(value) != 8:
                raise bridge.error(errno.EINVAL)
            # On, with no time to linger.
            bridge.js.resetWhenClosed(self._fd, value[:4] != bytes(4) and value[4:] == bytes(4))

    def getsockopt(self, level, option, buflen=0, /):
        self._check_open()
        if level == SOL_SOCKET:
            if option == SO_ERROR:
                return bridge.js.takeError(self._fd)
            if option == SO_TYPE:
                return _type.__get__(self)
            if option == SO_DOMAIN:
                return _family.__get__(self)
            if option == SO_ACCEPTCONN:
                return int(bridge.js.isListening(self._fd))
            if option in (SO_SNDBUF, SO_RCVBUF):
                return self._options.get((level, option), 262144)
        value = self._options.get((level, option), 0)
        if option == SO_LINGER and level == SOL_SOCKET and value == 0 and buflen:
            value = bytes(8)
        return value.to_bytes(4, "little")[:buflen] if buflen and isinstance(value, int) else value

    def __repr__(self):
        return f"<socket object, fd={self._fd}, family={self.family}, type={self.type}, proto={self.proto}>"

    def __del__(self):
        if getattr(self, "_fd", -1) >= 0 and bridge.js is not None:
            self.close()


SocketType = socket
_family, _type = socket.__dict__["family"], socket.__dict__["type"]


def close(fd, /):
    posix.forget_flags(fd)
    bridge.js.close(fd)


def dup(fd, /):
    import os

    return os.dup(fd)


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0):
    """Two connected sockets inside the kernel."""
    kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
    if family != AF_UNIX:
        raise bridge.error(errno.EOPNOTSUPP if family == AF_INET else errno.EAFNOSUPPORT)
    if kind not in (SOCK_STREAM, SOCK_DGRAM):
        raise bridge.error(errno.ESOCKTNOSUPPORT)
    left = bridge.js.socketpair(kind == SOCK_DGRAM)
    if left < 0:
        raise bridge.error(-left)
    right = bridge.js.otherOfPair(left)
    return socket(AF_UNIX, type, 0, left), socket(AF_UNIX, type, 0, right)


def gethostname():
    return bridge.js.hostName() if bridge.js is not None else "localhost"


def gethostbyname(host, /):
    return _numeric(host)


def gethostbyname_ex(host, /):
    return host, [], [_numeric(host)]


def gethostbyaddr(host, /):
    if _numeric(host).startswith("127."):
        return "localhost", [], ["127.0.0.1"]
    raise herror(1, "Unknown host")


_SERVICES = {"http": 80, "https": 443, "http-alt": 8080}


def getservbyname(name, protocol=None, /):
    if name in _SERVICES:
        return _SERVICES[name]
    raise OSError("service/proto not found")


def getservbyport(port, protocol=None, /):
    for name, number in _SERVICES.items():
        if number == port:
            return name
    raise OSError("port/proto not found")


def getprotobyname(name, /):
    return {"icmp": 1, "tcp": 6, "udp": 17}[name]


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Resolve a name of this host."""
    if family == AF_INET6 or (isinstance(host, str) and ":" in host):
        raise gaierror(-9, "Address family for hostname not supported")
    if family not in (0, AF_INET):
        raise gaierror(EAI_FAMILY, "ai_family not supported")
    if port is None:
        number = 0
    elif isinstance(port, str) and not port.isdigit():
        try:
            number = getservbyname(port)
        except OSError:
            raise gaierror(EAI_SERVICE, "Servname not supported for ai_socktype") from None
    else:
        # As glibc: what exceeds 16 bits is cut off.
        number = int(port) & 0xFFFF
    if host is None:
        address = "0.0.0.0" if flags & AI_PASSIVE else "127.0.0.1"
    else:
        address = _numeric(host)
    kinds = [(SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP)]
    return [(AF_INET, kind, protocol, "", (address, number)) for kind, protocol in kinds if type in (0, kind)]


def getnameinfo(sockaddr, flags, /):
    host, port = sockaddr[:2]
    name = "localhost" if host.startswith("127.") and not flags & NI_NUMERICHOST else host
    return name, str(port)


def if_nameindex():
    return [(1, "lo")]


def if_nametoindex(name, /):
    if name == "lo":
        return 1
    raise OSError("no interface with this name")


def if_indextoname(index, /):
    if index == 1:
        return "lo"
    raise bridge.error(errno.ENXIO)


del _name
