"""What the operating system does with files. Prints the same on every Linux."""

import fcntl
import os
import stat
import subprocess
import tempfile
import time


def mode(path):
    return oct(stat.S_IMODE(os.stat(path).st_mode))


print("umask", oct(os.umask(0o022)) in ("0o22", "0o2"))
open("usual", "w").close()
os.mkdir("usual-folder")
before = os.umask(0o077)
open("secret", "w").close()
os.mkdir("secret-folder")
os.close(os.open("asked", os.O_CREAT | os.O_WRONLY, 0o666))
child = os.fork()
if child == 0:
    open("of-a-child", "w").close()
    os._exit(0)
os.waitpid(child, 0)
print(oct(before), [mode(name) for name in ("usual", "usual-folder", "secret", "secret-folder", "asked", "of-a-child")])
print(oct(os.umask(before)))

try:
    os.open("usual", os.O_CREAT | os.O_EXCL | os.O_WRONLY)
except FileExistsError as error:
    print("O_EXCL:", error.strerror, error.filename)
try:
    open("usual", "x")
except FileExistsError as error:
    print("x:", error.strerror, error.filename)
with open("new", "x") as file:
    print(file.mode, file.write("new"), mode("new"))
reader, writer = os.pipe()
children = []
for _ in range(4):
    child = os.fork()
    if child == 0:
        won = 0
        for number in range(25):
            try:
                os.close(os.open(f"race-{number}", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
                won += 1
            except FileExistsError:
                pass
        os.write(writer, bytes((won,)))
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
print("files that four processes wanted to make:", sum(os.read(reader, 4)))
with tempfile.NamedTemporaryFile(dir=".") as file:
    print(mode(file.name))

os.utime("new", (1_000_000_000, 1_100_000_000))
print(os.stat("new").st_atime, os.stat("new").st_mtime, os.stat("new").st_size)
os.utime("new", ns=(10**18, 2 * 10**18))
print(os.stat("new").st_atime_ns, os.stat("new").st_mtime_ns)
print(abs((os.utime("new"), os.stat("new").st_mtime)[1] - time.time()) < 5)

first = open("locked", "w")
fcntl.flock(first, fcntl.LOCK_EX)
second = open("locked", "w")
try:
    fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError as error:
    print("flock:", error.strerror)
child = os.fork()
if child == 0:
    third = open("locked")
    fcntl.flock(third, fcntl.LOCK_SH)
    os._exit(7)
time.sleep(0.05)
print("a child that waits for the lock:", os.waitpid(child, os.WNOHANG))
fcntl.flock(first, fcntl.LOCK_UN)
print("and has it:", os.waitpid(child, 0)[1] >> 8)

reader, writer = os.pipe()
with open(writer, "w") as file:
    file.write("through a\npipe")
with open(reader) as file:
    print(file.readlines())

shared = os.open("shared", os.O_CREAT | os.O_RDWR)
os.write(shared, b"parent ")
child = os.fork()
if child == 0:
    os.write(shared, b"child ")
    os._exit(0)
os.waitpid(child, 0)
os.write(shared, b"and parent")
print(os.lseek(shared, 0, os.SEEK_CUR), os.pread(shared, 100, 0))
with open("output", "w") as file:
    for word in ("one", "two"):
        subprocess.run(["python", "-c", f"print({word!r})"], stdout=file, check=True)
    subprocess.run(["echo", "three"], stdout=file, check=True)
    print(file.tell())
print(open("output").read())
with open("output") as file:
    child = os.fork()
    if child == 0:
        os.read(file.fileno(), 4)
        os._exit(0)
    os.waitpid(child, 0)
    print(os.read(file.fileno(), 4))
