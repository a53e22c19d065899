// @project beside
// @also firefox
/**
 * What a program finds of the computer that it runs on: devices, accounts, locales, time zones; and what SQLite asks of
 * threads.
 */
import { expect, test } from "../../testing/browser/machine.ts";

test("devices, and a process's own descriptors by name", async ({ computer }) => {
  const output = await computer.python(`
import os, subprocess, sys
print(open("/dev/zero", "rb").read(3), open("/dev/full", "rb").read(2), len(open("/dev/urandom", "rb").read(9)))
with open("/dev/full", "wb", 0) as full:
    try:
        full.write(b"x")
    except OSError as error:
        print(error)
print(open("/dev/null").read() == "", all(os.path.exists(f"/dev/{name}") for name in ("random", "stdin", "stdout", "stderr", "tty", "fd")))
with open("/dev/stdout", "w") as again:
    again.write("to stdout\\n")
with open("/dev/fd/1", "w") as again:
    again.write("to 1\\n")
os.write(os.open("/proc/self/fd/1", os.O_WRONLY), b"to self\\n")
read, write = os.pipe()
os.write(write, b"piped")
print(open(f"/dev/fd/{read}", "rb", 0).read(5))
code = "import sys; print(open('/dev/stdin').read().upper(), end=''); open('/dev/stderr', 'w').write('err')"
done = subprocess.run([sys.executable, "-c", code], input="given\\n", capture_output=True, text=True)
print(done.stdout, done.stderr)
`);
  expect(output).toBe(`b'\\x00\\x00\\x00' b'\\x00\\x00' 9
[Errno 28] No space left on device
True True
to stdout
to 1
to self
b'piped'
GIVEN
 err
`);
});

test("hard links, devices that are inherited, a limit of open files; /proc tells of processes and sockets", async ({
  computer,
}) => {
  const output = await computer.python(`
import os, resource, subprocess, sys
open("one", "w").close(); open("other", "w").close()
for source, target in (("one", "two"), ("one", "other"), ("none", "two"), (".", "three")):
    try:
        os.link(source, target)
    except OSError as error:
        print(error)
subprocess.run([sys.executable, "-c", "open('two', 'a').write('by its other name')"])
print(open("one").read(), os.stat("one").st_nlink, os.path.samefile("one", "two"))
os.rename("one", "two"); os.unlink("one")
subprocess.run(["ls", "-l", "two"], stdout=subprocess.PIPE).stdout.startswith(b"-rw-r--r-- 1 ") or print("links")
with open("/dev/zero", "rb") as zeros, open("/dev/full", "wb") as full:
    print(subprocess.run(["head", "-c", "3"], stdin=zeros, capture_output=True).stdout)
    print(subprocess.run(["sh", "-c", "echo x"], stdout=full, stderr=subprocess.PIPE).returncode != 0)
print(subprocess.run("head -c 40 /dev/zero | wc -c; echo x > /dev/full; echo $?", shell=True, capture_output=True, text=True))
limit = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (20, limit[1]))
try:
    kept = [os.open("two", os.O_RDONLY) for _ in range(20)]
except OSError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_NOFILE, limit)
import glob, socket
os.chdir("/tmp")
print(open("/proc/self/comm").read().strip(), os.readlink("/proc/self/exe"), os.readlink(f"/proc/{os.getpid()}/cwd"))
listener = socket.create_server(("127.0.0.1", 8000))
print([line.split()[1:4] for line in open("/proc/net/tcp")][1:])
child = os.fork()
if child == 0:
    os._exit(0)
shown = [os.path.exists(f"/proc/{child}")]
os.waitpid(child, 0)
print(shown, os.path.exists(f"/proc/{child}"), glob.glob("/proc/[0-9]*/comm") == [f"/proc/{os.getpid()}/comm"])
print("fd" in os.listdir("/proc/self"), len(os.getloadavg()))
try:
    open("/proc/self/comm", "w")
except OSError as error:
    print(error)
`);
  expect(output).toBe(`[Errno 17] File exists: 'one' -> 'other'
[Errno 2] No such file or directory: 'none' -> 'two'
[Errno 1] Operation not permitted: '.' -> 'three'
by its other name 2 True
b'\\x00\\x00\\x00'
True
CompletedProcess(args='head -c 40 /dev/zero | wc -c; echo x > /dev/full; echo $?', returncode=0, stdout='40\\n1\\n', stderr='sh: 1: echo: echo: I/O error\\n')
[Errno 24] Too many open files: 'two'
python /usr/local/bin/python3 /tmp
[['0100007F:1F40', '00000000:0000', '0A']]
[True] False True
True 3
[Errno 13] Permission denied: '/proc/self/comm'
`);
});

