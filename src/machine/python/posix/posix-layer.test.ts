import { beforeAll, describe, expect, test } from "vitest";
import { LayeredPython } from "../../../../testing/posix-layer/interpreter.ts";

/** How a wait ends (`waiting.py`). */
const [timedOut, ready, interrupted] = [0, 1, 2];

let python: LayeredPython;
beforeAll(async () => {
  python = await LayeredPython.start();
}, 60_000);

/** The name of what a line raises, and its errno where it has one. */
function raised(source: string): unknown {
  const body = source
    .trim()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
  return python.run(`
import errno
try:
${body}
    said = "nothing"
except BaseException as error:
    number = getattr(error, "errno", None)
    said = type(error).__name__ + ("" if number is None else " " + errno.errorcode[number])
said`);
}

describe("the layer", () => {
  test("takes the places of the C modules before anything imports them", () => {
    const names = ["_thread", "_signal", "_queue", "select", "_socket", "fcntl", "grp", "pwd", "resource"];
    expect(python.run(`import sys\n{name: sys.modules[name].__name__ for name in ${JSON.stringify(names)}}`)).toEqual(
      Object.fromEntries(names.map((name) => [name, `posix_layer.${name}`])),
    );
  });

  test("leaves the standard library above them as published", () => {
    const source = `
import queue, selectors, signal, socket, subprocess, threading
[module.__spec__.origin.rpartition("/")[2] for module in (queue, selectors, signal, socket, subprocess, threading)]`;
    expect(python.run(source)).toEqual(
      ["queue", "selectors", "signal", "socket", "subprocess", "threading"].map((name) => `${name}.py`),
    );
  });
});

describe("accounts", () => {
  test("are the two of a host", () => {
    expect(
      python.run(`import grp, pwd\n[pwd.getpwuid(0).pw_name, pwd.getpwnam("root").pw_uid, grp.getgrgid(0).gr_name]`),
    ).toEqual(["root", 0, "root"]);
    expect(raised(`import pwd\npwd.getpwnam("nobody-at-all")`)).toBe("KeyError");
  });
});

describe("select", () => {
  test("takes numbers and what has one, and nothing else", () => {
    expect(raised("import select\nselect.select([-1], [], [], 0)")).toBe("ValueError");
    expect(raised("import select\nselect.select([object()], [], [], 0)")).toBe("TypeError");
    expect(raised("import select\nselect.select([], [], [], -1)")).toBe("ValueError");
  });

  test("answers with what was given, at once where something is ready", () => {
    python.attach({
      ready: (reading: string, writing: string) => (reading === "3,4" && writing === "5" ? "4|5" : "|"),
    });
    const source = `
import select
class File:
    def fileno(self): return 4
file = File()
read, write, special = select.select([3, file], [5], [])
[read == [file], write, special]`;
    expect(python.run(source)).toEqual([true, [5], []]);
  });

  test("waits for the kernel otherwise, as long as it was told to", () => {
    const waits: unknown[] = [];
    let answers = ["|", "3|"];
    python.attach({
      ready: () => answers.shift(),
      wait: (...asked: unknown[]) => {
        waits.push(asked);
        return python.waited(ready);
      },
      signalsPending: () => false,
    });
    expect(python.run("import select\nselect.select([3], [], [])")).toEqual([[3], [], []]);
    expect(waits).toEqual([["3", "", -1, true]]);
    answers = ["|", "|"];
    python.attach({ ready: () => answers.shift(), wait: () => python.waited(timedOut) });
    expect(python.run("import select\nselect.select([3], [], [], 0.5)")).toEqual([[], [], []]);
  });

  test("goes on waiting after a signal that was handled", () => {
    const ends = [interrupted, ready];
    const answers = ["|", "3|"];
    const signals = [10];
    python.attach({
      ready: () => answers.shift(),
      wait: () => python.waited(ends.shift()),
      takeSignal: () => signals.shift() ?? 0,
      signalsPending: () => false,
      signalAction: () => {},
    });
    const source = `
import select, signal
heard = []
signal.signal(signal.SIGUSR1, lambda number, frame: heard.append(number))
[select.select([3], [], [])[0], heard]`;
    expect(python.run(source)).toEqual([[3], [10]]);
    expect(ends).toEqual([]);
  });

  test("says that a descriptor is not open", () => {
    python.attach({ ready: () => "bad" });
    expect(raised("import select\nselect.select([9], [], [], 0)")).toBe("OSError EBADF");
  });

  test("reports of poll what is readable, writable, broken and not open", () => {
    python.attach({
      firstBad: (fds: string) => (fds === "9" ? 9 : -1),
      ready: () => "3,4|4",
      pollExtra: (fd: number) => (fd === 3 ? 16 : 0),
    });
    const source = `
import select
poll = select.poll()
poll.register(3)
poll.register(4)
found = [sorted(poll.poll())]
poll.register(9)
found + [poll.poll()]`;
    expect(python.run(source)).toEqual([
      [
        [3, 1 | 16],
        [4, 1 | 4],
      ],
      [[9, 32]],
    ]);
    expect(raised("import select\nselect.poll().modify(3, 1)")).toBe("FileNotFoundError ENOENT");
  });
});

