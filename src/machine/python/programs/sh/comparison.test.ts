/** The same scripts in our shell and in this computer's dash and bash: what they print, on either output, and how they end. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runInstalled } from "./testing/installed-shell.ts";
import { runHere } from "./testing/native-shell.ts";

/** A script a line; ¶ stands for a newline. */
function scripts(name: string): string[] {
  const text = readFileSync(new URL(`testing/${name}`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.replaceAll("¶", "\n"));
}

describe("sh does what dash does", () => {
  it.concurrent.each(scripts("posix-scripts.txt"))("%s", async (script) => {
    const [ours, theirs] = await Promise.all([runHere("sh", script), runInstalled("sh", script)]);
    expect(ours).toEqual(theirs);
  });
});
