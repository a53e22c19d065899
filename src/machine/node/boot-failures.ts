/** Why WebContainer did not start, and what the reader can do about each cause. */
import { MachineError } from "../machine.ts";

/** The hosts that WebContainer needs, as a school's network administrator would allow them. */
export const webContainerHosts = ["stackblitz.com", "*.staticblitz.com", "*.webcontainer.io", "*.webcontainer-api.io"];

/** The causes that can be told apart. */
export type BootCause =
  | "not-isolated"
  | "network-blocked"
  | "cookies-blocked"
  | "out-of-memory"
  | "unsupported-browser"
  | "second-instance"
  | "api-key-refused"
  | "unknown";

interface Explanation {
  readonly message: string;
  readonly wayOn: string;
}

const hosts = `${webContainerHosts.slice(0, -1).join(", ")} and ${webContainerHosts.at(-1)}`;
const python = "Or choose Python, which always works.";

const explanations: Readonly<Record<BootCause, Explanation>> = {
  "not-isolated": {
    message: "This page is not isolated from other sites, which WebContainer needs.",
    wayOn: `Open the lab in a tab of its own, over HTTPS or on localhost. ${python}`,
  },
  "network-blocked": {
    message: "WebContainer did not answer: this network seems to block its hosts, or they are down.",
    wayOn: `Ask whoever runs the network to allow ${hosts}, then reload the page. ${python}`,
  },
  "cookies-blocked": {
    message: "The browser does not let WebContainer store anything, because it blocks third-party cookies.",
    wayOn: `Allow cookies and site data for stackblitz.com in the browser's settings, then reload the page. ${python}`,
  },
  "out-of-memory": {
    message: "There was not enough memory for WebContainer.",
    wayOn: `Close other tabs, above all those with a WebContainer of their own, then reload the page. ${python}`,
  },
  "unsupported-browser": {
    message: "This browser lacks what WebContainer needs (shared memory and service workers).",
    wayOn: `Use a current Chrome, Edge, Firefox or Safari on a computer. ${python}`,
  },
  "second-instance": {
    message: "A page can have one WebContainer, and this one has it already, or there are too many in other tabs.",
    wayOn: `Close the other labs and tabs that run Node, then reload the page. ${python}`,
  },
  "api-key-refused": {
    message: "StackBlitz refused the API key of this site.",
    wayOn: `Tell whoever runs this site to correct PUBLIC_WEBCONTAINER_API_KEY. ${python}`,
  },
  unknown: {
    message: "WebContainer did not start.",
    wayOn: `Reload the page and try again. ${python}`,
  },
};

/** What to look for in the words of an error of WebContainer's, most specific first. */
const signs: readonly (readonly [BootCause, RegExp])[] = [
  ["api-key-refused", /api.?key|client.?id|unauthori[sz]ed|forbidden/i],
  ["second-instance", /single WebContainer instance|unable to create more instances/i],
  ["out-of-memory", /out of memory|memory access|could not allocate|allocation failed/i],
  ["cookies-blocked", /cookie|service ?worker|insecure operation|access is denied|storage/i],
  ["not-isolated", /cross.?origin.?isolat|SharedArrayBuffer.*(transfer|clone)/i],
  ["unsupported-browser", /not supported|unsupported|SharedArrayBuffer/i],
  ["network-blocked", /network|failed to fetch|load failed|ERR_/i],
];

/** The error for a cause. `detail` is what WebContainer itself said. */
export function bootFailure(cause: BootCause, detail?: string): MachineError {
  const { message, wayOn } = explanations[cause];
  return new MachineError(cause, detail === undefined ? message : `${message} It said: ${detail}`, wayOn);
}

/** The error for whatever `boot` rejected with. */
export function explainBootError(error: unknown): MachineError {
  if (error instanceof MachineError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const [cause = "unknown"] = signs.find(([, pattern]) => pattern.test(detail)) ?? [];
  return bootFailure(cause, detail);
}
