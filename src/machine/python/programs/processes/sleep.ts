import type { NativeProgram } from "../../native/system.ts";
import { UsageError, usageMistake } from "../options.ts";
import { duration } from "./running-programs.ts";

/** `sleep DURATION…`: ends after as long as all of them take together. */
export const sleep: NativeProgram = async (system) => {
  if (system.args.length === 0) return usageMistake(system, new UsageError("missing operand"));
  let milliseconds = 0;
  for (const arg of system.args) {
    const time = duration(arg);
    if (time === undefined) return usageMistake(system, new UsageError(`invalid time interval ‘${arg}’`));
    milliseconds += time;
  }
  await system.sleep(Math.min(milliseconds, 2 ** 31 - 1));
  return 0;
};
