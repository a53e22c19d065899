// The production setup: node cluster.js --port 8000 --workers 4
//
// A primary that answers nothing itself. It starts workers, replaces those that die or hang, lets them finish
// before it stops (SIGTERM, or `stop` typed in the terminal), and replaces them one by one by new ones, without
// losing a request (SIGHUP, `reload` typed, or a worker's message "reload").
const { parseArgs } = require("node:util");
const pools = require("./pools.js");

const options = {
  port: { type: "string", default: "8000" },
  workers: { type: "string", default: "4" },
  /** Seconds without a sign of life after which a worker is taken to hang. */
  timeout: { type: "string", default: "3" },
  /** Seconds in which a worker has to become ready. */
  boot: { type: "string", default: "10" },
  /** How requests come to the workers: `cluster` (node:cluster), `balance` (our own parent), or the first that works. */
  spread: { type: "string", default: "auto" },
};
const values = readOptions();
const port = Number(values.port);
const seconds = 1000;

/** So many ends, or so many failed starts in a row, and the primary gives up. */
const mostEnds = { starts: 3, within: 10 * seconds, ends: 12 };
/** A worker that has finished nothing by then is ended. */
const drainWithin = 10 * seconds;

const say = (text) => console.log(`[${process.pid}] ${text}`);
const workers = new Set();
const ends = [];
let pool;
let failedStarts = 0;
let stopping = false;
let reloading = false;
let lastLook = Date.now();

function readOptions() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`cluster.js: ${error.message}`);
    process.exit(2);
  }
}

/** Starts a worker, and resolves with whether it became ready. */
function startWorker() {
  const worker = pool.start();
  worker.seen = Date.now();
  workers.add(worker);
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      say(`Worker ${worker.pid} was not ready within ${values.boot} s: ending it.`);
      endNow(worker);
      resolve(false);
    }, Number(values.boot) * seconds);
    worker.onMessage((message) => {
      worker.seen = Date.now();
      if (message === "reload") reload(`Worker ${worker.pid} asks for it`);
      if (message !== "ready" || worker.ready) return;
      clearTimeout(late);
      worker.ready = true;
      failedStarts = 0;
      say(`Worker ${worker.pid} is ready.`);
      resolve(true);
    });
    worker.onEnd((code, signal) => {
      clearTimeout(late);
      workers.delete(worker);
      if (!worker.ready) failedStarts++;
      if (!worker.leaving) {
        say(`Worker ${worker.pid} ended ${signal ? `by ${signal}` : `with code ${code}`}.`);
        replace(code);
      }
      resolve(false);
    });
  });
}

/** Starts another worker in place of one that ended, unless that happens all the time. */
function replace(code) {
  if (stopping || reloading) return;
  const now = Date.now();
  ends.push(now);
  while (ends[0] < now - mostEnds.within) ends.shift();
  if (code === 98 && pool.shares) return giveUp(`Port ${port} is in use.`);
  if (failedStarts >= mostEnds.starts) {
    return giveUp(`${failedStarts} workers in a row ended before they were ready. The lines above say why.`);
  }
  if (ends.length >= mostEnds.ends) {
    return giveUp(`${ends.length} workers ended within ${mostEnds.within / seconds} s. The lines above say why.`);
  }
  setTimeout(() => !stopping && startWorker(), failedStarts * 200);
}

function giveUp(why) {
  if (stopping) return;
  stopping = true;
  say(`Giving up. ${why}`);
  for (const worker of workers) endNow(worker);
  setTimeout(() => process.exit(3), 100);
}

/** Ends a worker whatever it does. Says so where that is not possible. */
function endNow(worker) {
  if (worker.ending) return;
  worker.ending = true;
  worker.kill();
  setTimeout(() => {
    if (!workers.has(worker)) return;
    say(`Worker ${worker.pid} cannot be ended: it is in a loop. Only reloading the page ends it.`);
    workers.delete(worker);
    pool.forget(worker);
    replace();
  }, 2 * seconds).unref();
}

/** Lets a worker finish what it has begun. Resolves when it is gone. */
function letGo(worker) {
  worker.leaving = true;
  pool.drain(worker);
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      say(`Worker ${worker.pid} has not finished within ${drainWithin / seconds} s: ending it.`);
      endNow(worker);
      resolve();
    }, drainWithin);
    worker.onEnd(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

async function stop(why) {
  if (stopping) return;
  stopping = true;
  say(`${why}: letting ${workers.size} workers finish.`);
  pool.close();
  await Promise.all([...workers].map(letGo));
  say("All workers have left.");
  process.exit(0);
}

/** One new worker, then one old one leaves, until all are new: there are never fewer than before. */
async function reload(why) {
  if (stopping || reloading) return;
  reloading = true;
  say(`${why}: replacing ${workers.size} workers one by one.`);
  let replaced = true;
  for (const old of [...workers]) {
    replaced = await startWorker();
    if (!replaced) break;
    await letGo(old);
    if (stopping) return;
  }
  reloading = false;
  failedStarts = 0;
  say(replaced ? "Reloaded." : "The new worker did not become ready, so the old ones stay.");
  // In place of those that died meanwhile.
  for (let missing = Number(values.workers) - workers.size; missing > 0; missing--) startWorker();
}

/** Whoever has not been heard of for too long hangs, unless it was this process that did not listen. */
function lookForHanging() {
  const now = Date.now();
  const asleep = now - lastLook > seconds;
  lastLook = now;
  if (asleep) for (const worker of workers) worker.seen = now;
  for (const worker of workers) {
    if (!worker.ready || worker.ending || Date.now() - worker.seen < Number(values.timeout) * seconds) continue;
    say(`Worker ${worker.pid} has been silent for ${values.timeout} s: ending it.`);
    endNow(worker);
  }
}

async function main() {
  pool = await pools.open(port, values.spread);
  say(`Starting ${values.workers} workers on http://localhost:${port}, ${pool.words}.`);
  for (let count = 0; count < Number(values.workers); count++) startWorker();
  setInterval(lookForHanging, 250);
}

process.on("SIGTERM", () => stop("SIGTERM"));
process.on("SIGINT", () => stop("SIGINT"));
process.on("SIGHUP", () => reload("SIGHUP"));

// For machines without signals: words typed in the terminal.
process.stdin.on("data", (typed) => {
  for (const word of String(typed).split(/\s+/)) {
    if (word === "reload") reload("reload");
    else if (word === "stop") stop("stop");
    else if (word !== "") say(`${word} is not a command. There are: reload, stop`);
  }
});
process.stdin.on("error", () => {});

main().catch((error) => {
  say(error.code === "EADDRINUSE" ? `Port ${port} is in use.` : (error.stack ?? String(error)));
  process.exit(1);
});
