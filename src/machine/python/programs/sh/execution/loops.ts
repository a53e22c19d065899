/** What all loops have in common: `break`, `continue`, and ^C. */
import { ControlFlow } from "../control-flow.ts";
import type { Shell } from "../shell.ts";

/** Values for a loop that its body ends. */
export const endless: Iterator<undefined> = { next: () => ({ done: false, value: undefined }) };

/** Runs a loop's body for each value, as far as `break` and `continue` let it. Throws `ControlFlow`. */
export async function loop<T>(shell: Shell, values: Iterator<T>, body: (value: T) => Promise<void>): Promise<void> {
  shell.loops += 1;
  try {
    for (let next = values.next(); !next.done; next = values.next()) {
      await shell.session.listen();
      shell.checkInterrupt();
      try {
        await body(next.value);
      } catch (error) {
        if (!(error instanceof ControlFlow) || !["break", "continue"].includes(error.what)) throw error;
        error.levels -= 1;
        if (error.levels > 0 && shell.loops > 1) throw error;
        if (error.what === "break") return;
      }
    }
  } finally {
    shell.loops -= 1;
  }
}
