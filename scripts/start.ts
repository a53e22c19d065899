/**
 * Serves the built site at once, and makes the Linux machine's image beside it unless it is there. A lab that waits for
 * a part of it opens as soon as that is there.
 *
 *     node scripts/start.ts [--port 4321] [--without-linux]
 */
import { fork } from "node:child_process";
import { parseArgs } from "node:util";
import type { Preparation } from "../src/machine/linux/preparation.ts";
import { missingParts } from "./linux-image/recipe.ts";
import { serveSite } from "./site-server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4321" },
    "without-linux": { type: "boolean", default: false },
  },
});

/** What the image's script tells: how far it is, that something new is there, or that it failed. */
type Told = Preparation | { readonly state: "made" };

let preparation: Preparation | undefined;
/** One copy at a time, in the order in which parts are made. */
let copied: Promise<void> = Promise.resolve();

/** Puts what is made into the site that is being served. */
function copyIntoSite(): Promise<void> {
  return new Promise((resolve) => {
    const copy = fork("scripts/linux-copy.ts", ["--into", "dist/machine/linux"], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    copy.once("exit", () => resolve());
  });
}

function prepareLinux(): void {
  preparation = { state: "preparing", step: "beginning", fraction: 0 };
  console.log("\nThe Debian of four lessons is being made, beside the site: about five minutes, once. It is kept.");
  const image = fork("scripts/linux-image.ts", { execArgv: ["--use-env-proxy"] });
  image.on("message", (told: Told) => {
    if (told.state !== "made") preparation = told;
    else copied = copied.then(copyIntoSite);
  });
  image.once("exit", (code) => {
    void copied.then(() => {
      if (code === 0) {
        preparation = { state: "done" };
        console.log("\nThe Debian is ready: all lessons work.");
      } else if (preparation?.state !== "failed") {
        preparation = { state: "failed", reason: "the making of it was ended. Start the site again to go on." };
      }
    });
  });
}

try {
  const { port } = await serveSite({
    port: Number(values.port),
    base: "/",
    isolate: true,
    answers: { "/machine/linux/preparation.json": () => preparation },
  });
  console.log(`\nTwo Servers is ready at http://localhost:${port}/\nPress Ctrl+C to stop.`);
  if (values["without-linux"]) console.log("Without the Debian: lessons on uWSGI, nginx and supervision say so.");
  else if (missingParts().length > 0) prepareLinux();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
