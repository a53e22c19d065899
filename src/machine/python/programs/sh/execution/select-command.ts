/** bash's `select name in words`: a menu, a prompt, and a list that is run for each choice. */
import type { Command } from "../../../../../shell/syntax.ts";
import { blanksBetween } from "../../text/tabulators.ts";
import { ControlFlow } from "../control-flow.ts";
import { expandWords } from "../expansion/expansion.ts";
import type { Shell } from "../shell.ts";
import type { Io } from "../state/io.ts";
import { endless, loop } from "./loops.ts";

/** Columns of a menu where no terminal says otherwise. */
const columns = 80;

/** Runs the loop until its input ends or its list leaves it. Throws `ControlFlow`, and what ends a script. */
export async function runSelect(
  shell: Shell,
  command: Extract<Command, { kind: "for" | "select" }>,
  io: Io,
): Promise<void> {
  const values = await expandWords(command.words, shell.expansionContext(io));
  shell.status = 0;
  if (values.length === 0) return;
  let shown = false;
  let ended = false;
  await loop(shell, endless, async () => {
    if (!shown) await shell.write(io, 2, menu(values));
    shown = true;
    await shell.write(io, 2, shell.variables.get("PS3") ?? "#? ");
    ended = ((await shell.builtins.get("read")?.(shell, ["read"], io)) ?? 1) !== 0;
    if (ended) {
      await shell.write(io, 1, "\n");
      throw new ControlFlow("break", 1);
    }
    const reply = shell.variables.get("REPLY") ?? "";
    if (reply === "") {
      shown = false;
      return;
    }
    shell.set(command.name, (/^\s*\d+\s*$/.test(reply) ? values[Number(reply) - 1] : undefined) ?? "");
    await shell.runList(command.list, io);
  });
  if (ended) shell.status = 1;
}

/** As bash lays it out: in columns, filled from top to bottom; one column if one row would do. */
function menu(values: readonly string[]): string {
  const count = values.length;
  const digits = String(count).length;
  const longest = Math.max(...values.map((value) => value.length)) + digits + 2;
  const width = longest + 2;
  const most = Math.max(1, Math.floor(columns / width));
  const perColumn = Math.ceil(count / most);
  const rows = perColumn === 1 ? count : perColumn;
  const inRows = Array.from({ length: rows }, (_, row) =>
    values.map((value, index) => ({ value, index })).filter(({ index }) => index % rows === row),
  );
  const firstDigits = String(rows).length;
  return inRows
    .map((row) => {
      let line = "";
      let at = 0;
      for (const [column, { value, index }] of row.entries()) {
        const number = String(index + 1).padStart(column === 0 ? firstDigits : digits);
        line += `${number}) ${value}`;
        if (column === row.length - 1) break;
        line += blanksBetween(at + number.length + 2 + value.length, at + width);
        at += width;
      }
      return `${line}\n`;
    })
    .join("");
}
