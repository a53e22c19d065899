/**
 * How machines differ from a laptop, for the page that says so: what differs, as a student would name it, what stands
 * in its place, and what a program can notice. Which test holds it stands beside the machine.
 */
import { inLanguage } from "../in-language.ts";

/** Where the Python machine differs from CPython on Linux. */
export const pythonDeviationStrings = inLanguage("pythonDeviationStrings", {
  processes: {
    what: "Processes",
    here: "Each is a Web Worker with a CPython of its own; the kernel that joins them is TypeScript in another worker.",
    noticed: "platform.system() says Emscripten. A host has at most 64 processes.",
  },
  fork: {
    what: "fork()",
    here: "The interpreter's memory is copied in the middle of the call; the child's callers go on in the copy.",
    noticed:
      "Where C called the Python that forks (a key function of sort, an exec), the child cannot return there: it says so and ends. Processes that write to one file in the same moment without O_APPEND may overwrite each other.",
  },
  threads: {
    what: "Threads",
    here: "Python stacks that take turns in one worker: when they wait, and every 5 ms when they do not, as under the GIL.",
    noticed: "A long call into C (a regular expression, a sort) is not interrupted. _thread is Python here.",
  },
  sockets: {
    what: "Sockets",
    here: "Loopback TCP and Unix streams inside the host. _socket and select are Python here.",
    noticed:
      "No IPv6, no network. An epoll object cannot be waited for itself. SO_REUSEPORT and SO_REUSEADDR let no two sockets share a port of UDP.",
  },
  backlog: {
    what: "A full backlog",
    here: "A client that finds it full tries again after 1 s, then after 2 s and 4 s more, as Linux did before version 6.5.",
    noticed: "Newer Linux tries once a second at first, so waits are shorter.",
  },
  signals: {
    what: "Signals",
    here: "The kernel delivers them when a thread waits, and to a busy one at its next turn.",
    noticed: "A handler runs up to 5 ms later.",
  },
  tracebacks: {
    what: "Tracebacks",
    here: "What is C natively is Python here; traceback.walk_tb and walk_stack are replaced, so that its frames do not show.",
    noticed: "A program that walks tb_next or f_back by itself meets frames of posix-layer.zip.",
  },
  sqlite: {
    what: "SQLite",
    here: "Processes take turns: one has a database file from the first statement of a transaction to its end, even if it only reads.",
    noticed:
      "Who waits longer than the connection's timeout hears: database is locked. Rows that are fetched after their statement may be older than the file. In WAL mode reads wait for writes, too.",
  },
  terminal: {
    what: "Terminal modes",
    here: "termios knows of line editing, echo, signal keys and newlines; other flags are kept and do nothing.",
    noticed:
      "VMIN and VTIME are not honoured, and os.open of /dev/tty fails with ENXIO (open works). TOSTOP does nothing.",
  },
  memory: {
    what: "Memory",
    here: "A process may hold 1 GB, as under ulimit -v.",
    noticed:
      "Beyond it MemoryError is raised in that process; no OOM killer sends SIGKILL. What a process had once is its own until it ends.",
  },
  files: {
    what: "Files",
    here: "Every process holds a replica; the kernel orders all changes. The standard library and the packages lie in zips.",
    noticed: "Paths in tracebacks begin with /lib/python314.zip and /lib/site-packages.zip. 128 MB in all.",
  },
  packages: {
    what: "Packages",
    here: "The published pip reads an index of files that come with the site; python -m venv is ours. Byte code in the wheels was compiled when the site was built.",
    noticed:
      "pip finds about eighty packages, each in one version, and no others: whoever hosts the site adds a package by a line in python/archive.in. A process that has loaded native code of a package (pydantic-core, msgspec) cannot fork.",
  },
  proc: {
    what: "/proc",
    here: "It has what the kernel knows: processes, descriptors, sockets. A page is not told how long a processor was busy, nor how much memory the computer has.",
    noticed:
      "Times of processors are 0, MemTotal is the 4 GB that WebAssembly can address, /proc/1, maps and smaps are not there, and nothing can be written.",
  },
  controlSocket: {
    what: "gunicorn's control socket",
    here: "Switched off by gunicorn's own setting: env shows GUNICORN_CMD_ARGS=--no-control-socket.",
    noticed: "gunicornc finds nothing to talk to.",
  },
  modules: {
    what: "Modules imported ahead",
    here: "Processes begin from a memory in which Flask, gunicorn and waitress are imported already. They are put aside until a program imports them and would find those very modules.",
    noticed:
      "Importing them takes no time. sys.modules also names posix_layer and pyodide, and sys.meta_path begins with a finder of ours.",
  },
  semaphores: {
    what: "Memory that processes share",
    here: "Workers have no memory in common. What a program writes into shared memory (Value, Array, shared_memory, mmap) goes to the others through the kernel before it next takes or gives back a lock, reads, writes or waits.",
    noticed:
      "Whoever takes turns by a lock, a queue or a pipe sees no difference but time. Without any, a change may be seen up to 5 ms later, and two processes that write the same byte at once may each see their own for as long. Werkzeug's debugger starts no resource tracker.",
  },
  shell: {
    what: "The shell",
    here: "sh and the small programs beside it (ls, curl, ps, sed …) are TypeScript, each a process of its own. They print what dash and GNU's programs print.",
    noticed:
      "Options that a lesson does not need are refused by name. A command that is not here says why. time says only how long it took. ab, hey and wrk print what this machine has measured, in their shape. sed, awk and their like follow a live input where each line stands for itself; with line numbers, counters, END or sort they read all of it first.",
  },
  browser: {
    what: "The browser",
    here: "A page is shown in a frame without origin or network; the lab asks the server for all that it loads. Its scripts have a location of the lab's own.",
    noticed:
      "No frames within the page and no workers: the pane says so. WebSocket and EventSource reach the server that sent the page. Cookies are kept, localStorage only as long as the page is shown. location is not followed in code that eval makes.",
  },
  users: {
    what: "Users",
    here: "One user, student, who may listen on every port.",
    noticed: "Ports below 1024 need no root. setuid to another user fails.",
  },
});

