// @project labs
// @also firefox
/** The commands of a computer: `python` and how it ends, subprocesses, clocks, files. */
import { errnoTable } from "../../src/machine/python/process/errno-table.ts";
import { expect, test } from "../../testing/browser/machine.ts";

test("python runs a file, a command, a module, and what it reads", async ({ computer }) => {
  await computer.write("hello.py", "import sys\nprint('file', sys.argv, __name__, __file__)\n");
  const runs: [string[], string][] = [
    [["python", "hello.py", "-x", "y z"], "file ['hello.py', '-x', 'y z'] __main__ /home/student/hello.py\n"],
    [["python3", "-c", "import sys; print(sys.argv)", "a"], "['-c', 'a']\n"],
    [["python", "-m", "hello", "b"], "file ['/home/student/hello.py', 'b'] __main__ /home/student/hello.py\n"],
    [["python", "--version"], "Python 3.14.0\n"],
  ];
  for (const [argv, expected] of runs) {
    const { output, exit } = await computer.run(argv);
    expect(output.replace(/^Python 3\.14\.\d+$/m, "Python 3.14.0")).toBe(expected);
    expect(exit).toEqual({ kind: "exited", code: 0 });
  }
});

test("exit codes are those of CPython, and so is what is said of an error", async ({ computer }) => {
  const runs: [string[], number, RegExp][] = [
    [["python", "-c", "raise SystemExit(300)"], 44, /^$/],
    [["python", "-c", "import sys; sys.exit('a reason')"], 1, /^a reason\n$/],
    [
      ["python", "-c", "1/0"],
      1,
      /File "<string>", line 1, in <module>\n {4}1\/0\n[ ~^]+\nZeroDivisionError: division by zero\n$/,
    ],
    [
      ["python", "-c", "print("],
      1,
      /File "<string>", line 1\n {4}print\(\n +\^\nSyntaxError: '\(' was never closed\n$/,
    ],
    [
      ["python", "none.py"],
      2,
      /^[^:]*python: can't open file '\/home\/student\/none\.py': \[Errno 2\] No such file or directory\n$/,
    ],
    [["python", "-m", "nonesuch"], 1, /^[^:]*python: No module named nonesuch\n$/],
    // Into a pipe: what a program has printed comes before what is said of its end.
    [
      ["sh", "-c", "python -c 'print(1); 1/0' 2>&1 | cat"],
      0,
      /^1\nTraceback[\s\S]*ZeroDivisionError: division by zero\n$/,
    ],
    [["sh", "-c", "python -c 'print(1); raise SystemExit(\"why\")' 2>&1 | cat"], 0, /^1\nwhy\n$/],
    [["python", "-Z"], 2, /^[Uu]nknown option: -Z\nusage: /],
    [["nonesuch", "x"], 127, /^nonesuch: command not found\n$/],
  ];
  for (const [argv, code, said] of runs) {
    const { output, exit } = await computer.run(argv);
    expect(output, argv.join(" ")).toMatch(said);
    expect(exit, argv.join(" ")).toEqual({ kind: "exited", code });
  }
});

test("what a process has not imported at its start it reads from the published archives, whole", async ({
  computer,
}) => {
  const output = await computer.python(`
import statistics, inspect, zipfile
for archive in ("/lib/python314.zip", "/lib/site-packages.zip", "/lib/posix-layer.zip"):
    with zipfile.ZipFile(archive) as zip:
        print(len(zip.namelist()) > 20, zip.testzip())
print(statistics.mean([1, 2, 6]), inspect.getsource(statistics.mean).startswith("def mean"))
import posix_layer.prepared_code, zipimport
print(zipimport.zipimporter.get_code.__module__)
`);
  expect(output).toBe("True None\nTrue None\nTrue None\n3 True\nzipimport\n");
});

test("a busy loop hears SIGINT, prints its traceback and dies of the signal", async ({ computer }) => {
  const busy = await computer.start(["python", "-c", "print('busy', flush=True)\nwhile True: pass"]);
  await busy.prints(/busy/);
  await busy.kill("SIGINT");
  expect(await busy.exit()).toEqual({ kind: "killed", signal: "SIGINT" });
  expect(await busy.output()).toMatch(
    /^busy\nTraceback \(most recent call last\):\n {2}File "<string>", line 2, in <module>\n.*KeyboardInterrupt\n$/s,
  );
});

test("^C at its terminal interrupts a program, and ^D ends what it reads", async ({ computer }) => {
  const sleeping = await computer.start(["python", "-c", "import time\nprint('asleep')\ntime.sleep(3600)"]);
  await sleeping.prints(/asleep/);
  await sleeping.type("\x03");
  expect(await sleeping.exit()).toEqual({ kind: "killed", signal: "SIGINT" });
  expect(await sleeping.output()).toMatch(/KeyboardInterrupt\n$/);

  const reading = await computer.start(["python", "-c", "import sys\nprint('ready')\nprint(sys.stdin.read().upper())"]);
  await reading.prints(/ready/);
  await reading.type("some text\r\x04");
  await reading.prints(/SOME TEXT/);
  expect(await reading.exit()).toEqual({ kind: "exited", code: 0 });
});

test("a program sees the new size of its terminal, and so does its child", async ({ computer }) => {
  const program = `
import array, fcntl, os, shutil, signal, subprocess, sys, termios
def asked():
    winsize = array.array("H", [0] * 4)
    fcntl.ioctl(1, termios.TIOCGWINSZ, winsize)
    return tuple(winsize[:2])
def report(number=None, frame=None):
    print(os.get_terminal_size(), shutil.get_terminal_size().lines, asked(), termios.tcgetwinsize(1), flush=True)
report()
signal.signal(signal.SIGWINCH, report)
child = "import os\\nprint('child', tuple(os.get_terminal_size()))\\ninput()\\nprint('later', tuple(os.get_terminal_size()))"
subprocess.run([sys.executable, "-c", child])
`;
  const size = (columns: number, rows: number) =>
    `os.terminal_size(columns=${columns}, lines=${rows}) ${rows} (${rows}, ${columns}) (${rows}, ${columns})\n`;
  const resized = await computer.start(["python", "-c", program]);
  await resized.prints(/child \(80, 24\)/);
  await resized.resize(101, 31);
  await resized.prints(/lines=31/);
  await resized.type("\r");
  await resized.exit();
  expect(await resized.output()).toBe(`${size(80, 24)}child (80, 24)\n${size(101, 31)}\nlater (101, 31)\n`);
});

test("a busy loop dies of SIGTERM and of SIGKILL, and its port is free again", async ({ computer }) => {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const busy = await computer.start([
      "python",
      "-c",
      "import socket\nlistener = socket.create_server(('127.0.0.1', 7000))\nprint('busy', flush=True)\nwhile True: pass",
    ]);
    await busy.prints(/busy/);
    expect(await computer.ports()).toEqual([7000]);
    await busy.kill(signal);
    expect(await busy.exit()).toEqual({ kind: "killed", signal });
    await expect.poll(() => computer.ports()).toEqual([]);
  }
});

