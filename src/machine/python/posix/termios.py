"""`termios`, replaced: the modes of a terminal of the kernel. The constants stay C's, which are Linux's."""

import errno
import termios as _termios

from . import bridge, waiting

#: Bits of the kernel's modes, as `process/waiting-calls.ts` has them: each with the flags that stand for it.
_IFLAG, _OFLAG, _LFLAG = 0, 1, 3
_MODES = (
    (1, _LFLAG, _termios.ICANON),
    (2, _LFLAG, _termios.ECHO),
    (4, _LFLAG, _termios.ISIG),
    (8, _OFLAG, _termios.OPOST | _termios.ONLCR),
    (16, _IFLAG, _termios.ICRNL),
)

#: How Linux begins a terminal. What of it the kernel has no mode for is kept as it was set.
_attributes = [
    _termios.ICRNL | _termios.IXON,
    _termios.OPOST | _termios.ONLCR,
    _termios.CREAD | _termios.CS8 | _termios.B38400,
    _termios.ISIG
    | _termios.ICANON
    | _termios.IEXTEN
    | _termios.ECHO
    | _termios.ECHOE
    | _termios.ECHOK
    | _termios.ECHOCTL
    | _termios.ECHOKE,
    _termios.B38400,
    _termios.B38400,
    [bytes((byte,)) for byte in b"\x03\x1c\x7f\x15\x04\x00\x01\x00\x11\x13\x1a\x00\x12\x0f\x17\x16" + bytes(16)],
]


def _number(fd):
    return fd if isinstance(fd, int) else fd.fileno()


def _checked(fd):
    """The number of a descriptor that is a terminal."""
    number = _number(fd)
    if not bridge.js.isTerminal(number):
        missing = bridge.js.firstBad(str(number), "") >= 0
        raise _termios.error(*bridge.error(errno.EBADF if missing else errno.ENOTTY).args)
    return number


def _ask(call):
    """Calls until no signal interrupts it. Raises `termios.error`."""
    while True:
        result = waiting.wait_for(call())
        if result != -errno.EINTR:
            break
        if waiting.is_main():
            waiting.deliver_signals()
    if result < 0:
        raise _termios.error(*bridge.error(-result).args)
    return result


def tcgetattr(fd, /):
    """Get the tty attributes: [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]."""
    number = _checked(fd)
    modes = _ask(lambda: bridge.js.terminalModes(number))
    attributes = [*_attributes[:6], list(_attributes[6])]
    for bit, index, flags in _MODES:
        attributes[index] = attributes[index] | flags if modes & bit else attributes[index] & ~flags
    if not attributes[_LFLAG] & _termios.ICANON:
        for index in (_termios.VMIN, _termios.VTIME):
            attributes[6][index] = int.from_bytes(attributes[6][index])
    return attributes


def tcsetattr(fd, when, attributes, /):
    """Set the tty attributes. Output is in order anyhow, so `when` makes a difference for unread input only."""
    number = _checked(fd)
    if len(attributes) != 7:
        raise TypeError("tcsetattr, arg 3: must be 7 element list")
    modes = 0
    for bit, index, flags in _MODES:
        if attributes[index] & flags == flags:
            modes |= bit
    _ask(lambda: bridge.js.setTerminalModes(number, modes))
    _attributes[:6] = attributes[:6]
    _attributes[6] = [bytes((key,)) if isinstance(key, int) else key for key in attributes[6]]


def tcdrain(fd, /):
    _checked(fd)


def tcflush(fd, queue, /):
    _checked(fd)


def tcflow(fd, action, /):
    _checked(fd)


def tcsendbreak(fd, duration, /):
    _checked(fd)


def tcgetwinsize(fd, /):
    """Get the tty winsize: (rows, columns)."""
    columns, rows = bridge.terminal_size(_checked(fd))
    return rows, columns


def install():
    for function in (tcgetattr, tcsetattr, tcdrain, tcflush, tcflow, tcsendbreak, tcgetwinsize):
        setattr(_termios, function.__name__, function)
