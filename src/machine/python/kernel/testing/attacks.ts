/** What code that has got hold of a process's line to the kernel might post. */

/** What becomes of the attacker: it is ended with a line that says why, ends as a program does, or goes on. */
export type AttackOutcome = "ended" | "gone" | "goes on";

function call(name: string, id: number, args: unknown): object {
  return { op: "call", id, name, tid: 1, arguments: args };
}

const spawning = { cwd: "/", fds: [], newSession: true };

function cyclic(): object {
  const circle: { self?: object } = {};
  circle.self = circle;
  return circle;
}

function deep(levels: number): object {
  let inner: object = {};
  for (let level = 0; level < levels; level += 1) inner = { inner };
  return inner;
}

/** Each attack's name, its messages, and what becomes of the attacker. */
export const attacks: readonly (readonly [name: string, messages: () => readonly unknown[], outcome: AttackOutcome])[] =
  [
    ["a number", () => [5], "ended"],
    ["null", () => [null], "ended"],
    ["undefined", () => [undefined], "ended"],
    ["text", () => ["booted"], "ended"],
    ["a list with null", () => [[null]], "ended"],
    ["a list with gaps", () => [new Array(3)], "ended"],
    ["an object like a list", () => [{ 0: { op: "booted" }, length: 1 }], "ended"],
    ["names that objects have", () => [[{ op: "constructor" }, { op: "__proto__" }, { op: 7 }]], "ended"],
    ["a call of such a name", () => [[call("constructor", 1, null)]], "ended"],
    ["a call that nobody knows", () => [[call("reboot", 1, {})]], "ended"],
    ["a call without arguments", () => [[{ op: "call", id: 99, name: "bind", tid: 1 }]], "ended"],
    ["a wait for null", () => [[call("wait", 98, { interests: null, timeout: Number.NaN })]], "ended"],
    ["a wait for NaN milliseconds", () => [[call("wait", 98, { interests: [], timeout: Number.NaN })]], "ended"],
    ["a socket pair without descriptors", () => [[{ op: "socketpair" }]], "ended"],
    ["a socket pair of null", () => [[{ op: "socketpair", fds: null }]], "ended"],
    ["a change of null", () => [[{ op: "file", change: null }]], "ended"],
    [
      "a path that is an object",
      () => [[{ op: "file", change: { kind: "create", inode: 1e8, path: {}, type: "file", mode: 420, time: 0 } }]],
      "ended",
    ],
    [
      "an inode of the page's",
      () => [[{ op: "file", change: { kind: "create", inode: 1, path: "/tmp/a", type: "file", mode: 420, time: 0 } }]],
      "goes on",
    ],
    [
      "a write far beyond the end",
      () => [
        [
          { op: "file", change: { kind: "create", inode: 1e8, path: "/tmp/a", type: "file", mode: 420, time: 0 } },
          { op: "file", change: { kind: "write", inode: 1e8, position: 2 ** 50, bytes: new Uint8Array(1), time: 0 } },
          { op: "file", change: { kind: "truncate", inode: 1e8, size: 2 ** 50, time: 0 } },
        ],
      ],
      "goes on",
    ],
    [
      "a write before the beginning",
      () => [[{ op: "file", change: { kind: "write", inode: 1e8, position: -1, bytes: new Uint8Array(1), time: 0 } }]],
      "ended",
    ],
    [
      "a title that is an element",
      () => [[{ op: "title", title: { a: 1, constructor: undefined, type: "h1", props: { children: "INJECTED" } } }]],
      "ended",
    ],
    ["a title that contains itself", () => [[{ op: "title", title: cyclic() }]], "ended"],
    ["a deep title", () => [[{ op: "title", title: deep(2000) }]], "ended"],
    ["no title", () => [[{ op: "title", title: null }]], "ended"],
    ["a long title", () => [[{ op: "title", title: "x".repeat(150e6) }]], "ended"],
    ["memory in words", () => [[{ op: "memory", bytes: "<b>1</b>" }]], "ended"],
    ["memory that is an object", () => [[{ op: "memory", bytes: {} }]], "ended"],
    ["memory without end", () => [[{ op: "memory", bytes: 1e308 }]], "ended"],
    ["bytes that are an object", () => [[{ op: "send", fd: 1, tid: 1, bytes: { length: 5 } }]], "ended"],
    ["bytes that are text", () => [[{ op: "send", fd: 1, tid: 1, bytes: "text" }]], "ended"],
    ["no bytes", () => [[{ op: "send", fd: 1, tid: 1 }]], "ended"],
    [
      "a slice of much more",
      () => [[{ op: "send", fd: 1, tid: 1, bytes: new Uint8Array(1e6).subarray(0, 1) }]],
      "ended",
    ],
    [
      "descriptors below zero",
      () => [
        [
          { op: "close", fd: -1 },
          { op: "dup", from: {}, to: [] },
        ],
      ],
      "ended",
    ],
    ["a mask that is an object", () => [[{ op: "umask", mask: {} }]], "ended"],
    ["a signal that is text", () => [[{ op: "sigaction", signal: "x", disposition: {} }]], "ended"],
    [
      "a prototype as environment",
      () => [
        [call("spawn", 97, { ...spawning, argv: ["a"], env: JSON.parse('{"__proto__":{"polluted":1},"A":"b"}') })],
      ],
      "ended",
    ],
    ["arguments that are objects", () => [[call("spawn", 96, { ...spawning, argv: [{}, 1, null], env: {} })]], "ended"],
    ["no arguments", () => [[call("spawn", 95, { ...spawning, argv: [], env: {} })]], "goes on"],
    ["large arguments", () => [[call("spawn", 95, { ...spawning, argv: ["x".repeat(50e6)], env: {} })]], "goes on"],
    [
      "modes with a prototype",
      () => [[call("tcsetattr", 94, { fd: 0, modes: JSON.parse('{"__proto__":{"x":1},"canonical":5}') })]],
      "ended",
    ],
    ["modes of null", () => [[call("tcsetattr", 93, { fd: 0, modes: null })]], "ended"],
    ["a signal for init", () => [[call("kill", 92, { pid: 1, signal: 9 })]], "goes on"],
    ["a signal for an object", () => [[call("kill", 91, { pid: {}, signal: {} })]], "ended"],
    ["a port along with a title", () => [[{ op: "title", title: "x", p: new MessageChannel().port2 }]], "ended"],
    [
      "numbers that are objects",
      () => [
        [
          { op: "position", fd: 0, position: {} },
          { op: "threadStart", tid: {} },
          { op: "threadEnd", tid: {} },
          { op: "cancel", call: {} },
        ],
      ],
      "ended",
    ],
    ["a fork without memory", () => [[call("fork", 90, { positions: [] })]], "ended"],
    [
      "a fork with something that lives",
      () => [
        [
          call("fork", 89, {
            image: { memory: new ArrayBuffer(8), resume: new MessageChannel().port2 },
            positions: [],
          }),
        ],
      ],
      "ended",
    ],
    [
      "a fork with memory of nothing",
      () => [[call("fork", 89, { image: { memory: new ArrayBuffer(8), resume: null }, positions: [] })]],
      "goes on",
    ],
    [
      "two calls with one number",
      () =>
        [[call("waitpid", 1, { pid: 0, noHang: false }), call("wait", 2, { interests: [], timeout: null })]].concat([
          [call("wait", 2, { interests: [], timeout: null })],
        ]),
      "ended",
    ],
    ["more than fits into a message", () => [new Array(1001).fill({ op: "booted" })], "ended"],
    [
      "threads without end",
      () =>
        Array.from({ length: 50 }, (_, message) =>
          Array.from({ length: 1000 }, (_each, thread) => ({ op: "threadStart", tid: message * 1000 + thread })),
        ),
      "goes on",
    ],
    ["all files, again and again", () => [Array.from({ length: 1000 }, (_, id) => call("files", id, {}))], "goes on"],
    ["a code that is no number", () => [[{ op: "exit", code: "0" }]], "ended"],
    ["the end", () => [[{ op: "exit", code: 2 ** 40 }]], "gone"],
    ["an end by a signal that nobody knows", () => [[{ op: "abort", signal: 1e6 }]], "gone"],
  ];
