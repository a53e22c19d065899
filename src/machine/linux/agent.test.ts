/** The guest's agent, run by this computer's Python beside a host that is this computer. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** Before each test: an agent that listens, a host, and what a page does on a line to it. */
const beginning = `
import contextlib, json, os, signal, socket, struct, subprocess, sys, tempfile, time
sys.path.insert(0, "linux/guest")
import agent as module
from agent import Agent, LENGTHS

class Host:
    name, number, told, edited = "development", 1, None, False
    network = "/proc/self/net/tcp"
    def __init__(self):
        self.folder, self.root, self.stamps = tempfile.mkdtemp(), "", {}
        self.accepted = self
    def take(self): return [], []
    def fork(self): return os.fork()
    def enter(self): pass
    def inner(self, pid): return pid
    def pids(self): return [process["pid"] for process in agent.processes.values()]
    def changed_below(self): return self.folder

module.PORT = 0
agent = Agent()
agent.begin()
host = agent.hosts["development"] = Host()

def started(*argv):
    message = {"host": "development", "id": 1, "argv": list(argv), "cwd": "/", "columns": 80, "rows": 24}
    return agent.do_spawn(message, b"")["pid"]

def dead(pid):
    """Waits for it, and leaves it to the agent to find out."""
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
`;

function run(script: string): { printed: string; failed: string } {
  const { stdout, stderr } = spawnSync("python3", ["-B", "-c", beginning + script], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return { printed: stdout.trim(), failed: stderr };
}

test("a program that is killed while another child ends: both are heard of in one turn", () => {
  const { printed, failed } = run(`
pid = started("sleep", "60")
agent.turn()
subprocess.run(["true"])
os.kill(pid, signal.SIGKILL)
dead(pid)
agent.turn()
print("processes:", agent.processes)
`);
  expect(failed).toBe("");
  expect(printed).toBe("processes: {}");
});

test("it waits while nothing happens, and hears of a child that ends", () => {
  const { printed } = run(`
def turned():
    began, agent.next_glance = time.monotonic(), time.monotonic() + 0.5
    agent.turn()
    return time.monotonic() - began
print(turned() >= 0.4)
pid = started("sh", "-c", "exit 3")
while agent.processes: turned()
print(turned() >= 0.4)
`);
  expect(printed).toBe("True\nTrue");
});

test("a page that goes while something is being sent to it", () => {
  const { printed, failed } = run(`
page = socket.create_connection(agent.listener.getsockname())
agent.turn()
agent.unsent = bytes(64 << 20)
agent.flush()
page.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
page.close()
agent.turn()
print("page:", agent.page)
`);
  expect(failed).toBe("");
  expect(printed).toBe("page: None");
});

test("a task that fails in a way that nobody thought of is a failure, and the next one is answered", () => {
  const { printed } = run(`
page = socket.create_connection(agent.listener.getsockname())
for task in ({"task": "stop", "host": "nobody"}, {"task": "clock"}):
    text = json.dumps({"call": 1, **task}).encode()
    page.sendall(LENGTHS.pack(len(text), 0) + text)
    page.settimeout(0.01)
    answer = b""
    while not answer:
        agent.turn()
        with contextlib.suppress(TimeoutError): answer = page.recv(4096)
    print([*json.loads(answer[LENGTHS.size:])])
`);
  expect(printed).toBe("['failure', 'errno', 'message']\n['answer', 'value']");
});

test("a glance looks at the hosts when a process began or ended, when the page has changed something, and seldom otherwise", () => {
  const { printed, failed } = run(`
host.told = ([], [])
agent.page = object()
agent.send = lambda message, data=b"": print(message["news"], end=" ")
agent.look = lambda: print("look", end=" ")
agent.tables = os.open(host.folder + "/loadavg", os.O_RDWR | os.O_CREAT)
def table(text):
    os.pwrite(agent.tables, text.encode(), 0)
def glance(what):
    print(what + ":", end=" ")
    agent.glance()
    print()
table("0.00 0.00 0.00 1/61 213\\n")
glance("at first")
glance("nothing new")
table("1.00 0.50 0.10 2/61 213\\n")
glance("busy")
table("1.00 0.50 0.10 2/61 214\\n")
glance("one for another")
host.take = lambda: ([(1, "10.0.1.1", 1, 2, 3.0)], [])
glance("a connection")
host.take = lambda: ([], [])
print("frequent:", agent.next_glance - time.monotonic() < module.LATER / 2)
agent.hurry()
glance("a command")
agent.busy_until = agent.next_look = 0.0
glance("in the end")
`);
  expect(failed).toBe("");
  expect(printed.split("\n").map((line) => line.trimEnd())).toEqual([
    "at first: look",
    "nothing new:",
    "busy:",
    "one for another: look",
    "a connection: accepted",
    "frequent: True",
    "a command: look",
    "in the end: look",
  ]);
});
