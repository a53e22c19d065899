/**
 * What code of a lab says to the kernel by hand, having got hold of its process's line. Each is JavaScript that runs in
 * the process's worker.
 */

/** Defines `raw(message, transfer)`, once the process has said something by itself. */
export const grab = `
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (...args) {
    if (Array.isArray(args[0]) && args[0][0]?.op && !self.raw) {
      self.raw = (message, transfer = []) => post.call(this, message, transfer);
      MessagePort.prototype.postMessage = post;
    }
    return post.apply(this, args);
  };`;

const call = (name: string, args: string, id = 99_999) =>
  `raw([{ op: "call", id: ${id}, name: "${name}", tid: 1, arguments: ${args} }])`;
const spawn = (argv: string, env = "{}") =>
  call("spawn", `{ argv: ${argv}, env: ${env}, cwd: "/", fds: [], newSession: true }`);

/** After these the process is ended. */
export const fatal: Readonly<Record<string, string>> = {
  number: `raw(5)`,
  nul: `raw(null)`,
  listOfNull: `raw([null])`,
  badOp: `raw([{ op: "constructor" }, { op: "__proto__" }, { op: 7 }])`,
  badCall: call("constructor", "null"),
  callNoArgs: `raw([{ op: "call", id: 99, name: "bind", tid: 1 }])`,
  callWaitNull: call("wait", "{ interests: null, timeout: NaN }"),
  socketpair: `raw([{ op: "socketpair" }])`,
  socketpairBad: `raw([{ op: "socketpair", fds: null }])`,
  fileNull: `raw([{ op: "file", change: null }])`,
  filePath: `raw([{ op: "file", change: { kind: "create", inode: 1, path: {}, type: "file", mode: 420, time: 0 } }])`,
  titleObj: `raw([{ op: "title", title: { a: 1, constructor: undefined, type: "h1", props: { children: "INJECTED" } } }])`,
  titleCyclic: `const a = {}; a.a = a; raw([{ op: "title", title: a }])`,
  titleDeep: `let a = {}; for (let i = 0; i < 300; i++) a = { a }; raw([{ op: "title", title: a }])`,
  titleNull: `raw([{ op: "title", title: null }])`,
  memoryStr: `raw([{ op: "memory", bytes: "<b>1</b>" }])`,
  memoryObj: `raw([{ op: "memory", bytes: {} }])`,
  memoryBig: `raw([{ op: "memory", bytes: 1e308 }])`,
  sendObj: `raw([{ op: "send", fd: 1, tid: 1, bytes: { length: 5 } }])`,
  sendStr: `raw([{ op: "send", fd: 1, tid: 1, bytes: "text" }])`,
  sendNull: `raw([{ op: "send", fd: 1, tid: 1 }])`,
  closeNeg: `raw([{ op: "close", fd: -1 }, { op: "dup", from: {}, to: [] }])`,
  umask: `raw([{ op: "umask", mask: {} }])`,
  sigaction: `raw([{ op: "sigaction", signal: "x", disposition: {} }])`,
  envProto: spawn(`["sleep", "1"]`, `JSON.parse('{"__proto__":{"polluted":1},"A":"b"}')`),
  argvObj: spawn(`[{}, 1, null]`),
  modes: call("tcsetattr", `{ fd: 0, modes: JSON.parse('{"__proto__":{"x":1},"canonical":5}') }`),
  modesNull: call("tcsetattr", "{ fd: 0, modes: null }"),
  killObj: call("kill", "{ pid: {}, signal: {} }"),
  portXfer: `const c = new MessageChannel(); raw([{ op: "title", title: "x", p: c.port2 }], [c.port2])`,
  exitObj: `raw([{ op: "position", fd: 0, position: {} }, { op: "threadStart", tid: {} }, { op: "cancel", call: {} }])`,
  frameForged: `self.postMessage({ begun: true }); self.postMessage(5); self.postMessage({ unusable: "x" })`,
  frameNull: `self.postMessage(null)`,
  forkNoImage: call("fork", "{ positions: [] }"),
  titleHuge: `raw([{ op: "title", title: "x".repeat(150e6) }])`,
  flood: `for (let i = 0; i < 2e5; i++) raw([{ op: "title", title: "flood " + i }])`,
};

/** After these it goes on: they have an answer, if an unhappy one. */
export const harmless: Readonly<Record<string, string>> = {
  argvEmpty: spawn("[]"),
  kill1: call("kill", "{ pid: 1, signal: 9 }", 99_998),
  forkBadImage: call("fork", "{ image: { memory: new ArrayBuffer(8), resume: null }, positions: [] }", 99_997),
};
