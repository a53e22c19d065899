/** Words of what a lab loads when it is opened: the browser, the response, the list of keys. In English. */
import { inLanguage } from "../in-language.ts";
import { capital, the } from "./english.ts";

export const paneStrings = inLanguage("paneStrings", {
  browser: {
    address: "Address",
    go: "Go",
    back: "Back",
    forward: "Forward",
    reload: "Reload page",
    hint: "A browser on this side's computer. Go shows the first page of its server.",
    loading: "Waiting for the page.",
    page: (title: string) => `Page of ${the(title)}`,
    notRunning: (title: string) => `${capital(the(title))} does not listen on a port. Start it first.`,
    badAddress: (address: string) => `This is not a valid address: ${address}`,
    outside: (url: string) => `${url} leads out of this computer, which has no network.`,
    left: (url: string) =>
      `A script of this page went to ${url} in a way that this browser cannot follow. Enter the address in the bar above.`,
    stopped: (url: string) =>
      `The page at ${url} was closed: it asked for more than a page may, or took the keyboard while you typed elsewhere. Reload opens it again.`,
    redirects: "The server redirected more than 20 times.",
    noAnswer: (url: string, message: string) => `No answer from ${url}: ${message}.`,
    alert: (text: string) => `The page says: ${text}`,
    question: (name: "confirm" | "prompt", text: string) =>
      `The page asks: ${text} Nobody can answer here: ${name} gave ${name === "confirm" ? "false" : "null"}.`,
    missing: (what: string, url: string) => `The page asked for ${what} (${url}), which this browser does not have.`,
    noFrames: (url: string) => `Another page is embedded here: ${url}. This browser shows one at a time.`,
    dismissNotes: "Close",
  },

  response: {
    hint: "Shows the answer to the last request that was sent by hand: with Send one request, below the workers.",
    sending: "Waiting for the answer.",
    headers: "Headers",
    body: "Body",
    took: (time: string) => `answered in ${time}`,
    emptyBody: "The body is empty.",
    binaryBody: (bytes: string) => `The body is not text (${bytes} bytes).`,
    cut: (characters: string) => `Only the first ${characters} characters are shown.`,
    failed: (message: string) => `No answer: ${message}.`,
  },

  /** What the keyboard does in a lab. */
  keys: [
    ["Enter", "in a command line: starts or restarts that server"],
    ["← →", "among plans, and among the tabs of a side; Home and End go to the first and the last tab"],
    ["Ctrl+C", "in a terminal: interrupts the server, or copies what is selected"],
    ["Ctrl+Shift+C", "in a terminal: copies what is selected, or everything"],
    ["Ctrl+Shift+F", "in a terminal: searches it; Enter goes up, Shift+Enter down, Escape ends the search"],
    ["Shift+Page Up", "in a terminal: back through what it has shown"],
    ["Tab", "leaves the server's terminal and the editor; in a shell it completes, and Shift+Tab leaves"],
    ["Ctrl+K", "searches the site"],
  ],
} as const);
