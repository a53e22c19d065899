/**
 * Asks the registry for known vulnerabilities of the packages that the site is built from, and fails at those of high
 * or critical severity. Where the registry does not answer, it says that nothing was checked, and does not fail: hashes
 * are compared in any case.
 *
 *     npm run audit
 */
import { spawnSync } from "node:child_process";
import { z } from "zod";

const answer = z.object({
  metadata: z.object({ vulnerabilities: z.object({ total: z.number(), high: z.number(), critical: z.number() }) }),
});

const { stdout } = spawnSync("npm", ["audit", "--json"], { encoding: "utf8", timeout: 60_000 });

/** What npm printed, if that is a report. */
function report(): z.infer<typeof answer> | undefined {
  try {
    return answer.safeParse(JSON.parse(stdout)).data;
  } catch {
    return undefined;
  }
}

const found = report()?.metadata.vulnerabilities;
if (found === undefined) {
  console.log("Audit: nothing was checked, because the registry did not answer. npm ci compares hashes in any case.");
} else {
  const grave = found.high + found.critical;
  console.log(`Audit: ${found.total} known vulnerabilities, ${grave} of them high or critical. npm audit names them.`);
  if (grave > 0) process.exitCode = 1;
}
