// @project waiting
/**
 * Projects and terminal sessions as courses and bug reports have them, played in the page: what was seen natively must be seen.
 *
 * `CASES` may name another folder of cases, to play those.
 */
import { fileURLToPath } from "node:url";
import { playCase } from "../testing/browser/case-player.ts";
import { readCases } from "../testing/browser/case-steps.ts";
import { expect, test } from "../testing/browser/machine.ts";

const folder = process.env["CASES"] ?? fileURLToPath(new URL("cases/", import.meta.url));

for (const one of readCases(folder)) {
  test(one.name, async ({ computer }, info) => {
    const { checks, differences, transcript } = await playCase(one, computer);
    info.annotations.push({ type: "checks", description: `${checks - differences.length} of ${checks}` });
    if (differences.length > 0) await info.attach("transcript", { body: transcript, contentType: "text/plain" });
    expect(differences).toEqual([]);
  });
}
