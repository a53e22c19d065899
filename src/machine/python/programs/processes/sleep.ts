import { refusingMisuse, UsageError } from "../options.ts";
import { duration } from "./running-programs.ts";

/** `sleep DURATION…`: ends after as long as all of them take together. */
export const sleep = refusingMisuse(async (system) => {
  if (system.args.length === 0) throw new UsageError("missing operand");
  let milliseconds = 0;
  for (const arg of system.args) {
    const time = duration(arg);
    if (time === undefined) throw new UsageError(`invalid time interval ‘${arg}’`);
    milliseconds += time;
  }
  await system.sleep(Math.min(milliseconds, 2 ** 31 - 1));
  return 0;
});
