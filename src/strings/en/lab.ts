/** Every word of the lab, in English. Another language is another object of the type `LabStrings`. */
import type { Fidelity, Pid, ProcessState, Signal } from "../../machine/machine.ts";
import { inLanguage } from "../in-language.ts";
import { capital, counted, listed, the } from "./english.ts";
import { loadStrings } from "./lab-load.ts";

const processStates: Readonly<Record<ProcessState, string>> = {
  starting: "starting",
  running: "running",
  waiting: "idle",
  stopped: "stopped by a signal",
  zombie: "ended",
};

const truths: Readonly<Record<Fidelity, string>> = { real: "real", replaced: "replaced", emulated: "emulated" };

const truthMeanings: Readonly<Record<Fidelity, string>> = {
  real: "the published code, unmodified",
  replaced: "our code under the published interface",
  emulated: "real code on a computer that is emulated",
};

/** What readers see of a lab, in English; what depends on a figure is a function of it. */
export const labStrings = inLanguage("labStrings", {
  /** For numbers and lists, as the platform's formatters want it. */
  language: "en",
  listed,
  units: { ms: "ms", s: "s" },
  plans: loadStrings.plans,
  runs: loadStrings.runs,
  settings: loadStrings.settings,

  lab: {
    label: (title: string) => `Lab: ${title}`,
    start: "Start both servers",
    stop: "Stop both servers",
    share: "Share",
    reset: "Reset",
    resetDone: "Everything is as it was at the beginning.",
    putIn: "The lab is now set up for the exercise. Restart any running servers.",
    undoReset: "Bring my changes back",
    left: "The servers stopped when you left the page. What you typed is still here.",
    startAgain: "Start them again",
    restored: "What you changed in this lab before is back. Reset brings the original.",
    notWritten: (path: string, errno: string) =>
      errno === "ENOSPC"
        ? `${path} was not written: the disk of that computer is full. Remove files in its shell, or press Reset. What you typed stays in the editor.`
        : `${path} was not written (${errno}). What you typed stays in the editor. Reset brings the original.`,
    notKept: "Your browser does not let this page store anything: what you type here is gone when you reload or leave.",
    otherTab:
      "A lab is running in another tab, too. Both share this computer: stop that one before you compare figures.",
  },

  /** What the keyboard does in a lab. */
  shortcuts: {
    summary: "Keys",
  },

  /** What is not on screen before it is needed. */
  parts: {
    label: "More of this lab",
    everything: "Show everything",
    less: "Show only what is needed",
    also: "Also in this lab:",
    names: {
      panes: "Terminals and files",
      settings: "Settings",
      "by-hand": "Requests by hand",
      faults: "Faults",
    },
    sides: "Side on screen",
  },

  machine: {
    progress: "Opening the machine",
    retry: "Try again",
    emulated:
      "This lab runs on an emulated PC with one processor: the real programs, many times slower. Compare the sides. It loads about 30 MB and takes half a gigabyte of memory.",
    stalled: "Nothing has arrived for a while. You can wait, or stop and start again: what has arrived is kept.",
    codeFailed: "The lab's code could not be loaded.",
    codeFailedRemedy: "Check the connection and try again. If that does not help, reload the page.",
    failed: (message: string) => `The machine could not be opened: ${message}`,
    failedRemedy: "Try again. What you typed is kept.",
    crashed: (message: string) => `The machine stopped working: ${message}`,
  },

  /** The choice of the machine that a lab runs on. */
  machineSwitch: {
    label: "Machine",
    names: { python: "Python", node: "Node", linux: "Linux" },
    about: {
      python: "Flask and gunicorn on CPython, in this page. Needs no other site.",
      linux: "A whole Debian on an emulated PC, in this page. Needs no other site.",
      node: "Node's own server and a cluster, in StackBlitz's WebContainer. Its runtime is loaded from stackblitz.com.",
    },
    newTab: "Opens in a tab of its own, because Node cannot run in a frame of another site.",
    check: "Check Node here",
    withoutNode: "Continue without Node",
  },

  side: {
    command: "Command",
    start: "Start",
    restart: "Restart",
    startNamed: (title: string) => `Start ${the(title)}`,
    restartNamed: (title: string) => `Restart ${the(title)}`,
    panes: (title: string) => `Panes of ${the(title)}`,
    enlarge: "As large as the window",
    enlargeNamed: (title: string) => `Panes of ${the(title)} as large as the window`,
    shrink: "Back to its place",
    terminal: "Terminal",
    shell: "Shell",
    browser: "Browser",
    response: "Response",
    idle: "Not started.",
    lanesRecorded: (state: string) => `${state} The lanes show a recorded run.`,
    kept: "(It was already running when this computer's snapshot was taken. Its output up to then:)",
    notPrepared: (line: string) => `Not started: ${line} failed. The terminal says why.`,
    stopping: "Stopping.",
    stopped: "Stopped.",
    startingSoon: "Starting.",
    opening: (step: string) => `${step}.`,
    startingProgram: "Starting: the program is being loaded.",
    startingPort: "Starting: no port is open yet.",
    startingWorkers: (up: number, expected: number) => `Starting: ${up} of ${expected} workers are up.`,
    slow: "This takes longer than usual. The terminal shows what the server is doing.",
    nothingToAnswer:
      "Not running: no process is there that could answer. The terminal says why: correct the file or the command, then start it again.",
    running: (port: number, workers: number | undefined) =>
      workers === undefined
        ? `Running on port ${port}.`
        : `Running on port ${port} with ${counted(workers, "worker", "workers")}.`,
    fromShell: (port: number) => `A server that was started in the shell listens on port ${port}.`,
    runningWithoutPort: "Running, but nothing listens on a port.",
    /** The app has opened a port of its own, and what the command starts waits for that to end. */
    ownPort: (own: number, named: number) =>
      `The app itself listens on port ${own}, while the command’s port is ${named}: the imported file starts a server of its own, and its import does not end. Put that call behind if __name__ == "__main__":.`,
    exitedBeforeAnswering: (code: number) =>
      `The server exited with code ${code} before it listened on a port. The terminal says why: correct the file or the command, then start it again.`,
    lastError: (error: string) => `The last error there: “${error}”.`,
    exited: (code: number) => `The server exited with code ${code}. Start it again with the button beside its command.`,
    killed: (signal: Signal) =>
      `The server was ended by ${signal}, and nothing started another. Start it again with the button beside its command.`,
    tookOver: (successor: Pid) => `Process ${successor} has taken over: the one that was started here has ended.`,
    successorExited: (successor: Pid) =>
      `Process ${successor}, which had taken over, has ended, too. Start the server again with the button beside its command.`,
    commandChanged: "The command has changed. Restart to run it.",
    edited:
      "A file has changed since this server started. Unless it has reloaded since, restart it to deploy the change.",
    failed: (message: string) => `The server could not be started: ${message}`,
    failedRemedy: "Correct the command and start it again.",
  },

  command: {
    empty: "Type a command first.",
    unclosedQuote: (quote: string, column: number) => `The quote ${quote} at column ${column} is not closed.`,
    trailingBackslash: "The backslash at the end has nothing after it.",
    hiddenCharacter: (character: string, column: number) =>
      `The character at column ${column} cannot be seen or is not what it seems: ${character}. Delete it, or type the command again.`,
    operator: (operator: string) =>
      `One program runs here, without a shell: ${operator} has no meaning. Put it in quotes if you mean it for the program.`,
  },

  workers: {
    label: "Workers",
    none: "No process is running.",
    kill: "Kill",
    killNamed: (pid: number) => `Kill worker ${pid}`,
    main: (pid: number) => `started by main process ${pid}`,
    killMainNamed: (pid: number) => `Kill main process ${pid}`,
    ended: "ended",
    proxy: "proxy",
    /** It has requests in hand, and nothing to compute. */
    waitsInHandler: "waits in a handler",
    waitsInHandlerMeaning: "A handler in it waits: the request is in hand, and nothing is computed.",
    streams: (count: number) => `sends ${counted(count, "stream", "streams")}`,
    states: processStates,
    requests: (count: string, one: boolean) => `${count} ${one ? "request" : "requests"}`,
    requestsInRun: (count: string) => `${count} in the run`,
    requestsInAll: (count: string) => `${count} in all`,
    waiting: (count: number) => `${count} queued`,
    queue: "Queue",
    lanesSeen: (
      title: string,
      processes: number,
      atOnce: number,
      waiting: number,
    ) => `In the last run, ${the(title)} handled requests in ${counted(processes, "process", "processes")}, \
at most ${counted(atOnce, "request", "requests")} at once; at most ${counted(waiting, "request was", "requests were")} queued.`,
    inWords: "The last run's lanes in words and as a table",
    tableOf: (title: string) => `What the workers of ${the(title)} did in the last run`,
    columns: ["Worker", "Threads", "Requests", "Failed", "At work"],
    noLanes: "This machine does not report single requests, so none are drawn.",
    seconds: (seconds: string) => `${seconds}\u00a0s`,
    ago: (seconds: string) => `${seconds}\u00a0s ago`,
    now: "now",
    flow: ["Users", "Queue", "Workers", "Answered"],
    perDot: (requests: number) => `1 dot = ${requests} requests`,
    legendWorking: "answered",
    legendWaiting: "queued",
    legendFailed: "failed",
    legendStream: "stream",
    legendLeft: "still at work, but nobody waits",
  },

  terminal: {
    input: (title: string) => `Terminal of ${the(title)}`,
    failed: "The terminal could not be loaded. Check the connection and reload the page.",
    tools: "Search and copy",
    search: "Search",
    searchIn: "Search what is shown",
    found: (at: string, count: string) => (count === "0" ? "not found" : `${at} of ${count}`),
    older: "The one above",
    newer: "The one below",
    endSearch: "End the search",
    copy: "Copy",
    copied: "Copied.",
    notCopied: "Your browser does not allow it: select the text, then press Ctrl+C.",
    asWritten: "As written",
    asWrittenMeaning:
      "Every line as the server wrote it: repeated requests one by one, no lines broken between words, time stamps like the rest",
  },

  shell: {
    hint: "A shell on this side's computer, beside its server: ask it with curl, look with ps aux, start servers by hand.",
    open: "Open a shell",
    openNamed: (title: string) => `Open a shell beside ${the(title)}`,
    input: (title: string) => `Shell beside ${the(title)}`,
    ended: "The shell has ended. Press Enter for a new one.",
    failed: (message: string) => `The shell could not be opened: ${message}`,
  },

  manual: {
    label: (title: string) => `Requests by hand to ${the(title)}`,
    list: (title: string) => `Requests sent by hand to ${the(title)}`,
    path: "Path",
    send: "Send one request",
    notSent: {
      "bad path": () => "A path begins with /.",
      "not running": (title: string) => `${capital(the(title))} does not listen on a port. Start it first.`,
      "too many": () => "Too many requests are under way. Wait until one ends.",
    },
    number: (number: number) => `#${number}`,
    named: (number: number, path: string, stage: string) => `Request ${number}, ${path}: ${stage}`,
    sent: "sent",
    inBacklog: "waits in the backlog",
    taken: (worker: string) => `${worker} has it`,
    answering: (worker: string) => `${worker} answers`,
    worker: (pid: number) => `worker ${pid}`,
    thread: (tid: number) => `thread ${tid}`,
    answered: (status: number, time: string) => `${status} in ${time}`,
    waited: (time: string) => `after waiting ${time} for it`,
    failed: (time: string) => `failed after ${time}`,
  },

  faults: {
    label: (title: string) => `Faults of ${the(title)}`,
    heading: "Faults",
    names: {
      kill: "Kill a worker",
      hang: "Hang a worker",
      "slow-client": "Slow client",
      leak: "Leak memory",
      deploy: "Deploy",
    },
    endSlowClients: "End slow clients",
    hints: {
      kill: "Sends SIGKILL to the busiest worker.",
      hang: "Requests a page whose handler never returns.",
      "slow-client": "Connects four clients that send one byte of their request a second.",
      leak: "Asks five times for a page whose handler keeps 10 MB each time.",
      deploy: "Raises VERSION in app.py, then deploys the change in the way this server needs.",
    },
    marks: {
      kill: () => "kill",
      hang: () => "hang",
      "slow-client": () => "slow clients",
      leak: () => "leak",
      deploy: () => "deploy",
      inUse: (version: number) => `version ${version}`,
    },
    inRun: (seconds: string) => `after ${seconds}\u00a0s`,
    marked: (marks: readonly (readonly [word: string, seconds: string])[]) =>
      `Events in this run: ${listed(marks.map(([word, seconds]) => `${word} after ${seconds}\u00a0s`))}.`,
    failed: (message: string) => `That did not work: ${message}.`,
    megabytes: (megabytes: string) => `${megabytes}\u00a0MB`,
    memory: (memory: string) => `memory ${memory}`,
  },

  file: {
    label: (path: string) => `File ${path}`,
    notUnderstood: "The editor's parser does not understand the text from here on.",
    mistake: (line: number, column: number) =>
      `Line ${line}, column ${column}: the editor's parser does not understand the text from here on. The server itself says more when it starts.`,
    edited: "A change here holds for both sides. A server that has no reloader runs it once it is restarted.",
    hasMistake: "(has a mistake)",
    fileHasMistake: (path: string, line: number) => `${path} seems to have a mistake on line ${line}.`,
  },

  load: {
    label: "Load test",
    plan: "Plan",
    run: "Run load test",
    hint: "Nothing runs yet. Run load test starts both servers, then sends them requests as the plan says.",
    ready: "Both servers are running. Choose a plan, and run it.",
    gettingReady: "The servers are starting. The load test begins as soon as both are up.",
    charts: "Charts of the run",
    recorded: "Recorded run",
    stop: "Stop load test",
    hiddenNow: "The page was hidden during this run. Browsers slow hidden pages down, so the run is marked.",
    startFirst: "Start both servers first: the load test sends requests to both.",
    notRunning: (titles: readonly string[]) =>
      `${capital(listed(titles.map(the)))} ${titles.length === 1 ? "does" : "do"} not listen on a port, so nothing can be compared. Start ${titles.length === 1 ? "it" : "them"} again, then run the load test.`,
    startMissing: "Start what is missing",
    failed: (message: string) => `The load test could not go on: ${message}`,
    together: "Both servers are being tested at the same time.",
    asking: (title: string) => `${capital(the(title))} is being tested.`,
    warmingUp: (title: string) => `Warming up ${the(title)}.`,
    skipWarmUp: "Skip",
    skipWarmUpNamed: "Skip the warm-up",
    warmUpMeaning: "First answers take longer than later ones. Until it is warm, nothing is counted.",
    perSecond: "/s",
  },

  predict: {
    side: (title: string) => capital(the(title)),
    alike: "About the same",
    noted: "Noted. The lab below compares this with the first run of this plan.",
    asSaid: (choice: string, shown: string) => `You said “${choice}”; the run shows the same: ${shown}.`,
    otherwise: (choice: string, shown: string) => `You said “${choice}”; the run shows otherwise: ${shown}.`,
    waits: "This run does not tell. Your prediction is compared with the next one.",
    unpredicted: (shown: string) => `You did not predict this one. The first run showed: ${shown}.`,
    shownMore: {
      rate: (title: string, more: string, less: string) =>
        `${the(title)} answered more requests per second (${more} against ${less})`,
      median: (title: string, more: string, less: string) =>
        `on ${the(title)} half of the answers took longer than ${more}, on the other side than ${less}`,
      failed: (title: string, more: string, less: string) =>
        `more requests failed on ${the(title)} (${more} against ${less})`,
      contradictory: (title: string, more: string, less: string) =>
        `more responses contradicted an earlier one on ${the(title)} (${more} against ${less})`,
    },
    shownAlike: {
      rate: (development: string, production: string) =>
        `both answered about as many requests per second (${development} and ${production})`,
      median: (development: string, production: string) =>
        `the median latency was about the same on both (${development} and ${production})`,
      failed: (development: string, production: string) =>
        `about as many requests failed on both (${development} and ${production})`,
      contradictory: (development: string, production: string) =>
        `about as many responses contradicted an earlier one on both (${development} and ${production})`,
    },
  },

  results: {
    ...loadStrings.results,
    label: "Load test results",
    empty: "The result of a load test appears here: what happened, in a sentence, and the figures of both sides.",
    coming: "The result of this run appears here when it is over.",
    measure: "Measure",
    rate: "Requests per second",
    median: "Median latency",
    p95: "95th percentile",
    p99: "99th percentile",
    errors: "Errors",
    noFigure: "no figure: too few answers",
    notAsked: "not tested",
  },

  trust: {
    summary: "How far to trust these figures",
    compare: "Figures measured in a page are not those of a real server: compare the two sides.",
    truths,
    truthMeanings,
    count: (count: number, truth: Fidelity) => `${count} ${truths[truth]}`,
    partsSummary: (counts: readonly string[]) => `What is real here: ${listed(counts)}`,
    componentTitle: (name: string, version: string | undefined) =>
      version === undefined ? name : `${name} ${version}`,
  },
} as const);

/** The words of the lab in some language. */
export type LabStrings = typeof labStrings;
