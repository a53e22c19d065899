/** `diff`: what differs between two files, in its own form, or with `-u` in the form of patches. */
import { structuredPatch } from "diff";
import type { System } from "../../native/system.ts";
import { UsageError, withOptions } from "../options.ts";

type Patch = ReturnType<typeof structuredPatch>;

/** Some other way of telling lines apart. */
function simplified(text: string, flags: ReadonlySet<string>): string {
  let result = text;
  if (flags.has("i")) result = result.toLowerCase();
  if (flags.has("w")) result = result.replace(/[ \t]+/g, "");
  else if (flags.has("b")) result = result.replace(/[ \t]+/g, " ").replace(/ $/gm, "");
  return flags.has("B") ? result.replace(/^\n/gm, "") : result;
}

export const diff = withOptions(
  {
    flags: "uqsibwBrNa",
    values: "UL",
    long: {
      unified: "u",
      brief: "q",
      "report-identical-files": "s",
      "ignore-case": "i",
      "ignore-all-space": "w",
      label: "L",
    },
  },
  async (system, { flags, values, operands: [one, other, ...more] }) => {
    if (one === undefined || other === undefined) throw new UsageError("missing operand after 'diff'");
    if (more[0] !== undefined) throw new UsageError(`extra operand '${more[0]}'`);
    const input = one === "-" || other === "-" ? await system.readAll(0) : new Uint8Array();
    const [a, b] = [contentOf(system, one, other, input), contentOf(system, other, one, input)];
    if (simplified(a, flags) === simplified(b, flags)) {
      if (flags.has("s")) await system.print(`Files ${one} and ${other} are identical\n`);
      return 0;
    }
    if (flags.has("q")) {
      await system.print(`Files ${one} and ${other} differ\n`);
      return 1;
    }
    const unified = flags.has("u") || values.has("U");
    const context = unified ? Number(values.get("U") ?? 3) : 0;
    const [left, right] =
      flags.has("i") || flags.has("w") || flags.has("b") ? [simplified(a, flags), simplified(b, flags)] : [a, b];
    const patch = structuredPatch(one, other, left, right, "", "", { context });
    await system.print(unified ? asUnified(system, patch, one, other) : asNormal(patch));
    return 1;
  },
);

function contentOf(system: System, name: string, other: string, input: Uint8Array): string {
  if (name === "-") return new TextDecoder().decode(input);
  if (name === "/dev/null") return "";
  const path = system.path(name);
  const within = system.files.isFolder(path) ? `${path}/${other.slice(other.lastIndexOf("/") + 1)}` : path;
  if (system.files.status(within) === undefined) throw new UsageError(`${name}: No such file or directory`);
  return new TextDecoder().decode(system.files.read(within));
}

function asUnified(system: System, { hunks }: Patch, one: string, other: string): string {
  const when = (name: string) =>
    new Date(system.files.status(system.path(name))?.mtime ?? Date.now())
      .toISOString()
      .replace("T", " ")
      .replace("Z", "000000 +0000");
  const range = (start: number, lines: number) =>
    lines === 1 ? String(start) : `${lines === 0 ? start - 1 : start},${lines}`;
  const shown = hunks.map(
    ({ oldStart, oldLines, newStart, newLines, lines }) =>
      `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${lines.map((line) => `${line}\n`).join("")}`,
  );
  return `--- ${one}\t${when(one)}\n+++ ${other}\t${when(other)}\n${shown.join("")}`;
}

function asNormal({ hunks }: Patch): string {
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) => {
      const range = (start: number, count: number) =>
        count < 2 ? String(count === 0 ? start - 1 : start) : `${start},${start + count - 1}`;
      const letter = oldLines === 0 ? "a" : newLines === 0 ? "d" : "c";
      const gone = lines.filter((line) => line.startsWith("-")).map((line) => `< ${line.slice(1)}\n`);
      const come = lines.filter((line) => line.startsWith("+")).map((line) => `> ${line.slice(1)}\n`);
      const between = gone.length > 0 && come.length > 0 ? "---\n" : "";
      return `${range(oldStart, oldLines)}${letter}${range(newStart, newLines)}\n${gone.join("")}${between}${come.join("")}`;
    })
    .join("");
}
