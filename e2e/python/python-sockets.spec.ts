// @project beside
// @also firefox
/** CPython's `socket` and `selectors` on the kernel's loopback network. */
import { expect, test } from "../../testing/browser/machine.ts";

test("connecting fails as on Linux: refused, in use, not this computer's address", async ({ computer }) => {
  const output = await computer.python(`
import errno, socket
def attempt(function):
    try:
        function()
    except OSError as error:
        print(type(error).__name__, errno.errorcode[error.errno], error.strerror)
attempt(lambda: socket.create_connection(("127.0.0.1", 9)))
listener = socket.create_server(("127.0.0.1", 4000))
attempt(lambda: socket.create_server(("127.0.0.1", 4000)))
attempt(lambda: socket.create_server(("10.0.0.1", 4001)))
attempt(lambda: socket.socket().listen() or socket.socket().getpeername())
attempt(lambda: socket.socket().recv(1))
attempt(lambda: socket.socket().send(b"x"))
attempt(lambda: socket.socket().sendall(b"x"))
closed = socket.socket(); closed.close()
attempt(lambda: closed.recv(1))
try:
    socket.getaddrinfo("example.org", 80)
except socket.gaierror as error:
    print(type(error).__name__, error.strerror)
print(socket.socket().connect_ex(("localhost", 9)) == errno.ECONNREFUSED)
`);
  expect(output).toBe(`ConnectionRefusedError ECONNREFUSED Connection refused
OSError EADDRINUSE Address already in use (while attempting to bind on address ('127.0.0.1', 4000))
OSError EADDRNOTAVAIL Cannot assign requested address (while attempting to bind on address ('10.0.0.1', 4001))
OSError ENOTCONN Transport endpoint is not connected
OSError ENOTCONN Transport endpoint is not connected
BrokenPipeError EPIPE Broken pipe
BrokenPipeError EPIPE Broken pipe
OSError EBADF Bad file descriptor
gaierror Name or service not known
True
`);
});

test("one end can stop sending and still receive", async ({ computer }) => {
  const output = await computer.python(`
import socket, threading
listener = socket.create_server(("127.0.0.1", 4000))
def serve():
    connection, address = listener.accept()
    got = b""
    while chunk := connection.recv(4):
        got += chunk
    connection.sendall(b"got " + got)
    connection.close()
thread = threading.Thread(target=serve); thread.start()
client = socket.create_connection(("127.0.0.1", 4000))
client.sendall(b"question")
client.shutdown(socket.SHUT_WR)
try:
    client.send(b"more")
except BrokenPipeError:
    print("broken pipe")
print(client.recv(100), client.recv(100))
thread.join()
print(client.getpeername(), client.getsockname()[0])
`);
  expect(output).toBe("broken pipe\nb'got question' b''\n('127.0.0.1', 4000) 127.0.0.1\n");
});

test("a peer that closes with unread bytes resets the connection", async ({ computer }) => {
  const output = await computer.python(`
import socket
listener = socket.create_server(("127.0.0.1", 4000))
client = socket.create_connection(("127.0.0.1", 4000))
server, _ = listener.accept()
client.sendall(b"never read")
server.close()
try:
    while client.recv(10): pass
    print("end")
except ConnectionResetError as error:
    print(error.strerror)
quiet = socket.create_connection(("127.0.0.1", 4000))
server, _ = listener.accept()
server.close()
print(quiet.recv(10))
`);
  expect(output).toBe("Connection reset by peer\nb''\n");
});

test("a connection that comes with the last word of another is the server's to accept, or anybody else's", async ({
  computer,
}) => {
  const output = await computer.python(`
import os, select, socket
server = socket.create_server(("127.0.0.1", 8000))

def answer_one():
    select.select([server], [], [])
    connection = server.accept()[0]
    connection.recv(100)
    connection.sendall(b"answer")
    connection.shutdown(socket.SHUT_WR)
    assert connection.recv(100) == b""
    connection.close()

def ask(before_hanging_up):
    client = socket.create_connection(("127.0.0.1", 8000))
    client.sendall(b"request")
    while client.recv(100):
        pass
    waiting = socket.create_connection(("127.0.0.1", 8000))
    waiting.sendall(before_hanging_up)
    client.close()
    return waiting

def child_asks(text, then=lambda: None):
    pid = os.fork()
    if pid == 0:
        waiting = ask(text)
        then()
        waiting.close()
        os._exit(0)
    return pid

def accept_as(name):
    connection, _ = server.accept()
    print(name, "accepted", connection.recv(100).decode(), flush=True)
    connection.close()

pid = child_asks(b"two")
answer_one()
accept_as("parent")
os.waitpid(pid, 0)
# It was offered to the parent, which does something else.
pid = child_asks(b"three", lambda: accept_as("child"))
answer_one()
os.waitpid(pid, 0)
`);
  expect(output).toBe("parent accepted two\nchild accepted three\n");
});

