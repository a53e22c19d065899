/**
 * What machines say: the steps of opening, why one did not open or ended and what the reader can do, and what its parts
 * are. A part for each kind, because each kind is loaded alone, and one for the steps, which also come from workers.
 */
import { inLanguage } from "../in-language.ts";

/** The steps of opening a machine, without a full stop. */
export const machineSteps = inLanguage("machineSteps", {
  loadingPython: (loaded: string, total: string) => `Loading CPython, ${loaded} of ${total} MB`,
  compilingPython: "Compiling CPython",
  importingServers: "Starting CPython and importing the servers",
  startingKernel: "Starting the kernel",
  loadingDebian: (loaded: string, total: string) => `Loading Debian, ${loaded} of ${total} MB`,
  preparingDebian: (step: string, percent: number) => `Preparing Debian, ${percent} %: ${step}`,
  restoringDebian: "Restoring Debian",
  askingGuest: "Asking the guest what runs",
  startingWebContainer: "Starting WebContainer",
  startingNode: "Starting Node",
  probing: "Looking what this container can do",
  ready: "Ready",
});

const startAgain = "Start both servers again; what you wrote is kept.";
const reload = "Reload the page and try again; if it fails again, close other tabs to free memory.";
const currentBrowser = "Use a current Chrome, Edge, Firefox or Safari; the lesson can be read without.";

/** Why something could not be loaded, for the middle of a sentence. */
export const downloadProblems = inLanguage("downloadProblems", {
  noAnswer: "the network did not answer",
  refused: (status: number) => `the host answered ${status}`,
  brokeOff: "the download was cut off",
  cutShort: (there: number, size: number) => `${there} of ${size} bytes came`,
  damaged: "it is damaged",
  noSuchPart: "the disc has no such part",
  tooLong: "more bytes came than it has",
});

/** The sealed frame that the Python and the Linux machine run in. */
export const sealedFrameStrings = inLanguage("sealedFrameStrings", {
  blocked: {
    message: "The frame that the servers run in did not open.",
    remedy: "Allow frames of this site (an extension or a policy of the page may block them) and try again.",
  },
});

/** The Python machine. */
export const pythonMachineStrings = inLanguage("pythonMachineStrings", {
  bootFailed: (reason: string) => ({ message: `The Python machine did not start: ${reason}`, remedy: reload }),
  kernelCrashed: (reason: string) => ({
    message: `The kernel of the Python machine stopped: ${reason}`,
    remedy: startAgain,
  }),
  lineBroken: (reason: string) => ({
    message: `The Python machine said something that it must not say (${reason}) and was stopped.`,
    remedy: startAgain,
  }),
  noWebAssembly: {
    message: "This browser has no WebAssembly, which CPython needs.",
    remedy: currentBrowser,
  },
  noSuspending: {
    message: "This browser cannot suspend WebAssembly (JSPI), which waiting servers need.",
    remedy: currentBrowser,
  },
  assetFailed: (name: string, reason: string) => ({
    message: `A part of the machine could not be loaded: ${name} (${reason}).`,
    remedy: "Check the connection and try again; what has arrived is kept by the browser.",
  }),
  components: {
    python: (version: string) =>
      `Compiled to WebAssembly by Pyodide ${version}; two of its functions are changed, so that errors have Linux's numbers and words.`,
    packages: "As published on PyPI, unpatched.",
    operatingSystem: {
      name: "Operating system",
      note: "Processes, sockets, signals, threads and files are our own code under the published Python modules.",
    },
    shell: {
      name: "Shell",
      note: "sh, curl, ps, pip and the other small programs are our own, each a process; they print what the real ones print.",
    },
  },
});

/** The Linux machine. */
export const linuxMachineStrings = inLanguage("linuxMachineStrings", {
  /** A part of its disc, as the name of what is loaded. */
  partOfDisc: (index: number) => `part ${index} of the disc`,
  /** What somebody reads who has removed the system's own files. */
  filesAreGone: "this Debian has lost files that it needs. Reset brings it back as it was.",
  noWebAssembly: {
    message: "This browser has no WebAssembly, which the emulated PC needs.",
    remedy: currentBrowser,
  },
  tooSmallDevice: {
    message: "The Linux machine takes 700 MB of memory, more than this device can spare.",
    remedy: "Use a computer with 4 GB or more; the lessons on the Python machine work here.",
  },
  outOfMemory: {
    message: "The browser has not enough memory left for the Linux machine.",
    remedy: "Close other tabs and try again.",
  },
  bootFailed: (reason: string) => ({ message: `The Linux machine did not start: ${reason}`, remedy: reload }),
  guestEnded: (reason: string) => ({ message: `The Linux in the page stopped: ${reason}`, remedy: startAgain }),
  situationMissing: (name: string) => ({
    message: `The Linux image of this site has no snapshot of what this lab needs (${name}).`,
    remedy: "Whoever hosts the site can add it with npm run linux:image; the other lessons work without.",
  }),
  imageMissing: {
    message: "This copy of the site has no Linux image.",
    remedy: "Whoever hosts it can add one with npm run linux:image; the other lessons work without.",
  },
  preparationFailed: (reason: string) => ({
    message: `This computer could not make the Linux image: ${reason}`,
    remedy: "Once that is repaired, start the site again; the other lessons work without.",
  }),
  downloadBroken: (name: string, reason: string) => ({
    message: `A part of the Linux image could not be loaded: ${name} (${reason}).`,
    remedy: "Check the connection and try again; what has arrived is kept by the browser.",
  }),
  components: {
    programs: "The published program, on the emulated PC.",
    computer: {
      name: "PC",
      note: "v86 emulates a PC with one processor in WebAssembly: many times slower than this computer. Compare the sides, not the figures.",
    },
    debian: "Packages as Debian publishes them, without manuals and translations.",
    kernel: "Debian's source, built for the emulated PC.",
    watcher: {
      name: "Watcher of connections",
      note: "A small library notes which process accepts a connection, so that the lab can show it. Requests of this page come from 10.0.N.1.",
    },
  },
});

