import { linuxDeviationStrings } from "../../strings/strings.ts";
import { type Deviation, deviations } from "../deviation.ts";

/** Where the Linux machine differs from a computer with the same Debian. */
export const linuxDeviations: readonly Deviation[] = deviations(linuxDeviationStrings, {
  computer: "e2e/linux/linux-guest.spec.ts",
  turns: "e2e/linux/linux-guest.spec.ts",
  running: "e2e/linux/linux-contract.spec.ts",
  computers: "e2e/linux/linux-contract.spec.ts",
  requests: "e2e/linux/linux-contract.spec.ts",
  accepting: "e2e/linux/linux-guest.spec.ts",
  packages: "e2e/linux/linux-guest.spec.ts",
});
