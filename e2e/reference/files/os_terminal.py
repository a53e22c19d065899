"""Modes of the terminal that the program runs on. Prints the same on every Linux."""

import fcntl
import os
import struct
import termios
import tty

before = termios.tcgetattr(0)
iflag, oflag, cflag, lflag, ispeed, ospeed, cc = before
print("lines are edited:", bool(lflag & termios.ICANON), bool(lflag & termios.ECHO), bool(lflag & termios.ISIG))
print("newlines:", bool(oflag & termios.OPOST), bool(oflag & termios.ONLCR), bool(iflag & termios.ICRNL))
print("keys:", cc[termios.VINTR], cc[termios.VQUIT], cc[termios.VERASE], cc[termios.VKILL], cc[termios.VEOF], cc[termios.VSUSP])
tty.setcbreak(0)
lflag, cc = termios.tcgetattr(0)[3], termios.tcgetattr(0)[6]
print("cbreak:", bool(lflag & termios.ICANON), bool(lflag & termios.ECHO), bool(lflag & termios.ISIG), cc[termios.VMIN], cc[termios.VTIME])
tty.setraw(0)
oflag, lflag = termios.tcgetattr(0)[1], termios.tcgetattr(0)[3]
termios.tcsetattr(0, termios.TCSADRAIN, before)
print("raw:", bool(oflag & termios.OPOST), bool(lflag & termios.ICANON), bool(lflag & termios.ISIG))
print("as before:", termios.tcgetattr(0) == before)
rows, columns = struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))[:2]
print("size:", os.get_terminal_size(0) == (columns, rows), len(os.ttyname(0)) > 5)
reader, writer = os.pipe()
for fd in (reader, 99):
    try:
        termios.tcgetattr(fd)
    except termios.error as error:
        print(type(error).__name__, error.args[1])
try:
    fcntl.ioctl(reader, termios.TIOCGWINSZ, bytes(8))
except OSError as error:
    print(error.strerror)
with open("/dev/tty", "w") as terminal:
    print("straight to the terminal", file=terminal)