test("accounts, names and commands", async ({ computer }) => {
  const output = await computer.python(`
import os, pwd, socket
accounts = [line.rstrip().split(":") for line in open("/etc/passwd")]
print([name for name, *_ in accounts] == [account.pw_name for account in pwd.getpwall()], os.path.expanduser("~student"))
print(open("/etc/hostname").read().strip() == socket.gethostname(), socket.gethostbyname(socket.gethostname()), "localhost" in open("/etc/hosts").read())
print(os.system("echo hello; exit 3"), os.waitstatus_to_exitcode(os.system("kill -9 $$")), os.system("none 2>/dev/null") >> 8)
`);
  expect(output).toBe("True /home/student\nTrue 127.0.0.1 True\nhello\n768 -9 127\n");
});

test("locales: C and C.UTF-8, and no others", async ({ computer }) => {
  const output = await computer.python(`
import locale, os
def said(act):
    try:
        return act()
    except locale.Error as error:
        return f"Error: {error}"
for value in ("", "C", "C.UTF-8", "de_DE.UTF-8", "en_US"):
    print(said(lambda: locale.setlocale(locale.LC_ALL, value)), locale.setlocale(locale.LC_NUMERIC))
locale.setlocale(locale.LC_ALL, "C")
locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
print(locale.setlocale(locale.LC_ALL)[:32], locale.getlocale(), locale.getpreferredencoding())
os.environ["LC_ALL"] = "fr_FR.UTF-8"
print(said(lambda: locale.setlocale(locale.LC_ALL, "")))
print(locale.format_string("%.1f", 1234.5, grouping=True))
`);
  expect(output).toBe(`C.UTF-8 C.UTF-8
C C
C.UTF-8 C.UTF-8
Error: unsupported locale setting C.UTF-8
Error: unsupported locale setting C.UTF-8
LC_CTYPE=C.UTF-8;LC_NUMERIC=C;LC ('C', 'UTF-8') UTF-8
Error: unsupported locale setting
1234.5
`);
});

test("time zones", async ({ computer }) => {
  const output = await computer.python(`
import datetime, zoneinfo
vienna = zoneinfo.ZoneInfo("Europe/Vienna")
for month in (1, 7):
    print(datetime.datetime(2026, month, 1, tzinfo=vienna).isoformat(), vienna.tzname(datetime.datetime(2026, month, 1)))
print(len(zoneinfo.available_timezones()) > 400)
try:
    zoneinfo.ZoneInfo("Not/There")
except zoneinfo.ZoneInfoNotFoundError as error:
    print(error)
`);
  expect(output).toBe(
    "2026-01-01T00:00:00+01:00 CET\n2026-07-01T00:00:00+02:00 CEST\nTrue\n'No time zone found with key Not/There'\n",
  );
});