describe("a queue", () => {
  test("is first in, first out, and empty at its end", () => {
    python.attach({ newToken: () => 1, park: () => python.waited(timedOut) });
    const source = `
import queue
items = queue.SimpleQueue()
for item in "abc": items.put(item)
[items.get(), items.get_nowait(), items.qsize(), items.get(), items.empty()]`;
    expect(python.run(source)).toEqual(["a", "b", 1, "c", true]);
    expect(raised("import queue\nqueue.SimpleQueue().get_nowait()")).toBe("Empty");
    expect(raised("import queue\nqueue.SimpleQueue().get(timeout=0.01)")).toBe("Empty");
    expect(raised("import queue\nqueue.SimpleQueue().get(timeout=-1)")).toBe("ValueError");
  });
});

describe("a socket", () => {
  test("is of TCP, UDP or a Unix socket's, over IPv4, and says so of others", () => {
    python.attach({ socket: () => 3, close: () => {} });
    expect(raised("import socket\nsocket.socket(socket.AF_INET6)")).toBe("OSError EAFNOSUPPORT");
    expect(raised("import socket\nsocket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)")).toBe(
      "OSError ESOCKTNOSUPPORT",
    );
    expect(raised("import socket\nsocket.socketpair(socket.AF_INET, socket.SOCK_DGRAM)")).toBe("OSError ENOTSUP");
  });

  test("finds an address in all forms that inet_aton takes", () => {
    python.attach({ hostName: () => "production" });
    const forms = ["8026", "0", "127.1", "10.1.2", "0x7f.0.0.1", "010.0.0.1", "1.2.3.4", "4294967295"];
    const find = `import socket\n[socket.gethostbyname(name) for name in ${JSON.stringify(forms)}]`;
    expect(python.run(find)).toEqual([
      ...["0.0.31.90", "0.0.0.0", "127.0.0.1", "10.1.0.2", "127.0.0.1", "8.0.0.1", "1.2.3.4", "255.255.255.255"],
    ]);
    const others = ["256.0.0.1", "1.2.3.4.5", "4294967296", "08.0.0.1", "1.2..4", "1_0", "example.com"];
    const refused = `
import socket
def refused(name):
    try:
        return socket.gethostbyname(name)
    except socket.gaierror as error:
        return error.errno
[refused(name) for name in ${JSON.stringify(others)}]`;
    expect(python.run(refused)).toEqual(others.map(() => -2));
  });

  test("of the Unix family is bound to a path, as the program calls it and as the kernel finds it", () => {
    const asked: unknown[] = [];
    const note = (...args: unknown[]) => python.waited(asked.push(args) && 0);
    python.attach({ socket: () => 3, close: () => {}, bind: note, connect: note });
    const source = `
import os, socket
os.chdir("/tmp")
for name in ("app.sock", b"/run/app.sock", "\\0abstract"):
    socket.socket(socket.AF_UNIX).bind(name)
socket.socket(socket.AF_UNIX).connect("app.sock")
None`;
    python.run(source);
    expect(asked).toEqual([
      [3, "app.sock", 0, "/tmp/app.sock"],
      [3, "/run/app.sock", 0, "/run/app.sock"],
      [3, "\0abstract", 0, "\0abstract"],
      [3, "app.sock", 0, "/tmp/app.sock", -1],
    ]);
  });

  test("of the Unix family has a short path, which is no pair", () => {
    python.attach({ socket: () => 3, close: () => {}, bind: () => python.waited(0), localAddress: () => "" });
    const one = "import socket\none = socket.socket(socket.AF_UNIX)\n";
    expect(python.run(`${one}one.bind("a" * 107)\none.getsockname()`)).toBe("");
    expect(raised(`${one}one.bind(("127.0.0.1", 80))`)).toBe("TypeError");
    expect(raised(`${one}one.listen()`)).toBe("OSError EINVAL");
    const source = `${one}
try:
    one.bind("a" * 108)
except OSError as error:
    said = str(error)
said`;
    expect(python.run(source)).toBe("AF_UNIX path too long");
  });

  test("of the Unix family says whom it is connected to: a name, an abstract one as bytes, or nothing", () => {
    const peers = ["app.sock:0", "\0abstract:0", ":0"];
    python.attach({ socket: () => 3, close: () => {}, peer: () => peers.shift() });
    const source = "import socket\none = socket.socket(socket.AF_UNIX)\n[repr(one.getpeername()) for _ in range(3)]";
    expect(python.run(source)).toEqual(["'app.sock'", "b'\\x00abstract'", "''"]);
  });

  test("raises what the kernel answers", () => {
    const inUse = Number(python.run("import errno\nerrno.EADDRINUSE"));
    python.attach({ socket: () => 3, bind: () => python.waited(inUse), close: () => {}, hostName: () => "test" });
    expect(raised(`import socket\nsocket.socket().bind(("127.0.0.1", 8000))`)).toBe("OSError EADDRINUSE");
  });

  test("has a time-out of its own class", () => {
    const again = Number(python.run("import errno\nerrno.EAGAIN"));
    python.attach({
      socket: () => 3,
      close: () => {},
      recv: () => -again,
      mustAsk: () => false,
      wait: () => python.waited(timedOut),
    });
    const source = "import socket\none = socket.socket()\n";
    expect(raised(`${source}one.settimeout(0.01)\none.recv(1)`)).toBe("TimeoutError");
    expect(raised(`${source}one.setblocking(False)\none.recv(1)`)).toBe("BlockingIOError EAGAIN");
  });
});

