/** Code that is loaded when somebody asks for it. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";

/** A component, or what else a module exports, that may be there or not. */
export interface LazyCode<T> {
  /** `undefined` until it has been loaded. */
  readonly code: ReadonlySignal<T | undefined>;
  /** It could not be loaded when that was last tried. */
  readonly failed: ReadonlySignal<boolean>;
  /** Loads it, or tries again. Resolves with whether it is there. */
  readonly load: () => Promise<boolean>;
}

/** What `load` gives, once it is asked for. */
export function useLazyCode<T>(load: () => Promise<T>): LazyCode<T> {
  const code = useSignal<T | undefined>(undefined);
  const failed = useSignal(false);
  const latest = useRef(load);
  latest.current = load;
  return useMemo(
    () => ({
      code,
      failed,
      load: () => {
        failed.value = false;
        return latest.current().then(
          (loaded) => {
            code.value = loaded;
            return true;
          },
          () => {
            failed.value = true;
            return false;
          },
        );
      },
    }),
    [code, failed],
  );
}
