import { useMemo } from "preact/hooks";

let last = 0;

/** An id for elements that name one another, unique in the page however many labs stand in it. */
export function useUniqueId(prefix: string): string {
  return useMemo(() => {
    last++;
    return `${prefix}-${last}`;
  }, [prefix]);
}