describe("the terminal's size", () => {
  test("is the same for os, fcntl and termios, and follows the terminal", () => {
    let size: [number, number] = [80, 24];
    python.attach({
      isTerminal: (fd: number) => fd < 3,
      terminalSize: () => size[0] * 0x1_0000 + size[1],
    });
    const source = `
import array, fcntl, os, termios
winsize = array.array("H", [0] * 4)
fcntl.ioctl(1, termios.TIOCGWINSZ, winsize)
[list(os.get_terminal_size(1)), winsize[1::-1].tolist(), list(reversed(termios.tcgetwinsize(1)))]`;
    expect(python.run(source)).toEqual([size, size, size]);
    size = [101, 31];
    expect(python.run(source)).toEqual([size, size, size]);
  });

  test("is nothing that a pipe has", () => {
    const noTerminal = Number(python.run("import errno\nerrno.ENOTTY"));
    python.attach({ terminalSize: () => -noTerminal, isKernelDescriptor: () => true });
    expect(raised("import os\nos.get_terminal_size(4)")).toBe("OSError ENOTTY");
    expect(raised("import fcntl, termios\nfcntl.ioctl(4, termios.TIOCGWINSZ, bytes(8))")).toBe("OSError ENOTTY");
  });

  test("needs a buffer to be written to", () => {
    python.attach({ isTerminal: () => true, terminalSize: () => 80 * 0x1_0000 + 24 });
    expect(raised("import fcntl, termios\nfcntl.ioctl(0, termios.TIOCGWINSZ, 0)")).toBe("OSError EFAULT");
  });
});

