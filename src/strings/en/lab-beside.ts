/** Words about the program beside a server, in English. Loaded with the labs that have one. */
import type { Pid, Signal } from "../../machine/machine.ts";
import { inLanguage } from "../in-language.ts";
import { the } from "./english.ts";

const again = "Start it again with the button beside its command.";

export const besideStrings = inLanguage("besideStrings", {
  /** @param title of the program, @param side of its server, as a teacher has written them */
  label: (title: string, side: string) => `${title} beside ${the(side)}`,
  command: (title: string, side: string) => `Command of ${the(title)} beside ${the(side)}`,
  startNamed: (title: string, side: string) => `Start ${the(title)} beside ${the(side)}`,
  restartNamed: (title: string, side: string) => `Restart ${the(title)} beside ${the(side)}`,
  kill: "Kill",
  killNamed: (title: string, pid: Pid) => `Kill ${the(title)}, process ${pid}`,
  restartBoth: "Restart both programs",
  restartBothNamed: (side: string) => `Restart both programs of ${the(side)}`,
  idle: "Not started.",
  starting: "Starting.",
  running: (pid: Pid) => `Running as process ${pid}.`,
  stopped: "Stopped.",
  exited: (code: number) => `It exited with code ${code}; the server goes on without it. ${again}`,
  killed: (signal: Signal) => `It was ended by ${signal}, and nothing started another. ${again}`,
  failed: (message: string) => `It could not be started: ${message}`,
  commandChanged: "The command has changed. Restart it to run the new one.",
  edited: "A file has changed since it started. Restart it to deploy the change.",
} as const);