test("a connection to SQLite belongs to the thread that made it", async ({ computer }) => {
  const output = await computer.python(`
import re, sqlite3, threading
def elsewhere(act):
    found = []
    def run():
        try:
            found.append(act())
        except sqlite3.ProgrammingError as error:
            found.append(re.sub(r"id \\d+", "id N", str(error)))
    thread = threading.Thread(target=run)
    thread.start(); thread.join()
    return found[0]
words = "SQLite objects created in a thread can only be used in that same thread. The object was created in thread id N and this is thread id N."
one = sqlite3.connect("one.db")
rows = one.execute("select 1 union select 2")
refused = {
    "execute": lambda: one.execute("select 1"), "cursor": one.cursor, "commit": one.commit, "rollback": one.rollback,
    "close": one.close, "with": lambda: one.__exit__(None, None, None), "function": lambda: one.create_function("f", 0, int),
    "fetchone": rows.fetchone, "fetchall": rows.fetchall, "next": lambda: next(rows), "cursor.execute": lambda: rows.execute("select 1"),
}
print([name for name, act in refused.items() if elsewhere(act) != words])
print(elsewhere(lambda: one.total_changes), rows.fetchall(), one.execute("select 3").fetchone())
free = sqlite3.connect("one.db", check_same_thread=False)
print(elsewhere(lambda: free.execute("select 4").fetchall()))
`);
  expect(output).toBe("[]\n0 [(1,), (2,)] (3,)\n[(4,)]\n");
});

test("locks of parts of a file, dbm, putenv, timers, posix_spawn, what a child does not print again", async ({
  computer,
}) => {
  const output = await computer.python(`
import fcntl, os, signal, struct, subprocess, sys
open("locked", "w").write("0" * 20)
def in_child(start, length):
    code = f"import fcntl; fcntl.lockf(open('locked', 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB, {length}, {start})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr.strip().split("\\n")[-1]
held, again = open("locked", "r+"), open("locked", "r+")
fcntl.lockf(held, fcntl.LOCK_EX, 10)
fcntl.lockf(again, fcntl.LOCK_EX | fcntl.LOCK_NB, 5)
print(repr(in_child(10, 5)), in_child(9, 2))
again.close()
print(repr(in_child(0, 0)))
try:
    fcntl.lockf(open("locked"), fcntl.LOCK_EX)
except OSError as error:
    print(error)
free = fcntl.fcntl(open("locked", "r+"), fcntl.F_GETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))
print(struct.unpack("hhqqi4x", free)[0] == fcntl.F_UNLCK)
import dbm, dbm.sqlite3, shelve
with dbm.open("names", "c") as names:
    names["ann"] = "1"; names[b"bob"] = b"2"; del names["ann"]
    print(names.keys(), names.get("nobody"))
with shelve.open("shelf") as shelf:
    shelf["list"] = [1, {"a": 2}]
with shelve.open("shelf", "r") as shelf:
    print(dict(shelf), dbm.whichdb("names"), dbm.whichdb("none"), repr(dbm.whichdb("locked")))
for name, flag in (("missing", "r"), ("names", "x"), ("locked", "c")):
    try:
        dbm.open(name, flag)
    except (*dbm.error, ValueError) as error:
        print(type(error).__name__, error)
os.putenv("PUT", "there"); os.environ["SET"] = "too"; os.unsetenv("SET")
print(os.popen("echo [$PUT] [$SET]").read(), end="")
signal.setitimer(signal.ITIMER_REAL, 30, 7)
print(signal.setitimer(signal.ITIMER_REAL, 0)[1], os.times().elapsed > 0, len(os.sched_getaffinity(0)) == os.cpu_count())
print(os.waitstatus_to_exitcode(os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", "exit 7"], os.environ), 0)[1]))
code = "import subprocess; print('once'); print(subprocess.run(['pwd'], preexec_fn=lambda: None, cwd='/', capture_output=True))"
print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout, end="")
server = subprocess.Popen("sleep 100", shell=True)
server.terminate()
print(server.wait(), subprocess.run(["pgrep", "sleep"]).returncode)
open("debugged.py", "w").write("x = 1\\n")
debugged = subprocess.run([sys.executable, "-m", "pdb", "debugged.py"], input="where\\nq\\n", capture_output=True, text=True)
print("posix_layer" in debugged.stdout, "debugged.py(1)<module>()" in debugged.stdout)
`);
  expect(output).toBe(`'' BlockingIOError: [Errno 11] Resource temporarily unavailable
''
[Errno 9] Bad file descriptor
True
[b'bob'] None
{'list': [1, {'a': 2}]} dbm.sqlite3 None ''
error db file doesn't exist; use 'c' or 'n' flag to create a new db
ValueError Flag must be one of 'r', 'w', 'c', or 'n'
error db type could not be determined
[there] []
7.0 True True
7
once
CompletedProcess(args=['pwd'], returncode=0, stdout=b'/\\n', stderr=b'')
-15 1
False True
`);
});