describe("a signal that is blocked", () => {
  test("waits until it is asked for, or for the time that it is given", () => {
    const come = [10, 12];
    const actions: unknown[] = [];
    python.attach({
      takeSignal: () => come.shift() ?? 0,
      signalAction: (...action: unknown[]) => actions.push(action),
      newToken: () => 1,
      park: () => python.waited(timedOut),
    });
    const source = `
import signal
both = {signal.SIGUSR1, signal.SIGUSR2}
signal.signal(signal.SIGUSR1, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_BLOCK, both)
first = int(signal.sigwait([signal.SIGUSR2]))
pending = [int(number) for number in signal.sigpending()]
second = signal.sigtimedwait(both, 1).si_signo
none = signal.sigtimedwait(both, 0.001)
signal.pthread_sigmask(signal.SIG_UNBLOCK, both)
[first, pending, second, none]`;
    expect(python.run(source)).toEqual([12, [10], 10, null]);
    expect(actions).toContainEqual([12, "handle"]);
    expect(actions.slice(-2).sort()).toEqual([
      [10, "default"],
      [12, "default"],
    ]);
    expect(raised("import signal\nsignal.sigwait([99])")).toBe("ValueError");
  });
});

describe("limits", () => {
  test("are those that resource says, within what was given", () => {
    const kept: number[] = [];
    python.attach({ limitDescriptors: (openFiles: number) => kept.push(openFiles) });
    const set = (limits: string) => raised(`import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, ${limits})`);
    expect([set("(5, 3)"), set("(5,)"), set("(-1, -1)"), set("(10, 1 << 40)")]).toEqual(
      Array.from({ length: 4 }, () => "ValueError"),
    );
    expect(set("(20, 1024)")).toBe("nothing");
    expect(kept).toEqual([20]);
    expect(python.run("import resource\nresource.getrlimit(resource.RLIMIT_NOFILE)")).toEqual([20, 1024]);
  });
});

describe("the interpreter's options", () => {
  test("are in force, and shown by sys", () => {
    const source = `
import sys, warnings
from posix_layer import options
before = sys.flags, list(warnings.filters)
options.take(["O", "Werror::UserWarning", "Xdev", "Xa=b", "P"], {"PYTHONWARNINGS": "ignore"})
try:
    warnings.warn("loud")
    said = "nothing"
except UserWarning as warning:
    said = str(warning)
flags = sys.flags
result = [list(sys.warnoptions), dict(sys._xoptions), flags.optimize, flags.dev_mode, flags.safe_path, flags.utf8_mode, said]
sys.flags, warnings.filters[:] = before
sys.warnoptions.clear(), sys._xoptions.clear()
options.take([], {})
result`;
    expect(python.run(source)).toEqual([
      ["default", "ignore", "error::UserWarning"],
      { dev: true, a: "b" },
      1,
      true,
      true,
      0,
      "loud",
    ]);
  });
});

describe("thread-local data", () => {
  test("says of what a thread has not set what CPython says", () => {
    const source = `
import threading
try:
    threading.local().user
except AttributeError as error:
    said = str(error)
[said, threading.local.__qualname__, threading.local.__module__]`;
    expect(python.run(source)).toEqual(["'_thread._local' object has no attribute 'user'", "_local", "_thread"]);
  });
});

describe("a program's end", () => {
  test.each([
    ["pass", 0],
    ["raise SystemExit", 0],
    ["raise SystemExit(3)", 3],
    ["raise SystemExit(256 + 3)", 3],
    ["raise SystemExit('words')", 1],
    ["raise KeyboardInterrupt", -2],
    ["raise ValueError", 1],
  ])("after %s is %i", (body, code) => {
    const source = `
import contextlib, io
from posix_layer import program
def end():
    ${body}
with contextlib.redirect_stderr(io.StringIO()):
    code = program._outcome(end)
code`;
    expect(python.run(source)).toBe(code);
  });
});

describe("a traceback", () => {
  test("shows no frame of the layer", () => {
    python.attach({ ready: () => "bad" });
    const source = `
import select, traceback
try:
    select.select([9], [], [], 0)
except OSError:
    text = traceback.format_exc()
["posix_layer" in text, text.count("File ")]`;
    expect(python.run(source)).toEqual([false, 1]);
  });
});
