/** What `man` says of programs that do one small thing, in our own words. */
import type { ManualPage } from "./manual-page.ts";

/** Pages of small programs, by name. */
export const smallPages: readonly (readonly [string, ManualPage])[] = [
  [
    "echo",
    { what: "print words", usage: "echo [-n] WORD...", notes: ["printf does the same everywhere."], see: ["printf"] },
  ],
  [
    "printf",
    {
      what: "print by a format",
      usage: "printf FORMAT [ARGUMENT]...",
      notes: ["printf '%s\\n' a b prints a line for each; %d numbers, %5.2f digits, %-10s a width."],
      see: ["echo"],
    },
  ],
  ["true", { what: "nothing, and that goes well", usage: "true", see: ["false"] }],
  ["false", { what: "nothing, and that fails", usage: "false", see: ["true"] }],
  ["yes", { what: "print y, or a word, without end", usage: "yes [WORD]", see: ["head"] }],
  [
    "seq",
    {
      what: "print numbers",
      usage: "seq [-w] [-s SIGN] [FIRST [STEP]] LAST",
      notes: ["for i in $(seq 10); do curl -s localhost:5000; done"],
    },
  ],
  ["clear", { what: "empty the terminal", usage: "clear", notes: ["^L does the same, and keeps the line."] }],
  ["hostname", { what: "the name of this computer", usage: "hostname", see: ["uname"] }],
  [
    "nproc",
    { what: "how many processors there are", usage: "nproc", notes: ["As the browser tells: for gunicorn -w."] },
  ],
  ["tty", { what: "the terminal's name, or not a tty", usage: "tty [-s]" }],
  ["basename", { what: "a path's last part", usage: "basename PATH [SUFFIX]", see: ["dirname"] }],
  [
    "dirname",
    {
      what: "a path without its last part",
      usage: "dirname PATH...",
      notes: ['cd "$(dirname "$0")" goes where the script is.'],
      see: ["basename", "realpath"],
    },
  ],
  ["realpath", { what: "a path without links and dots", usage: "realpath PATH...", see: ["readlink", "dirname"] }],
  ["readlink", { what: "where a link leads", usage: "readlink [-f | -e | -m] PATH...", see: ["realpath", "ln"] }],
  ["ln", { what: "make a link", usage: "ln -s [-f] [-n] [-r] TARGET NAME", see: ["readlink"] }],
  ["link", { what: "give a file one more name", usage: "link FILE NAME", see: ["ln"] }],
  ["unlink", { what: "remove a file", usage: "unlink FILE", see: ["rm"] }],
  [
    "mktemp",
    {
      what: "make a file, or a folder, of a name that nobody else has",
      usage: "mktemp [-d] [TEMPLATE]",
      notes: ["tmp=$(mktemp); trap 'rm -f \"$tmp\"' EXIT"],
      see: ["trap"],
    },
  ],
  ["truncate", { what: "give a file a size", usage: "truncate -s SIZE FILE...", notes: ["-s 0 empties a log."] }],
  [
    "stat",
    {
      what: "what is known of a file",
      usage: "stat [-c FORMAT] FILE...",
      notes: ["-c '%a %U %n' prints rights, owner and name."],
      see: ["ls"],
    },
  ],
  ["file", { what: "what kind of file it is", usage: "file PATH..." }],
  ["tree", { what: "a folder with all that is in it", usage: "tree [-L LEVELS] [FOLDER]", see: ["find", "ls"] }],
  ["cmp", { what: "whether two files are the same", usage: "cmp [-s] FILE FILE", see: ["diff"] }],
  [
    "comm",
    { what: "lines of two sorted files: of one, the other, both", usage: "comm [-123] FILE FILE", see: ["sort"] },
  ],
  ["join", { what: "lines of two sorted files with the same key", usage: "join [-t SIGN] FILE FILE", see: ["sort"] }],
  ["paste", { what: "files beside each other, line by line", usage: "paste [-d SIGN] [-s] FILE...", see: ["cut"] }],
  ["column", { what: "set lines in columns", usage: "column -t [-s SIGN] [FILE]", see: ["cut"] }],
  ["fold", { what: "break long lines", usage: "fold [-s] [-w WIDTH] [FILE]" }],
  ["expand", { what: "spaces for tabs", usage: "expand [-t WIDTH] [FILE]..." }],
  ["rev", { what: "turn each line round", usage: "rev [FILE]...", see: ["tac"] }],
  ["tac", { what: "lines, the last first", usage: "tac [FILE]...", see: ["cat"] }],
  ["split", { what: "a file in pieces", usage: "split [-l LINES | -b BYTES] FILE [PREFIX]" }],
  ["shuf", { what: "lines in any order", usage: "shuf [-n LINES] [-i LOW-HIGH] [FILE]", see: ["sort"] }],
  ["strings", { what: "texts in a file that is none", usage: "strings [-n LENGTH] FILE", see: ["od"] }],
  [
    "od",
    {
      what: "bytes as numbers",
      usage: "od [-c] [-x] [-An] [FILE]",
      notes: ["-c shows \\r and \\n."],
      see: ["strings", "hexdump", "xxd"],
    },
  ],
  [
    "hexdump",
    {
      what: "bytes as numbers, and as letters beside them",
      usage: "hexdump [-C] [-n COUNT] [-s SKIP] [FILE]",
      notes: ["curl -si localhost:8000 | hexdump -C shows the line ends of a response."],
      see: ["od", "xxd"],
    },
  ],
  ["hd", { what: "hexdump -C", usage: "hd [FILE]", see: ["hexdump"] }],
  [
    "bc",
    {
      what: "compute with decimal places",
      usage: "bc [-l] [FILE]...",
      notes: ["echo 'scale=2; 10 / 3' | bc prints 3.33; the shell's own $((10 / 3)) knows whole numbers alone."],
      see: ["expr"],
    },
  ],
  [
    "nc",
    {
      what: "a connection by hand",
      usage: "nc [-z] [-v] [-N] [-w SECONDS] HOST PORT; nc -U PATH",
      notes: [
        "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc localhost 8000 asks as a browser does.",
        "-z says by its status alone whether somebody listens.",
      ],
      see: ["curl", "ss"],
    },
  ],
  ["xxd", { what: "bytes as numbers, and back", usage: "xxd [-p] [-r] [-l COUNT] [FILE]", see: ["hexdump"] }],
  [
    "dd",
    {
      what: "copy so many blocks",
      usage: "dd [if=FILE] [of=FILE] [bs=BYTES] [count=BLOCKS]",
      notes: ["dd if=/dev/zero of=big bs=1M count=5 makes a file of five megabytes."],
      see: ["head", "truncate"],
    },
  ],
  [
    "chown",
    {
      what: "give a file to another user",
      usage: "chown [-R] USER[:GROUP] FILE...",
      notes: ["There is one user here, to whom all files belong."],
      see: ["chgrp", "chmod"],
    },
  ],
  ["chgrp", { what: "give a file to another group", usage: "chgrp [-R] GROUP FILE...", see: ["chown"] }],
  ["base64", { what: "bytes as letters, and back", usage: "base64 [-d] [FILE]", see: ["sha256sum"] }],
  [
    "sha256sum",
    {
      what: "a file's fingerprint",
      usage: "sha256sum [-c] [FILE]...; md5sum, sha1sum",
      notes: ["-c FILE compares files with those in a list."],
      see: ["base64"],
    },
  ],
  ["expr", { what: "compute, as old scripts do", usage: "expr A + B", notes: ["$((A + B)) is the shell's own way."] }],
  [
    "envsubst",
    {
      what: "put variables of the environment into a text",
      usage: "envsubst ['$NAME...'] < TEMPLATE > FILE",
      see: ["env"],
    },
  ],
  ["setsid", { what: "run a command in a session of its own", usage: "setsid COMMAND", see: ["nohup"] }],
  [
    "stdbuf",
    {
      what: "run a command whose output is not held back",
      usage: "stdbuf -oL COMMAND",
      notes: ["Nothing is held back here: it runs the command. Python has its own option, python -u."],
      see: ["tail"],
    },
  ],
];
