/** Waiting no longer than one is willing to. */

/** A promise did not settle in time. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/** Settles as `promise` does, or rejects with `DeadlineError` after so many milliseconds. */
export async function withTimeout<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`Nothing came within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