/** Where the Linux machine differs from a computer with the same Debian. */
export const linuxDeviationStrings = inLanguage("linuxDeviationStrings", {
  computer: {
    what: "The computer",
    here: "A PC with one processor and 256 MB of memory, which v86 emulates in WebAssembly.",
    noticed:
      "Everything is many times slower, and Python takes seconds to start. Workers that calculate share one processor; workers that wait do not hold each other up.",
  },
  turns: {
    what: "Turns on the processor",
    here: "A process keeps the processor for 40 ms before the next one gets it; on an ordinary computer it is some 3 ms, in which this one gets nothing done.",
    noticed: "What a busy process takes, others wait for a little longer.",
  },
  running: {
    what: "What already runs",
    here: "The machine opens as a snapshot in which both sides' commands run. Other commands or edited files are started for real.",
    noticed: "The terminal says so, and shows what the servers had printed by then. Processes are older than the page.",
  },
  computers: {
    what: "Two computers",
    here: "Each side is a container, or the Debian itself: files, processes and ports of its own, under one kernel.",
    noticed: "What one side calculates, the other waits for. systemd runs on the Debian itself only.",
  },
  requests: {
    what: "Requests from the page",
    here: "They reach 127.0.0.1 of the side over real TCP, from the address 10.0.N.1.",
    noticed:
      "Access logs show that address. Segments that the guest does not take are sent again after 1 s, then 2 s and 4 s, as Linux did before version 6.5. There is no other network.",
  },
  accepting: {
    what: "Who accepts a connection, and closes it",
    here: "A small library, loaded before every program, notes it for the lab and changes nothing.",
    noticed: "/etc/ld.so.preload names it.",
  },
  packages: {
    what: "Debian's packages",
    here: "As published, without manuals, translations and some tools; the kernel is Debian's source with few drivers.",
    noticed: "apt, perl and man are missing. vi is BusyBox's.",
  },
});