test("a handler of SIGTERM runs in the middle of a busy loop", async ({ computer }) => {
  const busy = await computer.start([
    "python",
    "-c",
    `
import signal, sys
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(number))
print("busy", flush=True)
while True: pass
`,
  ]);
  await busy.prints(/busy/);
  await busy.kill("SIGTERM");
  expect(await busy.exit()).toEqual({ kind: "exited", code: 15 });
});

test("a stopped process does nothing until it is continued", async ({ computer }) => {
  const ticking = await computer.start([
    "python",
    "-c",
    "import time\nfor number in range(1000):\n    print('tick', number, flush=True)\n    time.sleep(0.05)",
  ]);
  await ticking.prints(/tick 1\n/);
  await ticking.kill("SIGSTOP");
  await expect.poll(async () => (await computer.processes())[0]?.state).toBe("stopped");
  const stopped = await ticking.output();
  // Long enough for several ticks, by the clock of another process.
  await computer.python("import time; time.sleep(0.5)");
  expect((await ticking.output()).length - stopped.length).toBeLessThan("tick 10\n".length * 2);
  await ticking.kill("SIGCONT");
  const next = Number(/tick (\d+)\n$/.exec(stopped)?.[1]) + 3;
  await ticking.prints(new RegExp(`tick ${next}\n`));
});

test("an interactive interpreter reads, evaluates and prints", async ({ computer }) => {
  const python = await computer.start(["python"]);
  await python.prints(/>>> $/);
  await python.type("6 * 7\r");
  await python.prints(/\n42\n>>> $/);
  await python.type("def twice(x):\r");
  await python.prints(/\.\.\. $/);
  await python.type("    return 2 * x\r\r");
  await python.type("print(twice('ab'), input('name? '))\r");
  await python.prints(/name\? $/);
  await python.type("Ada\r");
  await python.prints(/\nabab Ada\n>>> $/);
  await python.type("1/0\r");
  await python.prints(/ZeroDivisionError: division by zero\n>>> $/);
  await python.type("exit(3)\r");
  expect(await python.exit()).toEqual({ kind: "exited", code: 3 });
});

