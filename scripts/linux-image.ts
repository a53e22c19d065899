/**
 * Makes the Linux machine's image: the disc, and a snapshot of each situation. Kept in the user's cache folder by the
 * hashes of their recipes, so that nothing is made twice, and of each the last one before stays as well;
 * `scripts/linux-copy.ts` puts them into the site.
 *
 *     node scripts/linux-image.ts                make what is not there yet
 *     node scripts/linux-image.ts --only NAME    of the situations only this one
 *     node scripts/linux-image.ts --for-tests    make it, and let the tests go on without it where that cannot be
 *     node scripts/linux-image.ts --tested       tell a test's reader what was left out for want of it
 *     node scripts/linux-image.ts --lock         take the newest packages, and write them down in linux/packages.lock
 *
 * Takes Node, the network, 1.5 GB of disk and about five minutes on two cores. Started by another script, it tells that
 * how far it is.
 */
import { ImageError } from "./linux-image/image-error.ts";
import { archiveStore, makeImage } from "./linux-image/make-image.ts";
import { missingParts } from "./linux-image/recipe.ts";
import { writeLock } from "./linux-image/write-lock.ts";

const began = performance.now();

function say(line: string): void {
  console.log(`Linux image, ${((performance.now() - began) / 1000).toFixed(0)} s: ${line}`);
}

// With what it has begun tidied up.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
// Whoever started it has ended.
process.once("disconnect", () => process.exit(130));

const [option, only] = process.argv.slice(2);
try {
  if (option === "--lock") {
    const [mirror = ""] = archiveStore(say).mirrors;
    say(`${await writeLock(mirror)} packages written to linux/packages.lock`);
  } else if (option === "--tested") {
    const missing = missingParts();
    if (missing.length > 0) {
      say(
        `tests of the Linux machine were left out: ${missing.join(", ")} is not there (npm run linux:image makes it)`,
      );
    }
  } else {
    const tell = (message: object) => process.send?.(message);
    await makeImage(
      {
        say,
        progress: tell,
        made: async () => {
          tell({ state: "made" });
        },
      },
      option === "--only" ? only : undefined,
    );
  }
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  console.error(`Linux image: ${error.message}`);
  process.send?.({ state: "failed", reason: error.message });
  if (option !== "--for-tests") process.exitCode = 1;
}
process.removeAllListeners("disconnect");
process.disconnect?.();