test("TZ is the local time of a program, of its children and of commands, and tzset takes what it is then", async ({
  computer,
}) => {
  await computer.write(
    "zone.py",
    `
import datetime, os, sqlite3, time
def told(): return time.tzname, time.timezone, time.strftime("%H %Z", time.localtime(1784116800))
print(told(), datetime.datetime.fromtimestamp(1784116800).astimezone())
os.environ["TZ"] = "Europe/Berlin"
print(told()[2])
time.tzset()
print(told(), time.daylight, time.altzone)
print(sqlite3.connect(":memory:").execute("select datetime(1784116800, 'unixepoch', 'localtime')").fetchone())
if os.fork() == 0:
    print("child", told(), flush=True)
    os._exit(0)
os.wait()
os.system("date -d @1784116800 '+%H %Z'; python -c 'import time; print(time.tzname)'")
del os.environ["TZ"]
time.tzset()
print(time.tzname == before)
`.replace("import datetime", "import time; before = time.tzname\nimport datetime"),
  );
  const { output } = await computer.run(["sh", "-c", "TZ=America/New_York python zone.py; python zone.py | tail -1"]);
  expect(output).toBe(`(('EST', 'EDT'), 18000, '08 EDT') 2026-07-15 08:00:00-04:00
08 EDT
(('CET', 'CEST'), -3600, '14 CEST') 1 -7200
('2026-07-15 14:00:00',)
child (('CET', 'CEST'), -3600, '14 CEST')
14 CEST
('CET', 'CEST')
False
True
`);
});

test("named pipes: who opens one waits for its other side, unless it will not", async ({ computer }) => {
  await computer.write(
    "pipes.py",
    `
import errno, os, pathlib, select, stat, subprocess, threading
os.mkfifo("p", 0o600)
print(stat.filemode(os.stat("p").st_mode), pathlib.Path("p").is_fifo())
try: os.mkfifo("p")
except OSError as error: print(error)
try: os.open("p", os.O_WRONLY | os.O_NONBLOCK)
except OSError as error: print(errno.errorcode[error.errno], error.filename)
if os.fork() == 0:
    with open("p", "w") as pipe:
        for line in ("one", "two"): print(line, file=pipe)
    os._exit(0)
with open("p") as pipe:
    print(pipe.read().split(), os.wait()[1])
writer = threading.Thread(target=lambda: pathlib.Path("p").write_text("from a thread"))
writer.start()
print(pathlib.Path("p").read_text())
writer.join()
reader = os.open("p", os.O_RDONLY | os.O_NONBLOCK)
print(select.select([reader], [], [], 0)[0])
shell = subprocess.Popen("echo shell > p", shell=True)
print(select.select([reader], [], [], 20)[0] == [reader], os.read(reader, 100), shell.wait(), os.read(reader, 100))
writer = os.open("p", os.O_WRONLY)
os.write(writer, b"again")
print(os.read(reader, 100))
os.close(reader)
try: os.write(writer, b"nobody")
except BrokenPipeError as error: print(error)
os.close(writer)
os.unlink("p")
print(os.path.exists("p"))
`,
  );
  const { output } = await computer.run([
    "sh",
    "-c",
    "python pipes.py; mkfifo q; python -c 'print(open(\"q\").read())' & echo to python > q; wait",
  ]);
  expect(output).toBe(`prw------- True
[Errno 17] File exists
ENXIO p
['one', 'two'] 0
from a thread
[]
True b'shell\\n' 0 b''
b'again'
[Errno 32] Broken pipe
False
to python

`);
});
