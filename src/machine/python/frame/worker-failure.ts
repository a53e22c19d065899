/** How a worker fails that runs programs, and what is done with it then. */

/** Ends a worker. What it has said and nobody has heard is not heard. */
export function silence(worker: Worker): void {
  worker.onmessage = null;
  worker.onmessageerror = null;
  worker.onerror = null;
  worker.terminate();
}

/** What a worker is told to have done that says what none has to say: programs can make it say anything. */
export const saidTooMuch = "it sent the machine what no process has to say";

/**
 * Calls `failed`, once and with the reason, if a worker ends by itself or says what cannot be read. It is silenced
 * before. Answers what ends it in the same way.
 */
export function whenItFails(worker: Worker, failed: (reason: string) => void): (reason: string) => void {
  const fail = (reason: string) => {
    silence(worker);
    failed(reason);
  };
  worker.onerror = (event) => fail(event.message);
  worker.onmessageerror = () => fail("a message could not be read");
  return fail;
}
