// @project beside
// @also firefox
/** Unix sockets of CPython, servers that listen on one, and datagrams. */
import { expect, test } from "../../testing/browser/machine.ts";

test("a Unix socket is a file, outlives its program, and refuses as on Linux", async ({ computer }) => {
  const output = await computer.python(`
import os, socket, stat
def attempt(function, *args):
    try:
        return function(*args)
    except OSError as error:
        print(type(error).__name__, error)
os.umask(0o027)
server = socket.socket(socket.AF_UNIX)
server.bind("own.sock"); server.listen()
status = os.lstat("own.sock")
print(stat.filemode(status.st_mode), status.st_size, server.getsockname())
attempt(open, "own.sock")
attempt(socket.socket(socket.AF_UNIX).bind, "own.sock")
attempt(socket.socket(socket.AF_UNIX).bind, "none/own.sock")
attempt(socket.socket(socket.AF_UNIX).bind, "a" * 108)
attempt(socket.socket(socket.AF_UNIX).connect, "none.sock")
client = socket.socket(socket.AF_UNIX); client.connect(os.path.abspath("own.sock"))
accepted, address = server.accept()
print(repr(address), client.getpeername() == os.path.abspath("own.sock"), repr(client.getsockname()))
if os.fork() == 0:
    accepted.sendall(accepted.recv(100).upper())
    os._exit(0)
accepted.close()
client.sendall(b"to a child and back")
print(client.recv(100), client.recv(100))
os.wait()
server.close()
attempt(socket.socket(socket.AF_UNIX).connect, "own.sock")
os.unlink("own.sock")
left, right = socket.socketpair()
print(left.family.name, repr(left.getsockname()), socket.socket(fileno=os.dup(right.fileno())).family.name)
right.close()
attempt(left.send, b"to nobody")
import asyncio, logging, logging.handlers
log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind("log.sock")
logger = logging.getLogger("app")
logger.addHandler(logging.handlers.SysLogHandler("log.sock"))
logger.warning("by a Unix socket")
print(log.recvfrom(100))
statsd = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
statsd.bind(("127.0.0.1", 8125))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
print(sender.sendto(b"hits:1|c", ("localhost", 8125)), statsd.recvfrom(4)[0])
nobody = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
nobody.connect(("127.0.0.1", 9))
nobody.send(b"lost")
attempt(nobody.send, b"refused")
class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport): self.transport = transport
    def datagram_received(self, data, address): self.transport.sendto(data.upper(), address)
class Ask(asyncio.DatagramProtocol):
    def __init__(self): self.answer = asyncio.get_running_loop().create_future()
    def connection_made(self, transport): transport.sendto(b"ping")
    def datagram_received(self, data, address): self.answer.set_result(data)
async def main():
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 9999))
    _, ask = await loop.create_datagram_endpoint(Ask, remote_addr=("127.0.0.1", 9999))
    print(await ask.answer)
asyncio.run(main())
`);
  expect(output).toBe(`srwxr-x--- 0 own.sock
OSError [Errno 6] No such device or address: 'own.sock'
OSError [Errno 98] Address already in use
FileNotFoundError [Errno 2] No such file or directory
OSError AF_UNIX path too long
FileNotFoundError [Errno 2] No such file or directory
'' True ''
b'TO A CHILD AND BACK' b''
ConnectionRefusedError [Errno 111] Connection refused
AF_UNIX '' AF_UNIX
BrokenPipeError [Errno 32] Broken pipe
(b'<12>by a Unix socket\\x00', None)
8 b'hits'
ConnectionRefusedError [Errno 111] Connection refused
b'PING'
`);
});

const app = `
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["SERVER_SOFTWARE"].encode()]
`;

const client = `
import http.client, socket, sys
class UnixConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.host)
connection = UnixConnection(sys.argv[1])
connection.request("GET", "/", headers={"Host": "any.name"})
answer = connection.getresponse()
print(answer.status, answer.read().decode().partition("/")[0])
`;

test("gunicorn listens on a Unix socket, and takes it away at its end", async ({ computer }) => {
  await computer.write("app.py", app);
  await computer.write("client.py", client);
  const server = await computer.start(["gunicorn", "-b", "unix:app.sock", "-m", "007", "-w", "2", "app:app"]);
  await server.prints(/Listening at: unix:app\.sock/);
  const line = "ls -l app.sock | cut -c1-10; test -S app.sock && python client.py app.sock";
  expect((await computer.run(["sh", "-c", line])).output).toBe("srwxrwx---\n200 gunicorn\n");
  await computer.kill(server.pid, "SIGTERM");
  expect(await server.exit()).toEqual({ kind: "exited", code: 0 });
  expect((await computer.run(["sh", "-c", "test -e app.sock || echo gone"])).output).toBe("gone\n");
});
