/** Why WebContainer did not start, and what the reader can do about each cause. */
import { nodeMachineStrings } from "../../strings/strings.ts";
import { MachineError } from "../machine.ts";

/** The hosts that WebContainer needs, as a school's network administrator would allow them. */
export const webContainerHosts = ["stackblitz.com", "*.staticblitz.com", "*.webcontainer.io", "*.webcontainer-api.io"];

const words = nodeMachineStrings;

/** The causes that can be told apart. */
export type BootCause = keyof typeof words.bootFailures;

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
  const { message, remedy } = words.bootFailures[cause];
  return new MachineError(cause, {
    message: detail === undefined ? message : words.withDetail(message, detail),
    remedy: typeof remedy === "string" ? remedy : remedy(webContainerHosts),
  });
}

/** The error for whatever `boot` rejected with. */
export function explainBootError(error: unknown): MachineError {
  if (error instanceof MachineError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const [cause = "unknown"] = signs.find(([, pattern]) => pattern.test(detail)) ?? [];
  return bootFailure(cause, detail);
}
