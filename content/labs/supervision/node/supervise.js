// A small supervisor: node supervise.js --port 8000 server.js
// It starts the program, and starts it again when it has failed, as the service beside it in this lab's Debian does.
const { fork } = require("node:child_process");
const { parseArgs } = require("node:util");

const options = { port: { type: "string", default: "8000" } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const [program, ...rest] = positionals;

const restart = "on-failure";
// Ends that systemd, too, does not take for failures.
const clean = ["SIGHUP", "SIGINT", "SIGTERM", "SIGPIPE"];
const restartAfter = 1000;
const startLimit = { interval: 60_000, burst: 5 };

const starts = [];
let child;
let stopping = false;

function start() {
  const now = Date.now();
  while (starts.length > 0 && now - starts[0] > startLimit.interval) starts.shift();
  if (starts.length === startLimit.burst) {
    console.error(
      `Start request repeated too quickly: ${startLimit.burst} starts in ${startLimit.interval / 1000} s. Giving up.`,
    );
    process.exit(1);
  }
  starts.push(now);
  child = fork(program, rest, { env: { ...process.env, PORT: values.port } });
  console.log(`Started ${program}, process ${child.pid}`);
  child.on("exit", ended);
}

function ended(code, signal) {
  const failed = code !== 0 && !clean.includes(signal);
  console.log(`Process ${child.pid} ended: ${signal ?? `exit code ${code}`}`);
  if (stopping || (restart === "on-failure" && !failed)) process.exit(failed ? 1 : 0);
  setTimeout(start, restartAfter);
}

// Who stops the supervisor means the program.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stopping = true;
    // Between two starts there is nobody to tell.
    if (child.exitCode !== null || child.signalCode !== null) process.exit(0);
    child.kill(signal);
  });
}

start();
