import { useEffect, useState } from "preact/hooks";
import type { Milliseconds } from "../../../machine/machine.ts";
import type { RequestLog } from "../../side/request-log.ts";

/** What is said in words changes at most this often. */
const maxRefreshInterval: Milliseconds = 100;

/** Renders a component anew when a machine has told more of a side's requests. */
export function useRequestLog(requests: RequestLog): void {
  const [, renew] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = requests.onChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        renew((count) => count + 1);
      }, maxRefreshInterval);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [requests]);
}
