/** English words that load only with the request that is followed. */

import { inLanguage } from "../in-language.ts";
import { capital, the } from "./english.ts";

/** One real request, followed through the parts of a server. */
export const followStrings = inLanguage("followStrings", {
  label: "The path of a request",
  start: "Start the servers",
  starting: "The servers are starting.",
  send: (title: string) => `Send one to ${the(title)}`,
  notRunning: (title: string) => `${capital(the(title))} is not running.`,
  parts: {
    connect: {
      name: "Connect",
      about: "The client asks for a connection. The kernel of the server's computer makes it, without the server.",
    },
    backlog: {
      name: "In the backlog",
      about: "The connection waits in a queue that the kernel keeps. The bytes of the request may have come already.",
    },
    accept: { name: "Accept", about: "A worker that is free calls accept and gets the oldest connection." },
    handler: {
      name: "Handler",
      about: "The worker reads the request and calls the app, which makes the answer.",
    },
    "first byte": { name: "First byte", about: "The answer begins to leave: status line, headers, body." },
    end: { name: "End", about: "The last byte has left. The connection is closed, or kept for the next request." },
  },
  /** Where it is now, part by part. */
  now: {
    connect: "connecting",
    backlog: "waiting here",
    accept: "is here",
    handler: "is here",
    "first byte": "is here",
    end: "is here",
  },
  after: (time: string) => `after ${time}`,
  waited: (time: string) => `waited ${time}`,
  tookBy: (time: string, who: string) => `${time}, ${who}`,
  worker: (pid: number) => `process\u00a0${pid}`,
  thread: (tid: number) => `thread\u00a0${tid}`,
  status: (time: string, status: number) => `after ${time}, status\u00a0${status}`,
  failed: (time: string) => `failed after ${time}`,
  unknown: "not reported",
  side: (title: string) => `${title}: `,
  followed: (number: number, path: string) => `Request ${number}, ${path}`,
  nothingYet: "Nothing sent yet.",
  waiting: "in the backlog",
  working: "with a worker",
  scale: (time: string) => `A full bar is ${time}.`,
} as const);
