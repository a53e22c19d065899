import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/** Figures beside a worker change at most this often, so that they can be read. */
const maxRefreshInterval = 250;

/**
 * The value of a signal that changes too often to be read: shown at most four times a second, but at once when
 * `shape` says that more than figures has changed.
 */
export function useThrottledSignal<T>(source: ReadonlySignal<T>, shape: (value: T) => string): T {
  const [shown, show] = useState(source.peek());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastShape: string | undefined;
    const showNow = () => {
      clearTimeout(timer);
      timer = undefined;
      const value = source.peek();
      show(() => value);
    };
    const stop = effect(() => {
      const now = shape(source.value);
      if (now !== lastShape) showNow();
      else timer ??= setTimeout(showNow, maxRefreshInterval);
      lastShape = now;
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [source, shape]);
  return shown;
}
