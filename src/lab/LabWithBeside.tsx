/** A lab with a program beside a server. Only the pages of such labs load what that takes. */
import { LabOnMachine, type LabOnMachineProps } from "./LabOnMachine.tsx";
import { makeBeside } from "./side/beside-program.ts";

/** As `LabOnMachine`. */
export function LabWithBeside(props: Omit<LabOnMachineProps, "makeBeside">) {
  return <LabOnMachine {...props} makeBeside={makeBeside} />;
}
export default LabWithBeside;