test("operations end when their time-out is over", async ({ computer }) => {
  const output = await computer.python(`
import socket, time
listener = socket.create_server(("127.0.0.1", 4000))
listener.settimeout(0.1)
def timed(function):
    began = time.monotonic()
    try:
        function()
    except TimeoutError as error:
        print(error, 0.09 <= time.monotonic() - began)
timed(listener.accept)
client = socket.create_connection(("127.0.0.1", 4000))
server, _ = listener.accept()
print(server.gettimeout(), client.gettimeout())
server.settimeout(0.1)
timed(lambda: server.recv(1))
client.sendall(b"x")
print(server.recv(1))
timed(lambda: server.sendall(bytes(4_000_000)))
`);
  expect(output).toBe("timed out True\nNone None\ntimed out True\nb'x'\ntimed out True\n");
});

test("files made of a socket read lines and buffer what is written", async ({ computer }) => {
  const output = await computer.python(`
import socket
left, right = socket.socketpair()
writing = left.makefile("w", encoding="utf-8", newline="\\n")
reading = right.makefile("r", encoding="utf-8")
writing.write("first \\u00e9\\nsecond")
writing.flush()
print(repr(reading.readline()))
writing.write(" line\\n"); writing.close(); left.close()
print(repr(reading.readline()), repr(reading.readline()))
left, right = socket.socketpair()
with left.makefile("rwb") as both:
    right.sendall(b"0123456789")
    print(both.read(4), both.read1(100))
    both.write(b"abc"); both.flush()
    print(right.recv(10))
print(repr(left.fileno() >= 0))
`);
  expect(output).toBe("'first é\\n'\n'second line\\n' ''\nb'0123' b'456789'\nb'abc'\nTrue\n");
});

test("a non-blocking socket never waits, and sees what comes without a select", async ({ computer }) => {
  const output = await computer.python(`
import socket, time
listener = socket.create_server(("127.0.0.1", 4000))
listener.setblocking(False)
def refuses(function):
    try:
        function()
        return False
    except BlockingIOError:
        return True
print(refuses(listener.accept))
client = socket.create_connection(("127.0.0.1", 4000))
deadline = time.monotonic() + 10
def until(function):
    while time.monotonic() < deadline:
        try:
            return function()
        except BlockingIOError:
            pass
server, _ = until(listener.accept)
server.setblocking(False)
print(refuses(lambda: server.recv(10)))
client.sendall(b"hello")
print(until(lambda: server.recv(10)))
sent = 0
try:
    while sent < 10_000_000:
        sent += server.send(bytes(65536))
except BlockingIOError:
    print(0 < sent < 10_000_000)
`);
  expect(output).toBe("True\nTrue\nb'hello'\nTrue\n");
});

test("selectors wait for many sockets at once", async ({ computer }) => {
  const output = await computer.python(`
import select, selectors, socket, threading, time
selector = selectors.DefaultSelector()
listener = socket.create_server(("127.0.0.1", 4000))
listener.setblocking(False)
selector.register(listener, selectors.EVENT_READ, "listener")
print(selector.select(timeout=0.05))
clients = [socket.create_connection(("127.0.0.1", 4000)) for _ in range(3)]
served = []
while len(served) < 3:
    for key, mask in selector.select(timeout=5):
        if key.data == "listener":
            connection, _ = listener.accept()
            selector.register(connection, selectors.EVENT_READ, "connection")
            clients.pop().sendall(b"now")
        else:
            served.append(key.fileobj.recv(10))
            selector.unregister(key.fileobj)
print(served)
left, right = socket.socketpair()
print([len(ready) for ready in select.select([left], [left], [], 0)])
threading.Timer(0.05, right.sendall, (b"x",)).start()
print(select.select([left], [], [], 10)[0] == [left])
poll = select.poll()
poll.register(left, select.POLLIN)
print([event for _, event in poll.poll(1000)] == [select.POLLIN])
`);
  expect(output).toBe("[]\n[b'now', b'now', b'now']\n[0, 1, 0]\nTrue\nTrue\n");
});

