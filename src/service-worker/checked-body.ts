/** Bytes that are passed on while they come, and the last of them only when all are what they should be. */
import { hasIntegrity } from "./integrity.ts";

/** A body that is being checked. */
export interface CheckedBody {
  /** Fails at its end if the bytes are others. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * All of them, once they have come and are right; `undefined` if they are not, if they broke off, or if nobody wanted
   * the rest. Never fails.
   */
  readonly whole: Promise<ArrayBuffer | undefined>;
}

/** Checks a body against a checksum as browsers write one. */
export function checkedBody(source: ReadableStream<Uint8Array<ArrayBuffer>>, integrity: string): CheckedBody {
  const reader = source.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const { promise: whole, resolve } = Promise.withResolvers<ArrayBuffer | undefined>();
  let held: Uint8Array<ArrayBuffer> | undefined;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          // What is passed on may be taken away from us.
          chunks.push(value.slice());
          const before = held;
          held = value;
          if (before !== undefined) return controller.enqueue(before);
        }
        const bytes = await new Blob(chunks).arrayBuffer();
        if (!(await hasIntegrity(bytes, integrity))) throw new TypeError("A part of the site is not what it should be");
        if (held !== undefined) controller.enqueue(held);
        controller.close();
        resolve(bytes);
      } catch (error) {
        resolve(undefined);
        controller.error(error);
      }
    },
    async cancel(reason) {
      resolve(undefined);
      await reader.cancel(reason);
    },
  });
  return { body, whole };
}
