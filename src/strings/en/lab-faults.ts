/**
 * What the faults say of what they did, in English. Apart from the lab's other words, because they load when the first
 * is caused.
 */

import { inLanguage } from "../in-language.ts";
import { capital, counted, listed, the } from "./english.ts";

export const faultStrings = inLanguage("faultStrings", {
  after: (time: string) => `That was after ${time}.`,
  noProcess: (title: string) => `No process of ${the(title)} runs, so there is none to kill. Start it first.`,
  notRunning: (title: string, alive: boolean) =>
    alive
      ? `${capital(the(title))} does not listen on a port yet. Wait until it does.`
      : `${capital(the(title))} does not listen on a port. Start it first.`,
  killed: (pid: number, worker: boolean, inHand: number) =>
    `${worker ? `Worker ${pid}` : `The server, process ${pid},`} was sent SIGKILL with ${counted(inHand, "request", "requests")} in hand.`,
  replaced: (pid: number, time: string) => `Worker ${pid} took its place after ${time}.`,
  notReplaced: "Nothing has taken its place.",
  hanging: (path: string) => `${path} was requested once: its handler never returns.`,
  hangsIn: (pid: number) => `Process ${pid} is stuck in it.`,
  hangAnswered: (status: number) => `It ended with status ${status}.`,
  hangEnded: (message: string) => `No answer came: ${message}.`,
  slowConnected: (count: number) =>
    `${counted(count, "slow client is", "slow clients are")} connected, sending one byte a second.`,
  slowOver: (count: number, byServer: number, time: string) =>
    byServer === 0
      ? `${counted(count, "slow client", "slow clients")} hung up after ${time}.`
      : `${counted(count, "slow client was", "slow clients were")} connected. The server hung up on ${byServer}; the last was gone after ${time}.`,
  leaking: (count: number, path: string) => `${path} was requested ${counted(count, "time", "times")}.`,
  leaked: (before: string, after: string) =>
    `The processes that were there were using ${before} of memory, and now use ${after}.`,
  leakRefused: (path: string) => `${path} answered with an error: the app has no handler that keeps memory.`,
  tooMuchMemory: (title: string, memory: string) =>
    `${capital(the(title))} is already using ${memory} of this computer's memory. Restart it to free that memory.`,
  deploying: "A deployment is under way. Wait until it is in use.",
  noVersion: "No file has the line VERSION = 1 to raise. Edit a file yourself, then press Deploy.",
  written: (version: number) => `Version ${version} of the app was written.`,
  ways: {
    reloader: "The reloader watches the file and restarts the app.",
    SIGHUP: "gunicorn's master was sent SIGHUP: it starts new workers, then ends the old ones.",
    restart: "The server was stopped and started.",
  },
  inUse: (time: string) => `Live in every worker after ${time}.`,
  notInUse: (alive: boolean) =>
    alive
      ? "It is still not live after half a minute: the terminal may say why."
      : "The server exited before the change was live: the terminal says why.",
  counted: (failed: number, versions: readonly (readonly [version: string, answers: string])[]) =>
    `From then to the end of the run ${counted(failed, "request", "requests")} failed${
      versions.length === 0
        ? "."
        : `; ${listed(
            versions.map(
              ([version, answers]) =>
                `${answers} were answered by ${version === "" ? "no version" : `version ${version}`}`,
            ),
          )}.`
    }`,
});
