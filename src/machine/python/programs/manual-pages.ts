/**
 * The pages that `man` prints, in our own words: what a command is for in this course, and the options that its lessons
 * use. The real pages say more, and are on every Linux computer.
 */
import type { ManualPage } from "./manual-page.ts";
import { smallPages } from "./manual-pages-of-small-programs.ts";
import { shellPages } from "./manual-pages-of-the-shell.ts";

const signals =
  "The signals of this course: TERM asks to end, INT is what ^C sends, KILL ends at once and cannot be caught, HUP reloads gunicorn, USR2 starts a second gunicorn master, STOP pauses and CONT goes on.";

/** Every page, by the name of its command. */
export const manualPages: ReadonlyMap<string, ManualPage> = new Map<string, ManualPage>([
  ...shellPages,
  ...smallPages,
  [
    "flask",
    {
      what: "Flask's command, with its development server",
      usage: "flask [--app MODULE] [--debug] run [--host HOST] [--port PORT]",
      options: [
        ["--app MODULE", "where the application is: app, app:create_app, app:create_app('x')"],
        ["--debug", "debug mode: the reloader, and a debugger in each error page"],
        ["--host HOST", "listen on this address; 0.0.0.0 means on all of them"],
        ["--port PORT", "listen on this port; 5000 unless said otherwise"],
        ["--without-threads", "answer one request at a time"],
        ["--no-reload", "in debug mode, do not watch the files"],
        ["routes", "instead of run: print the application's addresses"],
        ["shell", "instead of run: Python with the application loaded"],
      ],
      see: ["gunicorn", "waitress-serve", "python"],
    },
  ],
  [
    "gunicorn",
    {
      what: "a production server: one master, several workers",
      usage: "gunicorn [OPTION]... MODULE:APPLICATION",
      options: [
        ["-w N, --workers N", "so many worker processes"],
        ["--threads N", "so many threads in each worker"],
        ["-k KIND", "the kind of worker: sync, gthread"],
        ["-b ADDRESS", "listen here: 127.0.0.1:8000 unless said otherwise"],
        ["-t SECONDS, --timeout", "kill a worker that has been silent for so long; 30"],
        ["--graceful-timeout", "time to finish in when asked to end; 30"],
        ["--max-requests N", "replace a worker after so many requests"],
        ["--preload", "load the application once, before the workers are forked"],
        ["-c FILE", "read settings from this file; gunicorn.conf.py is read by itself"],
        ["--check-config", "load the application, say what is wrong, and end"],
        ["--print-config", "print all settings that are in use"],
      ],
      notes: [
        "TERM ends it after the requests under way, INT and QUIT at once. HUP loads the code anew. TTIN and TTOU add and take a worker.",
      ],
      see: ["flask", "waitress-serve", "kill", "ps"],
    },
  ],
  [
    "waitress-serve",
    {
      what: "a production server of one process with a pool of threads",
      usage: "waitress-serve [OPTION]... MODULE:APPLICATION",
      options: [
        ["--listen HOST:PORT", "listen here; 0.0.0.0:8080 unless said otherwise"],
        ["--threads N", "so many threads; 4"],
        ["--call", "call what is named: it makes the application"],
        ["--trusted-proxy HOST", "believe the headers that this proxy sends"],
      ],
      see: ["flask", "gunicorn"],
    },
  ],
  [
    "python",
    {
      what: "CPython",
      usage: "python [-m MODULE | -c CODE | FILE] [ARGUMENT]...",
      options: [
        ["-m MODULE", "run a module: http.server, sqlite3, json.tool, timeit"],
        ["-c CODE", "run this line"],
        ["-i", "stay at the prompt afterwards"],
        ["-u", "do not hold back what is printed"],
      ],
      notes: ["Without anything it starts a prompt: exit() or ^D leaves it."],
      see: ["flask", "pip"],
    },
  ],
  [
    "pip",
    {
      what: "install packages for Python, and see which are there",
      usage: "pip install NAME... | install -r FILE | uninstall NAME... | list | freeze | show NAME | check",
      notes: [
        "There is no network to fetch packages from: pip installs those that the site brings along, about eighty for Flask, Django and FastAPI.",
      ],
      see: ["python"],
    },
  ],
  [
    "curl",
    {
      what: "send a request and print the answer",
      usage: "curl [OPTION]... ADDRESS...",
      options: [
        ["-i", "print the status and the headers as well"],
        ["-I", "ask for the headers alone"],
        ["-v", "print what is sent and what comes, as it happens"],
        ["-s, -S", "no meter; but errors are said"],
        ["-o FILE, -O", "write the body into a file; -o /dev/null throws it away"],
        ["-X METHOD", "another method than GET"],
        ["-H 'NAME: VALUE'", "send this header"],
        ["-d DATA", "send a form; @FILE takes it from a file"],
        ["-F NAME=VALUE", "send a form in parts; NAME=@FILE uploads a file"],
        ["--json DATA", "send JSON"],
        ["-b FILE, -c FILE", "cookies: read them from, write them to a file"],
        ["-L", "follow redirects"],
        ["-f", "fail with exit code 22 where the status is 400 or more"],
        ["-m SECONDS", "give up after so long (exit code 28)"],
        ["-w FORMAT", "print this afterwards: %{http_code} %{time_total} %{size_download}"],
        ["-Z", "several addresses at the same time"],
      ],
      notes: ["Exit code 7: nobody listens. 52: an answer without anything. 56: the connection broke."],
      see: ["ss"],
    },
  ],
  [
    "sh",
    {
      what: "the shell",
      usage: "sh [-eux] [-c LINE | FILE] [ARGUMENT]...",
      options: [
        ["-c LINE", "run this line"],
        ["-e", "end at the first command that fails"],
        ["-u", "a variable that is not set is an error"],
        ["-x", "print each command before it runs"],
        ["-n", "read, and run nothing"],
      ],
      notes: ["It is POSIX's shell, as dash is. The command help lists what is in it."],
      see: ["bash", "test", "kill"],
    },
  ],
  [
    "bash",
    {
      what: "the shell with what bash adds to it",
      usage: "bash [-eux] [-o pipefail] [-c LINE | FILE] [ARGUMENT]...",
      notes: [
        "What tutorials use of it is here: [[ ]], arrays, replacing in a variable, <<<, {1..3}, source, declare, printf -v, time. What is not says so by its name.",
      ],
      see: ["sh"],
    },
  ],
  [
    "test",
    {
      what: "whether something is so: exit code 0 or 1",
      usage: "test EXPRESSION, or [ EXPRESSION ]",
      options: [
        ["-e, -f, -d PATH", "it exists; it is a file; it is a folder"],
        ["-z, -n TEXT", "it is empty; it is not"],
        ["A = B, A != B", "texts are the same, or not"],
        ["A -eq B, -lt, -gt", "numbers are the same, less, greater"],
      ],
      see: ["sh"],
    },
  ],
  [
    "ps",
    {
      what: "list processes",
      usage: "ps [aux | -ef | -e] [--forest] [-o COLUMNS] [--ppid PID] [-p PID]",
      options: [
        ["aux", "all processes, with state and memory"],
        ["-ef", "all processes, with their parents"],
        ["--forest", "children below their parents"],
        ["-o pid,ppid,stat,cmd", "these columns"],
        ["--ppid PID", "the children of this one"],
      ],
      notes: ["States: R runs, S waits, T is stopped, Z has ended and its parent has not asked yet."],
      see: ["pgrep", "top", "kill"],
    },
  ],
  [
    "top",
    {
      what: "processes, the busiest first",
      usage: "top [-b] [-n TIMES] [-d SECONDS]",
      options: [
        ["-b", "print, instead of drawing over itself"],
        ["-n TIMES", "so many times, then end"],
      ],
      see: ["ps"],
    },
  ],
  [
    "pgrep",
    {
      what: "pids of processes by name",
      usage: "pgrep [-f] [-l] [-n] [-o] [-P PID] PATTERN",
      options: [
        ["-f", "look at the whole command line"],
        ["-l, -a", "print the name, the command line as well"],
        ["-o, -n", "only the oldest, the newest"],
      ],
      see: ["pkill", "ps"],
    },
  ],
  [
    "pkill",
    {
      what: "send a signal to processes by name",
      usage: "pkill [-SIGNAL] [-f] [-o] [-n] PATTERN",
      notes: [signals],
      see: ["pgrep", "kill"],
    },
  ],
  ["pidof", { what: "pids of a program", usage: "pidof NAME", see: ["pgrep"] }],
  [
    "killall",
    { what: "send a signal to all processes of a name", usage: "killall [-SIGNAL] NAME", see: ["pkill", "kill"] },
  ],
  [
    "kill",
    {
      what: "send a signal to a process",
      usage: "kill [-SIGNAL] PID... | %JOB",
      options: [
        ["-TERM, -HUP, -KILL", "which signal; TERM unless said otherwise"],
        ["-0", "send none: does it exist?"],
        ["-l", "list the signals"],
      ],
      notes: [signals],
      see: ["pkill", "ps", "jobs"],
    },
  ],
  [
    "jobs",
    {
      what: "what this shell has in the background",
      usage: "jobs",
      notes: [
        "A command with & at its end is put there, ^Z stops the one in front. fg %1 brings a job to the front, bg %1 lets it go on behind.",
      ],
      see: ["kill", "wait"],
    },
  ],
  [
    "wait",
    {
      what: "wait until a process of this shell has ended",
      usage: "wait [PID | %JOB]",
      notes: ["Its exit code becomes $?."],
      see: ["jobs"],
    },
  ],
  [
    "nohup",
    {
      what: "run a command that outlives its terminal",
      usage: "nohup COMMAND",
      notes: [
        "HUP is ignored, and what it prints goes into nohup.out. Nobody starts it again when it ends: a supervisor does.",
      ],
      see: ["kill"],
    },
  ],
  [
    "timeout",
    {
      what: "run a command, and end it after a time",
      usage: "timeout [-s SIGNAL] [-k SECONDS] SECONDS COMMAND",
      notes: ["Exit code 124 says that the time was over."],
      see: ["kill"],
    },
  ],
  ["watch", { what: "run a command again and again", usage: "watch [-n SECONDS] COMMAND", see: ["ps", "ss"] }],
  [
    "nice",
    {
      what: "run a command with less of the processor",
      usage: "nice [-n N] COMMAND",
      notes: ["Here the browser decides who gets the processor: the number changes nothing."],
    },
  ],
  ["sleep", { what: "wait", usage: "sleep SECONDS" }],
  [
    "ss",
    {
      what: "sockets: who listens where",
      usage: "ss [-l] [-t] [-n] [-p]",
      options: [
        ["-l", "those that listen"],
        ["-t", "TCP"],
        ["-n", "ports as numbers"],
        ["-p", "with the process"],
      ],
      notes: ["ss -ltnp is what you want when an address is already in use."],
      see: ["lsof", "fuser"],
    },
  ],
  ["netstat", { what: "sockets, the older command", usage: "netstat -tln", see: ["ss"] }],
  ["lsof", { what: "open files and sockets", usage: "lsof -i [:PORT]", see: ["ss", "fuser"] }],
  [
    "fuser",
    { what: "who has a port", usage: "fuser [-k] PORT/tcp", options: [["-k", "and kill it"]], see: ["lsof", "ss"] },
  ],
  ["free", { what: "memory", usage: "free [-h | -m]", see: ["top"] }],
  ["df", { what: "room on the disc", usage: "df [-hikT] [--output=FIELDS] [PATH]...", see: ["du"] }],
  ["du", { what: "how much files take", usage: "du [-ahsbc] [-d DEPTH] [PATH]...", see: ["df"] }],
  ["uptime", { what: "since when this computer runs", usage: "uptime" }],
  ["id", { what: "who you are, in numbers", usage: "id [-u]", see: ["whoami"] }],
  ["whoami", { what: "who you are", usage: "whoami", see: ["id"] }],
  ["uname", { what: "the name of the system", usage: "uname [-a]" }],
  ["which", { what: "where a command is", usage: "which NAME...", see: ["type"] }],
  ["type", { what: "what a name means to the shell", usage: "type NAME...", see: ["which"] }],
  [
    "env",
    {
      what: "print the environment, or run a command with another one",
      usage: "env [-i] [NAME=VALUE]... [COMMAND]",
      see: ["export", "printenv"],
    },
  ],
  ["printenv", { what: "print variables of the environment", usage: "printenv [NAME]...", see: ["env"] }],
  [
    "export",
    {
      what: "hand a variable on to the commands that are started",
      usage: "export NAME=VALUE",
      notes: ["For one command alone, write the variable before it: SECRET_KEY=x flask run."],
      see: ["env"],
    },
  ],
  ["date", { what: "the time", usage: "date [+FORMAT] [-u]" }],
  [
    "ls",
    {
      what: "list a folder",
      usage: "ls [-l] [-a] [-h] [-t] [PATH]...",
      options: [
        ["-l", "with modes, sizes and times"],
        ["-a", "those too that begin with a dot"],
        ["-t", "the newest first"],
      ],
    },
  ],
  ["cat", { what: "print files", usage: "cat [-n] [FILE]...", see: ["head", "tail"] }],
  ["head", { what: "the first lines", usage: "head [-n LINES] [FILE]...", see: ["tail"] }],
  [
    "tail",
    {
      what: "the last lines",
      usage: "tail [-n LINES] [-f] [FILE]...",
      options: [["-f", "go on as the file grows: for logs; ^C ends it"]],
      see: ["head", "grep"],
    },
  ],
  [
    "grep",
    {
      what: "lines that match",
      usage: "grep [OPTION]... PATTERN [FILE]...",
      options: [
        ["-i", "upper and lower case are the same"],
        ["-v", "lines that do not match"],
        ["-c", "how many"],
        ["-o", "what matches, not the whole line"],
        ["-E", "extended patterns: + ? | ( )"],
        ["-r", "whole folders"],
        ["-n", "with line numbers"],
      ],
      see: ["sed", "awk"],
    },
  ],
  [
    "sed",
    {
      what: "change lines",
      usage: "sed [-i] [-n] [-E] 's/OLD/NEW/g' [FILE]...",
      options: [
        ["-i", "change the file itself"],
        ["-n", "print only what p asks for"],
      ],
      see: ["grep", "awk"],
    },
  ],
  [
    "awk",
    {
      what: "work on columns",
      usage: "awk [-F SIGN] '{ print $1 }' [FILE]...",
      notes: ["awk '{ print $9 }' access.log | sort | uniq -c counts the statuses of a log."],
      see: ["cut", "sort", "uniq"],
    },
  ],
  ["cut", { what: "columns", usage: "cut -d SIGN -f COLUMNS [FILE]...", see: ["awk"] }],
  ["sort", { what: "sort lines", usage: "sort [-n] [-r] [-u] [-k COLUMN] [FILE]...", see: ["uniq"] }],
  [
    "uniq",
    {
      what: "lines that repeat, once",
      usage: "uniq [-c] [-d]",
      options: [["-c", "with how many times"]],
      notes: ["It sees only neighbours: sort first."],
      see: ["sort"],
    },
  ],
  ["tr", { what: "change characters", usage: "tr OLD NEW, tr -d CHARACTERS", see: ["sed"] }],
  ["wc", { what: "count lines, words, bytes", usage: "wc [-l] [-w] [-c] [FILE]..." }],
  [
    "find",
    {
      what: "find files",
      usage: "find [FOLDER] [-name PATTERN] [-type f|d] [-mmin N] [-exec COMMAND {} \\;]",
      see: ["xargs", "grep"],
    },
  ],
  [
    "xargs",
    { what: "run a command with what is read as arguments", usage: "xargs [-n N] [-I NAME] COMMAND", see: ["find"] },
  ],
  ["diff", { what: "what differs between two files", usage: "diff [-u] FILE FILE" }],
  ["jq", { what: "pick from JSON", usage: "jq [-r] FILTER [FILE]", see: ["curl"] }],
  [
    "tar",
    { what: "many files in one", usage: "tar -czf ARCHIVE FILE..., tar -xzf ARCHIVE, tar -tzf ARCHIVE", see: ["gzip"] },
  ],
  ["gzip", { what: "compress", usage: "gzip [-d] [-k] [-c] FILE", see: ["tar"] }],
  ["tee", { what: "print, and write into a file as well", usage: "tee [-a] FILE" }],
  [
    "chmod",
    {
      what: "who may do what with a file",
      usage: "chmod MODE FILE...",
      notes: ["chmod +x start.sh makes a script one that can be started."],
    },
  ],
  ["cp", { what: "copy", usage: "cp [-r] FROM... TO", see: ["mv"] }],
  ["mv", { what: "move, or rename", usage: "mv FROM... TO", see: ["cp"] }],
  [
    "rm",
    {
      what: "remove",
      usage: "rm [-r] [-f] PATH...",
      notes: ["Nothing asks, and nothing brings it back but the lab's Reset."],
      see: ["rmdir"],
    },
  ],
  ["mkdir", { what: "make a folder", usage: "mkdir [-p] PATH...", see: ["rmdir"] }],
  [
    "flock",
    {
      what: "run a command while it has a lock",
      usage: "flock [-n] [-w SECONDS] FILE COMMAND...",
      notes: ["With -n, and where another has the lock, it ends with 1 and runs nothing."],
      see: ["timeout"],
    },
  ],
  [
    "mkfifo",
    {
      what: "make a named pipe",
      usage: "mkfifo [-m MODE] NAME...",
      notes: ["Whoever opens one end waits until somebody opens the other."],
      see: ["mkdir"],
    },
  ],
  ["rmdir", { what: "remove an empty folder", usage: "rmdir PATH...", see: ["rm"] }],
  [
    "touch",
    {
      what: "make a file, or set its time to now",
      usage: "touch FILE...",
      notes: ["A reloader takes that for a change."],
    },
  ],
  ["man", { what: "print a page of this manual", usage: "man NAME", see: ["help"] }],
  ["help", { what: "what this shell has", usage: "help [NAME]", see: ["man"] }],
  [
    "ab",
    {
      what: "ask a server of this computer many times, and print what that took",
      usage: "ab [OPTION]... http://localhost:PORT/PATH",
      options: [
        ["-n N", "so many requests; 1 unless said otherwise"],
        ["-c N", "so many at a time; 1"],
        ["-t SECONDS", "as many as this time allows"],
        ["-k", "keep connections for the next request"],
        ["-p FILE, -u FILE", "send this file with POST, or with PUT"],
        ["-T TYPE", "its content type"],
        ["-m METHOD", "another method"],
        ["-H LINE, -C COOKIE", "a header, a cookie"],
        ["-A USER:PASSWORD", "basic authentication"],
        ["-q", "no lines of progress"],
      ],
      notes: [
        "This machine's own: it prints in the shape of ApacheBench what it has measured itself, on the processor that the server runs on too. Figures of another computer are others; compare two runs here with each other.",
        "The load test below both servers also draws its requests, and judges whether a difference means anything.",
      ],
      see: ["hey", "wrk", "curl"],
    },
  ],
  [
    "hey",
    {
      what: "ask a server of this computer many times, and print what that took",
      usage: "hey [OPTION]... http://localhost:PORT/PATH",
      options: [
        ["-n N", "so many requests; 200 unless said otherwise"],
        ["-c N", "so many at a time; 50"],
        ["-z TIME", "for so long instead: 10s, 2m"],
        ["-q N", "each asks so many times a second at most"],
        ["-m METHOD, -d BODY, -D FILE", "what is sent"],
        ["-T TYPE, -H LINE, -A TYPE", "content type, a header, Accept"],
        ["-t SECONDS", "an answer after that has failed; 20"],
        ["-o csv", "the times of each request"],
        ["-disable-keepalive", "a connection for each request"],
      ],
      notes: ["This machine's own, in hey's shape; see ab for what that means. Redirects are not followed."],
      see: ["ab", "wrk", "curl"],
    },
  ],
  [
    "wrk",
    {
      what: "ask a server of this computer for a while, and print what that took",
      usage: "wrk [OPTION]... http://localhost:PORT/PATH",
      options: [
        ["-c N", "so many connections, which are kept; 10 unless said otherwise"],
        ["-d TIME", "for so long: 10s, 2m"],
        ["-t N", "threads, which share the connections; 2. Here all of them are one"],
        ["-H LINE", "a header"],
        ["--latency", "percentiles as well"],
        ["--timeout TIME", "an answer after that has failed; 2s"],
      ],
      notes: ["This machine's own, in wrk's shape; see ab for what that means."],
      see: ["ab", "hey", "curl"],
    },
  ],
  [
    "nano",
    {
      what: "edit a file at the terminal",
      usage: "nano [-l] [-v] [+LINE] FILE",
      options: [
        ["-l", "line numbers"],
        ["-v", "view: nothing is changed"],
        ["+LINE", "begin at this line"],
      ],
      notes: [
        "^O writes the file, ^X leaves, ^F looks for a text, ^K cuts a line, ^U puts it back, M-U takes a change back, ^G names all keys. (^ means Ctrl, M- means Alt.) ^W looks for a text too, where the browser does not close its tab for it.",
        "The files are those of the editor beside the shell: what is written here is shown there, and a reloader restarts for it.",
      ],
      see: ["cat", "sed"],
    },
  ],
]);