test("subprocess runs another Python, with its own input, output, environment and exit code", async ({ computer }) => {
  const output = await computer.python(
    `
import os, signal, subprocess, sys
done = subprocess.run(
    [sys.executable, "-c", "import os, sys; print(input().upper(), os.environ['WORD']); print('warned', file=sys.stderr); sys.exit(3)"],
    input="text\\n", capture_output=True, text=True, env={**os.environ, "WORD": "word"},
)
print(repr(done.stdout), repr(done.stderr), done.returncode)
try:
    subprocess.run([sys.executable, "-c", "raise SystemExit(1)"], check=True)
except subprocess.CalledProcessError as error:
    print(error.returncode)
try:
    subprocess.run(["/bin/nonesuch"])
except FileNotFoundError as error:
    print(error.filename)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
print(child.poll())
try:
    child.wait(timeout=0.1)
except subprocess.TimeoutExpired:
    child.terminate()
print(child.wait() == -signal.SIGTERM)
print(subprocess.check_output("echo", input=None) if False else subprocess.check_output([sys.executable, "-c", "print(open('note.txt').read())"], cwd="/tmp"))
`.replace("import os, signal", "open('/tmp/note.txt', 'w').write('a note')\nimport os, signal"),
  );
  expect(output).toBe(`'TEXT word\\n' 'warned\\n' 3
1
/bin/nonesuch
None
True
b'a note\\n'
`);
});

test("all processes read one monotonic clock", async ({ computer }) => {
  const output = await computer.python(`
import subprocess, sys, time
for _ in range(3):
    before = time.monotonic()
    between = float(subprocess.check_output([sys.executable, "-c", "import time; print(time.monotonic())"]))
    print(before < between < time.monotonic())
before = time.time()
between = float(subprocess.check_output([sys.executable, "-c", "import time; print(time.time())"]))
print(before - 0.01 < between < time.time() + 0.01)
`);
  expect(output).toBe("True\nTrue\nTrue\nTrue\n");
});

test("files that one process writes, others and the page see at once", async ({ computer }) => {
  const watcher = await computer.start([
    "python",
    "-c",
    `
import os, time
while not os.path.exists("sign"):
    time.sleep(0.01)
print("seen", open("sign").read(), flush=True)
os.rename("sign", "read")
input()
`,
  ]);
  await computer.python(
    "import os\nwith open('sign.tmp', 'w') as file: file.write('a sign')\nos.rename('sign.tmp', 'sign')",
  );
  await watcher.prints(/seen a sign/);
  await expect.poll(() => computer.read("read")).toBe("a sign");
  expect(await computer.python("import os; print(sorted(name for name in os.listdir() if 'sign' in name))")).toBe(
    "[]\n",
  );
});