const orPython = "Or choose Python, which always works.";

/** The Node machine. */
export const nodeMachineStrings = inLanguage("nodeMachineStrings", {
  bootFailures: {
    "not-isolated": {
      message: "This page is not isolated from other sites, which WebContainer needs.",
      remedy: `Open the lab in a tab of its own, over HTTPS or on localhost. ${orPython}`,
    },
    "network-blocked": {
      message: "WebContainer did not answer: this network seems to block its hosts, or they are down.",
      remedy: (hosts: readonly string[]) =>
        `Ask whoever runs the network to allow ${hosts.slice(0, -1).join(", ")} and ${hosts.at(-1)}, then reload the page. ${orPython}`,
    },
    "cookies-blocked": {
      message: "The browser does not let WebContainer store anything, because it blocks third-party cookies.",
      remedy: `Allow cookies and site data for stackblitz.com in the browser's settings, then reload the page. ${orPython}`,
    },
    "out-of-memory": {
      message: "There was not enough memory for WebContainer.",
      remedy: `Close other tabs, above all those with a WebContainer of their own, then reload the page. ${orPython}`,
    },
    "unsupported-browser": {
      message: "This browser lacks what WebContainer needs (shared memory and service workers).",
      remedy: `Use a current Chrome, Edge, Firefox or Safari on a computer. ${orPython}`,
    },
    "second-instance": {
      message: "A page can have one WebContainer, and this one has it already, or there are too many in other tabs.",
      remedy: `Close the other labs and tabs that run Node, then reload the page. ${orPython}`,
    },
    "api-key-refused": {
      message: "StackBlitz refused the API key of this site.",
      remedy: `Tell whoever runs this site to correct PUBLIC_WEBCONTAINER_API_KEY. ${orPython}`,
    },
    unknown: {
      message: "WebContainer did not start.",
      remedy: `Reload the page and try again. ${orPython}`,
    },
  },
  withDetail: (message: string, detail: string) => `${message} It said: ${detail}`,
  assetFailed: (name: string, reason: string) => ({
    message: `A part of the machine could not be loaded: ${name} (${reason}).`,
    remedy: "Check the connection and try again.",
  }),
  died: (what: string) => ({
    message: `WebContainer ended. ${what}`,
    remedy: "Reload the page and start again; if it happens again, close other tabs to free memory, or choose Python.",
  }),
  noAnswer: "Nothing in it answers any more.",
  agentEnded: (printed: string) => `Its agent ended. ${printed}`.trim(),
  components: {
    node: "StackBlitz's WebContainer: Node's own library on an operating system and network written for the page.",
    servers: { name: "The lab's servers", note: "Plain Node programs: the same files run on any computer." },
    processTable: {
      name: "Process table",
      note: "WebContainer has none. A script of ours, loaded before each program with --require, reports its process.",
    },
  },
});

/**
 * What the Node machine assumes of WebContainer, each by the name of its check: what is tried, and what depends on it.
 */
export const assumptionStrings = inLanguage("assumptionStrings", {
  missingCommand: "A command that does not exist: exit code 127, or an error (spawn)",
  inputReaches: "Input reaches a program, and is not echoed as a message (the agent)",
  fileWatch: "fs.watch tells what a program writes (files in the editor)",
  fetchFromPage: "The page can fetch from a server in the container (not relied on)",
  fork: "child_process.fork with IPC (workers)",
  tcp: "TCP between processes on 127.0.0.1 (load tests, observers)",
  require: "--require loads a script first, in forks as well (observers)",
  cluster: "node:cluster shares a port (else the parent passes connections on)",
  sigterm: "SIGTERM reaches a handler (draining by signal)",
  sighup: "SIGHUP reaches a handler (reloading by signal)",
  kill: "process.kill ends an idle process (kill buttons)",
  cores: "Two processes work on two cores at once",
  watch: "node --watch restarts on a change (the development server)",
  loop: "process.kill ends a process in a loop (not relied on)",
});
