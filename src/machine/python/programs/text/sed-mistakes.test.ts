import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { sedMistake } from "./sed-mistakes.ts";

/** What this computer's sed says of a script, without its name. */
function theirs(args: readonly string[]): string | undefined {
  try {
    execFileSync("sed", [...args], { input: "", stdio: ["pipe", "ignore", "pipe"], encoding: "utf8" });
    return undefined;
  } catch (error) {
    const { stderr } = error instanceof Error && "stderr" in error ? error : { stderr: "" };
    return String(stderr)
      .replace(/^sed: /, "")
      .trimEnd();
  }
}

test.each([
  [["s/a/b"]],
  [["s/a"]],
  [["s/a/b/z"]],
  [["s/a/b/gz"]],
  [["y/a/"]],
  [["2s/a/b"]],
  [["/x/s|a|b"]],
  [["1,$s/a/b"]],
  [["-n", "s/a/b/p"]],
  [["-e", "s/a/b/", "-e", "s/c"]],
  [["-E", "s/(a|[/])/b/2g"]],
  [["s/a\\/b/c/"]],
  [["s/[^/]*/x/"]],
  [["s,/,|,g"]],
  [["s/a/b/;s/c/d/"]],
  [["s/a/b/I"]],
  [["s/a/b/w /dev/null"]],
  [["/s/d"]],
])("%j", (args) => {
  expect(sedMistake(args)).toBe(theirs(args));
});
