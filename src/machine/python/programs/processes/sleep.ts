import type { NativeProgram } from "../../native/system.ts";
import { duration } from "./running-programs.ts";

/** `sleep DURATION…`: ends after as long as all of them take together. */
export const sleep: NativeProgram = async (system) => {
  if (system.args.length === 0) {
    await system.complain("missing operand");
    return 1;
  }
  let milliseconds = 0;
  for (const arg of system.args) {
    const time = duration(arg);
    if (time === undefined) {
      await system.complain(`invalid time interval '${arg}'`);
      return 1;
    }
    milliseconds += time;
  }
  await system.sleep(Math.min(milliseconds, 2 ** 31 - 1));
  return 0;
};