test("epoll tells of what is ready, of each arrival or only once; a socket that does not linger resets", async ({
  computer,
}) => {
  const output = await computer.python(`
import errno, os, select, socket, struct, threading
left, right = socket.socketpair()
left.setblocking(False)
def told(events): return [(("left", "right")[fd == right.fileno()], mask) for fd, mask in events]
with select.epoll() as poll:
    poll.register(left, select.EPOLLIN | select.EPOLLOUT)
    print(told(poll.poll(0)), poll.fileno() > 2, poll.closed)
    poll.modify(left, select.EPOLLIN)
    print(told(poll.poll(0.01)))
    threading.Timer(0.05, right.sendall, (b"x",)).start()
    print(told(poll.poll()), told(poll.poll(1, maxevents=1)), left.recv(1))
    poll.modify(left, select.EPOLLIN | select.EPOLLONESHOT)
    right.sendall(b"y")
    print(told(poll.poll(5)), told(poll.poll(0)))
    poll.modify(left, select.EPOLLIN | select.EPOLLOUT | select.EPOLLET | select.EPOLLRDHUP)
    print(told(poll.poll(5)), told(poll.poll(0.01)))
    right.sendall(b"z")
    print(told(poll.poll(5)), told(poll.poll(0)), left.recv(10))
    right.sendall(b"w")
    print(told(poll.poll(5)), left.recv(10))
    right.close()
    print([hex(mask & ~select.EPOLLHUP) for _, mask in poll.poll(5)], told(poll.poll(0.01)))
    for attempt in (lambda: poll.register(left), lambda: poll.unregister(os.pipe()[0]), lambda: poll.register(999), lambda: poll.register(open("f", "w"))):
        try: attempt()
        except OSError as error: print(errno.errorcode[error.errno], end=" ")
    number = left.fileno()
    left.close()
    again, other = socket.socketpair()
    print(again.fileno() == number)
    poll.register(again)
try: poll.poll()
except ValueError as error: print(error)
listener = socket.create_server(("127.0.0.1", 0))
for reset in (True, False):
    client = socket.create_connection(listener.getsockname())
    server, _ = listener.accept()
    if reset: server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    print(server.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
    server.close()
    try: print(client.recv(1))
    except ConnectionResetError as error: print(error)
fd = os.memfd_create("scratch")
os.write(fd, b"memory")
print(os.pread(fd, 10, 0), os.fstat(fd).st_nlink)
`);
  expect(output).toBe(`[('left', 4)] True False
[]
[('left', 1)] [('left', 1)] b'x'
[('left', 1)] []
[('left', 5)] []
[('left', 5)] [] b'yz'
[('left', 5)] b'w'
['0x2005'] []
EEXIST ENOENT EBADF EPERM True
I/O operation on closed epoll object
b'\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00'
[Errno 104] Connection reset by peer
b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'
b''
b'memory' 0
`);
});

test("a megabyte goes each way through a small server, whole", async ({ computer }) => {
  await computer.write(
    "app.py",
    `
import hashlib
from flask import Flask, Response, request
app = Flask(__name__)
@app.post("/echo")
def echo():
    body = request.get_data()
    return Response(body, headers={"X-Digest": hashlib.sha256(body).hexdigest()})
`,
  );
  const server = await computer.start(["flask", "--app", "app", "run"]);
  await server.prints(/Running on/);
  const line = "0123456789abcdefghijklmnopqrstuvwxyz-_\n";
  const text = line.repeat(Math.ceil(1_048_576 / line.length));
  const same = await computer.page.evaluate(
    async ({ name, text }) => {
      const { machineDriver } = globalThis;
      const body = new TextEncoder().encode(text);
      const digest = await crypto.subtle.digest("SHA-256", body);
      const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      const answer = await machineDriver.request(name, 5000, { method: "POST", path: "/echo", body });
      const header = answer.headers.find(([key]) => key.toLowerCase() === "x-digest")?.[1];
      return { status: answer.status, body: answer.text === text, digest: header === hex };
    },
    { name: computer.name, text },
  );
  expect(same).toEqual({ status: 200, body: true, digest: true });
});

test("http.server answers urllib in another process of the same computer", async ({ computer }) => {
  await computer.write("page.txt", "a page\n");
  const server = await computer.start(["python", "-m", "http.server", "8123"]);
  await server.prints(/Serving HTTP on 0\.0\.0\.0 port 8123/);
  const output = await computer.python(`
import urllib.error, urllib.request
with urllib.request.urlopen("http://localhost:8123/page.txt") as answer:
    print(answer.status, answer.read())
try:
    urllib.request.urlopen("http://localhost:8123/none")
except urllib.error.HTTPError as error:
    print(error.code)
`);
  expect(output).toBe("200 b'a page\\n'\n404\n");
  await server.prints(/"GET \/page\.txt HTTP\/1\.1" 200 -/);
});

test("there is no network but loopback, and no IPv6 (a deviation)", async ({ computer }) => {
  const output = await computer.python(`
import selectors, socket
print(socket.has_ipv6, selectors.DefaultSelector.__name__)
try:
    socket.socket(socket.AF_INET6)
    print("made")
except OSError as error:
    print(error.strerror)
try:
    socket.create_connection(("93.184.215.14", 80), timeout=5)
except OSError as error:
    print(error.strerror)
`);
  expect(output).toBe(`False EpollSelector
Address family not supported by protocol
Network is unreachable
`);
});
