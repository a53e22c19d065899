import type { LightProgram } from "../../native/system.ts";
import { bashEcho } from "./printing.ts";

export const echo: LightProgram = async (system) => {
  await system.print(bashEcho(system.args));
  return 0;
};
