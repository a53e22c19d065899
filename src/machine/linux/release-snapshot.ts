/** Frees what restoring a snapshot leaves behind. */

/** Bytes asked for at a time. Nothing touches them, so that they take address space but no memory. */
const asked = 100_000_000;

/**
 * Restoring unpacks more than 100 MB that nobody holds any more once the PC runs. Engines collect when a program asks
 * for memory, and an emulator at rest never does: so this asks. V8 begins a collection with the first, and what is
 * found free goes with a later one.
 */
export async function releaseSnapshot(): Promise<void> {
  try {
    for (let round = 0; round < 4; round += 1) {
      new ArrayBuffer(asked);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } catch (error) {
    // No address space left: the engine has collected before it said so.
    if (!(error instanceof RangeError)) throw error;
  }
}
