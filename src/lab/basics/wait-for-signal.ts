import { effect } from "@preact/signals";

/** Resolves as soon as this is so. It is asked again whenever a signal that it has read changes. */
export function untilSignal(so: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = effect(() => {
    if (so()) resolve();
  });
  return promise.finally(stop);
}
