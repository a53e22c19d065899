/** What a lab says about runs that were recorded elsewhere, and about devices that cannot run it, in English. */
import { inLanguage } from "../in-language.ts";

export const replayStrings = inLanguage("replayStrings", {
  label: "Recorded run",
  recorded: "Recorded, not run here",
  where: (
    { processor, cores, browser }: { processor: string; cores: number; browser: string },
    date: string,
    withLanes: boolean,
  ) =>
    `“Recorded” means: this lab ran on ${date} in ${browser}, on ${processor}, ${cores} cores, with the commands below. Its figures are replayed in the charts at their original pace${withLanes ? ", and its requests in the lanes" : ". The workers' rows were not recorded"}.`,
  thinned: (every: number) => `One request in ${every} is drawn.`,
  played: (
    plan: string,
    readers: string,
    date: string,
    { processor, cores, browser }: { processor: string; cores: number; browser: string },
  ) => `“${plan}” with ${readers}, as it ran on ${date} in ${browser}, on ${processor} with ${cores} cores.`,
  pause: "Pause",
  pauseNamed: "Pause the recorded run",
  goOn: "Play",
  goOnNamed: "Play the recorded run",
  command: (title: string) => `${title}: `,
  skip: "Show the end",
  again: "Play again",
  close: "Close",
  failed: "The recorded run could not be loaded. Check the connection and try again.",
  loading: "The recorded run is being loaded.",
  otherPlan: "The chosen plan has no recorded run. These have one:",
  noRuns: "This lab has no recorded run.",
  play: (plan: string) => `Play “${plan}” as it was recorded`,
  cannotRun:
    "This browser cannot run the lab: its WebAssembly lacks a feature called JSPI. Chrome and Edge can from version 137 on, Firefox from 153, Safari from 27. Everything else on this page works here.",
  small: (processes: number, megabytes: number, device: string) =>
    `This lab starts about ${processes} processes and takes about ${megabytes} MB of memory. ${device} The browser may end the page. Nothing is downloaded before you start it.`,
  memory: (gigabytes: number) => `This device says that it has ${gigabytes} GB.`,
  unknownMemory: "This looks like a phone, and it does not say how much memory it has.",
} as const);
