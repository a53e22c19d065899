/** Lets the reader choose the machine that a lab runs on. */
import { siteRoot } from "../../site-root.ts";
import { labStrings } from "../../strings/strings.ts";
import { isFramed } from "../session/isolation.ts";
import { addressWith, type MachineChoice, remember } from "../session/machine-choice.ts";
import "./machine-switch.css";

const words = labStrings.machineSwitch;

/** Links, because the other machine is another page: one that is isolated from other origins, or not. */
export function MachineSwitch({
  own,
  chosen,
}: {
  /** The one that the lab is written for. */ own: MachineChoice;
  chosen: MachineChoice;
}) {
  return (
    <nav class="lab-machine-switch" aria-label={words.label}>
      {([own, "node"] as const).map((choice) => (
        <MachineLink key={choice} choice={choice} current={choice === chosen} />
      ))}
      {chosen === "node" && (
        <a class="lab-machine-check" href={new URL("check/node/", siteRoot()).href} target="_blank" rel="noopener">
          {words.check}
        </a>
      )}
    </nav>
  );
}

function MachineLink({ choice, current }: { choice: MachineChoice; current: boolean }) {
  // A page in a frame of another site cannot be isolated; in a tab of its own it can.
  const elsewhere = choice === "node" && isFramed() && !crossOriginIsolated;
  return (
    <a
      class="lab-machine-choice"
      href={addressWith(choice)}
      aria-current={current ? "true" : undefined}
      target={elsewhere ? "_blank" : undefined}
      title={elsewhere ? words.newTab : words.about[choice]}
      onClick={({ currentTarget }) => {
        remember(choice);
        // The other machine is another page: it opens where this lab stands. A shared lab stands in the address.
        currentTarget.hash ||= currentTarget.closest('[id^="lab-"]')?.id ?? "";
      }}
    >
      {words.names[choice]}
    </a>
  );
}
