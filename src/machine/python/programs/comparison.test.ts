/**
 * Programs of files, text and processes, and whole sessions as courses and questions have them: the same here and with this computer's own
 * programs, in its dash and bash.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runInstalled } from "./sh/testing/installed-shell.ts";
import { runHere } from "./sh/testing/native-shell.ts";

const folder = new URL("testing/", import.meta.url);

describe("programs do what this computer's do", () => {
  const lines = readFileSync(new URL("program-lines.txt", folder), "utf8").trimEnd().split("\n");
  it.concurrent.each(lines)("%s", async (line) => {
    const [ours, theirs] = await Promise.all([runHere("sh", line), runInstalled("sh", line)]);
    expect(ours).toEqual(theirs);
  });
});

describe("a session does what it does in bash", () => {
  // bash names itself and its lines in many ways: its messages are compared by their number only.
  const told = (err: string) => err.split("\n").length;
  it.concurrent.each(readdirSync(new URL("sessions/", folder)))(
    "%s",
    async (name) => {
      const session = readFileSync(new URL(`sessions/${name}`, folder), "utf8");
      const [ours, theirs] = await Promise.all([runHere("bash", session), runInstalled("bash", session)]);
      expect({ ...ours, err: told(ours.err) }).toEqual({ ...theirs, err: told(theirs.err) });
    },
    20_000,
  );
});
