import type { NativeProgram } from "../../native/system.ts";
import { bashEcho } from "./printing.ts";

/** `echo`: its words, with a blank between them. */
export const echo: NativeProgram = async (system) => {
  await system.print(bashEcho(system.args));
  return 0;
};
