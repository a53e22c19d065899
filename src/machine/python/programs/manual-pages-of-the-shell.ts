/** What `man` and `help` say of the shell's own commands, in our own words. */
import type { ManualPage } from "./manual-page.ts";

/** Pages of builtins, by name. */
export const shellPages: readonly (readonly [string, ManualPage])[] = [
  [
    "cd",
    { what: "go to another folder", usage: "cd [FOLDER]", notes: ["cd alone goes home, cd - back."], see: ["pwd"] },
  ],
  ["pwd", { what: "print the folder that you are in", usage: "pwd", see: ["cd"] }],
  [
    "source",
    {
      what: "run a file in this shell, not in one of its own",
      usage: "source FILE [ARGUMENT]..., or . FILE",
      notes: [
        "What the file sets stays set: source .venv/bin/activate begins a virtual environment, deactivate ends it. set -a; source .env; set +a exports what an env file holds.",
      ],
      see: ["export", "exec"],
    },
  ],
  [
    "alias",
    {
      what: "give a command another name",
      usage: "alias [NAME=COMMAND]..., unalias NAME",
      notes: ["Aliases are for a prompt: in a script write a function."],
      see: ["type"],
    },
  ],
  ["bg", { what: "let a stopped job go on in the background", usage: "bg [%JOB]", see: ["fg", "jobs"] }],
  ["fg", { what: "bring a job to the front, and wait for it", usage: "fg [%JOB]", see: ["bg", "jobs"] }],
  ["disown", { what: "forget a job, which goes on", usage: "disown [%JOB]", see: ["jobs", "nohup"] }],
  ["break", { what: "leave a loop", usage: "break [LEVELS]", see: ["continue"] }],
  ["continue", { what: "go on with a loop's next round", usage: "continue [LEVELS]", see: ["break"] }],
  ["return", { what: "leave a function, or a file that is sourced", usage: "return [STATUS]", see: ["exit"] }],
  [
    "exit",
    {
      what: "leave the shell",
      usage: "exit [STATUS]",
      notes: ["0 means that all went well. A trap for EXIT runs first."],
      see: ["trap", "return"],
    },
  ],
  [
    "exec",
    {
      what: "go on as another program, or change this shell's descriptors",
      usage: "exec COMMAND [ARGUMENT]..., exec >FILE",
      notes: [
        "exec gunicorn app:app at the end of a start script makes the server the process that gets the signals; without it the shell stands between.",
      ],
      see: ["source"],
    },
  ],
  ["eval", { what: "run words as a line of the shell", usage: "eval WORD...", see: ["source"] }],
  [
    "set",
    {
      what: "switch options of the shell, or set $1, $2 and so on",
      usage: "set [-aeux] [-o OPTION] [--] [ARGUMENT]...",
      options: [
        ["-e", "end at the first command that fails"],
        ["-u", "a variable that is not set is an error"],
        ["-x", "print each command before it runs"],
        ["-a", "export what is assigned"],
        ["-o pipefail", "a pipeline fails where any part of it does (bash)"],
      ],
      notes: ["set +x and its like switch them off. set -- a b sets $1 and $2."],
      see: ["unset", "shopt", "trap"],
    },
  ],
  ["unset", { what: "forget a variable, or with -f a function", usage: "unset [-f] NAME...", see: ["export", "set"] }],
  ["shift", { what: "drop $1; $2 becomes $1", usage: "shift [N]", see: ["getopts", "set"] }],
  [
    "getopts",
    {
      what: "read a script's options, one at each call",
      usage: 'while getopts "vp:" option; do case $option in ... esac; done',
      notes: [
        "A colon behind a letter: it takes a value, which is in OPTARG. A colon in front: no messages, you write your own. Afterwards shift $((OPTIND - 1)).",
      ],
      see: ["shift"],
    },
  ],
  [
    "trap",
    {
      what: "say what to do at a signal, or at the end",
      usage: "trap 'COMMANDS' SIGNAL..., trap - SIGNAL",
      notes: [
        "trap 'rm -f \"$file\"' EXIT cleans up however the script ends. trap 'kill $pid' TERM passes a signal on.",
      ],
      see: ["kill", "exit", "wait"],
    },
  ],
  [
    "read",
    {
      what: "read a line into variables",
      usage: "read [-r] [-p PROMPT] NAME...",
      options: [
        ["-r", "a backslash is a backslash"],
        ["-p PROMPT", "print this first"],
        ["-t SECONDS", "give up after so long (bash)"],
        ["-a ARRAY", "the words go into an array (bash)"],
      ],
      notes: ["while IFS= read -r line; do ...; done < FILE goes through a file line by line."],
      see: ["mapfile"],
    },
  ],
  ["mapfile", { what: "read lines into an array (bash)", usage: "mapfile -t ARRAY < FILE", see: ["read"] }],
  ["local", { what: "a variable of a function alone", usage: "local NAME[=VALUE]...", see: ["declare"] }],
  ["readonly", { what: "a variable that cannot be changed", usage: "readonly NAME[=VALUE]...", see: ["declare"] }],
  [
    "declare",
    {
      what: "make a variable of a kind (bash)",
      usage: "declare [-aAirx] NAME[=VALUE]...",
      options: [
        ["-a, -A", "an array by numbers, by names"],
        ["-i", "its values are computed"],
        ["-p", "print it"],
      ],
      see: ["local", "export"],
    },
  ],
  ["let", { what: "compute (bash)", usage: "let NAME=EXPRESSION...", see: ["expr"] }],
  ["shopt", { what: "switch options of bash", usage: "shopt [-s | -u] [OPTION]...", see: ["set"] }],
  ["pushd", { what: "go to a folder, and remember this one (bash)", usage: "pushd FOLDER, popd, dirs", see: ["cd"] }],
  [
    "command",
    {
      what: "run a command, whatever function is called so; or say where it is",
      usage: "command NAME [ARGUMENT]..., command -v NAME",
      notes: ["command -v NAME asks whether there is one, in a script that must run everywhere."],
      see: ["type", "which"],
    },
  ],
  ["builtin", { what: "run the shell's own command of this name (bash)", usage: "builtin NAME...", see: ["command"] }],
  ["hash", { what: "forget where commands were found", usage: "hash -r", see: ["type"] }],
  ["history", { what: "the lines that were typed", usage: "history [-c]", notes: ["^R searches them."] }],
  [
    "umask",
    { what: "what new files do not allow", usage: "umask [-S] [MODE]", notes: ["077: nobody else."], see: ["chmod"] },
  ],
  ["ulimit", { what: "what a process may take", usage: "ulimit [-a] [-n] [-u]" }],
  ["times", { what: "how long the shell and its programs were busy", usage: "times", see: ["time"] }],
  [
    "time",
    {
      what: "how long a command takes",
      usage: "time COMMAND",
      notes: ["real is the time on the clock."],
      see: ["times"],
    },
  ],
  [":", { what: "nothing, and that goes well", usage: ":", see: ["true"] }],
];

/** Other names of a page. */
export const otherNames: Readonly<Record<string, string>> = {
  ".": "source",
  "[": "test",
  "[[": "test",
  chdir: "cd",
  dirs: "pushd",
  egrep: "grep",
  fgrep: "grep",
  gunzip: "gzip",
  md5sum: "sha256sum",
  nl: "cat",
  pip3: "pip",
  popd: "pushd",
  python3: "python",
  readarray: "mapfile",
  sha1sum: "sha256sum",
  sha512sum: "sha256sum",
  typeset: "declare",
  unalias: "alias",
  unexpand: "expand",
  zcat: "gzip",
};
