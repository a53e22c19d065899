import { openGate } from "../../gate/gate.ts";
import { type PageService, pageCalls, pageLimits } from "./page-contract.ts";

/** Opens the line of a page that is shown. `stop` is called when the page sends what it must not, or too much. */
export function openPageLine(port: MessagePort, service: PageService, stop: () => void): { close(): void } {
  return openGate(port, { offers: pageCalls, does: service, expects: {}, limits: pageLimits, refused: stop });
}