test("errors have the numbers and the words that they have on Linux, whoever raises them", async ({ computer }) => {
  const output = await computer.python(`
import errno, json, os, socket, urllib.error, urllib.request
def said(act):
    try:
        act()
    except OSError as error:
        return [type(error).__name__, errno.errorcode.get(error.errno), str(error)]
os.mkdir("folder"); os.mkdir("full"); open("full/file", "w").close(); os.symlink("round", "round")
listening = socket.create_server(("127.0.0.1", 5000))
found = [said(act) for act in (
    lambda: open("none.txt"), lambda: os.stat("none"), lambda: open("folder", "w"), lambda: os.mkdir("folder"),
    lambda: os.rmdir("full"), lambda: os.listdir("full/file"), lambda: open("round"), lambda: os.close(99), lambda: os.read(99, 1), lambda: os.kill(4444, 0), lambda: os.waitpid(-1, 0),
    lambda: socket.create_server(("127.0.0.1", 5000)), lambda: socket.create_connection(("127.0.0.1", 5999)),
    lambda: socket.create_server(("10.255.255.1", 5001)), lambda: socket.socket().recv(1), lambda: os.execv("/none", ["none"]),
    lambda: os.open("full/file", os.O_CREAT | os.O_EXCL), lambda: open("full/file", "x"), lambda: os.setuid(0),
    lambda: os.lseek(os.pipe()[0], 0, 0), lambda: os.ttyname(listening.fileno()), lambda: os.ftruncate(0, -1),
)]
made = [type(OSError(number, "")).__name__ for number in (errno.ENOENT, errno.EACCES, errno.EPERM, errno.EAGAIN, errno.ENOTDIR, errno.EPIPE)]
try:
    urllib.request.urlopen("http://127.0.0.1:5999/")
except urllib.error.URLError as error:
    reason = str(error)
print(json.dumps([found, made, reason, errno.errorcode, [os.strerror(number) for number in (0, 2, 98, 999)], [name for name in dir(errno) if name[0] == "E"]]))
`);
  const [found, made, reason, errorcode, texts, names] = JSON.parse(output);
  expect(found).toEqual([
    ["FileNotFoundError", "ENOENT", "[Errno 2] No such file or directory: 'none.txt'"],
    ["FileNotFoundError", "ENOENT", "[Errno 2] No such file or directory: 'none'"],
    ["IsADirectoryError", "EISDIR", "[Errno 21] Is a directory: 'folder'"],
    ["FileExistsError", "EEXIST", "[Errno 17] File exists: 'folder'"],
    ["OSError", "ENOTEMPTY", "[Errno 39] Directory not empty: 'full'"],
    ["NotADirectoryError", "ENOTDIR", "[Errno 20] Not a directory: 'full/file'"],
    ["OSError", "ELOOP", "[Errno 40] Too many levels of symbolic links: 'round'"],
    ["OSError", "EBADF", "[Errno 9] Bad file descriptor"],
    ["OSError", "EBADF", "[Errno 9] Bad file descriptor"],
    ["ProcessLookupError", "ESRCH", "[Errno 3] No such process"],
    ["ChildProcessError", "ECHILD", "[Errno 10] No child processes"],
    [
      "OSError",
      "EADDRINUSE",
      "[Errno 98] Address already in use (while attempting to bind on address ('127.0.0.1', 5000))",
    ],
    ["ConnectionRefusedError", "ECONNREFUSED", "[Errno 111] Connection refused"],
    [
      "OSError",
      "EADDRNOTAVAIL",
      "[Errno 99] Cannot assign requested address (while attempting to bind on address ('10.255.255.1', 5001))",
    ],
    ["OSError", "ENOTCONN", "[Errno 107] Transport endpoint is not connected"],
    ["FileNotFoundError", "ENOENT", "[Errno 2] No such file or directory"],
    ["FileExistsError", "EEXIST", "[Errno 17] File exists: 'full/file'"],
    ["FileExistsError", "EEXIST", "[Errno 17] File exists: 'full/file'"],
    ["PermissionError", "EPERM", "[Errno 1] Operation not permitted"],
    ["OSError", "ESPIPE", "[Errno 29] Illegal seek"],
    ["OSError", "ENOTTY", "[Errno 25] Inappropriate ioctl for device"],
    ["OSError", "EINVAL", "[Errno 22] Invalid argument"],
  ]);
  expect(made).toEqual([
    "FileNotFoundError",
    "PermissionError",
    "PermissionError",
    "BlockingIOError",
    "NotADirectoryError",
    "BrokenPipeError",
  ]);
  expect(reason).toBe("<urlopen error [Errno 111] Connection refused>");
  expect(errorcode).toMatchObject({ 2: "ENOENT", 11: "EAGAIN", 35: "EDEADLOCK", 95: "ENOTSUP", 98: "EADDRINUSE" });
  expect(texts).toEqual(["Success", "No such file or directory", "Address already in use", "Unknown error 999"]);
  expect(names.sort()).toEqual(Object.keys(errnoTable).sort());
});

test("a process can see where it runs (deviations)", async ({ computer }) => {
  const output = await computer.python(`
import getpass, os, resource, socket, sys
print(sys.platform, {"flask", "gunicorn.arbiter"} <= set(sys.modules), os.getuid(), getpass.getuser())
print(resource.getrlimit(resource.RLIMIT_NPROC)[0], os.environ["GUNICORN_CMD_ARGS"])
try:
    open("/none")
except FileNotFoundError as error:
    print(error)
try:
    os.setuid(0)
except PermissionError as error:
    print(error.strerror)
print(socket.create_server(("127.0.0.1", 80)).getsockname())
`);
  expect(output).toBe(`linux False 1000 student
64 --no-control-socket
[Errno 2] No such file or directory: '/none'
Operation not permitted
('127.0.0.1', 80)
`);
});

test("what a computer is made of is said with its versions", async ({ machine: { about } }) => {
  const real = about.components.filter(({ fidelity: truth }) => truth === "real").map(({ name }) => name.toLowerCase());
  for (const name of ["cpython", "flask", "werkzeug", "gunicorn"]) expect(real).toContain(name);
  for (const { version, fidelity: truth } of about.components)
    if (truth === "real") expect(version).toMatch(/^\d+\.\d+/);
});
