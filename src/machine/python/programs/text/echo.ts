import type { NativeProgram } from "../../native/system.ts";
import { bashEcho, printedBytes } from "./printing.ts";

/** `echo`: its words, with a blank between them. */
export const echo: NativeProgram = async (system) => {
  await system.write(1, printedBytes(bashEcho(system.args)));
  return 0;
};
