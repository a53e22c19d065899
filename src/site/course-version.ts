/** Which version of the course a site was built from: in the foot of its pages, and in receipts. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { version }: { readonly version: string } = JSON.parse(readFileSync("package.json", "utf8"));

/** The version, and its day: of the last commit, or of `SOURCE_DATE_EPOCH`, or of the build where neither is known. */
export const courseVersion: { readonly version: string; readonly date: string } = { version, date: dayOf() };

function dayOf(): string {
  const epoch = Number(process.env["SOURCE_DATE_EPOCH"]);
  if (epoch > 0) return new Date(1000 * epoch).toISOString().slice(0, 10);
  try {
    return execFileSync("git", ["log", "-1", "--format=%cs"], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    // No git, or an archive without its history.
    return new Date().toISOString().slice(0, 10);
  }
}
